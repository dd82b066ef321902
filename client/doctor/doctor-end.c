/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's end: the daemon is told, and what follows is shown, by the daemon's finding where it has one.
 */
#include "client/doctor/doctor.h"

#include <string.h>

#include "client/connection.h"
#include "client/doctor/doctor-text.h"
#include "common/finding-json.h"
#include "client/show/show.h"
#include "client/show/terminal.h"

static const char *result_word(const struct doctor_answer *a) {
        static const char *const words[] = { "none", "answered", "seen", "skipped" };

        return words[a->outcome];
}

static struct json_object *text_or_null(const char *text) {
        return *text ? json_object_new_string(text) : NULL;
}

static struct json_object *step_json(const struct doctor_case *c, enum doctor_step s) {
        struct json_object *o = json_object_new_object();
        const struct doctor_answer *a = &c->answers[s];
        const char *word = step_word(s, a->answer);
        char sentence[512];

        json_object_object_add(o, "step", json_object_new_string(step_name(s)));
        json_object_object_add(o, "asked", json_object_new_string(doctor_sentence(c, s, sentence, sizeof sentence)));
        json_object_object_add(o, "answer", text_or_null(word ? word : a->text));
        json_object_object_add(o, "result", json_object_new_string(result_word(a)));
        json_object_object_add(o, "at", json_number_or_null(a->at));
        return o;
}

static void add_all(struct json_object *to, struct json_object *list) {
        for (size_t i = 0; i < json_length(list); i++)
                json_object_array_add(to, json_object_get(json_object_array_get_idx(list, i)));
}

/* What the daemon finds now: at the headset, at the nameless device that may be it, at the computer. */
static struct json_object *findings_now(struct doctor *d) {
        struct json_object *all = json_object_new_array(), *ports = json_list(d->status, "unidentified");

        add_all(all, json_list(doctor_headset(&d->subject, d->status), "findings"));
        for (size_t i = 0; d->c.now.nameless && i < json_length(ports); i++) {
                struct json_object *p = json_object_array_get_idx(ports, i);

                if (strcmp(json_text(p, "port"), d->c.now.port) == 0)
                        add_all(all, json_list(p, "findings"));
        }
        add_all(all, json_list(json_child(d->status, "host"), "findings"));
        return all;
}

static struct json_object *find_code(struct json_object *findings, enum finding_code code) {
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (code != _FINDING_CODE_MAX && strcmp(json_text(f, "code"), finding_code_name(code)) == 0)
                        return f;
        }
        return NULL;
}

/* The doctor's own conclusion in the form of a finding; the daemon's one, when it comes to the same, has more evidence. */
static struct json_object *own_json(struct doctor *d, const struct conclusion *own) {
        struct json_object *o = json_object_new_object();
        const char *subject = *d->c.now.id ? d->c.now.id : d->c.now.port;

        json_object_object_add(o, "code",
                               own->code == _FINDING_CODE_MAX ? NULL : json_object_new_string(finding_code_name(own->code)));
        json_object_object_add(o, "segment", json_object_new_string(segment_name(own->segment)));
        json_object_object_add(o, "severity", json_object_new_string(severity_name(own->severity)));
        json_object_object_add(o, "confidence", json_object_new_string(confidence_name(own->confidence)));
        json_object_object_add(o, "cause", json_object_new_string(own->cause));
        json_object_object_add(o, "action", json_object_new_string(own->action));
        json_object_object_add(o, "subject", text_or_null(subject));
        json_object_object_add(o, "fix", NULL);
        json_object_object_add(o, "evidence", json_object_new_array());
        return o;
}

static enum confidence confidence_from_name(const char *name) {
        unsigned c = POSSIBLE;

        while (c < CERTAIN && strcmp(confidence_name((enum confidence) c), name) != 0)
                c++;
        return strcmp(confidence_name((enum confidence) c), name) == 0 ? (enum confidence) c : POSSIBLE;
}

