/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Policy: a state machine for each plug.
 */
#include "client/notify/notify-policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "client/notify/notify-plug.h"

static bool is_fine(const struct plug_state *s) {
        return (!*s->main.code || s->main.severity == INFO) && s->verdict <= VERDICT_UNKNOWN;
}

/* Rate limit of `max` that is refilled by one every `usec`. Returns the time from which on one may be taken: `now`, or later. */
static uint64_t free_from(struct limit *l, unsigned max, uint64_t usec, uint64_t now) {
        unsigned used = l->used < max ? l->used : max;
        uint64_t back = used > 0 ? (now - l->since) / usec : 0;

        l->used = back < used ? used - (unsigned) back : 0;
        l->since = l->used == 0 ? now : l->since + back * usec;
        return l->used < max ? now : l->since + usec;
}

static void close_notification(struct policy *s, struct plug *p) {
        if (p->shown)
                s->show(s->userdata, p->number, NULL);
        p->shown = p->shown_bad = false;
}

/* Removes plugs that left long ago and have nothing pending. */
static void sweep(struct policy *s, uint64_t now) {
        for (size_t i = s->n; i-- > 0;) {
                struct plug *p = &s->plugs[i];

                if (p->seen || p->now.attached || p->waiting || now - p->left < POLICY_AGAIN_USEC)
                        continue;
                close_notification(s, p);
                memmove(p, p + 1, (--s->n - i) * sizeof *p);
        }
}

int policy_update(struct policy *s, const struct plug_state *states, size_t n, uint64_t now) {
        int r = 0;

        for (size_t i = 0; i < s->n; i++)
                s->plugs[i].seen = false;
        for (size_t i = 0; i < n; i++) {
                struct plug *p = plug_find(s, &states[i], now);

                if (!p)
                        p = plug_add(s);
                if (!p) {
                        r = -ENOMEM;
                        continue;
                }
                p->seen = true;
                plug_take(p, &states[i], s->restarted, now);
        }
        for (size_t i = 0; i < s->n; i++)
                if (!s->plugs[i].seen)
                        plug_leave(&s->plugs[i], now);
        for (size_t i = 0; !s->primed && i < s->n; i++)
                plug_take_over(&s->plugs[i]);
        s->primed = true;
        sweep(s, now);
        return r;
}

void policy_restarted(struct policy *s, uint64_t now) {
        s->restarted = now;
}

/* A fault of the computer is shown with the first plug that it affects, otherwise by itself. */
static bool shown_elsewhere(const struct policy *s, const struct plug *p) {
        for (size_t i = 0; p->now.main.of_host && i < s->n; i++)
                if (&s->plugs[i] != p && s->plugs[i].shown_bad && note_same(&s->plugs[i].before.main, &p->now.main))
                        return true;
        return false;
}

/* If the computer lacks power, all its ports report over-current at the same time. This is shown once. */
static bool shown_with_power_fault(const struct policy *s, const struct plug *p) {
        if (strcmp(p->now.main.code, "port-over-current") != 0)
                return false;
        for (size_t i = 0; i < s->n; i++)
                if (*s->plugs[i].now.fault && s->plugs[i].now.attached &&
                    strcmp(s->plugs[i].now.main.code, "host-power-fault") == 0)
                        return true;
        return false;
}

/* For unidentified devices and the computer itself only faults are shown. */
static bool is_wanted_fault(const struct policy *s, const struct plug *p) {
        bool wanted = *p->now.fault || (s->settings.unknown && !shown_with_power_fault(s, p));

        return wanted && note_needs_human(&p->now.main) && !shown_elsewhere(s, p);
}

static bool is_wanted(const struct policy *s, const struct plug *p, enum topic topic) {
        const struct plug_state *now = &p->now;

        if (s->is_muted && *now->port && s->is_muted(s->userdata, now->port_key))
                return false;
        if (topic == TOPIC_FULL)
                return s->settings.full;
        if (topic == TOPIC_SLEEP)
                return s->settings.sleep;
        if (topic == TOPIC_FLAPPING)
                return *p->name || s->settings.unknown;
        if (!*now->headset)
                return is_wanted_fault(s, p);
        if (note_needs_human(&now->main))
                return !shown_elsewhere(s, p);
        return p->shown || (is_fine(now) ? s->settings.healthy : s->settings.notices);
}

/* Returns whether it may be shown now. A new notification is subject to the limit for all; a change to its own limit, for
 * which policy_evaluate() has waited. */
