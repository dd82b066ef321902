/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl doctor: asks what no sensor can measure, one change at a time, and watches whether it has helped.
 */
#include "client/doctor/doctor.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/match.h"
#include "client/show/show.h"
#include "client/show/terminal.h"

static bool can_talk(const struct options *o) {
        if (o->json || (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)))
                return true;
        complain(_("doctor asks questions and needs a terminal; without one, write the answers to a file (sonychargectl doctor "
                   "--answers=FILE), or talk to it in JSON (--json)"));
        return false;
}

/* Chooses a visible headset. All others are then known to be different ones. */
static void take_headset(struct doctor *d, struct json_object *h) {
        snprintf(d->subject.id, sizeof d->subject.id, "%.63s", json_text(h, "id"));
        snprintf(d->subject.model, sizeof d->subject.model, "%.63s", json_text(h, "model"));
        doctor_note_others(&d->subject, d->status, d->subject.id);
}

/* Finds what the command line names: a visible headset or a model. Any name is accepted, because the first letters of an unknown
 * model may show its family. */
static int name_subject(struct doctor *d, const char *name) {
        _cleanup_json_ struct json_object *copy = d->status ? json_tokener_parse(json_object_to_json_string(d->status)) : NULL;
        struct json_object *headsets;
        int n = copy ? match_status(copy, name) : 0;

        if (n < 0)
                return STATUS_NOTHING;
        headsets = json_list(copy, "headsets");
        if (json_length(headsets) == 1)
                take_headset(d, json_object_array_get_idx(headsets, 0));
        else
                snprintf(d->subject.model, sizeof d->subject.model, "%.63s", name);
        return STATUS_OK;
}

static void begin_check(struct doctor *d) {
        struct json_object *h = doctor_headset(&d->subject, d->status);

        if (h)
                take_headset(d, h);
        doctor_read_facts(&d->subject, d->status, &d->start);
        if (!*d->start.model)
                snprintf(d->start.model, sizeof d->start.model, "%s", d->subject.model);
        if (*d->start.model && !d->model_facts)
                (void) watch_doctor_model(d, d->start.model);
        doctor_read_model(d->model_facts, &d->start);
        d->now = d->start;
        d->was_there = d->now.on_cable || d->now.nameless;
        d->there = d->now;
        doctor_begin(&d->check);
        check_see(d);
}

static void say_notes(struct doctor *d) {
        struct json_object *notes = json_list(d->status, "notes");

        for (size_t i = 0; i < json_length(notes); i++) {
                const char *note = json_object_get_string(json_object_array_get_idx(notes, i));

                talk_say(d, 0, note ? note : "");
        }
}

/* Says in one sentence what the computer sees. */
static void what_is_known(struct doctor *d, char *buf, size_t size) {
        const struct doctor_facts *f = &d->start;

        if (!d->reached)
                snprintf(buf, size, _("Going on without the daemon, by questions alone: nothing can be watched."));
        else if (f->choices > 1)
                snprintf(buf, size, _("%u headsets are seen."), f->choices);
        else if (f->on_cable && *f->hub)
                snprintf(buf, size, _("I see %s on %s, behind %s."), f->model, f->place, f->hub);
        else if (f->on_cable)
                snprintf(buf, size, _("I see %s on %s."), f->model, f->place);
        else if (f->nameless)
                snprintf(buf, size, _("On %s I see a USB device that never told what it is."), f->place);
        else if (*f->id)
                snprintf(buf, size, _("I know of %s, and see it on no cable."), f->model);
        else
                snprintf(buf, size, _("I see no headset. That need not be a fault: many never show themselves on USB."));
}

static void say_what_is_known(struct doctor *d) {
        const struct doctor_facts *f = &d->start;
        const char *code = f->first < _FINDING_CODE_MAX ? finding_code_name(f->first) : NULL;
        char text[512];

        what_is_known(d, text, sizeof text);
        if (d->lines) {
                if (d->reached && (f->on_cable || f->nameless || *f->id))
                        lines_seen(code && *f->cause ? f->cause : text, code, f->on_cable ? ASK_SOURCE : STEP_NONE);
                return;
        }
        talk_say(d, 0, text);
        if (code && *f->cause)
                talk_sayf(d, 0, _("Found so far: %s (%s)"), f->cause, code);
        say_notes(d);
}