/* Which one to end with. What the steps isolated comes first; else what the daemon finds, if it is more than a remark. */
static struct json_object *choose(struct doctor *d, const struct conclusion *own, struct json_object *findings,
                                  bool *ret_daemon) {
        struct json_object *same = find_code(findings, own->code);
        bool as_sure = same && confidence_from_name(json_text(same, "confidence")) >= own->confidence;
        struct json_object *first = json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL;

        *ret_daemon = true;
        if (as_sure)
                return json_object_get(same);
        if (!own->isolated && !own->service && first && finding_needs_action(first))
                return json_object_get(first);
        *ret_daemon = false;
        return own_json(d, own);
}

static struct json_object *answer_json(struct doctor *d, const struct conclusion *own, struct json_object *findings,
                                       struct json_object *last, bool by_daemon) {
        struct json_object *o = json_api_object(), *steps = json_object_new_array(), *c = json_object_new_object();

        json_object_object_add(o, "headset", text_or_null(d->c.now.id));
        json_object_object_add(o, "model", text_or_null(*d->c.now.model ? d->c.now.model : d->c.start.model));
        for (unsigned i = 0; i < d->c.n; i++)
                json_object_array_add(steps, step_json(&d->c, (enum doctor_step) d->c.trail[i]));
        json_object_object_add(o, "steps", steps);
        json_object_object_add(o, "findings", json_object_get(findings));
        json_object_object_foreach(last, key, value) json_object_object_add(c, key, json_object_get(value));
        json_object_object_add(c, "source", json_object_new_string(by_daemon ? "daemon" : "doctor"));
        json_object_object_add(c, "rule", json_object_new_string(own->name));
        json_object_object_add(c, "isolated", json_object_new_boolean(own->isolated));
        json_object_object_add(c, "service", json_object_new_boolean(own->service));
        json_object_object_add(o, "conclusion", c);
        return o;
}

/* The changes, as they stand in the result. */
static const char *change_words(enum doctor_step s) {
        static const char *const words[_STEP_MAX] = {
                [STEP_INSTEAD_OF_PAD] = "by cable instead of the pad",
                [STEP_AS_TOLD] = "what the finding said",
                [STEP_WAIT] = "waiting",
                [STEP_SEAT_ANEW] = "earbuds placed anew",
                [STEP_CLEAN_CONTACTS] = "contacts cleaned",
                [STEP_CASE_FIRST] = "case charged first",
                [STEP_SUPPLIED_CABLE] = "the supplied cable",
                [STEP_REPLUG] = "plugged in anew",
                [STEP_DIRECT] = "without the hub",
                [STEP_ANOTHER_PORT] = "another port",
                [STEP_ANOTHER_ADAPTER] = "another adapter",
                [STEP_COMPUTER] = "at the computer",
                [STEP_ANOTHER_CABLE] = "another cable",
                [STEP_ADAPTER] = "a wall adapter",
                [STEP_CLEAN_SOCKET] = "socket cleaned",
                [STEP_HOLD_POWER] = "power button held",
                [STEP_RESET] = "reset",
                [STEP_INITIALISE] = "initialised",
        };

        return words[s]; /* NULL: no change that is worth a line */
}

static void show_tried(FILE *out, const struct options *o, const struct doctor_case *c) {
        const char *label = "Tried";
        char line[120];

        for (unsigned i = 0; i < c->n; i++) {
                enum doctor_step s = (enum doctor_step) c->trail[i];
                const char *word = step_word(s, c->answers[s].answer);

                if (!change_words(s) || !word)
                        continue;
                snprintf(line, sizeof line, "%s: %s%s", change_words(s), word,
                         c->answers[s].outcome == OUTCOME_SEEN ? " (seen by the computer)" : " (by your word)");
                put_row(out, o, label, line);
                label = "";
        }
}

/* What might still isolate it. */
static void show_left_out(FILE *out, const struct options *o, const struct doctor_case *c) {
        char line[400] = "";

        for (unsigned i = 0; i < c->n; i++) {
                enum doctor_step s = (enum doctor_step) c->trail[i];
                size_t n = strlen(line);

                if (change_words(s) && c->answers[s].answer == 0)
                        snprintf(line + n, sizeof line - n, "%s%s", n ? ", " : "", change_words(s));
        }
        if (*line)
                put_row(out, o, "Left out", line);
}

