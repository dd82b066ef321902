/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "story.h"

#include "words/words.h"

#include "common/answer.h"

#include <stdio.h>
#include <string.h>

static struct model *model;
static struct moment now;
static uint64_t epoch = STORY_EPOCH;
static struct diagnosis diagnosis;

struct model *story_begin(void) {
        story_end();
        model = model_new();
        epoch = STORY_EPOCH;
        at(100);
        return model;
}

void story_end(void) {
        model_free(model);
        model = NULL;
        diagnosis_clear(&diagnosis);
}

struct model *story_model(void) {
        return model;
}

static void at_usec(uint64_t usec) {
        now.at = usec;
        now.wall = epoch == 0 ? 0 : epoch + now.at;
}

void at(double seconds) {
        at_usec((uint64_t) (seconds * 1e6));
}

void later(double seconds) {
        at_usec(now.at + (uint64_t) (seconds * 1e6));
        tick();
}

static struct address address(const char *name) {
        struct address a;

        ck_assert_msg(address_parse(name, strlen(name), &a), "no address: %s", name);
        return a;
}

struct port *place(const char *name) {
        struct address a = address(name);
        struct port *p = model_find(model, &a);

        ck_assert_msg(p != NULL, "nothing known at %s", name);
        return p;
}

static void apply(struct event *e) {
        e->time = now;
        model_apply(model, e);
}

void settle(void) {
        struct event e = { .type = EVENT_SETTLED };

        apply(&e);
}

static struct event device_event(const char *where, uint16_t vendor, uint16_t product, const char *name) {
        struct event e = { .type = EVENT_DEVICE, .where = address(where) };
        struct device_facts *d = &e.u.device;

        d->vendor = vendor;
        d->product = product;
        d->speed = SPEED_FULL;
        d->active_configuration = 1;
        d->settled = true;
        d->authorized = YES;
        d->removable = REMOVABLE_YES;
        d->facts = MODEL_FACTS_UNKNOWN;
        snprintf(d->name, sizeof d->name, "%s", name);
        snprintf(d->controller, sizeof d->controller, "0000:00:14.0");
        return e;
}

static void add_configuration(struct device_facts *d, unsigned max_ma, bool self_powered) {
        d->configurations[d->n_configurations++] =
                (struct usb_configuration){ .value = 1, .self_powered = self_powered, .max_ma = (uint16_t) max_ma };
}

void root_hub(unsigned bus, enum usb_speed speed, unsigned ports) {
        char name[16];
        struct event e;

        snprintf(name, sizeof name, "usb%u", bus);
        e = device_event(name, 0x1d6b, 2, "xHCI Host Controller");
        e.u.device.speed = speed;
        e.u.device.device_class = 9;
        e.u.device.max_child = (uint8_t) ports;
        add_configuration(&e.u.device, 0, true);
        apply(&e);
}

struct port *hub(const char *where, bool self_powered, unsigned ports) {
        struct event e = device_event(where, 0x05e3, 0x0610, "USB2.1 Hub");

        e.u.device.speed = SPEED_HIGH;
        e.u.device.device_class = 9;
        e.u.device.max_child = (uint8_t) ports;
        add_configuration(&e.u.device, 100, self_powered);
        apply(&e);
        return place(where);
}

struct port *device(const char *where, uint16_t product, const char *name, unsigned max_ma) {
        struct event e = device_event(where, 0x1234, product, name);

        add_configuration(&e.u.device, max_ma, false);
        apply(&e);
        return place(where);
}

struct port *headset(const char *where, const char *name, unsigned max_ma, unsigned needed_ma) {
        struct event e = device_event(where, 0x054c, strcmp(name, "WH-1000XM5") == 0 ? 0x0df0 : 0x0cd3, name);

        add_configuration(&e.u.device, max_ma, false);
        snprintf(e.u.device.facts.model, sizeof e.u.device.facts.model, "%s", name);
        snprintf(e.u.device.facts.family, sizeof e.u.device.facts.family, "over-ear");
        e.u.device.facts.needed_ma = needed_ma;
        apply(&e);
        return place(where);
}

