/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Limits the time of the daemon that one user can take. The bus delivers messages in the order of their arrival, so a flood of
 * expensive calls would delay everybody else. The time that a call took is charged to the user who made it. A user who has used
 * up the share is refused until time has given it back; a refusal takes next to no time.
 *
 * The user of a connection that calls rarely is never looked up. root and the user who runs the daemon have no limit.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/clock.h"
#include "daemon/bus/bus-internal.h"

/* A user may use this much at once, and a quarter of the time in the long run. A status takes less than a millisecond, the
 * longest history some tens of milliseconds. */
#define BURST_USEC UINT64_C(200000)
#define PART 4
/* From this amount on, the user of the connection is looked up. */
#define ASK_USEC UINT64_C(2000)
/* dbus-daemon allows 256 connections per user. */
#define CALLERS_MAX 512
#define USERS_MAX 32
/* Callers who used no time lately are forgotten at this interval, if anybody calls. */
#define FORGET_USEC UINT64_C(1000000)

struct account {
        uint64_t spent, at; /* µs of the daemon's time, and the time at which this was computed */
};

struct user {
        bool used;
        uid_t uid;
        struct account account;
};

/* A connection, identified by its unique name, which the bus never assigns twice. */
struct caller {
        struct caller *next;
        char name[32];
        struct account own; /* used until the user is known */
        bool uid_known;
        uint32_t uid;
        struct user *user;
        bool asked, unlimited;
        sd_bus_slot *asking;
};

struct share {
        struct bus *bus;
        sd_event_source *after;
        struct caller *callers; /* most recently used first */
        size_t n_callers;
        uint64_t forgot_at;
        struct user users[USERS_MAX];
        struct caller *busy; /* the caller whose call is being handled */
        uint64_t since;
};

static void give_back(struct account *a, uint64_t now) {
        uint64_t back = (now - a->at) / PART;

        a->spent -= back < a->spent ? back : a->spent;
        a->at = now;
}

static struct account *account_of(struct caller *c) {
        return c->user ? &c->user->account : &c->own;
}

static void caller_free(struct share *s, struct caller *c) {
        if (s->busy == c)
                s->busy = NULL;
        sd_bus_slot_unref(c->asking);
        free(c);
}

/* Moves the caller to the front. The least recently used one is replaced if the list is full. */
static struct caller *caller_find(struct share *s, const char *name) {
        struct caller **p = &s->callers, *c;

        while (*p && strcmp((*p)->name, name) != 0 && ((*p)->next || s->n_callers < CALLERS_MAX))
                p = &(*p)->next;
        c = *p;
        if (c)
                *p = c->next;
        if (c && strcmp(c->name, name) != 0) {
                caller_free(s, c);
                s->n_callers--;
                c = NULL;
        }
        if (!c && (c = calloc(1, sizeof(*c)))) {
                snprintf(c->name, sizeof(c->name), "%s", name);
                s->n_callers++;
        }
        if (c) {
                c->next = s->callers;
                s->callers = c;
        }
        return c;
}

/* A caller whose time was given back is like one who never called. */
static void forget_callers(struct share *s, uint64_t now) {
        if (now - s->forgot_at < FORGET_USEC)
                return;
        s->forgot_at = now;
        for (struct caller **p = &s->callers; *p;) {
                struct caller *c = *p;

                give_back(account_of(c), now);
                if (account_of(c)->spent > 0 || (c->asked && !c->uid_known)) {
                        p = &c->next;
                        continue;
                }
                *p = c->next;
                s->n_callers--;
                caller_free(s, c);
        }
}

/* If the list is full, the user who has used the least time is replaced. */
static struct user *user_find(struct share *s, uid_t uid, uint64_t now) {
        struct user *least = &s->users[0];

        for (size_t i = 0; i < USERS_MAX; i++) {
                struct user *u = &s->users[i];

                if (u->used && u->uid == uid)
                        return u;
                give_back(&u->account, now);
                if (!u->used || (least->used && u->account.spent < least->account.spent))
                        least = u;
        }
        for (struct caller *c = s->callers; c; c = c->next)
                if (c->user == least) {
                        c->user = NULL;
                        c->asked = false;
                }
        *least = (struct user){ .used = true, .uid = uid, .account.at = now };
        return least;
}

