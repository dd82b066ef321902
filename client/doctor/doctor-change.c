/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's changes: one change is asked for, and what the computer sees of it is watched. Only what it cannot see is asked.
 */
#include "client/doctor/doctor.h"

#include <string.h>

#include "client/doctor/doctor-text.h"

#define MINUTE_USEC (60 * UINT64_C(1000000))

/* Sony: five minutes, then look at the light; after long storage a while longer. */
static uint64_t limit_of(const struct doctor *d, enum doctor_step s) {
        bool stored = said(&d->c, STEP_STORED, "yes");

        if (d->options->timeout_usec != UINT64_MAX)
                return d->options->timeout_usec;
        if (s == STEP_CASE_FIRST || (s == STEP_WAIT && stored))
                return 30 * MINUTE_USEC;
        if (s == STEP_WAIT)
                return 5 * MINUTE_USEC;
        return d->script ? MINUTE_USEC : UINT64_MAX;
}

static enum go settle(struct doctor *d, enum doctor_step s, enum outcome outcome, unsigned answer) {
        plan_take(&d->c, s, outcome, answer, NULL, now_usec(CLOCK_REALTIME));
        return GO_ON;
}

/* What it is now is what the check is about. */
static enum go settle_plug_in(struct doctor *d, bool seen) {
        if (seen)
                d->c.start = d->c.now;
        return settle(d, STEP_PLUG_IN, OUTCOME_SEEN, seen ? 1 : 2);
}

static bool sees(const struct doctor *d) {
        return d->watching && d->watch.present;
}

static const char *name_of(const struct doctor_facts *f) {
        return f->on_cable ? f->model : "a device that does not say what it is";
}

/* The person's word where the computer sees nothing. */
static enum go ask_light(struct doctor *d, enum doctor_step s) {
        bool yes = false;
        enum go go;

        watch_step_end(d);
        if (s == STEP_PLUG_IN)
                return settle_plug_in(d, false);
        if (d->script)
                return settle(d, s, OUTCOME_SKIPPED, 0);
        if (sees(d) && d->c.now.on_cable && !d->moved && d->told == SIGHT_NOTHING && d->steady_since == 0)
                talk_sayf(d, 2, "I saw no change: %s is on port %s as before. If it was done all the same, only you can tell.",
                          d->c.now.model, d->c.now.port);
        go = talk_yes_no(d, doctor_did_it_help(&d->c, s), &yes);
        if (go == GO_SKIP)
                return settle(d, s, OUTCOME_SKIPPED, 0);
        return go == GO_ON ? settle(d, s, OUTCOME_ANSWERED, yes ? 1 : 2) : go;
}

static void say_seen(struct doctor *d, enum doctor_step s, enum sight sight) {
        const struct doctor_facts *f = &d->c.now;

        if (sight == SIGHT_HELPED && (f->charging == CHARGES_YES || f->charging == CHARGES_FULL))
                talk_say(d, 2, "Its battery says that it charges now.");
        else if (sight == SIGHT_HELPED && s == STEP_AS_TOLD)
                talk_say(d, 2, "What was found is gone.");
        else if (sight == SIGHT_HELPED && f->on_usb)
                talk_sayf(d, 2, "I see %s on port %s, and what was in the way is gone.", f->model, f->port);
        else if (sight == SIGHT_HELPED)
                talk_sayf(d, 2, "I see a partner on port %s, and %s has left Bluetooth as it does when charging starts.", f->port,
                          f->model);
        else if (sight == SIGHT_PARTNER)
                talk_sayf(d, 2,
                          "On port %s something is plugged in that does not say what it is. Whether it charges only its light "
                          "tells.",
                          f->partner);
        else if (sight == SIGHT_DROPPED)
                talk_sayf(d, 2,
                          "%s has just left Bluetooth, as this model does when charging starts, and when it is switched off.",
                          f->model);
        else if (sight == SIGHT_SAME)
                talk_sayf(d, 2, "I see %s on port %s, and it is no better.", name_of(f), f->port);
        else if (sight == SIGHT_SAME_PLACE)
                talk_sayf(d, 2, "That is port %s, where it was before. Please try another one, or type s.", f->port);
        else if (sight == SIGHT_OTHER_PLACE)
                talk_sayf(d, 2,
                          "That is port %s, another one than before. With two changes at once nobody can tell which one "
                          "counts: please use the port it was on, or type s.",
                          f->port);
        else if (sight == SIGHT_STILL_HUB)
                talk_sayf(d, 2, "It is still behind a hub (%s). Please use a port of the computer itself, or type s.", f->hub);
        else if (sight == SIGHT_ARRIVED)
                talk_sayf(d, 2, "I see %s on port %s. Whether it charges I cannot see from here.", name_of(f), f->port);
}

/* A contact that breaks now and then is not mended because it holds for a moment. */
static uint64_t steady_usec(const struct doctor *d) {
        uint64_t limit = d->options->timeout_usec;

        return limit < 2 * MINUTE_USEC ? limit / 2 : MINUTE_USEC;
}

/* Has it held for long enough? Else looks again when it has. */
static bool is_steady(struct doctor *d, const struct doctor_facts *before) {
        uint64_t now = now_usec(CLOCK_MONOTONIC), needed = steady_usec(d);

        if (!d->c.now.on_cable || (before->trouble != TROUBLE_AT_RISK && !(before->codes >> LINK_UNSTABLE & 1)))
                return true;
        if (d->moved || d->steady_since == 0) {
                talk_sayf(d, 2, "I see %s on port %s. Watching for a while whether it holds; keep it as it is.", d->c.now.model,
                          d->c.now.port);
                d->steady_since = now;
                d->moved = false;
        }
        if (now >= d->steady_since + needed)
                return true;
        watch_look_again(d, d->steady_since + needed - now);
        return false;
}