void tell_device(struct port *p) {
        struct event e = { .type = EVENT_DEVICE, .where = p->address, .u.device = p->device };

        apply(&e);
}

void unplug(const char *where) {
        struct event e = { .type = EVENT_DEVICE_GONE, .where = address(where) };

        apply(&e);
}

void port_facts(const char *where, enum connect_type connect, uint32_t over_currents) {
        struct event e = { .type = EVENT_PORT, .where = address(where) };

        e.u.port = (struct port_facts){ .connect_type = connect, .over_current_count = over_currents, .disabled = UNKNOWN };
        apply(&e);
}

void over_current(const char *where, uint32_t count) {
        struct event e = { .type = EVENT_OVER_CURRENT, .where = address(where), .u.count = count };

        apply(&e);
}

void power(const char *where, bool automatic, enum runtime_status status) {
        struct event e = { .type = EVENT_POWER, .where = address(where) };

        e.u.power = (struct power_facts){ .automatic = automatic, .status = status, .suspended_ms = 9000, .active_ms = 1000 };
        apply(&e);
}

static struct event kernel_event(enum kernel_message message, uint32_t number) {
        struct event e = { .type = EVENT_KERNEL };

        e.u.kernel.message = message;
        e.u.kernel.number = number;
        e.u.kernel.log_usec = now.at;
        return e;
}

void line(const char *where, enum kernel_message message, uint32_t number) {
        struct event e = kernel_event(message, number);

        e.where = address(where);
        e.u.kernel.has_where = true;
        apply(&e);
}

void try_fails(const char *where, uint32_t number, uint32_t error) {
        line(where, KERNEL_CONNECT, number);
        for (int i = 0; i < 3; i++)
                line(where, KERNEL_READ_FAILED, error);
        line(where, KERNEL_GAVE_UP, 0);
}

void plugged_and_fails(const char *where) {
        later(1);
        try_fails(where, 5, 110);
        later(20);
}

void found_line(const char *where, uint16_t vendor, uint16_t product) {
        struct event e = kernel_event(KERNEL_FOUND, 0);

        e.where = address(where);
        e.u.kernel.has_where = true;
        e.u.kernel.vendor = vendor;
        e.u.kernel.product = product;
        apply(&e);
}

void controller_line(const char *controller, enum kernel_message message, uint32_t number) {
        struct event e = kernel_event(message, number);

        snprintf(e.u.kernel.controller, sizeof e.u.kernel.controller, "%s", controller);
        apply(&e);
}

void host_line(enum kernel_message message) {
        struct event e = kernel_event(message, 0);

        apply(&e);
}

static void sleep_event(enum sleep_phase phase, enum sleep_kind kind, double slept) {
        struct event e = { .type = EVENT_SLEEP };

        e.u.sleep = (struct sleep_facts){ .phase = phase, .kind = kind, .slept_usec = (uint64_t) (slept * 1e6) };
        apply(&e);
}

void sleep_watched(void) {
        sleep_event(SLEEP_WATCHED, SLEEP_KIND_UNKNOWN, 0);
}

void sleep_begins(enum sleep_kind kind) {
        sleep_event(SLEEP_BEGIN, kind, 0);
}

void sleep_ends(double slept) {
        sleep_event(SLEEP_END, SLEEP_KIND_UNKNOWN, slept);
}

void power_switch(enum switch_kind kind, enum tristate on, const char *name) {
        struct event e = { .type = EVENT_SWITCH };

        e.u.power_switch.kind = kind;
        e.u.power_switch.on = on;
        snprintf(e.u.power_switch.name, sizeof e.u.power_switch.name, "%s", name);
        apply(&e);
}

struct typec_facts empty_connector(uint8_t number, const char *usb) {
        struct typec_facts f;

        memset(&f, 0, sizeof f);
        f.number = number;
        f.power_role = TYPEC_SINK;
        f.data_role = TYPEC_DEVICE;
        f.mode = TYPEC_DEFAULT;
        f.partner_pd = f.supply_online = f.supply_feeds = UNKNOWN;
        f.partner_model = MODEL_FACTS_UNKNOWN;
        if (usb)
                f.usb[f.n_usb++] = address(usb);
        return f;
}