static int on_user(sd_bus_message *answer, void *userdata, sd_bus_error *error) {
        struct share *s = userdata;
        struct caller *c = s->callers;
        uint32_t uid;

        while (c && c->asking != sd_bus_get_current_slot(s->bus->bus))
                c = c->next;
        if (!c)
                return 0;
        if (sd_bus_message_is_method_error(answer, NULL) || sd_bus_message_read(answer, "u", &uid) < 0) {
                c->asked = false;
                return 0;
        }
        c->uid_known = true;
        c->uid = uid;
        c->unlimited = uid == 0 || uid == geteuid();
        if (c->unlimited)
                return 0;
        uint64_t now = now_usec(CLOCK_MONOTONIC);
        c->user = user_find(s, uid, now);
        give_back(&c->own, now);
        c->user->account.spent += c->own.spent;
        return 0;
}

/* Asks the bus without waiting, because messages that arrive while waiting would have to be kept. */
static void ask_user(struct share *s, struct caller *c) {
        if (c->asked)
                return;
        c->asked = true;
        c->asking = sd_bus_slot_unref(c->asking);
        (void) sd_bus_call_method_async(s->bus->bus, &c->asking, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "GetConnectionUnixUser", on_user, s, "s", c->name);
}

static void end_of_call(struct share *s) {
        struct caller *c = s->busy;
        uint64_t took;

        if (!c)
                return;
        s->busy = NULL;
        /* No call is charged more than this, because the daemon may have been stopped meanwhile. */
        took = now_usec(CLOCK_MONOTONIC) - s->since;
        account_of(c)->spent += took < BURST_USEC ? took : BURST_USEC;
        if (!c->user && !c->unlimited && c->own.spent > ASK_USEC)
                ask_user(s, c);
}

bool bus_share_user(const struct bus *b, const char *sender, uint32_t *ret) {
        for (const struct caller *c = b->share ? b->share->callers : NULL; c; c = c->next)
                if (c->uid_known && strcmp(c->name, sender) == 0) {
                        *ret = c->uid;
                        return true;
                }
        return false;
}

void bus_share_note_user(struct bus *b, const char *sender, uint32_t uid) {
        struct caller *c = b->share ? caller_find(b->share, sender) : NULL;

        if (!c)
                return;
        c->uid_known = true;
        c->uid = uid;
}

void bus_share_charge(struct bus *b, const char *sender, uint64_t usec) {
        struct caller *c = b->share && sender ? caller_find(b->share, sender) : NULL;

        if (!c)
                return;
        account_of(c)->spent += usec;
        if (!c->user && !c->unlimited && c->own.spent > ASK_USEC)
                ask_user(b->share, c);
}

static int on_after(sd_event_source *source, void *userdata) {
        end_of_call(userdata);
        return 0;
}

static int refuse(sd_bus_message *message) {
        if (sd_bus_message_get_expect_reply(message) > 0)
                (void) sd_bus_reply_method_errorf(message, SD_BUS_ERROR_LIMITS_EXCEEDED,
                                                  "Too much is asked at once by this user. Wait a moment.");
        return 1;
}

static int on_message(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        const char *sender = sd_bus_message_get_sender(message);
        struct share *s = userdata;

        end_of_call(s);
        if (!sender || !sd_bus_message_is_method_call(message, NULL, NULL))
                return 0;
        s->since = now_usec(CLOCK_MONOTONIC);
        forget_callers(s, s->since);
        struct caller *c = caller_find(s, sender);
        if (!c)
                return refuse(message);
        give_back(account_of(c), s->since);
        if (!c->unlimited && account_of(c)->spent > BURST_USEC)
                return refuse(message);
        s->busy = c;
        /* Not on the caller's account: events make this work. */
        s->bus->backend.catch_up(s->bus->backend.userdata);
        s->since = now_usec(CLOCK_MONOTONIC);
        return 0;
}

int bus_share_start(struct bus *b) {
        struct share *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        b->share = s;
        s->bus = b;
        int r = sd_event_add_post(b->event, &s->after, on_after, s);
        return r < 0 ? r : sd_bus_add_filter(b->bus, NULL, on_message, s);
}

void bus_share_stop(struct bus *b) {
        struct share *s = b->share;

        if (!s)
                return;
        while (s->callers) {
                struct caller *c = s->callers;

                s->callers = c->next;
                caller_free(s, c);
        }
        sd_event_source_disable_unref(s->after);
        free(s);
        b->share = NULL;
}