/* --- steps --- */

static void show(struct doctor *d, enum doctor_step s) {
        if (!d->was_shown[s])
                d->shown++;
        d->was_shown[s] = true;
        if (d->lines)
                lines_show(d, s, NULL);
        else
                talk_show(d, s);
}

static enum go ask_script(struct doctor *d, enum doctor_step s) {
        const char *word = script_word(d, s);

        if (!word)
                return GO_FAIL;
        if (check_take(d, s, strcmp(word, "skip") == 0 ? NULL : word, false))
                return GO_ON;
        complain(_("the answer \"%s\" to \"%s\" fits nothing that is here"), word, doctor_step_id(s));
        return GO_FAIL;
}

static enum go take_step(struct doctor *d, enum doctor_step s) {
        enum go go;

        show(d, s);
        if (doctor_steps[s].change)
                return change_step(d, s);
        go = d->script ? ask_script(d, s) : wait_for_step(d, s, NULL);
        if (go == GO_ON)
                measure_after(d, s);
        return go;
}

/* A script's answers are taken before any step that it does not answer, so that it does not depend on the order of the steps. */
static enum doctor_step prefer_what_is_known(struct doctor *d, enum doctor_step s) {
        if (!d->script || s == STEP_NONE || answers_gives(d->script, s) || d->check.answers[ASK_DANGER] == UNANSWERED)
                return s;
        for (unsigned i = ASK_COMPLAINT; i <= ASK_LEVEL; i++)
                if (answers_gives(d->script, (enum doctor_step) i) && d->check.answers[i] == UNANSWERED &&
                    doctor_may(&d->check, (enum doctor_step) i))
                        return (enum doctor_step) i;
        return s;
}

/* Takes the answers of a script to steps that are never shown. */
static void take_what_is_not_asked(struct doctor *d) {
        for (unsigned s = 0; d->script && s < _STEP_MAX; s++)
                if ((doctor_steps[s].context & CONTEXT_NEVER) && answers_gives(d->script, (enum doctor_step) s))
                        doctor_settle(&d->check, (enum doctor_step) s,
                                      doctor_option_from_id((enum doctor_step) s, answers_get(d->script, (enum doctor_step) s)));
}

/* Forgets all answers. */
static void begin_anew(struct doctor *d) {
        while (check_back(d) != STEP_NONE)
                ;
        *d->notes = '\0';
        d->shown = 0;
        memset(d->was_shown, 0, sizeof d->was_shown);
}

static enum go take_steps(struct doctor *d) {
        enum doctor_step s;

        take_what_is_not_asked(d);
        while ((s = prefer_what_is_known(d, doctor_next(&d->check))) != STEP_NONE) {
                enum go go = take_step(d, s);

                if (go == GO_QUIT || go == GO_FAIL)
                        return go;
                if (go == GO_BACK && check_back(d) == STEP_NONE)
                        talk_say(d, 2, _("This is the first step."));
                if (go == GO_RESTART)
                        begin_anew(d);
                state_save(d);
        }
        return GO_ON;
}

/* --- a check that was not finished --- */

/* Fills in from the current state what the saved check does not contain. */
static void take_up(struct doctor *d) {
        struct json_object *h;

        (void) watch_doctor_look(d);
        h = doctor_headset(&d->subject, d->status);
        if (h)
                take_headset(d, h);
        d->start.charging = d->now.charging;
        d->start.level = d->now.level;
        check_see(d);
        for (unsigned i = 0; i < d->check.n; i++)
                d->was_shown[d->check.trail[i]] = true;
        d->shown = d->check.n;
}

static enum go ask_to_go_on(struct doctor *d, uint64_t at, bool *ret_yes) {
        char question[512], time[32];
        unsigned n = d->check.n;
        enum go go;

