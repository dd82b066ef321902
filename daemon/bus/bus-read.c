/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads on request what headsets report about themselves. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"
#include "common/cleanup.h"

#define ASK_ACTION "org.sonycharge1.ask-headset"

static int refuse(sd_bus_message *message, int error) {
        if (error == -EPERM)
                return sd_bus_reply_method_errorf(message, ERROR_UNAVAILABLE,
                                                  "The configuration forbids it: HeadsetProtocol=off (sonycharged.conf(5)).");
        return sd_bus_reply_method_errorf(message, ERROR_UNAVAILABLE, "Headsets cannot be asked: %s", strerror(-error));
}

static void on_done(void *userdata, int r) {
        sd_bus_message *message = userdata;

        if (r < 0)
                (void) refuse(message, r);
        else
                (void) sd_bus_reply_method_return(message, NULL);
        sd_bus_message_unref(message);
}

struct read_options {
        const char *headset; /* id or model; NULL: all headsets */
        int own_protocol;
};

static int read_option(sd_bus_message *message, const char *key, void *userdata) {
        struct read_options *o = userdata;

        if (strcmp(key, "own-protocol") == 0)
                return sd_bus_message_read(message, "v", "b", &o->own_protocol);
        if (strcmp(key, "headset") == 0)
                return bus_read_short_text(message, &o->headset);
        return -ENOENT;
}

static int read_options(sd_bus_message *message, struct read_options *ret) {
        *ret = (struct read_options){};
        return bus_read_dictionary(message, read_option, ret);
}

static int read_headsets(struct bus *b, sd_bus_message *message, const struct read_options *o, sd_bus_error *error) {
        const struct object *object = NULL;
        int r = o->headset ? bus_find_headset(b, o->headset, &object, error) : 0;

        if (r < 0)
                return r;
        if (o->headset && !object)
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET, "There is no such headset.");
        if (object && !object->headset)
                return refuse(message, -ENOTCONN);
        r = b->backend.read_headsets(b->backend.userdata, object ? object->headset : NULL, o->own_protocol, on_done,
                                     sd_bus_message_ref(message));
        if (r >= 0)
                return 1;
        sd_bus_message_unref(message);
        return refuse(message, r);
}

/* The headset may have left while polkit asked the user, so the message is read again. */
static void granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id) {
        _cleanup_(sd_bus_error_free) sd_bus_error error = SD_BUS_ERROR_NULL;
        struct read_options o;
        int r = sd_bus_message_rewind(message, true);

        if (r >= 0)
                r = read_options(message, &o);
        if (r >= 0)
                r = read_headsets(b, message, &o, &error);
        if (r < 0)
                (void) sd_bus_reply_method_errno(message, r, &error);
}

/* Fast Pair only listens and needs no permission. Sony's protocol may disconnect the app on somebody's phone, so it needs one. */
int bus_read_headsets(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct read_options o;
        int r = read_options(message, &o);

        if (r < 0)
                return bus_refuse_options(r, error);
        if (o.own_protocol)
                return bus_ask_permission(userdata, message, ASK_ACTION, granted, NULL);
        return read_headsets(userdata, message, &o, error);
}
