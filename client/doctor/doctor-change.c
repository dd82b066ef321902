/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's changes: asks for one change at a time and watches its effect. The person is asked only about what the computer cannot
 * see.
 */
#include "client/doctor/doctor.h"

#include <stdarg.h>
#include <string.h>

#define MINUTE_USEC (60 * UINT64_C(1000000))

static bool sees(const struct doctor *d) {
        return d->watching && d->watch.present;
}

/* A script has a time limit. A person ends the waiting with an answer. */
static uint64_t limit_of(const struct doctor *d) {
        if (d->options->timeout_usec != UINT64_MAX)
                return d->options->timeout_usec;
        return d->script ? MINUTE_USEC : UINT64_MAX;
}

/* Shows what was seen, to a person or a program. */
static void seen(struct doctor *d, enum doctor_step settles, const char *code, const char *format, ...)
        __attribute__((format(printf, 4, 5)));
static void seen(struct doctor *d, enum doctor_step settles, const char *code, const char *format, ...) {
        char text[512];
        va_list ap;

        va_start(ap, format);
        vsnprintf(text, sizeof text, format, ap);
        va_end(ap);
        if (d->lines)
                lines_seen(text, code, settles);
        else
                talk_say(d, 2, text);
}

static enum go settle(struct doctor *d, enum doctor_step s, const char *answer, bool by_machine) {
        return check_take(d, s, answer, by_machine) ? GO_ON : GO_FAIL;
}

static const char *name_of(const struct doctor_facts *f) {
        return f->on_cable ? f->model : _("a device that does not say what it is");
}

static void say_helped(struct doctor *d, enum doctor_step s) {
        const struct doctor_facts *f = &d->now;

        if (f->charging == CHARGES_YES || f->charging == CHARGES_FULL)
                seen(d, s, NULL, _("Its battery says that it charges now."));
        else if (s == DO_AS_TOLD)
                seen(d, s, NULL, _("What was found is gone."));
        else if (f->on_usb)
                seen(d, s, NULL, _("I see %s on %s, and what was in the way is gone."), f->model, f->place);
        else
                seen(d, s, NULL, _("I see a partner on %s, and %s has left Bluetooth as it does when charging starts."), f->place,
                     f->model);
}

static void say_seen(struct doctor *d, enum doctor_step s, enum effect effect) {
        const struct doctor_facts *f = &d->now;

        if (effect == EFFECT_HELPED)
                say_helped(d, s);
        else if (effect == EFFECT_PARTNER)
                seen(d, STEP_NONE, NULL,
                     _("On %s something is plugged in that does not say what it is. Whether it charges only its light tells."),
                     f->partner);
        else if (effect == EFFECT_DROPPED)
                seen(d, STEP_NONE, NULL,
                     _("%s has just left Bluetooth, as this model does when charging starts, and when it is switched off."),
                     f->model);
        else if (effect == EFFECT_SAME)
                seen(d, s, f->first < _FINDING_CODE_MAX ? finding_code_name(f->first) : NULL,
                     _("I see %s on %s, and it is no better."), name_of(f), f->place);
        else if (effect == EFFECT_SAME_PLACE)
                seen(d, STEP_NONE, NULL, _("That is %s, where it was before. Please try another one."), f->place);
        else if (effect == EFFECT_OTHER_PLACE)
                seen(d, STEP_NONE, NULL,
                     _("That is %s, another one than before. With two changes at once nobody can tell which one counts: "
                       "please use the port it was on."),
                     f->place);
        else if (effect == EFFECT_STILL_HUB)
                seen(d, STEP_NONE, "hub-in-path", _("It is still behind a hub (%s). Please use a port of the computer itself."),
                     f->hub);
        else if (effect == EFFECT_ARRIVED)
                seen(d, STEP_NONE, NULL, _("I see %s on %s. Whether it charges I cannot see from here."), name_of(f), f->place);
}

/* An unstable contact counts as mended only after it has held for a while. */
static uint64_t steady_usec(const struct doctor *d) {
        uint64_t limit = d->options->timeout_usec;

        return limit < 2 * MINUTE_USEC ? limit / 2 : MINUTE_USEC;
}

/* Returns true when the connection has held for long enough; otherwise sets a timer to look again. */
static bool is_steady(struct doctor *d, const struct doctor_facts *before) {
        uint64_t now = now_usec(CLOCK_MONOTONIC), needed = steady_usec(d);

        if (!d->now.on_cable || (before->trouble != TROUBLE_AT_RISK && !(before->codes >> LINK_UNSTABLE & 1)))
                return true;
        if (d->moved || d->steady_since == 0) {
                seen(d, STEP_NONE, NULL, _("I see %s on %s. Watching for a while whether it holds; keep it as it is."),
                     d->now.model, d->now.place);
                d->steady_since = now;
                d->moved = false;
        }
        if (now >= d->steady_since + needed)
                return true;
        watch_look_again(d, d->steady_since + needed - now);
        return false;
}

/* The headset was plugged in as it was when it failed, so the state that is seen now is the one to check. */
static bool judge_plug_in(struct doctor *d, enum effect effect, enum go *ret) {
        if (effect != EFFECT_HELPED && effect != EFFECT_SAME && effect != EFFECT_ARRIVED)
                return false;
        seen(d, DO_PLUG_IN, d->now.first < _FINDING_CODE_MAX ? finding_code_name(d->now.first) : NULL, _("I see %s on %s."),
             name_of(&d->now), d->now.place);
        *ret = settle(d, DO_PLUG_IN, "seen", true);
        return true;
}