/* Judges what is there now. True: the step is over, with *ret. */
static bool judge(struct doctor *d, enum doctor_step s, struct doctor_facts *before, uint64_t began, enum go *ret) {
        enum sight sight = plan_judge(s, before, &d->c.now, d->moved, began);

        if (s == STEP_PLUG_IN && (sight == SIGHT_HELPED || sight == SIGHT_SAME || sight == SIGHT_ARRIVED)) {
                talk_sayf(d, 2, "I see %s on port %s.", name_of(&d->c.now), d->c.now.port);
                *ret = settle_plug_in(d, true);
                return true;
        }
        if (sight == SIGHT_NOTHING || sight == SIGHT_GONE || (sight == d->told && !d->moved))
                return false;
        if (sight == SIGHT_HELPED && !is_steady(d, before))
                return false;
        say_seen(d, s, sight);
        d->told = sight;
        if (sight == SIGHT_HELPED || sight == SIGHT_SAME)
                *ret = settle(d, s, OUTCOME_SEEN, sight == SIGHT_HELPED ? 1 : 2);
        else if (sight == SIGHT_ARRIVED || sight == SIGHT_DROPPED || sight == SIGHT_PARTNER)
                *ret = ask_light(d, s);
        else {
                d->moved = false; /* not what was asked for: goes on */
                return false;
        }
        return true;
}

/* A line while it is watched. True: the step is over. */
static bool obey(struct doctor *d, enum doctor_step s, enum go *ret) {
        const char *line = d->line;

        if (strcmp(line, "q") == 0 || strcmp(line, "quit") == 0)
                *ret = GO_QUIT;
        else if (strcmp(line, "b") == 0 || strcmp(line, "back") == 0)
                *ret = GO_BACK;
        else if (strcmp(line, "s") == 0 || strcmp(line, "skip") == 0)
                *ret = settle(d, s, OUTCOME_SKIPPED, 0);
        else if (step_answer(s, line) > 0 && !d->line_too_long)
                *ret = settle(d, s, OUTCOME_ANSWERED, step_answer(s, line));
        else if (!*line || strcmp(line, "done") == 0)
                *ret = ask_light(d, s);
        else {
                talk_say(d, 2, "Enter: it is done. s: skip. b: back. q: quit, and go on later.");
                return false;
        }
        return true;
}

static void say_how(struct doctor *d, enum doctor_step s) {
        bool by_light =
                !sees(d) || s == STEP_ADAPTER || s == STEP_ANOTHER_ADAPTER || s == STEP_SEAT_ANEW || s == STEP_CLEAN_CONTACTS;

        if (step_change(s) != CHANGES_NOTHING && step_change(s) != CHANGES_HEADSET)
                talk_say(d, 2, "One change at a time: leave everything else as it is.");
        if (by_light)
                talk_say(d, 2, "The computer cannot see this: look at the light, and press Enter when it is done.");
        else if (d->c.start.enumerates != YES && !d->c.start.on_usb)
                talk_say(d, 2,
                         "Watching. Many Sony headsets never show themselves to a computer, so it may see nothing: press Enter "
                         "when it is done and the light has had some seconds.");
        else
                talk_say(d, 2, "Watching: there is nothing to type unless nothing happens; then press Enter.");
}

static enum go watch_change(struct doctor *d, enum doctor_step s, struct doctor_facts *before) {
        uint64_t began = now_usec(CLOCK_REALTIME);
        enum go go = GO_ON;

        talk_prompt(d);
        for (;;) {
                switch (talk_listen(d)) {
                case HEARD_LINE:
                        if (obey(d, s, &go))
                                return go;
                        talk_prompt(d);
                        break;
                case HEARD_NEWS:
                        if (watch_doctor_look(d) && judge(d, s, before, began, &go))
                                return go;
                        break;
                case HEARD_LATE:
                        talk_say(d, 2, "The time is over.");
                        return ask_light(d, s);
                default:
                        return GO_QUIT;
                }
        }
}

/* "done" watches, as with a person; the words of the step are its result. */
static enum go script_step(struct doctor *d, enum doctor_step s, struct doctor_facts *before) {
        const char *word = answers_get(d->script, s);
        enum go go = GO_ON;

        if (!word) {
                complain("the answers say nothing to \"%s\"; add a line %s=..., or else=skip", step_name(s), step_name(s));
                return GO_FAIL;
        }
        talk_sayf(d, 0, "> %s", word);
        if (strcmp(word, "done") == 0)
                return watch_change(d, s, before);
        snprintf(d->line, sizeof d->line, "%s", word);
        d->line_too_long = false;
        (void) obey(d, s, &go);
        return go;
}

enum go change_step(struct doctor *d, enum doctor_step s) {
        struct doctor_facts before;
        enum go go;

        if (!sees(d) && s == STEP_PLUG_IN && !d->script) {
                talk_say(d, 2, "Without the daemon nobody can see it: passed over.");
                return settle_plug_in(d, false);
        }
        (void) watch_doctor_look(d);
        before = d->was_there ? d->there : d->c.now;
        say_how(d, s);
        watch_step_begin(d, limit_of(d, s));
        d->moved = d->was_there && !d->c.now.on_cable && !d->c.now.nameless; /* unplugged already */
        go = d->script ? script_step(d, s, &before) : watch_change(d, s, &before);
        watch_step_end(d);
        return go;
}
