/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "causes/diagnosis.h"

#include <stdio.h>
#include <string.h>

#include "causes/cause.h"
#include "causes/charging.h"

/* All causes. A new cause needs a file and a line here. */
static cause *const causes[] = {
        cause_controller_dead,
        cause_host_power_fault,
        cause_host_suspended,
        cause_device_autosuspended,
        cause_port_over_current,
        cause_port_off,
        cause_not_authorized,
        cause_port_limits_current,
        cause_power_budget_exceeded,
        cause_hub_bus_powered,
        cause_hub_in_path,
        cause_link_unstable,
        cause_enumeration_failed,
        cause_enumeration_retried,
        cause_not_configured,
        cause_not_visible,
        cause_sleep_charging_off,
        cause_typec_unreadable,
        cause_partner_not_visible,
        cause_cable_charge_only,
        cause_cable_underrated,
        cause_cable_not_supplied,
        cause_port_suspect,
        cause_cable_suspect,
        cause_battery_full,
        cause_charge_limited,
        cause_port_wet,
        cause_takes_no_power,
        cause_voltage_sags,
        cause_battery_not_rising,
        cause_battery_dies_unplugged,
        cause_firmware_old,
        cause_too_early,
        cause_earbud_seating,
        cause_case_empty,
        /* This comes last, because measurements are evidence for it and results of changes make it more certain. */
        cause_doctor,
};

/* Returns true for faults that a hub can cause. */
static bool points_to_hub(const struct finding *f) {
        if (f->severity < WARNING)
                return false;
        switch (f->code) {
        case POWER_BUDGET_EXCEEDED:
        case HUB_BUS_POWERED:
        case ENUMERATION_FAILED:
        case LINK_UNSTABLE:
        case PORT_OVER_CURRENT:
        case NOT_CONFIGURED:
                return true;
        default:
                return false;
        }
}

/* Returns true when it does not charge according to its own report or its level. When this is by design, or when it is
 * too early to know, a hub is not to blame. */
static bool does_not_charge(const struct subject *s, const struct findings *list) {
        static const enum finding_code reasons[] = { BATTERY_FULL, CHARGE_LIMITED, TOO_EARLY, TEMPERATURE };

        if (findings_find(list, BATTERY_NOT_RISING))
                return true;
        for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
                if (findings_find(list, reasons[i]))
                        return false;
        return subject_claim(s).state == CHARGING_NO;
}

/* A log names every device of the computer. A hub is worth reporting only when it is in the path of a headset or of a fault. */
static bool hub_matters(const struct subject *s, const struct findings *list) {
        const struct model_facts *facts = subject_facts(s);

        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].severity >= NOTICE && !finding_is_circumstance(list->items[i].code))
                        return true;
        return s->headset || s->answers || (facts && facts->model[0] != '\0' && strcmp(facts->family, "dongle") != 0);
}

/* A hub alone is information. With a fault behind it, the user should try without the hub. It is only a guess that the hub is the
 * cause, unless somebody has tried. */
static void weigh_hub(const struct subject *s, struct findings *list) {
        struct finding *hub = raised_before(list, HUB_IN_PATH);
        bool fault = false;

        if (hub && s->whole_log && !hub_matters(s, list)) {
                findings_drop(list, HUB_IN_PATH);
                return;
        }

        if (!hub || hub->severity >= WARNING)
                return;
        for (size_t i = 0; i < list->n; i++)
                fault |= points_to_hub(&list->items[i]);
        if (!fault && (is_told(s, "try-port", "fails") || !does_not_charge(s, list)))
                return;
        hub->severity = WARNING;
        hub->confidence = POSSIBLE;
        if (fault)
                because(hub, SAY_HUB_BEFORE_FAULT, TEXT("hub", hub->evidence[0].value));
        else
                because(hub, SAY_HUB_BEFORE_NOT_CHARGING, TEXT("hub", hub->evidence[0].value));
}

/* Returns true while the over-current protection keeps the power off. Uevents report beginning and end, but a log shows only that
 * the device is gone. */
static bool over_current_stands(const struct port *p) {
        if (p->in_sysfs && p->facts.over_current_count != p->over_current_base)
                return p->over_current_parity;
        return p->link.state != LINK_IDENTIFIED;
}

