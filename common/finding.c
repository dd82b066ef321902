/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/finding.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define VARIES _SEVERITY_MAX

enum kind {
        FAULT,
        CIRCUMSTANCE,
};

static const struct {
        const char *name, *title, *after_name, *message_id;
        enum segment segment;
        enum kind kind;
        enum severity severity;
        int rank;
} codes[_FINDING_CODE_MAX] = {
#define FINDING(code, name, segment, kind, rank, severity, message_id, title, after_name, ...) \
        [code] = { name, title, after_name, message_id, SEGMENT_##segment, kind, severity, rank },
#include "findings.def"
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

bool finding_is_circumstance(enum finding_code code) {
        return codes[code].kind == CIRCUMSTANCE;
}

static int compare(const void *pa, const void *pb) {
        const struct finding *a = pa, *b = pb;

        if (a->severity != b->severity)
                return (int) b->severity - (int) a->severity;
        if (finding_is_circumstance(a->code) != finding_is_circumstance(b->code))
                return finding_is_circumstance(a->code) ? 1 : -1;
        if (a->confidence != b->confidence)
                return (int) b->confidence - (int) a->confidence;
        if (a->code != b->code)
                return finding_rank(a->code) - finding_rank(b->code);
        return strcmp(a->subject, b->subject);
}

void findings_sort(struct findings *list) {
        if (list->n > 1)
                qsort(list->items, list->n, sizeof *list->items, compare);
}

void findings_drop(struct findings *list, enum finding_code code) {
        size_t kept = 0;

        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].code != code)
                        list->items[kept++] = list->items[i];
        list->n = kept;
}

void findings_clear(struct findings *list) {
        free(list->items);
        *list = (struct findings){};
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

const char *finding_title(enum finding_code code) {
        return codes[code].title;
}

const char *finding_after_name(enum finding_code code) {
        return codes[code].after_name;
}

const char *finding_message_id(enum finding_code code) {
        return codes[code].message_id;
}

int finding_rank(enum finding_code code) {
        return codes[code].rank;
}

enum severity finding_fixed_severity(enum finding_code code) {
        return codes[code].severity;
}

enum finding_code finding_code_from_name(const char *name) {
        unsigned code = 0;

        while (code < _FINDING_CODE_MAX && strcmp(codes[code].name, name) != 0)
                code++;
        return (enum finding_code) code;
}

const char *segment_name(enum segment s) {
        static const char *const names[_SEGMENT_MAX] = { "host", "port", "hub", "cable", "link", "device", "supply" };

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
