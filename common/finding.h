/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Finding: one conclusion with its evidence, in the terms of the public interface.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/params.h"

enum finding_code {
#define FINDING(code, ...) code,
#include "findings.def"
        _FINDING_CODE_MAX,
};

enum segment {
        SEGMENT_HOST,
        SEGMENT_PORT,
        SEGMENT_HUB,
        SEGMENT_CABLE,
        SEGMENT_LINK,
        SEGMENT_DEVICE,
        SEGMENT_SUPPLY,
        _SEGMENT_MAX
};
enum severity { INFO, NOTICE, WARNING, CRITICAL, _SEVERITY_MAX };
enum confidence { POSSIBLE, LIKELY, CERTAIN, _CONFIDENCE_MAX };

/* What the path allows, from best to worst (docs/api.md, "verdict"). */
enum verdict { VERDICT_OK, VERDICT_UNKNOWN, VERDICT_AT_RISK, VERDICT_SLOW, VERDICT_BLOCKED, _VERDICT_MAX };

#define EVIDENCE_MAX 8

struct evidence {
        char what[40];
        char value[120];
        const char *source;   /* static: "kernel-log", "sysfs", "udev", "descriptors", "model-facts" */
        uint64_t at;          /* µs since 1970, 0: not known */
        struct params params; /* what `what` and `value` are made of */
};

struct finding {
        enum finding_code code;
        enum severity severity;
        enum confidence confidence;
        char subject[64];                          /* "1-2.3", "usb1-port2", a controller's name, "host" or a headset's id */
        char cause[256];                           /* one sentence */
        char action[256];                          /* one sentence: the one thing to do */
        struct params cause_params, action_params; /* what they are made of, see core/words/ */
        size_t n_evidence;
        struct evidence evidence[EVIDENCE_MAX];
};

/* A growing list; zero-initialised is empty. Release with findings_clear(). */
struct findings {
        size_t n, allocated;
        struct finding *items;
        bool out_of_memory; /* at least one finding was lost */
};

/* Appends an empty finding with the code and returns it for filling in. Never NULL: when memory is out, a scratch
 * finding that is not in the list is returned and out_of_memory set. The pointer is valid until the next call. */
struct finding *findings_add(struct findings *list, enum finding_code code, enum severity severity, enum confidence confidence);

/* Severity, then confidence, then the more specific (docs/api.md, "order"). */
void findings_sort(struct findings *list);
/* Takes out every finding with the code. */
void findings_drop(struct findings *list, enum finding_code code);

void findings_clear(struct findings *list);

/* Copies `from` over `to` (cleared first). Returns 0 or -ENOMEM, then `to` is empty. */
int findings_copy(struct findings *to, const struct findings *from);

/* Same list in code, severity, confidence, subject and order? Evidence and wording do not count. */
bool findings_same(const struct findings *a, const struct findings *b);

const struct finding *findings_find(const struct findings *list, enum finding_code code);

/* What the table of findings (core/findings.def) says of a code; static strings. */
const char *finding_code_name(enum finding_code code);
enum segment finding_segment(enum finding_code code);
const char *finding_title(enum finding_code code);

/* The title after the name of a headset ("WH-1000XM4: bad connection"), or NULL where the verdict says more. */
const char *finding_after_name(enum finding_code code);

/* Identifies the journal entry of a new finding. */
const char *finding_message_id(enum finding_code code);

/* Its place among findings of equal severity and confidence: the lower comes first. */
int finding_rank(enum finding_code code);

/* The severity that every finding of the code has, or _SEVERITY_MAX where it varies. */
enum severity finding_fixed_severity(enum finding_code code);

/* Does it tell of circumstances and not of a fault? Such findings come after the faults of the same severity. */
bool finding_is_circumstance(enum finding_code code);
const char *segment_name(enum segment s);
const char *severity_name(enum severity s);
const char *confidence_name(enum confidence c);
const char *verdict_name(enum verdict v);

/* The code with this name, or _FINDING_CODE_MAX. */
enum finding_code finding_code_from_name(const char *name);
