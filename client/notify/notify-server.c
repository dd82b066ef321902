/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Server: one slot for each plug that has a notification, with the server's id for it. All calls are asynchronous.
 *
 * The capabilities are requested again whenever the owner of the name changes. A server that fails repeatedly is left alone for
 * an increasing time, and is tried again only if a notification is waiting.
 */
#include "client/notify/notify-server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "client/client.h"
#include "client/connection.h"
#include "client/notify/notify-call.h"
#include "client/follow.h"
#include "common/bus-name.h"
#include "common/language.h"

#define CALL_USEC (10 * UINT64_C(1000000))

/* Pause after a failure; five times as long after each further failure in a row, up to the maximum. */
#define PAUSE_USEC (2 * UINT64_C(1000000))
#define PAUSE_MAX_USEC (600 * UINT64_C(1000000))

/* After this many failures in a row a new owner does not reset the count, because it is the same program that crashed again. */
#define FAILURES_OF_ONE 3

/* A server's token has less than half of this. */
#define TOKEN_MAX 256

struct slot {
        struct server *server;
        struct slot *next;
        unsigned plug;
        uint32_t id;           /* the server's id, 0: none */
        sd_bus_slot *call;     /* pending call */
        struct message *waits; /* to be shown after the call */
        bool close;            /* to be closed after the call */
        bool stale;            /* the call went to a server that was replaced meanwhile */
        char token[TOKEN_MAX]; /* of the action that comes next; "": none */
};

struct server {
        sd_bus *bus;
        struct bus_name *name;
        struct server_listener listener;
        struct slot *slots;
        sd_bus_slot *matches[3];
        sd_bus_slot *asking; /* pending GetCapabilities */
        sd_event_source *pause;
        bool asked;
        struct abilities can; /* valid if `asked` */
        bool stale;           /* the queried server was replaced */
        unsigned failures;    /* number in a row */
        uint64_t paused_until;
};

static struct slot *find(struct server *s, unsigned plug) {
        struct slot *slot = s->slots;

        while (slot && slot->plug != plug)
                slot = slot->next;
        return slot;
}

static struct slot *find_id(struct server *s, uint32_t id) {
        struct slot *slot = s->slots;

        while (slot && (id == 0 || slot->id != id))
                slot = slot->next;
        return slot;
}

static struct slot *find_or_add(struct server *s, unsigned plug) {
        struct slot *slot = find(s, plug);

        if (slot)
                return slot;
        slot = calloc(1, sizeof *slot);
        if (!slot)
                return NULL;
        *slot = (struct slot){ .server = s, .next = s->slots, .plug = plug };
        s->slots = slot;
        return slot;
}

static void drop(struct slot *slot) {
        struct slot **p = &slot->server->slots;

        while (*p != slot)
                p = &(*p)->next;
        *p = slot->next;
        sd_bus_slot_unref(slot->call);
        free(slot->waits);
        free(slot);
}

/* Nothing is shown, pending or waiting. */
static bool is_idle(const struct slot *slot) {
        return slot->id == 0 && !slot->call && !slot->waits;
}

/* The message could not be shown. The notification that it should have replaced is out of date. */
static void lose(struct slot *slot) {
        struct server *s = slot->server;
        unsigned plug = slot->plug;

        call_close(s->bus, slot->id);
        drop(slot);
        s->listener.lost(s->listener.userdata, plug);
}

/* The notification was closed. */
static void gone(struct slot *slot) {
        struct server *s = slot->server;
        unsigned plug = slot->plug;

        drop(slot);
        s->listener.closed(s->listener.userdata, plug);
}

/* Waiting messages cannot be shown now. */
static void lose_waiting(struct server *s) {
        for (struct slot *slot = s->slots, *next; slot; slot = next) {
                next = slot->next;
                if (slot->waits && !slot->call)
                        lose(slot);
        }
}

static bool is_paused(const struct server *s) {
        return now_usec(CLOCK_MONOTONIC) < s->paused_until;
}

static int on_pause_over(sd_event_source *source, uint64_t usec, void *userdata) {
        struct server *s = userdata;

        s->listener.back(s->listener.userdata);
        return 0;
}

/* The only timer; it is armed only while the server fails. */
static void set_pause(struct server *s) {
        sd_event *event = sd_bus_get_event(s->bus);
        uint64_t usec = PAUSE_USEC;

        for (unsigned i = 1; i < s->failures && usec < PAUSE_MAX_USEC; i++)
                usec *= 5;
        usec = usec < PAUSE_MAX_USEC ? usec : PAUSE_MAX_USEC;
        s->paused_until = now_usec(CLOCK_MONOTONIC) + usec;
        if (!s->pause)
                (void) sd_event_add_time(event, &s->pause, CLOCK_MONOTONIC, s->paused_until, 0, on_pause_over, s);
        if (s->pause) {
                sd_event_source_set_time(s->pause, s->paused_until);
                sd_event_source_set_enabled(s->pause, SD_EVENT_ONESHOT);
        }
}

