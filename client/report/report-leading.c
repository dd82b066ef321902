/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The leading finding of a report, which a person has to read before everything else.
 */
#include <string.h>

#include "client/report/report.h"
#include "client/show/show.h"
#include "common/finding.h"

bool report_is_danger(struct json_object *finding) {
        return strcmp(json_text(finding, "code"), finding_code_name(BATTERY_DANGER)) == 0;
}

/* Returns how urgent the finding is; 0: no finding. A dangerous battery comes before everything. */
static unsigned urgency(struct json_object *finding) {
        const char *severity = json_text(finding, "severity");

        if (!*json_text(finding, "code"))
                return 0;
        if (report_is_danger(finding))
                return (unsigned) _SEVERITY_MAX + 2;
        for (unsigned s = 0; s < (unsigned) _SEVERITY_MAX; s++)
                if (strcmp(severity_name((enum severity) s), severity) == 0)
                        return s + 2;
        return 1; /* the severity is a word of a later version */
}

static void consider(struct json_object *finding, struct json_object **best) {
        if (urgency(finding) > urgency(*best))
                *best = finding;
}

static void consider_all(struct json_object *findings, struct json_object **best) {
        for (size_t i = 0; i < json_length(findings); i++)
                consider(json_object_array_get_idx(findings, i), best);
}

static void consider_each(struct json_object *subjects, struct json_object **best) {
        for (size_t i = 0; i < json_length(subjects); i++)
                consider_all(json_list(json_object_array_get_idx(subjects, i), "findings"), best);
}

struct json_object *report_leading_finding(struct json_object *report) {
        struct json_object *status = json_child(report, "status"), *best = NULL;

        consider_all(json_list(json_child(status, "host"), "findings"), &best);
        consider_each(json_list(status, "headsets"), &best);
        consider_each(json_list(status, "unidentified"), &best);
        consider(json_child(json_child(report, "check"), "conclusion"), &best);
        return best;
}
