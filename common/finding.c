/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/finding.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
        const char *name;
        enum segment segment;
} codes[_FINDING_CODE_MAX] = {
        [CONTROLLER_DEAD] = { "controller-dead", SEGMENT_HOST },
        [HOST_POWER_FAULT] = { "host-power-fault", SEGMENT_HOST },
        [HOST_SUSPENDED] = { "host-suspended", SEGMENT_HOST },
        [SLEEP_CHARGING_OFF] = { "sleep-charging-off", SEGMENT_HOST },
        [DEVICE_AUTOSUSPENDED] = { "device-autosuspended", SEGMENT_HOST },
        [PORT_OVER_CURRENT] = { "port-over-current", SEGMENT_PORT },
        [PORT_OFF] = { "port-off", SEGMENT_PORT },
        [PORT_SUSPECT] = { "port-suspect", SEGMENT_PORT },
        [NOT_AUTHORIZED] = { "not-authorized", SEGMENT_PORT },
        [PORT_LIMITS_CURRENT] = { "port-limits-current", SEGMENT_PORT },
        [TYPEC_UNREADABLE] = { "typec-unreadable", SEGMENT_PORT },
        [POWER_BUDGET_EXCEEDED] = { "power-budget-exceeded", SEGMENT_HUB },
        [HUB_BUS_POWERED] = { "hub-bus-powered", SEGMENT_HUB },
        [HUB_IN_PATH] = { "hub-in-path", SEGMENT_HUB },
        [CABLE_SUSPECT] = { "cable-suspect", SEGMENT_CABLE },
        [CABLE_CHARGE_ONLY] = { "cable-charge-only", SEGMENT_CABLE },
        [CABLE_UNDERRATED] = { "cable-underrated", SEGMENT_CABLE },
        [CABLE_NOT_SUPPLIED] = { "cable-not-supplied", SEGMENT_CABLE },
        [LINK_UNSTABLE] = { "link-unstable", SEGMENT_LINK },
        [ENUMERATION_FAILED] = { "enumeration-failed", SEGMENT_LINK },
        [ENUMERATION_RETRIED] = { "enumeration-retried", SEGMENT_LINK },
        [NOT_CONFIGURED] = { "not-configured", SEGMENT_DEVICE },
        [BATTERY_DIES_UNPLUGGED] = { "battery-dies-unplugged", SEGMENT_DEVICE },
        [BATTERY_NOT_RISING] = { "battery-not-rising", SEGMENT_DEVICE },
        [BATTERY_FULL] = { "battery-full", SEGMENT_DEVICE },
        [CHARGE_LIMITED] = { "charge-limited", SEGMENT_DEVICE },
        [FIRMWARE_OLD] = { "firmware-old", SEGMENT_DEVICE },
        [TOO_EARLY] = { "too-early", SEGMENT_DEVICE },
        [NOT_VISIBLE] = { "not-visible", SEGMENT_DEVICE },
        [TEMPERATURE] = { "temperature", SEGMENT_DEVICE },
        [CONTACTS_DIRTY] = { "contacts-dirty", SEGMENT_DEVICE },
        [EARBUD_SEATING] = { "earbud-seating", SEGMENT_DEVICE },
        [CASE_EMPTY] = { "case-empty", SEGMENT_DEVICE },
        [DEEP_DISCHARGE] = { "deep-discharge", SEGMENT_DEVICE },
};

struct finding *findings_add(struct findings *list, enum finding_code code, enum severity severity, enum confidence confidence) {
        static struct finding scratch;
        struct finding *f = &scratch;

        if (list->n == list->allocated) {
                size_t want = list->allocated ? list->allocated * 2 : 1;
                struct finding *grown = reallocarray(list->items, want, sizeof *grown);

                if (grown) {
                        list->items = grown;
                        list->allocated = want;
                }
        }
        if (list->n < list->allocated)
                f = &list->items[list->n++];
        else
                list->out_of_memory = true;
        memset(f, 0, sizeof *f);
        f->code = code;
        f->severity = severity;
        f->confidence = confidence;
        return f;
}

void finding_evidence(struct finding *f, const char *what, const char *source, uint64_t at, const char *format, ...) {
        struct evidence *e;
        va_list ap;

        if (f->n_evidence == EVIDENCE_MAX)
                return;
        e = &f->evidence[f->n_evidence++];
        snprintf(e->what, sizeof e->what, "%s", what);
        va_start(ap, format);
        vsnprintf(e->value, sizeof e->value, format, ap);
        va_end(ap);
        e->source = source;
        e->at = at;
}

/* The table's order, but for port-limits-current: the hub explains it and comes first (docs/api.md, "order"). */
static int rank(enum finding_code code) {
        return code == PORT_LIMITS_CURRENT ? HUB_IN_PATH * 2 + 1 : (int) code * 2;
}

static int compare(const void *pa, const void *pb) {
        const struct finding *a = pa, *b = pb;

        if (a->severity != b->severity)
                return (int) b->severity - (int) a->severity;
        if (a->confidence != b->confidence)
                return (int) b->confidence - (int) a->confidence;
        if (a->code != b->code)
                return rank(a->code) - rank(b->code);
        return strcmp(a->subject, b->subject);
}

void findings_sort(struct findings *list) {
        if (list->n > 1)
                qsort(list->items, list->n, sizeof *list->items, compare);
}

void findings_clear(struct findings *list) {
        free(list->items);
        *list = (struct findings){};
}

int findings_copy(struct findings *to, const struct findings *from) {
        struct finding *items = NULL;

        if (from->n > 0) {
                items = reallocarray(NULL, from->n, sizeof *items);
                if (items)
                        memcpy(items, from->items, from->n * sizeof *items);
        }
        findings_clear(to);
        if (from->n > 0 && !items)
                return -ENOMEM;
        *to = (struct findings){ .n = from->n, .allocated = from->n, .items = items };
        return 0;
}

bool findings_same(const struct findings *a, const struct findings *b) {
        if (a->n != b->n)
                return false;
        for (size_t i = 0; i < a->n; i++) {
                const struct finding *x = &a->items[i], *y = &b->items[i];

                if (x->code != y->code || x->severity != y->severity || x->confidence != y->confidence ||
                    strcmp(x->subject, y->subject) != 0)
                        return false;
        }
        return true;
}

const struct finding *findings_find(const struct findings *list, enum finding_code code) {
        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].code == code)
                        return &list->items[i];
        return NULL;
}

const char *finding_code_name(enum finding_code code) {
        return codes[code].name;
}

enum segment finding_segment(enum finding_code code) {
        return codes[code].segment;
}

enum finding_code finding_code_from_name(const char *name) {
        unsigned code = 0;

        while (code < _FINDING_CODE_MAX && strcmp(codes[code].name, name) != 0)
                code++;
        return (enum finding_code) code;
}

const char *segment_name(enum segment s) {
        static const char *const names[_SEGMENT_MAX] = { "host", "port", "hub", "cable", "link", "device" };

        return names[s];
}

const char *severity_name(enum severity s) {
        static const char *const names[_SEVERITY_MAX] = { "info", "notice", "warning", "critical" };

        return names[s];
}

const char *confidence_name(enum confidence c) {
        static const char *const names[_CONFIDENCE_MAX] = { "possible", "likely", "certain" };

        return names[c];
}

const char *verdict_name(enum verdict v) {
        static const char *const names[_VERDICT_MAX] = { "ok", "unknown", "at-risk", "slow", "blocked" };

        return names[v];
}
