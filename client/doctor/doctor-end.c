/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's end: the daemon is told, and the conclusion is shown.
 */
#include "client/doctor/doctor.h"

#include <string.h>
#include <strings.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "client/show/terminal.h"

/* The changes, as they stand in the result. */
static const char *change_words(enum doctor_step s) {
        static const char *const words[_STEP_MAX] = {
                [DO_AS_TOLD] = "what the finding said",
                [DO_WAIT] = "waiting",
                [DO_REPLUG] = "socket cleaned, plugged in anew",
                [DO_TRY_CABLE] = "another cable",
                [DO_TRY_PORT] = "another port, without a hub",
                [DO_TRY_SOURCE] = "another supply",
                [DO_KEEP_ON] = "supply kept on",
                [DO_RESEAT] = "contacts wiped, put in anew",
                [DO_CHARGE_CASE] = "case charged for half an hour",
                [DO_ROOM] = "an hour at room temperature",
                [DO_RECONNECT] = "connected anew",
                [DO_RESET] = "reset",
                [DO_UPDATE] = "firmware updated",
                [DO_INITIALISE] = "initialised",
        };

        return words[s]; /* NULL: no change that is worth a line */
}

static const char *result_words(const struct doctor *d, enum doctor_step s) {
        unsigned answer = d->check.answers[s];

        return answer == CHANGE_WORKS ? "it charged" : answer == CHANGE_FAILS ? "no change" : "not done";
}

static void show_tried(FILE *out, const struct doctor *d) {
        const char *label = "Tried";

        for (unsigned i = 0; i < d->check.n; i++) {
                enum doctor_step s = (enum doctor_step) d->check.trail[i];
                char line[160];

                if (!change_words(s) || d->check.answers[s] == SKIPPED)
                        continue;
                snprintf(line, sizeof line, "%s: %s%s", change_words(s), result_words(d, s),
                         d->seen[s] ? " (seen by the computer)" : "");
                put_row(out, d->options, label, line);
                label = "";
        }
}

static void show_also(FILE *out, const struct doctor *d, const struct doctor_conclusion *r) {
        const char *label = "Or";

        for (unsigned i = 0; i < sizeof r->also / sizeof *r->also && r->also[i]; i++) {
                enum finding_code code = finding_code_from_name(r->also[i]);
                char line[160];

                snprintf(line, sizeof line, "%s (%s)", code < _FINDING_CODE_MAX ? finding_title(code) : "", r->also[i]);
                put_row(out, d->options, label, line);
                label = "";
        }
}

static const char *sure_words(const struct doctor_conclusion *r) {
        if (r->cause == _CAUSE_MAX && r->confidence != CERTAIN)
                return "not known";
        if (r->confidence == CERTAIN)
                return "certain";
        return r->confidence == LIKELY ? "likely" : "possible, not proven";
}

static void show_sure(FILE *out, const struct doctor *d, const struct doctor_conclusion *r) {
        char line[160];

        snprintf(line, sizeof line, "%s (%s), %s", sure_words(r), r->code,
                 r->by_finding ? "measured by the computer"
                 : r->proven   ? "a change mended it"
                               : "from what you said");
        put_row(out, d->options, "How sure", line);
}

/* --- for Sony's service --- */

const char *support_address(const struct doctor *d) {
        const char *model = *d->check.model ? d->check.model : d->check.named_model;

        return strncasecmp(model, "PULSE", 5) == 0 ? "https://www.playstation.com/support/"
                                                   : "https://www.sony.com/electronics/support (choose your country there)";
}

/* One text to copy: what Sony asks for, and what was done. */
static void show_service(FILE *out, const struct doctor *d, const struct doctor_conclusion *r) {
        char line[1024];
        size_t n;

        n = (size_t) snprintf(line, sizeof line, "Model: %s. %s Tried:",
                              *d->check.model         ? d->check.model
                              : *d->check.named_model ? d->check.named_model
                                                      : "(please add)",
                              r->sentence);
        for (unsigned i = 0; i < d->check.n && n < sizeof line; i++) {
                enum doctor_step s = (enum doctor_step) d->check.trail[i];

                if (change_words(s) && d->check.answers[s] != SKIPPED)
                        n += (size_t) snprintf(line + n, sizeof line - n, " %s (%s);", change_words(s), result_words(d, s));
        }
        if (n < sizeof line && d->check.answers[DO_RESET] == UNANSWERED)
                n += (size_t) snprintf(line + n, sizeof line - n, " not reset;");
        if (n < sizeof line && d->check.answers[ASK_DANGER] == DANGER_WAS_WET)
                n += (size_t) snprintf(line + n, sizeof line - n, " it got wet long ago;");
        if (n < sizeof line)
                snprintf(line + n, sizeof line - n, " bought on: ...; serial number: ...");
        put_row(out, d->options, "For Sony", line);
        put_row(out, d->options, "Serial", "It stands on a label of the headset or its case, and by the bar code of the box.");
        put_row(out, d->options, "Address", support_address(d));
        put_row(out, d->options, "Report", "\"sonychargectl report --with-serial\" writes down what the computer saw.");
}

/* --- the daemon's findings --- */

static void add_all(struct json_object *to, struct json_object *list) {
        for (size_t i = 0; i < json_length(list); i++)
                json_object_array_add(to, json_object_get(json_object_array_get_idx(list, i)));
}

/* What the daemon finds now: at the headset, at the nameless device that may be it, at the computer. */
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

/* The computer's own finding says in its sentences what was measured. While it still holds they are taken from the newest
 * status, else from what was known at the start. */
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

/* What else was found. Other findings of the same place say the same in other words. */
static void show_others(FILE *out, const struct doctor *d, struct json_object *findings, const struct doctor_conclusion *r) {
        _cleanup_json_ struct json_object *others = json_object_new_array(), *told = json_object_new_array();

        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (strcmp(json_text(f, "segment"), r->segment) != 0 && finding_needs_action(f))
                        json_object_array_add(others, json_object_get(f));
        }
        if (json_length(others) == 0)
                return;
        fprintf(out, "\nAlso found now\n");
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

        fprintf(out, "\n%sResult%s\n", style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        put_cause(out, d, r);
        put_row(out, o, "Do", r->action);
        show_sure(out, d, r);
        show_also(out, d, r);
        show_tried(out, d);
        if (*d->notes)
                put_row(out, o, "You said", d->notes);
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

int doctor_end(struct doctor *d) {
        _cleanup_json_ struct json_object *findings = NULL;
        struct doctor_conclusion r;

        if (watch_doctor_tell(d))
                (void) watch_doctor_look(d);
        findings = findings_now(d);
        doctor_conclude(&d->check, &r);
        if (r.by_finding)
                take_sentences(d, findings, &r);
        if (d->lines)
                lines_end(d, &r);
        else
                show_text(d, findings, &r);
        return exit_status(d, findings, &r);
}