static bool is_missing(const sd_bus_error *error) {
        return sd_bus_error_has_name(error, SD_BUS_ERROR_SERVICE_UNKNOWN) ||
               sd_bus_error_has_name(error, SD_BUS_ERROR_NAME_HAS_NO_OWNER) ||
               (error->name && strncmp(error->name, "org.freedesktop.DBus.Error.Spawn.", 33) == 0);
}

/* Reported at the first failure in a row. A missing server is noticed by a signal. If a server crashes, all pending calls
 * fail; that counts as one failure. */
static void fail(struct server *s, const sd_bus_error *error) {
        const char *why = error->message ? error->message : error->name;

        if (is_paused(s))
                return;
        s->failures++;
        if (is_missing(error)) {
                if (s->failures == 1)
                        complain(_("no notification server answers in this session (%s); waiting for one"), why);
                s->failures = 1;
                return;
        }
        if (s->failures == 1)
                complain(_("the notification server failed, trying again, at longer and longer intervals: %s"), why);
        set_pause(s);
}

static void flush(struct server *s);

static int on_shown(sd_bus_message *m, void *userdata, sd_bus_error *unused) {
        struct slot *slot = userdata;
        struct server *s = slot->server;
        uint32_t id;

        slot->call = sd_bus_slot_unref(slot->call);
        if (sd_bus_message_is_method_error(m, NULL)) {
                fail(s, sd_bus_message_get_error(m));
                lose(slot);
                return 0;
        }
        s->failures = 0;
        slot->id = sd_bus_message_read(m, "u", &id) >= 0 && !slot->stale ? id : 0;
        slot->stale = false;
        if (slot->close)
                server_close(s, slot->plug);
        else if (is_idle(slot))
                gone(slot);
        else
                flush(s);
        return 0;
}

static void send_waiting(struct server *s, struct slot *slot) {
        _cleanup_free_ struct message *m = TAKE_PTR(slot->waits);
        _cleanup_message_ sd_bus_message *call = NULL;
        int r;

        r = call_notify(s->bus, slot->id, m, s->can, &call);
        if (r >= 0)
                r = sd_bus_call_async(s->bus, &slot->call, call, on_shown, slot, CALL_USEC);
        if (r >= 0)
                return;
        complain(_("a notification cannot be sent: %s"), strerror(-r));
        lose(slot);
}

static int on_capabilities(sd_bus_message *m, void *userdata, sd_bus_error *unused) {
        const sd_bus_error *error = sd_bus_message_get_error(m);
        struct server *s = userdata;
        const char *capability;

        s->asking = sd_bus_slot_unref(s->asking);
        if (s->stale) {
                s->stale = false;
                flush(s);
                return 0;
        }
        if (error && !sd_bus_error_has_name(error, SD_BUS_ERROR_UNKNOWN_METHOD)) {
                fail(s, error);
                lose_waiting(s);
                return 0;
        }
        s->asked = true;
        s->can = (struct abilities){};
        if (!error && sd_bus_message_enter_container(m, 'a', "s") >= 0)
                while (sd_bus_message_read(m, "s", &capability) > 0) {
                        s->can.actions |= strcmp(capability, "actions") == 0;
                        s->can.markup |= strcmp(capability, "body-markup") == 0;
                }
        flush(s);
        return 0;
}

static void ask(struct server *s) {
        _cleanup_message_ sd_bus_message *call = NULL;
        int r;

        if (s->asking)
                return;
        r = sd_bus_message_new_method_call(s->bus, &call, NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME,
                                           "GetCapabilities");
        if (r >= 0)
                r = sd_bus_call_async(s->bus, &s->asking, call, on_capabilities, s, CALL_USEC);
        if (r >= 0)
                return;
        complain(_("the notification server cannot be asked: %s"), strerror(-r));
        lose_waiting(s);
}

static bool has_waiting(const struct server *s) {
        for (const struct slot *slot = s->slots; slot; slot = slot->next)
                if (slot->waits && !slot->call)
                        return true;
        return false;
}