/* Judges what is seen now. Returns true, with the result in *ret, when the step is over. */
static bool judge(struct doctor *d, enum doctor_step s, struct doctor_facts *before, uint64_t began, enum go *ret) {
        enum effect effect = doctor_judge(s, before, &d->now, d->moved, began);

        if (s == DO_PLUG_IN && judge_plug_in(d, effect, ret))
                return true;
        if (effect == EFFECT_NOTHING || effect == EFFECT_GONE || (effect == d->announced && !d->moved))
                return false;
        if (effect == EFFECT_HELPED && !is_steady(d, before))
                return false;
        say_seen(d, s, effect);
        d->announced = effect;
        if (effect == EFFECT_HELPED || effect == EFFECT_SAME) {
                *ret = settle(d, s, effect == EFFECT_HELPED ? "works" : "fails", true);
                return true;
        }
        d->moved = false; /* something else was changed, or only the light shows it: keep waiting */
        return false;
}

/* Returns true when the computer can see the effect of this change. */
static bool is_visible(const struct doctor *d, enum doctor_step s) {
        return sees(d) && s != DO_RESEAT && s != DO_CHARGE_CASE && s != DO_ROOM && s != DO_UPDATE &&
               (d->start.enumerates == YES || d->start.on_cable || s == DO_PLUG_IN || s == DO_AS_TOLD);
}

static void say_how(struct doctor *d, enum doctor_step s) {
        unsigned minutes = doctor_minutes(&d->check, s);

        if (s == DO_TRY_CABLE || s == DO_TRY_PORT || s == DO_TRY_SOURCE || s == DO_REPLUG)
                talk_say(d, 2, _("Leave everything else as it is, so that it is clear what helped."));
        if (s == DO_PLUG_IN)
                talk_say(d, 2, _("Watching. Press Enter when it is plugged in and nothing is said here."));
        else if (is_visible(d, s))
                talk_sayf(
                        d, 2,
                        _("Watching: if I see that it helped, I say so. Else answer after %u minutes: does it charge now (y/n)?"),
                        minutes);
        else
                talk_sayf(d, 2, _("After %u minutes, look at its light: does it charge now (y/n)?"), minutes);
}

/* Called when the time limit of a script is reached, or when a person says that the change was made without the result. */
static enum go nothing_seen(struct doctor *d, enum doctor_step s) {
        if (s == DO_PLUG_IN)
                return settle(d, s, "unseen", true);
        if (d->script)
                return settle(d, s, NULL, false);
        if (sees(d) && d->now.on_cable && !d->moved && d->announced == EFFECT_NOTHING && d->steady_since == 0)
                talk_sayf(d, 2, _("I saw no change: %s is on %s as before."), d->now.model, d->now.place);
        talk_say(d, 2, _("Does it charge now (y/n)? Only its light, or its level, can tell; s when you cannot."));
        return GO_AGAIN;
}

static bool is_done(const struct doctor *d) {
        return !*d->line || strcmp(d->line, "done") == 0 || strcmp(d->line, "ok") == 0;
}

static enum go take_line(struct doctor *d, enum doctor_step s, bool is_change) {
        if (d->lines)
                return lines_take(d, s);
        if (is_change && is_done(d) && !d->line_too_long)
                return nothing_seen(d, s);
        return talk_take(d, s);
}

static enum go time_over(struct doctor *d, enum doctor_step s) {
        talk_say(d, 2, _("The time is over."));
        return nothing_seen(d, s);
}

enum go wait_for_step(struct doctor *d, enum doctor_step s, struct doctor_facts *before) {
        uint64_t began = now_usec(CLOCK_REALTIME);
        enum go go = GO_AGAIN;

        while (go == GO_AGAIN) {
                if (!d->lines && !d->at_prompt)
                        talk_prompt(d);
                switch (listen_for(d)) {
                case HEARD_LINE:
                        go = take_line(d, s, before != NULL);
                        break;
                case HEARD_NEWS:
                        (void) (watch_doctor_look(d) && before && judge(d, s, before, began, &go));
                        break;
                case HEARD_LATE:
                        /* A program on the other side decides by itself how long to wait. */
                        if (before && !d->lines)
                                go = time_over(d, s);
                        break;
                default:
                        go = GO_QUIT;
                }
        }
        return go;
}

const char *script_word(struct doctor *d, enum doctor_step s) {
        const char *word = answers_get(d->script, s);

        if (word)
                talk_sayf(d, 0, "> %s", word);
        else
                complain(_("the answers say nothing to \"%s\"; add a line %s=..., or else=skip"), doctor_step_id(s),
                         doctor_step_id(s));
        return word;
}

/* The word "done" makes the script watch as it does with a person. Any other word is the result itself. */
static enum go script_step(struct doctor *d, enum doctor_step s, struct doctor_facts *before) {
        const char *word = script_word(d, s);

        if (!word)
                return GO_FAIL;
        if (strcmp(word, "done") == 0)
                return wait_for_step(d, s, before);
        return settle(d, s, strcmp(word, "skip") == 0 ? NULL : word, false);
}

enum go change_step(struct doctor *d, enum doctor_step s) {
        struct doctor_facts before;
        enum go go;

        (void) watch_doctor_look(d);
        before = d->was_there ? d->there : d->now;
        if (!d->lines)
                say_how(d, s);
        watch_step_begin(d, limit_of(d));
        d->moved = d->was_there && !d->now.on_cable && !d->now.nameless; /* unplugged already */
        go = d->script ? script_step(d, s, &before) : wait_for_step(d, s, &before);
        watch_step_end(d);
        return go;
}
