/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Methods of the Manager that concern the history, and the name of the cable. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"
#include "common/cleanup.h"

#define CABLE_ACTION "org.sonycharge1.name-cable"

/* A caller that waits for the history, which may have to wait for the disk. */
struct asker {
        struct bus *bus;
        sd_bus_message *message;
};

static void asker_free(struct asker *a) {
        if (a)
                sd_bus_message_unref(a->message);
        free(a);
}

static struct asker *asker_new(struct bus *b, sd_bus_message *message) {
        struct asker *a = malloc(sizeof(*a));

        if (a)
                *a = (struct asker){ .bus = b, .message = sd_bus_message_ref(message) };
        return a;
}

/* NULL means that the history is being freed; then the bus is gone as well. */
static void on_answer(void *userdata, struct json_object *o, uint64_t usec) {
        const char *text = o ? json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN) : NULL;
        struct asker *a = userdata;

        if (o)
                bus_share_charge(a->bus, sd_bus_message_get_sender(a->message), usec);
        if (text)
                (void) sd_bus_reply_method_return(a->message, "s", text);
        else
                (void) sd_bus_reply_method_errorf(a->message, ERROR_UNAVAILABLE, "The history cannot be read now.");
        asker_free(a);
}

/* Returns 1 if the method call is being handled, and otherwise the error. */
static int asked(struct asker *a, int r, sd_bus_error *error) {
        if (r >= 0)
                return 1;
        asker_free(a);
        if (r == -EBUSY)
                return sd_bus_error_set(error, ERROR_UNAVAILABLE,
                                        "The history's disk does not answer, and too many ask already.");
        return r;
}

static int read_flag(sd_bus_message *message, bool *ret) {
        int flag;
        int r = sd_bus_message_read(message, "v", "b", &flag);

        *ret = r >= 0 && flag != 0;
        return r;
}

/* An unknown filter is an error, because ignoring it would answer another query. */
static int read_one(sd_bus_message *message, const char *key, void *userdata) {
        struct history_filter *f = userdata;
        uint64_t before;
        int r;

        if (strcmp(key, "headset") == 0)
                return bus_read_short_text(message, &f->headset);
        if (strcmp(key, "port") == 0)
                return bus_read_short_text(message, &f->port);
        if (strcmp(key, "cable") == 0)
                return bus_read_short_text(message, &f->cable);
        if (strcmp(key, "since") == 0)
                return sd_bus_message_read(message, "v", "t", &f->since);
        if (strcmp(key, "until") == 0)
                return sd_bus_message_read(message, "v", "t", &f->until);
        if (strcmp(key, "limit") == 0)
                return sd_bus_message_read(message, "v", "u", &f->limit);
        if (strcmp(key, "others") == 0)
                return read_flag(message, &f->others);
        if (strcmp(key, "health") == 0)
                return read_flag(message, &f->health);
        if (strcmp(key, "before") != 0)
                return -EINVAL;
        r = sd_bus_message_read(message, "v", "t", &before);
        f->before = r >= 0 && before <= INT64_MAX ? (int64_t) before : INT64_MAX;
        return r;
}

int bus_get_history(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct history_filter filter = {};
        struct bus *b = userdata;
        struct asker *a;
        int r = bus_read_dictionary(message, read_one, &filter);

        if (r < 0)
                return sd_bus_error_set(
                        error, SD_BUS_ERROR_INVALID_ARGS,
                        "There is no such filter, its value has the wrong type or is too long, or there are too many.");
        a = asker_new(b, message);
        return asked(a, a ? history_ask(b->backend.history, &filter, on_answer, a) : -ENOMEM, error);
}

int bus_get_last(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;
        struct asker *a;
        const char *headset;
        int r = sd_bus_message_read(message, "s", &headset);

        if (r < 0)
                return r;
        if (strlen(headset) >= BUS_TEXT_MAX)
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET, "No headset has so long a name.");
        a = asker_new(b, message);
        return asked(a, a ? history_ask_last(b->backend.history, *headset ? headset : NULL, on_answer, a) : -ENOMEM, error);
}

static void cable_granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *name) {
        history_name_cable(b->backend.history, name);
        (void) sd_bus_reply_method_return(message, NULL);
}

int bus_set_cable(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        const char *name;
        int r = sd_bus_message_read(message, "s", &name);

        if (r < 0)
                return r;
        if (strlen(name) >= SESSION_CABLE_MAX)
                return sd_bus_error_setf(error, SD_BUS_ERROR_INVALID_ARGS, "The name of a cable has at most %d bytes.",
                                         SESSION_CABLE_MAX - 1);
        return bus_ask_permission(userdata, message, CABLE_ACTION, cable_granted, name);
}