/* Sends what is waiting, after the capabilities were requested. */
static void flush(struct server *s) {
        if (!has_waiting(s))
                return;
        if (is_paused(s))
                lose_waiting(s);
        else if (!s->asked)
                ask(s);
        else
                for (struct slot *slot = s->slots, *next; slot; slot = next) {
                        next = slot->next;
                        if (slot->waits && !slot->call)
                                send_waiting(s, slot);
                }
}

void server_show(struct server *s, unsigned plug, const struct message *m) {
        struct slot *slot = find_or_add(s, plug);
        struct message *copy = malloc(sizeof *copy);

        if (!slot || !copy) {
                free(copy);
                s->listener.lost(s->listener.userdata, plug);
                return;
        }
        *copy = *m;
        free(slot->waits);
        slot->waits = copy;
        slot->close = false;
        flush(s);
}

void server_close(struct server *s, unsigned plug) {
        struct slot *slot = find(s, plug);

        if (!slot)
                return;
        free(TAKE_PTR(slot->waits));
        slot->close = slot->call;
        if (slot->call)
                return;
        call_close(s->bus, slot->id);
        drop(slot);
}

/* The ids of a server that is gone are not valid for the next one. */
static void forget_numbers(struct server *s) {
        for (struct slot *slot = s->slots, *next; slot; slot = next) {
                next = slot->next;
                slot->stale = slot->call;
                slot->id = 0;
                if (is_idle(slot))
                        gone(slot);
        }
}

/* Pending calls are answered by the old server, or with an error by the bus. */
static void on_owner(void *userdata, const char *before, const char *owner) {
        struct server *s = userdata;

        if (!before)
                return;
        s->asked = false;
        s->stale = s->asking && *before && *owner;
        if (*before)
                forget_numbers(s);
        if (*owner && s->failures < FAILURES_OF_ONE)
                s->paused_until = 0;
        if (*owner && !is_paused(s)) {
                s->listener.back(s->listener.userdata);
                flush(s);
        }
}

static int on_closed(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct server *s = userdata;
        struct slot *slot;
        uint32_t id;

        slot = bus_name_sent(s->name, m) && sd_bus_message_read(m, "u", &id) >= 0 ? find_id(s, id) : NULL;
        if (!slot)
                return 0;
        slot->id = 0;
        if (is_idle(slot))
                gone(slot);
        return 0;
}

/* Comes just before the action. */
static int on_token(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct server *s = userdata;
        const char *token;
        struct slot *slot;
        uint32_t id;

        slot = bus_name_sent(s->name, m) && sd_bus_message_read(m, "us", &id, &token) >= 0 ? find_id(s, id) : NULL;
        if (slot && strlen(token) < sizeof slot->token)
                memcpy(slot->token, token, strlen(token) + 1);
        return 0;
}

static int on_action(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct server *s = userdata;
        char token[TOKEN_MAX];
        const char *action;
        struct slot *slot;
        uint32_t id;

        slot = bus_name_sent(s->name, m) && sd_bus_message_read(m, "us", &id, &action) >= 0 ? find_id(s, id) : NULL;
        if (!slot)
                return 0;
        /* A token is good for one action. */
        memcpy(token, slot->token, sizeof token);
        *slot->token = '\0';
        s->listener.action(s->listener.userdata, slot->plug, action, token);
        return 0;
}

int server_new(sd_bus *bus, const struct server_listener *listener, struct server **ret) {
        struct server *s = calloc(1, sizeof *s);
        int r;

        if (!s)
                return -ENOMEM;
        *s = (struct server){ .bus = sd_bus_ref(bus), .listener = *listener };
        r = bus_name_follow(bus, NOTIFICATIONS_NAME, on_owner, s, &s->name);
        if (r >= 0)
                r = sd_bus_match_signal(bus, &s->matches[0], NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME,
                                        "NotificationClosed", on_closed, s);
        if (r >= 0)
                r = sd_bus_match_signal(bus, &s->matches[1], NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME,
                                        "ActionInvoked", on_action, s);
        if (r >= 0)
                r = sd_bus_match_signal(bus, &s->matches[2], NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME,
                                        "ActivationToken", on_token, s);
        if (r < 0) {
                server_free(s);
                return r;
        }
        *ret = s;
        return 0;
}

void server_free(struct server *s) {
        if (!s)
                return;
        while (s->slots) {
                s->slots->call = sd_bus_slot_unref(s->slots->call);
                server_close(s, s->slots->plug);
        }
        for (size_t i = 0; i < sizeof s->matches / sizeof *s->matches; i++)
                sd_bus_slot_unref(s->matches[i]);
        bus_name_free(s->name);
        sd_bus_slot_unref(s->asking);
        sd_event_source_unref(s->pause);
        sd_bus_unref(s->bus);
        free(s);
}
