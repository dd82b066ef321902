/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the Manager answers about the past, and the name of the cable. */

#include <errno.h>
#include <string.h>

#include "bus-internal.h"
#include "cleanup.h"

/* A filter has a dozen keys; more are read to no end. */
#define FILTER_MAX 64

#define CABLE_ACTION "org.sonycharge1.name-cable"

static inline void json_putp(struct json_object **o) {
        json_object_put(*o);
}

static int reply(sd_bus_message *message, struct json_object *o) {
        const char *text = o ? json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN) : NULL;

        return text ? sd_bus_reply_method_return(message, "s", text) : -ENOMEM;
}

static int read_flag(sd_bus_message *message, bool *ret) {
        int flag;
        int r = sd_bus_message_read(message, "v", "b", &flag);

        *ret = r >= 0 && flag != 0;
        return r;
}

/* What is not known is skipped; of what is known the type has to be right. */
static int read_one(sd_bus_message *message, const char *key, struct history_filter *f) {
        uint64_t before;
        int r;

        if (strcmp(key, "headset") == 0)
                return sd_bus_message_read(message, "v", "s", &f->headset);
        if (strcmp(key, "port") == 0)
                return sd_bus_message_read(message, "v", "s", &f->port);
        if (strcmp(key, "cable") == 0)
                return sd_bus_message_read(message, "v", "s", &f->cable);
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
                return sd_bus_message_skip(message, "v");
        r = sd_bus_message_read(message, "v", "t", &before);
        f->before = r >= 0 && before <= INT64_MAX ? (int64_t) before : INT64_MAX;
        return r;
}

static int read_filter(sd_bus_message *message, struct history_filter *f) {
        int r = sd_bus_message_enter_container(message, 'a', "{sv}");
        unsigned n = 0;

        while (r >= 0 && (r = sd_bus_message_enter_container(message, 'e', "sv")) > 0) {
                const char *key;

                r = n++ < FILTER_MAX ? sd_bus_message_read(message, "s", &key) : -E2BIG;
                if (r >= 0)
                        r = read_one(message, key, f);
                if (r >= 0)
                        r = sd_bus_message_exit_container(message);
        }
        return r < 0 ? r : sd_bus_message_exit_container(message);
}

int bus_get_history(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        _cleanup_(json_putp) struct json_object *o = NULL;
        struct history_filter filter = {};
        struct bus *b = userdata;
        int r = read_filter(message, &filter);

        if (r < 0)
                return sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS,
                                        "A value of the filter has the wrong type, or there are too many.");
        o = history_to_json(b->backend.history, &filter);
        return reply(message, o);
}

int bus_get_last(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        _cleanup_(json_putp) struct json_object *o = NULL;
        struct bus *b = userdata;
        const char *headset;
        int r = sd_bus_message_read(message, "s", &headset);

        (void) error;
        if (r < 0)
                return r;
        o = history_last_to_json(b->backend.history, *headset ? headset : NULL);
        return reply(message, o);
}

static void cable_granted(struct bus *b, sd_bus_message *message, void *userdata) {
        history_name_cable(b->backend.history, userdata);
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
