/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asks polkit on the system bus, without waiting for it. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/bus/bus-internal.h"
#include "common/cleanup.h"

#define ALLOW_USER_INTERACTION 1 /* polkit CheckAuthorizationFlags */
/* Time for a person to type a password. */
#define ANSWER_USEC UINT64_C(120000000)

/* Each pending request keeps its message, with up to 16 descriptors. Nobody types two passwords at the same time. */
#define REQUESTS_OF_ONE_MAX 2
/* Limit on users, and on connections whose user is not known yet. The bus reports the user at once, and is asked once per
 * connection. */
#define REQUESTS_MAX 32

struct request {
        struct request *next;
        struct bus *bus;
        sd_bus_message *message;
        sd_bus_slot *asking;
        const char *action;
        bus_permission *granted;
        char *id;
        bool uid_known;
        uint32_t uid, pid;
};

static void request_free(struct request *q) {
        for (struct request **p = &q->bus->requests; *p; p = &(*p)->next)
                if (*p == q) {
                        *p = q->next;
                        break;
                }
        sd_bus_slot_unref(q->asking);
        sd_bus_message_unref(q->message);
        free(q->id);
        free(q);
}

void bus_drop_requests(struct bus *b) {
        while (b->requests)
                request_free(b->requests);
}

static int refuse(sd_bus_message *message) {
        int r = sd_bus_reply_method_errorf(message, ERROR_NOT_AUTHORIZED,
                                           "This may be seen by an active user or an administrator only.");

        return r < 0 ? r : 1;
}

static int refuse_more(sd_bus_message *message) {
        int r = sd_bus_reply_method_errorf(message, SD_BUS_ERROR_LIMITS_EXCEEDED,
                                           "Other questions of this user have to be answered first.");

        return r < 0 ? r : 1;
}

static int on_answer(sd_bus_message *answer, void *userdata, sd_bus_error *error) {
        struct request *q = userdata;
        int allowed = 0;

        if (!sd_bus_message_is_method_error(answer, NULL) && sd_bus_message_enter_container(answer, 'r', "bba{ss}") > 0)
                (void) sd_bus_message_read(answer, "b", &allowed);
        if (allowed)
                q->granted(q->bus, q->message, q->uid, q->id);
        else
                (void) refuse(q->message);
        request_free(q);
        return 0;
}

static int open_system_bus(struct bus *b, sd_bus **ret) {
        if (b->is_system) {
                *ret = b->bus;
                return 0;
        }
        if (b->system && sd_bus_is_open(b->system) <= 0)
                b->system = sd_bus_close_unref(b->system);
        if (!b->system) {
                int r = sd_bus_open_system(&b->system);

                if (r >= 0)
                        r = sd_bus_attach_event(b->system, b->event, SD_EVENT_PRIORITY_NORMAL);
                if (r < 0) {
                        b->system = sd_bus_close_unref(b->system);
                        return r;
                }
        }
        *ret = b->system;
        return 0;
}

/* A unique name is valid on its own bus only, so a caller from another bus is identified by its process. */
static int append_subject(const struct request *q, sd_bus_message *call) {
        if (q->bus->is_system)
                return sd_bus_message_append(call, "(sa{sv})", "system-bus-name", 1, "name", "s",
                                             sd_bus_message_get_sender(q->message));
        return sd_bus_message_append(call, "(sa{sv})", "unix-process", 3, "pid", "u", q->pid, "start-time", "t", UINT64_C(0),
                                     "uid", "i", (int32_t) q->uid);
}

static int ask_polkit(struct request *q) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        sd_bus *system;

        int r = open_system_bus(q->bus, &system);
        if (r >= 0)
                r = sd_bus_message_new_method_call(system, &call, "org.freedesktop.PolicyKit1",
                                                   "/org/freedesktop/PolicyKit1/Authority",
                                                   "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization");
        if (r >= 0)
                r = append_subject(q, call);
        if (r >= 0)
                r = sd_bus_message_append(
                        call, "sa{ss}us", q->action, 0,
                        sd_bus_message_get_allow_interactive_authorization(q->message) > 0 ? ALLOW_USER_INTERACTION : 0, "");
        q->asking = sd_bus_slot_unref(q->asking);
        return r < 0 ? r : sd_bus_call_async(system, &q->asking, call, on_answer, q, ANSWER_USEC);
}

