/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's facts: extracts what the status of the daemon says about one headset.
 */
#include "client/doctor/doctor-facts.h"

#include <string.h>

#include "client/match.h"
#include "view/path-words.h"
#include "client/show/show.h"

static bool is_other(const struct doctor_subject *subject, const char *id) {
        for (unsigned i = 0; i < subject->n_others; i++)
                if (strcmp(subject->others[i], id) == 0)
                        return true;
        return false;
}

static bool is_seen_by(struct json_object *h, const char *what) {
        struct json_object *seen_by = json_list(h, "seen_by");

        for (size_t i = 0; i < json_length(seen_by); i++) {
                const char *by = json_object_get_string(json_object_array_get_idx(seen_by, i));

                if (by && strcmp(by, what) == 0)
                        return true;
        }
        return false;
}

/* Returns true when the headset is known only from what a person said in an earlier check. */
static bool is_word(struct json_object *h) {
        return is_seen_by(h, "user") && json_length(json_list(h, "seen_by")) == 1;
}

/* Returns true when the headset is of the model, if one is known, and is not known to be another headset. */
static bool can_be(const struct doctor_subject *subject, struct json_object *h) {
        bool start;

        return !is_other(subject, json_text(h, "id")) && (*subject->model || !is_word(h)) &&
               (!*subject->model || (match_headset(h, subject->model, &start) && !start));
}

unsigned doctor_choices(const struct doctor_subject *subject, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets");
        unsigned n = 0;

        for (size_t i = 0; i < json_length(headsets); i++)
                n += can_be(subject, json_object_array_get_idx(headsets, i));
        return n;
}

struct json_object *doctor_headset(const struct doctor_subject *subject, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets"), *found = NULL;
        unsigned n = 0;

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *h = json_object_array_get_idx(headsets, i);

                if (*subject->id && strcmp(json_text(h, "id"), subject->id) == 0)
                        return h;
                if (can_be(subject, h)) {
                        found = h;
                        n++;
                }
        }
        return n == 1 ? found : NULL;
}

void doctor_note_others(struct doctor_subject *subject, struct json_object *status, const char *id) {
        struct json_object *headsets = json_list(status, "headsets");
        size_t room = sizeof subject->others / sizeof *subject->others;

        for (size_t i = 0; i < json_length(headsets) && subject->n_others < room; i++) {
                const char *other = json_text(json_object_array_get_idx(headsets, i), "id");

                if (*other && strcmp(other, id) != 0 && !is_other(subject, other))
                        snprintf(subject->others[subject->n_others++], sizeof *subject->others, "%.63s", other);
        }
}

static enum tristate truth(struct json_object *o, const char *key) {
        struct json_object *value = NULL;

        if (!json_object_is_type(o, json_type_object) || !json_object_object_get_ex(o, key, &value) ||
            !json_object_is_type(value, json_type_boolean))
                return UNKNOWN;
        return json_object_get_boolean(value) ? YES : NO;
}

void doctor_read_model(struct json_object *model, struct doctor_facts *f) {
        f->known = f->known || *json_text(model, "model");
        if (!*f->model)
                snprintf(f->model, sizeof f->model, "%.63s", json_text(model, "model"));
        if (!*f->family)
                snprintf(f->family, sizeof f->family, "%.15s", json_text(model, "family"));
        if (!*f->help)
                snprintf(f->help, sizeof f->help, "%.79s", json_text(model, "help"));
        if (f->limit_percent == 0 && json_number(model, "limit_percent") <= 100)
                f->limit_percent = (unsigned) json_number(model, "limit_percent");
        if (f->enumerates == UNKNOWN)
                f->enumerates = truth(model, "enumerates");
        if (f->wireless == UNKNOWN)
                f->wireless = truth(model, "wireless");
        if (f->powers_down == UNKNOWN)
                f->powers_down = truth(model, "powers_down");
}

