/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl doctor: asks what no sensor can know, one change at a time, and watches whether it helped.
 */
#include "client/doctor/doctor.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/match.h"
#include "client/show/show.h"
#include "client/show/terminal.h"

static bool can_talk(const struct options *o) {
        if (isatty(STDIN_FILENO) && isatty(o->json ? STDERR_FILENO : STDOUT_FILENO))
                return true;
        complain("doctor asks questions and needs a terminal; without one, write the answers to a file: "
                 "sonychargectl doctor --answers=FILE");
        return false;
}

/* Takes over a headset that is seen; the others are then known to be other ones. */
static void take_headset(struct doctor *d, struct json_object *h) {
        snprintf(d->subject.id, sizeof d->subject.id, "%.63s", json_text(h, "id"));
        snprintf(d->subject.model, sizeof d->subject.model, "%.63s", json_text(h, "model"));
        doctor_note_others(&d->subject, d->status, d->subject.id);
}

/* What the command line names: a headset that is here, or a model. */
static int name_subject(struct doctor *d, const char *name) {
        _cleanup_json_ struct json_object *copy = d->status ? json_tokener_parse(json_object_to_json_string(d->status)) : NULL;
        struct json_object *headsets;
        int n = copy ? match_status(copy, name) : 0;

        if (n < 0)
                return STATUS_NOTHING;
        headsets = json_list(copy, "headsets");
        if (json_length(headsets) == 1)
                take_headset(d, json_object_array_get_idx(headsets, 0));
        else if (json_length(headsets) > 1)
                snprintf(d->subject.model, sizeof d->subject.model, "%.63s", name);
        else if (!d->reached || watch_doctor_model(d, name))
                snprintf(d->subject.model, sizeof d->subject.model, "%.63s", d->reached ? d->c.start.model : name);
        else {
                complain("nothing here is called \"%s\"", name);
                return STATUS_NOTHING;
        }
        return STATUS_OK;
}

static void begin_case(struct doctor *d) {
        struct json_object *h = doctor_headset(&d->subject, d->status);

        if (h)
                take_headset(d, h);
        doctor_read_facts(&d->subject, d->status, &d->c.start);
        if (!*d->c.start.model)
                snprintf(d->c.start.model, sizeof d->c.start.model, "%s", d->subject.model);
        if (*d->c.start.model && !d->model_facts)
                (void) watch_doctor_model(d, d->c.start.model);
        doctor_read_model(d->model_facts, &d->c.start);
        d->c.now = d->c.start;
        d->was_there = d->c.now.on_cable || d->c.now.nameless;
        d->there = d->c.now;
}

static void say_notes(struct doctor *d) {
        struct json_object *notes = json_list(d->status, "notes");

        for (size_t i = 0; i < json_length(notes); i++) {
                const char *note = json_object_get_string(json_object_array_get_idx(notes, i));

                talk_say(d, 0, note ? note : "");
        }
}

static void say_what_is_known(struct doctor *d) {
        const struct doctor_facts *f = &d->c.start;

        if (!d->reached)
                talk_say(d, 0, "Going on without the daemon, by questions alone: nothing can be watched.");
        else if (f->choices > 1)
                talk_sayf(d, 0, "%u headsets are seen.", f->choices);
        else if (f->on_cable)
                talk_sayf(d, 0, "I see %s on port %s%s%s.", f->model, f->port, *f->hub ? ", behind " : "", f->hub);
        else if (f->nameless)
                talk_sayf(d, 0, "On port %s I see a USB device that never told what it is.", f->port);
        else if (*f->id)
                talk_sayf(d, 0, "I know of %s, and see it on no cable.", f->model);
        else
                talk_say(d, 0, "I see no headset. That need not be a fault: many never show themselves on USB.");
        if (*f->cause && f->first != _FINDING_CODE_MAX)
                talk_sayf(d, 0, "Found so far: %s (%s)", f->cause, finding_code_name(f->first));
        say_notes(d);
}

