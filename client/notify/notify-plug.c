/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Plug: assigns states to plugs and records what they change.
 */
#include "client/notify/notify-plug.h"

#include <stdlib.h>
#include <string.h>

/* Changes this soon after the daemon's return are not counted. */
#define RESTART_USEC (3 * UINT64_C(1000000))

bool note_same(const struct note *a, const struct note *b) {
        return strcmp(a->code, b->code) == 0 && strcmp(a->subject, b->subject) == 0 && a->severity == b->severity;
}

bool state_same_path(const struct plug_state *a, const struct plug_state *b) {
        return a->verdict == b->verdict && note_same(&a->main, &b->main) && strcmp(a->headset, b->headset) == 0 &&
               strcmp(a->port, b->port) == 0;
}

bool state_same_sleep(const struct plug_state *a, const struct plug_state *b) {
        return note_same(&a->sleep, &b->sleep) && strcmp(a->sleep.cause, b->sleep.cause) == 0;
}

void plug_wait(struct plug *p, uint64_t now) {
        p->changed = now;
        if (!p->waiting)
                p->waiting_since = now;
        p->waiting = true;
}

static struct plug *find_fault(struct policy *s, const char *fault) {
        for (size_t i = 0; i < s->n; i++)
                if (!s->plugs[i].seen && strcmp(s->plugs[i].now.fault, fault) == 0)
                        return &s->plugs[i];
        return NULL;
}

static struct plug *find_headset(struct policy *s, const char *headset) {
        for (size_t i = 0; i < s->n; i++)
                if (!s->plugs[i].seen && strcmp(s->plugs[i].now.headset, headset) == 0)
                        return &s->plugs[i];
        return NULL;
}

static struct plug *find_port(struct policy *s, const struct plug_state *state) {
        for (size_t i = 0; i < s->n; i++) {
                struct plug *p = &s->plugs[i];
                bool another = *state->headset && *p->now.headset && p->now.attached;

                if (!p->seen && !another && strcmp(p->now.port, state->port) == 0)
                        return p;
        }
        return NULL;
}

/* Without a serial number a headset has another id at another port. A headset of the same model that was just unplugged counts
 * as the same one. */
static struct plug *find_model(struct policy *s, const char *name, uint64_t now) {
        for (size_t i = 0; i < s->n; i++) {
                struct plug *p = &s->plugs[i];

                if (!p->seen && !p->now.attached && *p->now.headset && strcmp(p->now.name, name) == 0 &&
                    now - p->left < POLICY_AGAIN_USEC)
                        return p;
        }
        return NULL;
}

struct plug *plug_find(struct policy *s, const struct plug_state *state, uint64_t now) {
        struct plug *p = NULL;

        if (*state->fault)
                return find_fault(s, state->fault);
        if (*state->headset)
                p = find_headset(s, state->headset);
        if (!p && *state->port)
                p = find_port(s, state);
        if (!p && *state->headset && state->attached)
                p = find_model(s, state->name, now);
        return p;
}

struct plug *plug_add(struct policy *s) {
        struct plug *grown;

        if (s->n >= POLICY_PLUGS_MAX)
                return NULL;
        grown = reallocarray(s->plugs, s->n + 1, sizeof *grown);
        if (!grown)
                return NULL;
        s->plugs = grown;
        grown[s->n] = (struct plug){ .number = ++s->last_number };
        return &grown[s->n++];
}

static void join(struct plug *p, const struct plug_state *to, uint64_t restarted, uint64_t now) {
        bool by_daemon = restarted != 0 && now < restarted + RESTART_USEC;

        if (!p->before.attached || (!*p->before.headset && *to->headset))
                p->fresh = true;
        if (by_daemon || *to->fault)
                return;
        p->joins = p->joins > 0 && now - p->last_join < POLICY_FLAPPING_GAP_USEC ? p->joins + 1 : 1;
        p->last_join = now;
        if (p->joins == 1 && !*to->headset)
                *p->name = '\0';
}

/* Records the charging state. For a headset without a cable it only matters that it became full while it charged. */
static void note_charging(struct plug *p, const struct plug_state *to) {
        if (to->charging == CHARGING_FULL && p->now.charging != CHARGING_FULL && !p->full_shown &&
            (to->attached || p->now.charging == CHARGING_YES))
                p->full_due = true;
        if (to->charging == CHARGING_NO || (!to->attached && to->charging != CHARGING_FULL))
                p->full_shown = p->full_due = false;
}

void plug_take(struct plug *p, const struct plug_state *to, uint64_t restarted, uint64_t now) {
        bool comes = to->attached && (!p->now.attached || (!*p->now.headset && *to->headset));
        bool goes = p->now.attached && !to->attached, due = p->full_due;

        note_charging(p, to);
        if (comes)
                join(p, to, restarted, now);
        if (goes)
                p->left = now;
        if (comes || goes || !state_same_path(to, &p->now) || !state_same_sleep(to, &p->now) || p->full_due != due)
                plug_wait(p, now);
        if (*to->name)
                memcpy(p->name, to->name, sizeof p->name);
        p->now = *to;
}

void plug_take_over(struct plug *p) {
        p->before = p->now;
        p->fresh = p->waiting = p->full_due = false;
        p->full_shown = p->now.charging == CHARGING_FULL;
        p->joins = 0;
}

void plug_leave(struct plug *p, uint64_t now) {
        bool goes = p->now.attached;

        p->now.attached = false;
        p->now.main = p->now.sleep = (struct note){};
        p->full_due = p->full_shown = false;
        if (!goes)
                return;
        p->left = now;
        plug_wait(p, now);
}