/* Returns true for a finding that rests on answers. Answers are no measurement, neither in this check nor in the next one. Where
 * a meter is may be an answer, but what it shows is a measurement. */
static bool is_by_word(struct json_object *finding) {
        struct json_object *evidence = json_list(finding, "evidence");
        bool told = false;

        for (size_t i = 0; i < json_length(evidence); i++) {
                const char *source = json_text(json_object_array_get_idx(evidence, i), "source");

                if (strcmp(source, "powerz") == 0)
                        return false;
                told = told || strcmp(source, "user") == 0;
        }
        return told;
}

static enum confidence confidence_of(struct json_object *finding) {
        for (unsigned c = POSSIBLE; c < _CONFIDENCE_MAX; c++)
                if (strcmp(confidence_name((enum confidence) c), json_text(finding, "confidence")) == 0)
                        return (enum confidence) c;
        return POSSIBLE;
}

static void read_findings(struct json_object *findings, struct doctor_facts *f) {
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *finding = json_object_array_get_idx(findings, i);
                enum finding_code code = finding_code_from_name(json_text(finding, "code"));

                if (code == _FINDING_CODE_MAX || is_by_word(finding))
                        continue;
                f->codes |= UINT64_C(1) << code;
                f->sure[code] = (uint8_t) confidence_of(finding);
                if (f->first != _FINDING_CODE_MAX)
                        continue;
                f->first = code;
                snprintf(f->cause, sizeof f->cause, "%.255s", json_text(finding, "cause"));
                snprintf(f->action, sizeof f->action, "%.255s", json_text(finding, "action"));
        }
}

/* A verdict of `slow` alone is no fault, because it is normal on most ports. It is one when a finding asks for action. */
static enum trouble trouble_of(const char *verdict, struct json_object *findings) {
        if (strcmp(verdict, "blocked") == 0)
                return TROUBLE_BLOCKED;
        if (strcmp(verdict, "at-risk") == 0)
                return TROUBLE_AT_RISK;
        return strcmp(verdict, "slow") == 0 && findings_need_action(findings) ? TROUBLE_SLOW : TROUBLE_NONE;
}

static void read_path(struct json_object *path, struct doctor_facts *f) {
        for (size_t i = 0; i < json_length(path); i++) {
                struct json_object *node = json_object_array_get_idx(path, i);
                const char *kind = json_text(node, "kind"), *name = json_text(node, "name");

                if (strcmp(kind, "port") == 0) {
                        snprintf(f->port, sizeof f->port, "%.63s",
                                 *json_text(node, "id") ? json_text(node, "id") : json_text(node, "sysname"));
                        port_words(name, json_text(node, "sysname"), f->place, sizeof f->place);
                }
                if (strcmp(kind, "hub") == 0 && !json_truth(node, "internal"))
                        snprintf(f->hub, sizeof f->hub, "%.63s", *name ? name : json_text(node, "sysname"));
        }
}

static void read_parts(struct json_object *charging, struct doctor_facts *f) {
        struct json_object *parts = json_list(charging, "parts");

        for (size_t i = 0; i < json_length(parts); i++) {
                struct json_object *part = json_object_array_get_idx(parts, i), *value = NULL;
                const char *which = json_text(part, "part");
                int level = -1;

                if (json_truth(part, "stale"))
                        continue;
                if (json_object_object_get_ex(part, "level", &value) && json_object_is_type(value, json_type_int))
                        level = json_object_get_int(value);
                f->case_has_level |= strcmp(which, "case") == 0 && level >= 0;
                f->earbud_left_out |= (strcmp(which, "left") == 0 || strcmp(which, "right") == 0) && level < 100 &&
                                      strcmp(json_text(part, "state"), "no") == 0;
        }
}