static bool may_show(struct policy *s, struct plug *p, uint64_t now) {
        if (p->shown)
                return true;
        if (free_from(&s->new, POLICY_NEW_MAX, POLICY_NEW_USEC, now) > now) {
                s->unshown++;
                return false;
        }
        s->new.used++;
        return true;
}

static void forget(struct plug *p, enum topic topic) {
        if (topic == TOPIC_SLEEP)
                p->before.sleep = (struct note){};
        else
                p->before.main = (struct note){};
}

/* The user cannot see the notification. What is out of date is closed. What needs somebody is forgotten, so that it is news when
 * it is evaluated next; a full battery is not shown later. */
static void miss(struct policy *s, struct plug *p, const struct message *m) {
        if (m->topic == TOPIC_FULL)
                return;
        if (!m->needs_human)
                close_notification(s, p);
        else
                forget(p, m->topic);
}

static bool has_host_fault(const struct policy *s) {
        for (size_t i = 0; i < s->n; i++)
                if (*s->plugs[i].now.fault && s->plugs[i].now.attached && note_needs_human(&s->plugs[i].now.main))
                        return true;
        return false;
}

static void say(struct policy *s, struct plug *p, enum topic topic, const struct plug_state *state, uint64_t now) {
        struct message m = { .topic = topic, .state = *state, .joins = p->joins, .was_bad = p->shown_bad };

        m.host_fault = has_host_fault(s);
        if (topic != TOPIC_PLUG)
                memcpy(m.state.name, p->name, sizeof m.state.name);
        m.needs_human =
                topic == TOPIC_SLEEP || topic == TOPIC_FLAPPING || (topic == TOPIC_PLUG && note_needs_human(&state->main));
        if (s->closed) {
                miss(s, p, &m);
                return;
        }
        if (!may_show(s, p, now))
                return;
        p->changes.used++;
        p->topic = topic;
        p->shown = true;
        p->shown_bad = m.needs_human;
        s->show(s->userdata, p->number, &m);
}

static bool is_flapping(const struct plug *p) {
        return p->joins >= POLICY_FLAPPING_JOINS;
}

/* A fault remains shown. For an unidentified device it is not known whether it was unplugged. */
static void show_left(struct policy *s, struct plug *p, const struct plug_state *before, uint64_t now) {
        bool failed = *before->headset && note_needs_human(&before->main);

        if ((failed || (*p->name && is_flapping(p))) && p->shown && p->shown_bad && p->topic != TOPIC_SLEEP && !s->closed)
                say(s, p, TOPIC_LEFT, before, now);
        else
                close_notification(s, p);
        p->shown_bad = false;
}

/* Returns whether there is a fault that was not shown before. */
static bool is_new_fault(const struct plug *p, const struct plug_state *before) {
        return note_needs_human(&p->now.main) && (p->fresh || !note_same(&p->now.main, &before->main));
}

/* What was plugged in at start, and what the user closed, is shown again only with a fault. The same applies if it is shown with
 * another plug. The end of flapping is shown wherever the flapping was. */
static bool is_news(const struct plug *p, const struct plug_state *before) {
        bool other = p->topic == TOPIC_SLEEP || p->topic == TOPIC_FULL;
        bool changed = p->topic == TOPIC_FLAPPING || !state_same_path(&p->now, before);

        return p->fresh || is_new_fault(p, before) || (p->shown && !other && changed);
}

/* Without a cable only faults of the battery matter, such as one that is empty as soon as the cable is unplugged. */
static bool is_of_interest(const struct policy *s, const struct plug *p) {
        return (p->now.attached || note_needs_human(&p->now.main)) && is_wanted(s, p, TOPIC_PLUG);
}

static void show_path(struct policy *s, struct plug *p, const struct plug_state *before, uint64_t now) {
        if (!is_news(p, before))
                return;
        if (is_of_interest(s, p)) {
                p->full_shown |= p->now.charging == CHARGING_FULL;
                say(s, p, TOPIC_PLUG, &p->now, now);
        } else
                close_notification(s, p);
}

/* Sleep matters only if it was not shown yet and kept the battery from being full. */
static bool has_slept(const struct plug *p, const struct plug_state *before) {
        return p->now.attached && note_needs_human(&p->now.sleep) && p->now.charging != CHARGING_FULL &&
               !state_same_sleep(&p->now, before);
}

/* Shows one thing at a time: a new fault before sleep, sleep before the rest. */
static void show_news(struct policy *s, struct plug *p, const struct plug_state *before, uint64_t now) {
        if (has_slept(p, before) && !is_new_fault(p, before) && is_wanted(s, p, TOPIC_SLEEP))
                say(s, p, TOPIC_SLEEP, &p->now, now);
        else if (p->now.attached || p->topic != TOPIC_LEFT || is_new_fault(p, before))
                show_path(s, p, before, now);
        if (p->full_due && !p->full_shown && is_wanted(s, p, TOPIC_FULL))
                say(s, p, TOPIC_FULL, &p->now, now);
}