/* For the service: what Sony asks for. */
static void show_service(FILE *out, const struct options *o, const struct doctor_case *c) {
        char line[512];
        const char *reset = step_word(STEP_RESET, c->answers[STEP_RESET].answer);
        const char *initialised = step_word(STEP_INITIALISE, c->answers[STEP_INITIALISE].answer);

        snprintf(line, sizeof line,
                 "model %s; reset: %s; initialised: %s; the serial number stands on the headset or case and by the bar code of "
                 "the box. "
                 "\"sonychargectl report\" writes it all down.",
                 plan_headset(c), reset ? reset : "not tried", initialised ? initialised : "not tried");
        put_row(out, o, "Service", line);
}

static void show_last(FILE *out, const struct options *o, struct json_object *last, bool by_daemon,
                      const struct conclusion *own) {
        char line[200];

        if (by_daemon) {
                show_finding(out, o, last);
                return;
        }
        fputs("  ", out);
        put_severity(out, o, last);
        fputs(" ", out);
        put_wrapped(out, o, own->cause, 4, 4);
        fputc('\n', out);
        put_row(out, o, "Do", own->action);
        snprintf(line, sizeof line, "%s%s%s%s, from what was tried and said", confidence_name(own->confidence),
                 own->code == _FINDING_CODE_MAX ? "" : " (", own->code == _FINDING_CODE_MAX ? "" : finding_code_name(own->code),
                 own->code == _FINDING_CODE_MAX ? "" : ")");
        put_row(out, o, "How sure", line);
}

/* A finding that says the same of the hub in other words is not told twice. */
static bool says_the_same(struct json_object *f, struct json_object *last) {
        bool hub = strcmp(json_text(f, "segment"), "hub") == 0 && strcmp(json_text(last, "segment"), "hub") == 0;

        return hub || strcmp(json_text(f, "code"), json_text(last, "code")) == 0;
}

static void show_text(struct doctor *d, const struct conclusion *own, struct json_object *findings, struct json_object *last,
                      bool by_daemon) {
        const struct options *o = d->options;
        struct json_object *told = json_object_new_array(), *others = json_object_new_array();

        fprintf(stdout, "\n%sResult%s\n", style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        show_last(stdout, o, last, by_daemon, own);
        show_tried(stdout, o, &d->c);
        if (!own->isolated)
                show_left_out(stdout, o, &d->c);
        if (own->service)
                show_service(stdout, o, &d->c);
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (!says_the_same(f, last))
                        json_object_array_add(others, json_object_get(f));
        }
        if (json_length(others) > 0) {
                fprintf(stdout, "\nAlso found now\n");
                show_findings(stdout, o, others, told);
        }
        json_object_put(told);
        json_object_put(others);
        fflush(stdout);
}

static int exit_status(struct doctor *d, bool reached, struct json_object *findings, struct json_object *last) {
        if (!reached)
                return STATUS_NO_DAEMON;
        if (findings_need_action(findings) || finding_needs_action(last))
                return STATUS_FINDING;
        return json_length(json_list(d->status, "headsets")) + json_length(json_list(d->status, "unidentified")) == 0
                       ? STATUS_NOTHING
                       : STATUS_OK;
}

int doctor_conclude(struct doctor *d) {
        _cleanup_json_ struct json_object *findings = NULL, *last = NULL, *answer = NULL;
        bool reached, by_daemon;
        struct conclusion own;
        int r = STATUS_OK;

        reached = watch_doctor_look(d);
        if (reached && watch_doctor_tell(d))
                reached = watch_doctor_look(d);
        findings = findings_now(d);
        plan_conclude(&d->c, &own);
        last = choose(d, &own, findings, &by_daemon);
        if (d->options->json) {
                answer = answer_json(d, &own, findings, last, by_daemon);
                r = show_json(answer);
        } else
                show_text(d, &own, findings, last, by_daemon);
        return r == STATUS_OK ? exit_status(d, reached, findings, last) : r;
}