        show_time(at, time, sizeof time);
        if (*d->check.model)
                snprintf(question, sizeof question,
                         ngettext("The check of the %.63s of %s is not finished; %u step was taken. Go on with it (y/n)?",
                                  "The check of the %.63s of %s is not finished; %u steps were taken. Go on with it (y/n)?", n),
                         d->check.model, time, n);
        else
                snprintf(question, sizeof question,
                         ngettext("The check of %s is not finished; %u step was taken. Go on with it (y/n)?",
                                  "The check of %s is not finished; %u steps were taken. Go on with it (y/n)?", n),
                         time, n);
        do
                go = talk_yes_no(d, question, ret_yes);
        while (go == GO_AGAIN);
        return go;
}

/* Continues an older check of the same headset. A person is asked first. */
static enum go offer_to_go_on(struct doctor *d) {
        struct doctor_subject subject = d->subject;
        struct doctor_facts start = d->start;
        struct doctor_check check = d->check;
        enum go go = GO_ON;
        bool yes = true;
        uint64_t at = 0;

        if (d->script || state_load(d, &at) <= 0)
                return GO_ON;
        if (*subject.model && strcasecmp(subject.model, d->start.model) != 0)
                yes = false; /* another headset was named */
        else if (!d->lines)
                go = ask_to_go_on(d, at, &yes);
        if (go == GO_QUIT)
                return GO_QUIT;
        if (go == GO_ON && yes) {
                if (d->lines)
                        lines_seen(_("A check that was not finished goes on."), NULL, STEP_NONE);
                take_up(d);
                return GO_ON;
        }
        d->subject = subject;
        d->start = start;
        d->check = check;
        *d->notes = '\0';
        check_see(d);
        return GO_ON;
}

/* The check was stopped. It is saved, and the answers so far are sent to the daemon. */
static int stop(struct doctor *d, enum go go) {
        int code = 0;

        if (go == GO_FAIL)
                return STATUS_FAILED;
        if (d->check.n > 0)
                (void) watch_doctor_tell(d);
        if (sd_event_get_exit_code(d->event, &code) >= 0 && code == ENDED_BY_HANGUP)
                return STATUS_FAILED;
        if (!d->lines)
                talk_say(d, 0, d->check.n > 0 ? _("Stopped; nothing is lost. To go on: sonychargectl doctor") : _("Stopped."));
        return STATUS_FAILED;
}

static int run(struct doctor *d, const char *name) {
        enum go go;
        int r;

        r = watch_doctor_start(d);
        if (r >= 0)
                r = listen_start(d);
        if (r < 0) {
                complain(_("event loop: %s"), strerror(-r));
                return STATUS_FAILED;
        }
        r = name ? name_subject(d, name) : STATUS_OK;
        if (r != STATUS_OK)
                return r;
        d->asked = d->subject;
        state_open(d);
        begin_check(d);
        say_what_is_known(d);
        go = offer_to_go_on(d);
        if (go == GO_ON)
                go = take_steps(d);
        if (go != GO_ON)
                return stop(d, go);
        r = doctor_end(d);
        state_remove(d);
        return r;
}

/* A name may contain spaces, and few people quote it: "doctor PULSE 3D". */
static const char *join_name(int argc, char **argv, char *buf, size_t size) {
        size_t n = 0;

        for (int i = 1; i < argc && n < size; i++)
                n += (size_t) snprintf(buf + n, size - n, "%s%s", i > 1 ? " " : "", argv[i]);
        return argc > 1 ? buf : NULL;
}

int verb_doctor(const struct options *o, int argc, char **argv) {
        struct doctor d = { .options = o, .lines = o->json, .out = o->json ? NULL : stdout, .lock = -1 };
        struct answers_file *script = NULL;
        char name[512];
        int r;

        d.start = d.now = d.there = DOCTOR_FACTS_UNKNOWN;
        if (!o->answers && !can_talk(o))
                return STATUS_USAGE;
        if (o->answers) {
                r = answers_read(o->answers, &script);
                if (r != STATUS_OK)
                        return r;
                d.script = script;
                if (o->quiet)
                        d.out = NULL;
        }
        r = run(&d, join_name(argc, argv, name, sizeof name));
        watch_doctor_done(&d);
        answers_file_free(script);
        if (d.lock >= 0)
                close(d.lock);
        return r;
}