static enum verdict verdict_of(const struct subject *s, const struct finding *f) {
        switch (f->code) {
        case CONTROLLER_DEAD:
        case PORT_OFF:
                return VERDICT_BLOCKED;
        case DEVICE_AUTOSUSPENDED:
                return f->severity >= WARNING ? VERDICT_BLOCKED : VERDICT_OK;
        case PORT_OVER_CURRENT:
                return s->port && over_current_stands(s->port) ? VERDICT_BLOCKED : VERDICT_AT_RISK;
        case PORT_LIMITS_CURRENT:
                return f->severity >= WARNING ? VERDICT_BLOCKED : VERDICT_SLOW;
        case POWER_BUDGET_EXCEEDED:
        case HUB_BUS_POWERED:
        case NOT_CONFIGURED:
        case NOT_AUTHORIZED:
        case ENUMERATION_FAILED:
                return VERDICT_SLOW;
        case LINK_UNSTABLE:
                return f->severity >= WARNING ? VERDICT_AT_RISK : VERDICT_OK;
        case ENUMERATION_RETRIED:
                return s->port && s->port->link.failed_tries >= 2 ? VERDICT_AT_RISK : VERDICT_OK;
        case HOST_POWER_FAULT:
        case PORT_SUSPECT:
        case CABLE_SUSPECT:
                return VERDICT_AT_RISK;
        default:
                return VERDICT_OK;
        }
}

static enum verdict worst_verdict(const struct subject *s, const struct findings *list) {
        bool seen =
                (s->port && s->port->present) || (s->typec && typec_has_headset(s->typec) && typec_available_ma(s->typec) > 0);
        enum verdict worst = seen ? VERDICT_OK : VERDICT_UNKNOWN;

        for (size_t i = 0; i < list->n; i++) {
                enum verdict v = verdict_of(s, &list->items[i]);

                if (v > worst)
                        worst = v;
        }
        return worst;
}

static void diagnose(const struct subject *s, struct diagnosis *d) {
        findings_clear(&d->findings);
        for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
                causes[i](s, &d->findings);
        weigh_hub(s, &d->findings);
        findings_sort(&d->findings);
        d->verdict = worst_verdict(s, &d->findings);
}

void diagnose_port(const struct model *m, const struct port *port, bool whole_log, struct diagnosis *d) {
        struct subject s = { .model = m, .port = port, .whole_log = whole_log };
        char name[ADDRESS_NAME_MAX];

        /* In a live run an unidentified device is named after its port. In a log it is named after its position. */
        if (whole_log || port->present)
                address_device_name(&port->address, name);
        else
                address_port_name(&port->address, name);
        snprintf(s.name, sizeof s.name, "%s", name);
        diagnose(&s, d);
}

void diagnose_typec(const struct model *m, const struct typec_port *t, bool whole_log, struct diagnosis *d) {
        struct subject s = { .model = m, .typec = t, .whole_log = whole_log };
        char name[TYPEC_NAME_MAX];

        snprintf(s.name, sizeof s.name, "%s", typec_name(t, name));
        diagnose(&s, d);
}

void diagnose_controller(const struct model *m, const struct controller *c, bool whole_log, struct diagnosis *d) {
        struct subject s = { .model = m, .controller = c, .whole_log = whole_log };

        snprintf(s.name, sizeof s.name, "%s", c->name);
        diagnose(&s, d);
}

void diagnose_host(const struct model *m, bool whole_log, struct diagnosis *d) {
        struct subject s = { .model = m, .name = "host", .whole_log = whole_log };

        diagnose(&s, d);
}

/* Two headsets of the same model are not joined, so the conclusions rest on one sighting only. */
static void give_same_model(const struct model *m, const struct sightings *seen, struct findings *list) {
        bool plugged = seen->port || seen->typec;

        if (seen->same_model == 0 || list->n == 0)
                return;
        if (plugged)
                give(&list->items[0], SAY_EV_SAME_MODEL_NEAR, "bluez", moment_wall(m, m->now),
                     NUMBER("same_model_count", seen->same_model));
        else
                give(&list->items[0], SAY_EV_SAME_MODEL_PLUGGED, "udev", moment_wall(m, m->now),
                     NUMBER("same_model_count", seen->same_model));
}

