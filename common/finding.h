/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Finding: one conclusion with its evidence, in the terms of the public API.
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
        uint64_t at;          /* µs since 1970; 0: not known */
        struct params params; /* named values for the texts in `what` and `value` */
};

struct finding {
        enum finding_code code;
        enum severity severity;
        enum confidence confidence;
        char subject[64];                          /* "1-2.3", "usb1-port2", a controller's name, "host" or a headset's id */
        char cause[256];                           /* one sentence */
        char action[256];                          /* one sentence: the one thing to do */
        struct params cause_params, action_params; /* named values for the texts above, see core/words/ */
        size_t n_evidence;
        struct evidence evidence[EVIDENCE_MAX];
};

/* A growing list. A zero-initialised list is empty. Release it with findings_clear(). */
struct findings {
        size_t n, allocated;
        struct finding *items;
        bool out_of_memory; /* at least one finding was lost */
};

/* Appends an empty finding with this code and returns it, so that the caller can fill it in. Never returns NULL: when out of
 * memory, it sets out_of_memory and returns a scratch finding that is not in the list. The pointer is valid until the next
 * call. */
struct finding *findings_add(struct findings *list, enum finding_code code, enum severity severity, enum confidence confidence);

/* Sorts by severity, then faults before circumstances, then by confidence, then by how specific the finding is (docs/api.md,
 * "order"). */
void findings_sort(struct findings *list);

/* Removes every finding with this code. */
void findings_drop(struct findings *list, enum finding_code code);

void findings_clear(struct findings *list);

const struct finding *findings_find(const struct findings *list, enum finding_code code);

/* The columns of the table of findings (core/findings.def), as static strings. */
const char *finding_code_name(enum finding_code code);
enum segment finding_segment(enum finding_code code);
const char *finding_title(enum finding_code code);

/* The title as it follows the name of a headset ("WH-1000XM4: bad connection"). NULL where the verdict says more. */
const char *finding_after_name(enum finding_code code);

/* The MESSAGE_ID of the journal entry for a new finding. */
const char *finding_message_id(enum finding_code code);

/* The rank among findings of equal severity and confidence. The lower rank is sorted first. */
int finding_rank(enum finding_code code);

/* The severity that all findings with this code have, or _SEVERITY_MAX where it varies. */
enum severity finding_fixed_severity(enum finding_code code);

/* Returns true when the code describes circumstances and not a fault. Such findings are sorted after the faults of the same
 * severity. */
bool finding_is_circumstance(enum finding_code code);

const char *segment_name(enum segment s);
const char *severity_name(enum severity s);
const char *confidence_name(enum confidence c);
const char *verdict_name(enum verdict v);

/* Returns the code with this name, or _FINDING_CODE_MAX. */
enum finding_code finding_code_from_name(const char *name);