static void come_to_rest(struct policy *s, struct plug *p, uint64_t now) {
        const struct plug_state before = p->before;

        p->before = p->now;
        if (!p->now.attached && (before.attached || (p->shown && p->topic == TOPIC_FLAPPING)))
                show_left(s, p, &before, now);
        show_news(s, p, &before, now);
        p->full_shown |= p->full_due;
        p->full_due = p->fresh = p->waiting = false;
        p->joins_shown = 0;
        if (is_flapping(p))
                p->joins = 0;
}

static uint64_t earliest(uint64_t a, uint64_t b) {
        return a < b ? a : b;
}

/* Returns when the plug will be stable. */
static uint64_t rest_of(const struct plug *p) {
        if (is_flapping(p))
                return p->changed + POLICY_FLAPPING_USEC;
        return earliest(p->changed + POLICY_REST_USEC, p->waiting_since + POLICY_RESTLESS_USEC);
}

/* Returns when the notification may be changed. */
static uint64_t change_from(struct plug *p, uint64_t now) {
        return is_flapping(p) ? free_from(&p->changes, 1, POLICY_FLAPPING_USEC, now)
                              : free_from(&p->changes, POLICY_CHANGES_MAX, POLICY_CHANGE_USEC, now);
}

/* Shows a flapping plug if that is due, and returns when it is due next. It is not shown again shortly before it is stable, when
 * more will be known. */
static uint64_t while_restless(struct policy *s, struct plug *p, uint64_t now) {
        uint64_t next;

        if (!is_flapping(p) || p->joins == p->joins_shown)
                return UINT64_MAX;
        next = change_from(p, now);
        if (p->joins_shown != 0 && next + POLICY_REST_USEC >= rest_of(p))
                return UINT64_MAX;
        if (now < next)
                return next;
        p->joins_shown = p->joins;
        if (is_wanted(s, p, TOPIC_FLAPPING))
                say(s, p, TOPIC_FLAPPING, &p->now, now);
        return UINT64_MAX;
}

/* Shows what is due about one plug; returns when to call again. */
static uint64_t evaluate(struct policy *s, struct plug *p, uint64_t now) {
        uint64_t rest = rest_of(p), change;

        if (!p->waiting)
                return UINT64_MAX;
        if (now < rest)
                return earliest(rest, while_restless(s, p, now));
        change = change_from(p, now);
        if (now < change)
                return change;
        come_to_rest(s, p, now);
        return UINT64_MAX;
}

uint64_t policy_evaluate(struct policy *s, uint64_t now) {
        uint64_t next = UINT64_MAX;

        for (size_t i = 0; i < s->n; i++)
                next = earliest(next, evaluate(s, &s->plugs[i], now));
        return next;
}

void policy_set_visible(struct policy *s, bool open, uint64_t now) {
        s->closed = !open;
        for (size_t i = 0; open && i < s->n; i++)
                plug_wait(&s->plugs[i], now);
}

static struct plug *by_number(const struct policy *s, unsigned number) {
        for (size_t i = 0; i < s->n; i++)
                if (s->plugs[i].number == number)
                        return &s->plugs[i];
        return NULL;
}

void policy_lost(struct policy *s, unsigned plug) {
        struct plug *p = by_number(s, plug);

        if (!p)
                return;
        forget(p, p->topic);
        p->shown = p->shown_bad = false;
}

void policy_closed(struct policy *s, unsigned plug) {
        struct plug *p = by_number(s, plug);

        if (p)
                p->shown = false;
}

const char *policy_port(const struct policy *s, unsigned plug) {
        const struct plug *p = by_number(s, plug);

        return p ? p->now.port : NULL;
}

const char *policy_headset(const struct policy *s, unsigned plug) {
        const struct plug *p = by_number(s, plug);

        return p ? p->now.headset : NULL;
}

const char *policy_port_key(const struct policy *s, unsigned plug) {
        const struct plug *p = by_number(s, plug);

        return p ? p->now.port_key : NULL;
}

void policy_forget_port(struct policy *s, const char *port) {
        for (size_t i = 0; i < s->n; i++)
                if (strcmp(s->plugs[i].now.port, port) == 0)
                        close_notification(s, &s->plugs[i]);
}

void policy_done(struct policy *s) {
        free(s->plugs);
        s->plugs = NULL;
        s->n = 0;
}
