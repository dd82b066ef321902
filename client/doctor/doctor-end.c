/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Doctor's end: sends the answers to the daemon and shows the conclusion. */
#include "client/doctor/doctor.h"

#include <string.h>

#include "client/connection.h"
#include "client/kept-check.h"
#include "client/show/show.h"
#include "client/show/terminal.h"

static void show_tried(FILE *out, const struct doctor *d) {
        enum doctor_step tried[DOCTOR_STEPS_MAX];
        size_t n = doctor_tried(&d->check, tried);
        const char *label = _("Tried");

        for (size_t i = 0; i < n; i++) {
                enum doctor_step s = tried[i];
                char line[320];

                snprintf(line, sizeof line, d->seen[s] ? _("%s: %s (seen by the computer)") : _("%s: %s"), doctor_change_text(s),
                         doctor_outcome_text(&d->check, s));
                put_row(out, d->options, label, line);
                label = "";
        }
}

static void show_also(FILE *out, const struct doctor *d, const struct doctor_conclusion *r) {
        const char *label = _("Or");

        for (unsigned i = 0; i < sizeof r->also / sizeof *r->also && r->also[i]; i++) {
                enum finding_code code = finding_code_from_name(r->also[i]);
                char line[160];

                snprintf(line, sizeof line, "%s (%s)", code < _FINDING_CODE_MAX ? _(finding_title(code)) : "", r->also[i]);
                put_row(out, d->options, label, line);
                label = "";
        }
}

/* Shows a text to copy and the address to send it to. */
static void show_service(FILE *out, const struct doctor *d, const struct doctor_conclusion *r) {
        char text[2048];

        put_row(out, d->options, _("For Sony"), doctor_service_text(&d->check, r, text, sizeof text));
        put_row(out, d->options, _("Serial"),
                _("It stands on a label of the headset or its case, and by the bar code of the box."));
        put_row(out, d->options, _("Address"), doctor_support_address(&d->check));
        put_row(out, d->options, _("Report"), _("\"sonychargectl report --with-serial\" writes down what the computer saw."));
}

/* --- the daemon's findings --- */

static void add_all(struct json_object *to, struct json_object *list) {
        for (size_t i = 0; i < json_length(list); i++)
                json_object_array_add(to, json_object_get(json_object_array_get_idx(list, i)));
}

/* Returns the current findings of the daemon about the headset, about the device without a name that may be the headset, and
 * about the computer. */
static struct json_object *findings_now(struct doctor *d) {
        struct json_object *all = json_object_new_array(), *ports = json_list(d->status, "unidentified");

        add_all(all, json_list(doctor_headset(&d->subject, d->status), "findings"));
        for (size_t i = 0; d->now.nameless && i < json_length(ports); i++) {
                struct json_object *p = json_object_array_get_idx(ports, i);

                if (strcmp(json_text(p, "port"), d->now.port) == 0)
                        add_all(all, json_list(p, "findings"));
        }
        add_all(all, json_list(json_child(d->status, "host"), "findings"));
        return all;
}

/* The sentences of a finding say what was measured. They are taken from the newest status if it contains the finding, otherwise
 * from the status at the start. */
static void take_sentences(struct doctor *d, struct json_object *findings, struct doctor_conclusion *r) {
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (strcmp(json_text(f, "code"), r->code) != 0)
                        continue;
                snprintf(r->sentence, sizeof r->sentence, "%s", json_text(f, "cause"));
                snprintf(r->action, sizeof r->action, "%s", json_text(f, "action"));
                return;
        }
        if (d->start.first < _FINDING_CODE_MAX && strcmp(finding_code_name(d->start.first), r->code) == 0 && *d->start.cause) {
                snprintf(r->sentence, sizeof r->sentence, "%s", d->start.cause);
                snprintf(r->action, sizeof r->action, "%s", d->start.action);
        }
}

/* Shows the other findings. Those about the same part of the path have the same meaning and are left out. */
static void show_others(FILE *out, const struct doctor *d, struct json_object *findings, const struct doctor_conclusion *r) {
        _cleanup_json_ struct json_object *others = json_object_new_array(), *told = json_object_new_array();

        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (strcmp(json_text(f, "segment"), r->segment) != 0 && finding_needs_action(f))
                        json_object_array_add(others, json_object_get(f));
        }
        if (json_length(others) == 0)
                return;
        fprintf(out, "\n%s\n", _("Also found now"));
        show_findings(out, d->options, others, told);
}

static void put_cause(FILE *out, const struct doctor *d, const struct doctor_conclusion *r) {
        _cleanup_json_ struct json_object *o = json_object_new_object();

        json_object_object_add(o, "severity", json_object_new_string(severity_name(r->severity)));
        fputs("  ", out);
        put_severity(out, d->options, o);
        fputs(" ", out);
        put_wrapped(out, d->options, r->sentence, 4, 4);
        fputc('\n', out);
}

static void show_text(struct doctor *d, struct json_object *findings, const struct doctor_conclusion *r) {
        const struct options *o = d->options;
        FILE *out = stdout;
        char sure[320];

        fprintf(out, "\n%s%s%s\n", style(o, STYLE_BOLD), _("Result"), style(o, STYLE_PLAIN));
        put_cause(out, d, r);
        put_row(out, o, _("Do"), r->action);
        put_row(out, o, _("How sure"), doctor_sure_text(r, sure, sizeof sure));
        show_also(out, d, r);
        show_tried(out, d);
        if (*d->notes)
                put_row(out, o, _("You said"), d->notes);
        if (r->service)
                show_service(out, d, r);
        if (r->severity < CRITICAL)
                show_others(out, d, findings, r);
        fflush(out);
}

static int exit_status(struct doctor *d, struct json_object *findings, const struct doctor_conclusion *r) {
        if (r->severity >= WARNING || findings_need_action(findings))
                return STATUS_FINDING;
        if (d->watching && d->watch.present &&
            json_length(json_list(d->status, "headsets")) + json_length(json_list(d->status, "unidentified")) == 0)
                return STATUS_NOTHING;
        return STATUS_OK;
}

/* Saves the result for the report, which also needs the time and the headset of the answers. */
static void keep_result(struct doctor *d, struct json_object *result) {
        _cleanup_json_ struct json_object *kept = json_tokener_parse(json_object_to_json_string(result));

        if (!kept)
                return;
        json_object_object_add(kept, "at", json_object_new_int64((int64_t) now_usec(CLOCK_REALTIME)));
        json_object_object_add(kept, "headset", json_object_new_string(d->subject.id));
        json_object_object_add(kept, "model", json_object_new_string(d->start.model));
        (void) kept_check_write(kept); /* an error only affects the report, because the person has seen the result */
}

int doctor_end(struct doctor *d) {
        _cleanup_json_ struct json_object *findings = NULL, *result = NULL;
        struct doctor_conclusion r;

        if (watch_doctor_tell(d))
                (void) watch_doctor_look(d);
        findings = findings_now(d);
        doctor_conclude(&d->check, &r);
        if (r.by_finding)
                take_sentences(d, findings, &r);
        result = lines_result(d, &r);
        if (d->lock >= 0)
                keep_result(d, result);
        if (d->lines)
                lines_end(result);
        else
                show_text(d, findings, &r);
        return exit_status(d, findings, &r);
}