static void read_battery(struct json_object *h, struct doctor_facts *f) {
        static const char *const states[] = { "unknown", "no", "yes", "full" };
        struct json_object *charging = json_child(h, "charging"), *battery = json_child(h, "battery"), *level = NULL;
        struct json_object *bluetooth = json_child(h, "bluetooth");
        struct json_object *from = battery ? battery : charging;

        for (unsigned i = 0; i < sizeof states / sizeof *states; i++)
                if (strcmp(json_text(charging, "state"), states[i]) == 0)
                        f->charging = (enum charging_claim) i;
        if (from && !json_truth(battery, "stale") && json_object_object_get_ex(from, "level", &level) &&
            json_object_is_type(level, json_type_int) && json_object_get_int(level) >= 0 && json_object_get_int(level) <= 100)
                f->level = json_object_get_int(level);
        f->dropped_at = json_number(bluetooth, "dropped_at");
        f->off_bluetooth = bluetooth && !json_truth(bluetooth, "connected") && f->dropped_at > 0;
        f->went_off = (unsigned) json_number(bluetooth, "went_off");
        read_parts(charging, f);
        f->can_ask = json_truth(bluetooth, "own_protocol");
        f->firmware = *json_text(json_child(h, "firmware"), "version");
}

static void read_headset(struct json_object *h, struct doctor_facts *f) {
        snprintf(f->id, sizeof f->id, "%.63s", json_text(h, "id"));
        snprintf(f->model, sizeof f->model, "%.63s", json_text(h, "model"));
        snprintf(f->family, sizeof f->family, "%.15s", json_text(h, "family"));
        f->on_usb = is_seen_by(h, "usb");
        f->on_cable = f->on_usb || is_seen_by(h, "typec");
        read_path(json_list(h, "path"), f);
        read_findings(json_list(h, "findings"), f);
        read_battery(h, f);
        doctor_read_model(json_child(h, "facts"), f);
        if (f->on_cable)
                f->trouble = trouble_of(json_text(h, "verdict"), json_list(h, "findings"));
}

/* Returns the newest device without a name. It need not have a fault: a Type-C partner without an identity has none. */
static struct json_object *newest_nameless(struct json_object *status, bool partner) {
        struct json_object *ports = json_list(status, "unidentified"), *newest = NULL;

        for (size_t i = 0; i < json_length(ports); i++) {
                struct json_object *p = json_object_array_get_idx(ports, i);

                if ((strcmp(json_text(p, "state"), "partner") == 0) == partner &&
                    (!newest || json_number(p, "since") >= json_number(newest, "since")))
                        newest = p;
        }
        return newest;
}

void doctor_read_facts(const struct doctor_subject *subject, struct json_object *status, struct doctor_facts *ret) {
        struct json_object *h = doctor_headset(subject, status), *nameless = newest_nameless(status, false);
        struct json_object *partner = newest_nameless(status, true);

        *ret = DOCTOR_FACTS_UNKNOWN;
        if (h)
                read_headset(h, ret);
        else
                ret->choices = doctor_choices(subject, status);
        read_findings(json_list(json_child(status, "host"), "findings"), ret);
        ret->tester = ret->on_cable && json_truth(json_child(status, "host"), "tester") && !json_child(h, "measured");
        if (partner)
                port_words(json_text(partner, "name"), json_text(partner, "sysname"), ret->partner, sizeof ret->partner);
        ret->partner_since = json_number(partner, "since");
        if (ret->on_cable || !nameless || ret->choices > 1)
                return;
        ret->nameless = true;
        ret->trouble = TROUBLE_BLOCKED;
        ret->since = json_number(nameless, "since");
        snprintf(ret->port, sizeof ret->port, "%.63s", json_text(nameless, "port"));
        port_words(json_text(nameless, "name"),
                   *json_text(nameless, "sysname") ? json_text(nameless, "sysname") : json_text(nameless, "port"), ret->place,
                   sizeof ret->place);
        ret->first = _FINDING_CODE_MAX;
        read_findings(json_list(nameless, "findings"), ret);
}