/* Goes back: the step before is asked anew, and what followed from it is forgotten. */
static enum doctor_step step_back(struct doctor *d, enum doctor_step s) {
        enum doctor_step before = plan_undo(&d->c);

        if (before == STEP_END) {
                talk_say(d, 2, "This is the first step.");
                return s;
        }
        if (before == STEP_WHICH || before == STEP_MODEL) {
                d->subject = d->asked;
                begin_case(d);
        }
        return before;
}

static enum go take_steps(struct doctor *d) {
        enum doctor_step s = plan_next(&d->c);

        while (s != STEP_END) {
                enum go go = talk_step(d, s);

                if (go == GO_QUIT || go == GO_FAIL)
                        return go;
                if (go == GO_BACK)
                        s = step_back(d, s);
                else
                        s = plan_next(&d->c);
                state_save(d);
        }
        return GO_ON;
}

/* What the kept check does not hold is as it is now. */
static void take_up(struct doctor *d) {
        struct json_object *h;

        if (*d->c.start.model)
                (void) watch_doctor_model(d, d->c.start.model);
        (void) watch_doctor_look(d);
        h = doctor_headset(&d->subject, d->status);
        if (h)
                take_headset(d, h);
        d->c.start.charging = d->c.now.charging;
        d->c.start.level = d->c.now.level;
        d->c.start.firmware = d->c.now.firmware;
}

/* Asks whether an older check goes on. */
static enum go offer_to_go_on(struct doctor *d) {
        struct doctor_subject subject = d->subject;
        struct doctor_case c = d->c;
        char question[256], time[32];
        bool yes = false;
        uint64_t at = 0;
        enum go go;

        if (d->script || state_load(d, &at) <= 0)
                return GO_ON;
        snprintf(question, sizeof question, "The check of %.63s of %s is not finished; %u steps were taken. Go on with it (y/n)?",
                 plan_headset(&d->c), show_time(at, time, sizeof time), d->c.n);
        go = talk_yes_no(d, question, &yes);
        if (go == GO_ON && yes) {
                d->shown = d->c.n;
                take_up(d);
                return GO_ON;
        }
        d->subject = subject;
        d->c = c;
        if (go == GO_ON)
                state_remove();
        return go == GO_QUIT ? GO_QUIT : GO_ON;
}

/* Not finished: kept, and the daemon knows what was said. */
static int stop(struct doctor *d, enum go go) {
        int code = 0;

        if (go == GO_FAIL)
                return STATUS_FAILED;
        if (sd_event_get_exit_code(d->event, &code) >= 0 && code == STATUS_NO_DAEMON)
                return STATUS_NO_DAEMON;
        if (d->c.n > 0)
                (void) watch_doctor_tell(d);
        if (code == ENDED_BY_HANGUP)
                return STATUS_FAILED;
        talk_say(d, 0, d->c.n > 0 ? "Stopped; nothing is lost. To go on: sonychargectl doctor" : "Stopped.");
        return STATUS_FAILED;
}

static int run(struct doctor *d, const char *name) {
        enum go go;
        int r;

        r = watch_doctor_start(d);
        if (r >= 0)
                r = talk_start(d);
        if (r < 0) {
                complain("event loop: %s", strerror(-r));
                return STATUS_FAILED;
        }
        r = name ? name_subject(d, name) : STATUS_OK;
        if (r != STATUS_OK)
                return r;
        d->asked = d->subject;
        begin_case(d);
        say_what_is_known(d);
        go = offer_to_go_on(d);
        if (go == GO_ON)
                go = take_steps(d);
        if (go != GO_ON)
                return stop(d, go);
        r = doctor_conclude(d);
        if (!d->script)
                state_remove();
        return r;
}

int verb_doctor(const struct options *o, int argc, char **argv) {
        struct doctor d = { .options = o, .out = o->json ? stderr : stdout, .c = { .start = DOCTOR_FACTS_UNKNOWN } };
        struct answers *script = NULL;
        int r;

        d.c.now = d.c.start;
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
        r = run(&d, argc > 1 ? argv[1] : NULL);
        watch_doctor_done(&d);
        answers_file_free(script);
        return r;
}