/* "UnixUserID" and "ProcessID" (D-Bus specification, GetConnectionCredentials). */
static int read_credentials(sd_bus_message *answer, struct request *q) {
        const char *key;
        int r;

        r = sd_bus_message_enter_container(answer, 'a', "{sv}");
        while (r >= 0 && (r = sd_bus_message_enter_container(answer, 'e', "sv")) > 0) {
                r = sd_bus_message_read(answer, "s", &key);
                if (r >= 0 && strcmp(key, "UnixUserID") == 0) {
                        r = sd_bus_message_read(answer, "v", "u", &q->uid);
                        q->uid_known = r >= 0;
                } else if (r >= 0 && strcmp(key, "ProcessID") == 0)
                        r = sd_bus_message_read(answer, "v", "u", &q->pid);
                else if (r >= 0)
                        r = sd_bus_message_skip(answer, "v");
                if (r >= 0)
                        r = sd_bus_message_exit_container(answer);
        }
        return r >= 0 && !q->uid_known ? -ENODATA : r;
}

/* root and the user that the daemon runs as may do everything, because that user controls the daemon anyway. For the service
 * this is a user of its own; for a daemon that was started by hand it is the person who started it. */
static bool is_master(uint32_t uid) {
        return uid == 0 || uid == geteuid();
}

static size_t count_of_user(const struct bus *b, uint32_t uid) {
        size_t n = 0;

        for (const struct request *q = b->requests; q; q = q->next)
                n += q->uid_known && q->uid == uid ? 1 : 0;
        return n;
}

static int on_credentials(sd_bus_message *answer, void *userdata, sd_bus_error *error) {
        struct request *q = userdata;

        int r = sd_bus_message_is_method_error(answer, NULL) ? -EACCES : read_credentials(answer, q);
        if (r >= 0)
                bus_share_note_user(q->bus, sd_bus_message_get_sender(q->message), q->uid);
        if (r >= 0 && is_master(q->uid))
                q->granted(q->bus, q->message, q->uid, q->id);
        else if (r >= 0 && count_of_user(q->bus, q->uid) > REQUESTS_OF_ONE_MAX)
                (void) refuse_more(q->message);
        else if (r >= 0 && (r = ask_polkit(q)) >= 0)
                return 0;
        if (r < 0)
                (void) refuse(q->message);
        request_free(q);
        return 0;
}

/* The caller's identity is requested without waiting, because messages that arrive meanwhile would have to be kept. */
static int ask_who(struct request *q) {
        return sd_bus_call_method_async(q->bus->bus, &q->asking, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "GetConnectionCredentials", on_credentials, q, "s",
                                        sd_bus_message_get_sender(q->message));
}

/* The limit is per user, so that many connections of one user do not keep others from asking. */
static bool may_ask(const struct bus *b, const char *sender) {
        size_t known = 0, unknown = 0, of_sender = 0;
        uint32_t uid;

        for (const struct request *q = b->requests; q; q = q->next) {
                *(q->uid_known ? &known : &unknown) += 1;
                of_sender += strcmp(sd_bus_message_get_sender(q->message), sender) == 0 ? 1 : 0;
        }
        if (of_sender >= REQUESTS_OF_ONE_MAX)
                return false;
        if (!bus_share_user(b, sender, &uid))
                return unknown < REQUESTS_MAX;
        return is_master(uid) || (known < REQUESTS_MAX * REQUESTS_OF_ONE_MAX && count_of_user(b, uid) < REQUESTS_OF_ONE_MAX);
}

int bus_ask_permission(struct bus *b, sd_bus_message *message, const char *action, bus_permission *granted, const char *id) {
        const char *sender = sd_bus_message_get_sender(message);

        if (!sender)
                return refuse(message);
        if (!may_ask(b, sender))
                return refuse_more(message);
        struct request *q = calloc(1, sizeof(*q));
        char *copy = id ? strdup(id) : NULL;
        if (!q || (id && !copy)) {
                free(q);
                free(copy);
                return -ENOMEM;
        }
        *q = (struct request){ .next = b->requests, .bus = b, .action = action, .granted = granted, .id = copy };
        q->message = sd_bus_message_ref(message);
        b->requests = q;
        int r = ask_who(q);
        if (r < 0) {
                request_free(q);
                return refuse(message);
        }
        return 1;
}
