/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* polkit, asked on the system bus without waiting for it. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bus-internal.h"
#include "cleanup.h"

#define ALLOW_USER_INTERACTION 1 /* polkit CheckAuthorizationFlags */
/* A person may have to type a password. */
#define ANSWER_USEC UINT64_C(120000000)

struct question {
        struct bus *bus;
        sd_bus_message *message;
        bus_permission *granted;
        char *id;
};

static struct question *question_free(struct question *q) {
        sd_bus_message_unref(q->message);
        free(q->id);
        free(q);
        return NULL;
}

static int refuse(sd_bus_message *message) {
        int r = sd_bus_reply_method_errorf(message, ERROR_NOT_AUTHORIZED,
                                           "This may be seen by an active user or an administrator only.");

        return r < 0 ? r : 1;
}

static int on_answer(sd_bus_message *answer, void *userdata, sd_bus_error *error) {
        struct question *q = userdata;
        int allowed = 0;

        (void) error;
        if (!sd_bus_message_is_method_error(answer, NULL) && sd_bus_message_enter_container(answer, 'r', "bba{ss}") > 0)
                (void) sd_bus_message_read(answer, "b", &allowed);
        if (allowed)
                q->granted(q->bus, q->message, q->id);
        else
                (void) refuse(q->message);
        question_free(q);
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

/* Names mean something on their own bus only; a caller from elsewhere is told by its process. */
static int append_subject(struct bus *b, sd_bus_message *call, sd_bus_message *message, sd_bus_creds *creds) {
        pid_t pid;
        uid_t uid;

        if (b->is_system)
                return sd_bus_message_append(call, "(sa{sv})", "system-bus-name", 1, "name", "s",
                                             sd_bus_message_get_sender(message));
        int r = sd_bus_creds_get_pid(creds, &pid);
        if (r >= 0)
                r = sd_bus_creds_get_euid(creds, &uid);
        if (r < 0)
                return r;
        return sd_bus_message_append(call, "(sa{sv})", "unix-process", 3, "pid", "u", (uint32_t) pid, "start-time", "t",
                                     UINT64_C(0), "uid", "i", (int32_t) uid);
}

static int ask(struct question *q, const char *action, sd_bus_creds *creds) {
        _cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
        sd_bus *system;

        int r = open_system_bus(q->bus, &system);
        if (r >= 0)
                r = sd_bus_message_new_method_call(system, &call, "org.freedesktop.PolicyKit1",
                                                   "/org/freedesktop/PolicyKit1/Authority",
                                                   "org.freedesktop.PolicyKit1.Authority", "CheckAuthorization");
        if (r >= 0)
                r = append_subject(q->bus, call, q->message, creds);
        if (r >= 0)
                r = sd_bus_message_append(
                        call, "sa{ss}us", action, 0,
                        sd_bus_message_get_allow_interactive_authorization(q->message) > 0 ? ALLOW_USER_INTERACTION : 0, "");
        return r < 0 ? r : sd_bus_call_async(system, NULL, call, on_answer, q, ANSWER_USEC);
}

int bus_ask_permission(struct bus *b, sd_bus_message *message, const char *action, bus_permission *granted, const char *id) {
        _cleanup_(sd_bus_creds_unrefp) sd_bus_creds *creds = NULL;
        uid_t uid;

        int r = sd_bus_query_sender_creds(message, SD_BUS_CREDS_EUID | SD_BUS_CREDS_PID, &creds);
        if (r >= 0)
                r = sd_bus_creds_get_euid(creds, &uid);
        if (r < 0)
                return refuse(message);
        struct question *q = calloc(1, sizeof(*q));
        if (!q)
                return -ENOMEM;
        *q = (struct question){
                .bus = b, .message = sd_bus_message_ref(message), .granted = granted, .id = id ? strdup(id) : NULL
        };
        if (uid == 0) {
                granted(b, message, q->id);
                question_free(q);
                return 1;
        }
        r = ask(q, action, creds);
        if (r < 0) {
                question_free(q);
                return refuse(message);
        }
        return 1;
}