/* A path that supplies too little and a headset that reports that it does not charge support each other. */
static void give_word(const struct model *m, const struct sightings *seen, struct findings *list) {
        enum battery_source source;
        struct moment at;

        if (list->n == 0 || charging_plugged_since(seen).at == 0 || charging_word(m, seen, &source, &at) != CHARGING_NO)
                return;
        for (size_t i = 0; i < list->items[0].n_evidence; i++)
                if (strcmp(list->items[0].evidence[i].what, "charging") == 0)
                        return;
        give(&list->items[0], SAY_EV_REPORTS_NOT_CHARGING, battery_source_name(source), moment_wall(m, at));
}

/* The headset left Bluetooth with this plug, as its model does when charging starts. So power arrives, whatever else was
 * found. */
static void give_power(const struct model *m, const struct sightings *seen, struct findings *list) {
        const struct headset *h = seen->headset;
        struct moment came = seen->port ? seen->port->attached : seen->typec ? seen->typec->observed.attached : (struct moment){};

        if (!h || list->n == 0 || came.at == 0 || h->facts.connected || h->observed.plugged_at.at < came.at)
                return;
        give(&list->items[0], SAY_EV_POWER_ARRIVES, "bluez", moment_wall(m, h->observed.dropped_at));
}

void diagnose_headset(const struct model *m, const struct sightings *seen, const struct model_facts *facts, const char *id,
                      struct diagnosis *d) {
        struct subject s = { .model = m, .port = seen->port, .headset = seen->headset, .answers = seen->answers };
        char name[ADDRESS_NAME_MAX];

        s.whole_log = seen->whole_log;
        if (!s.port)
                s.typec = seen->typec;
        if (!s.port && !s.typec)
                s.elsewhere = facts;
        if (s.port)
                address_device_name(&s.port->address, name);
        else if (s.typec)
                typec_name(s.typec, name);
        snprintf(s.name, sizeof s.name, "%s", s.elsewhere ? id : name);
        diagnose(&s, d);
        give_same_model(m, seen, &d->findings);
        give_power(m, seen, &d->findings);
        give_word(m, seen, &d->findings);
}

void diagnose_elsewhere(const struct model *m, const struct model_facts *facts, const char *id, struct diagnosis *d) {
        struct subject s = { .model = m, .elsewhere = facts };

        snprintf(s.name, sizeof s.name, "%s", id);
        diagnose(&s, d);
}

uint64_t diagnosis_deadline(const struct model *m) {
        uint64_t deadline = deadline_earlier(model_deadline(m), charging_deadline(m));

        return deadline_earlier(deadline, deadline_earlier(early_deadline(m), host_deadline(m)));
}

void diagnosis_clear(struct diagnosis *d) {
        findings_clear(&d->findings);
        d->verdict = VERDICT_UNKNOWN;
}

/* The device was identified at the other-speed half of the connector. */
static bool peer_is_identified(const struct model *m, const struct port *p) {
        const struct port *peer = p->facts.peer.bus != 0 ? model_find(m, &p->facts.peer) : NULL;

        return p->in_sysfs && peer && peer->present;
}

bool port_is_unidentified(const struct model *m, const struct port *p) {
        const struct link *l = &p->link;

        if (p->address.depth == 0 || p->present || !moment_follows(l->last_line, m->now, MODEL_UNIDENTIFIED_USEC) ||
            peer_is_identified(m, p))
                return false;
        if (link_is_failing(l) || link_ended_by_over_current(l))
                return true;
        if (l->state == LINK_TRYING && l->errors > 0 && moment_span(l->first_connect, m->now) >= MODEL_PATIENCE_USEC)
                return true;
        if (p->in_sysfs && p->facts.disabled == YES && l->state != LINK_EMPTY)
                return true;
        return moments_within(&l->debounce, 10 * MINUTE) > 0 || moments_within(&l->drops, 10 * MINUTE) >= 3;
}

const char *port_unidentified_state(const struct port *p) {
        const struct link *l = &p->link;

        if (p->in_sysfs && p->facts.disabled == YES)
                return "off";
        if (link_ended_by_over_current(l))
                return "over-current";
        if (link_is_failing(l) || (l->state == LINK_TRYING && l->errors > 0))
                return "failed";
        return "unstable";
}