struct typec_facts feeding_connector(uint8_t number, const char *usb, enum typec_mode mode) {
        struct typec_facts f = empty_connector(number, usb);

        f.power_role = TYPEC_SOURCE;
        f.data_role = TYPEC_HOST;
        f.mode = mode;
        f.partner = true;
        f.partner_pd = mode == TYPEC_PD ? YES : NO;
        return f;
}

struct typec_port *typec(const struct typec_facts *facts) {
        struct event e = { .type = EVENT_TYPEC };

        e.u.typec = *facts;
        apply(&e);
        for (size_t i = 0; i < model->n_typec; i++)
                if (model->typec[i]->facts.number == facts->number)
                        return model->typec[i];
        return NULL;
}

void typec_gone(uint8_t number) {
        struct event e = { .type = EVENT_TYPEC_GONE, .u.count = number };

        apply(&e);
}

void tick(void) {
        struct event e = { .type = EVENT_TICK };

        apply(&e);
}

void wall_clock_unknown(void) {
        epoch = 0;
}

void wall_clock_jumps(double seconds) {
        epoch += (uint64_t) (int64_t) (seconds * 1e6);
}

void name_cable(const char *name) {
        struct event e = { .type = EVENT_CABLE };

        snprintf(e.u.cable, sizeof e.u.cable, "%s", name);
        apply(&e);
}

void port_at(const char *where, const char *location) {
        struct event e = { .type = EVENT_PORT, .where = address(where) };

        e.u.port = (struct port_facts){ .connect_type = CONNECT_HOTPLUG, .disabled = UNKNOWN };
        snprintf(e.u.port.location, sizeof e.u.port.location, "%s", location);
        apply(&e);
}

/* The sentences can be made again from their params, and no place in them is empty. */
static void check_words(const struct finding *f) {
        char text[512];

        ck_assert_msg(words_fill(&f->cause_params, text, sizeof text), "%s: %s", finding_code_name(f->code), f->cause);
        ck_assert_str_eq(text, f->cause);
        ck_assert_msg(words_fill(&f->action_params, text, sizeof text), "%s: %s", finding_code_name(f->code), f->action);
        ck_assert_str_eq(text, f->action);
        ck_assert_msg(!strstr(f->cause, "  ") && !strstr(f->action, "  "), "%s: %s %s", finding_code_name(f->code), f->cause,
                      f->action);
        for (size_t i = 0; i < f->n_evidence; i++) {
                const struct evidence *e = &f->evidence[i];

                ck_assert_msg(words_fill(&e->params, text, sizeof text), "%s: %s: %s", finding_code_name(f->code), e->what,
                              e->value);
                ck_assert_int_eq(strncmp(text, e->value, sizeof e->value - 1), 0);
                ck_assert(words_fill_what(&e->params, text, sizeof text));
                ck_assert_int_eq(strncmp(text, e->what, sizeof e->what - 1), 0);
        }
}

static const char *words(void) {
        static char text[1024];
        size_t n = 0;

        text[0] = '\0';
        for (size_t i = 0; i < diagnosis.findings.n; i++) {
                const struct finding *f = &diagnosis.findings.items[i];

                n += (size_t) snprintf(text + n, sizeof text - n, "%s%s/%s/%s", i > 0 ? ", " : "", finding_code_name(f->code),
                                       severity_name(f->severity), confidence_name(f->confidence));
                /* Each finding says why and what to do. */
                ck_assert_msg(f->cause[0] != '\0' && f->action[0] != '\0' && f->n_evidence > 0 && f->subject[0] != '\0',
                              "%s lacks its sentences or evidence", finding_code_name(f->code));
                check_words(f);
                ck_assert_msg(finding_fixed_severity(f->code) == _SEVERITY_MAX || finding_fixed_severity(f->code) == f->severity,
                              "%s has another severity than the table of findings says", finding_code_name(f->code));
        }
        snprintf(text + n, sizeof text - n, " -> %s", verdict_name(diagnosis.verdict));
        return text;
}

const char *findings_at(const char *name) {
        struct event tick = { .type = EVENT_TICK };

        apply(&tick);
        diagnose_port(model, place(name), false, &diagnosis);
        return words();
}

const char *log_findings_at(const char *name) {
        model_close_log(model);
        diagnose_port(model, place(name), true, &diagnosis);
        return words();
}

bool is_found_at(const char *name, enum finding_code code) {
        findings_at(name);
        return findings_find(&diagnosis.findings, code) != NULL;
}

const char *typec_findings(uint8_t number) {
        struct event tick = { .type = EVENT_TICK };

        apply(&tick);
        for (size_t i = 0; i < model->n_typec; i++)
                if (model->typec[i]->facts.number == number) {
                        diagnose_typec(model, model->typec[i], false, &diagnosis);
                        return words();
                }
        return "none";
}

struct headset_facts by_bluetooth(const char *name, uint8_t level, uint8_t step) {
        struct headset_facts f = {
                .way = HEADSET_BLUETOOTH, .mark = "aa", .paired = true, .connected = true, .battery = BATTERY_BY_BLUEZ
        };

        f.facts = MODEL_FACTS_UNKNOWN;
        f.step = step;
        snprintf(f.facts.model, sizeof f.facts.model, "%s", name);
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                f.parts[i].percent = BATTERY_UNKNOWN;
        f.parts[BATTERY_WHOLE].percent = level;
        return f;
}

struct headset *tell_headset(const struct headset_facts *f) {
        struct event e = { .type = EVENT_HEADSET };

        e.u.headset = *f;
        apply(&e);
        return model_headset(model, f->way, f->mark);
}

struct headset_facts paired_headset(const char *mark, const char *name, bool connected, unsigned percent) {
        struct headset_facts f = by_bluetooth(name, (uint8_t) percent, 10);

        f.connected = connected;
        f.battery = percent == BATTERY_UNKNOWN ? BATTERY_BY_NOBODY : BATTERY_BY_BLUEZ;
        snprintf(f.mark, sizeof f.mark, "%s", mark);
        return f;
}

void headset_gone(const struct headset_facts *facts) {
        struct event e = { .type = EVENT_HEADSET_GONE, .u.headset = *facts };

        apply(&e);
}

void tell_answer(const char *id, const char *name, enum question q, const char *word) {
        struct event e = { .type = EVENT_ANSWERS };

        snprintf(e.u.answers.id, sizeof e.u.answers.id, "%s", id);
        e.u.answers.facts = MODEL_FACTS_UNKNOWN;
        snprintf(e.u.answers.facts.model, sizeof e.u.answers.facts.model, "%s", name);
        e.u.answers.by_question[q] = *word ? (uint8_t) answer_from_word(q, word) : ANSWER_TAKEN_BACK;
        apply(&e);
}

const struct answers *answers(const char *text) {
        struct event e = { .type = EVENT_ANSWERS };
        char copy[256], *save = NULL;

        strcpy(e.u.answers.id, "told");
        e.u.answers.facts = MODEL_FACTS_UNKNOWN;
        ck_assert_uint_lt(strlen(text), sizeof copy);
        strcpy(copy, text);
        for (char *pair = strtok_r(copy, " ", &save); pair; pair = strtok_r(NULL, " ", &save)) {
                char *word = strchr(pair, '=');
                enum question q;

                ck_assert_ptr_nonnull(word);
                *word++ = '\0';
                q = question_from_name(pair);
                ck_assert_msg(q < _QUESTION_MAX && answer_from_word(q, word) != 0, "no such answer: %s=%s", pair, word);
                e.u.answers.by_question[q] = (uint8_t) answer_from_word(q, word);
        }
        apply(&e);
        return model_answers(model, "told");
}

const char *headset_findings(const struct sightings *seen, const struct model_facts *facts) {
        tick();
        diagnose_headset(model, seen, facts, "told", &diagnosis);
        return words();
}

const struct diagnosis *last_diagnosis(void) {
        return &diagnosis;
}

void story_with_ports(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        root_hub(2, SPEED_SUPER, 4);
        settle();
}

void story_of_plugs(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 6);
        settle();
        at(200);
}
