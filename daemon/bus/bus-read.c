/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads on request what headsets report about themselves. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"

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

static int read_headsets(struct bus *b, sd_bus_message *message, bool own_protocol) {
        int r = b->backend.read_headsets(b->backend.userdata, own_protocol, on_done, sd_bus_message_ref(message));

        if (r >= 0)
                return 1;
        sd_bus_message_unref(message);
        return refuse(message, r);
}

static void granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id) {
        (void) uid;
        (void) id;
        (void) read_headsets(b, message, true);
}

/* Reads the options. "own-protocol" is the only one; unknown ones are skipped. */
static int read_options(sd_bus_message *message, int *ret_own_protocol) {
        const char *key;
        int r = sd_bus_message_enter_container(message, 'a', "{sv}");

        while (r >= 0 && (r = sd_bus_message_enter_container(message, 'e', "sv")) > 0) {
                r = sd_bus_message_read(message, "s", &key);
                if (r >= 0)
                        r = strcmp(key, "own-protocol") == 0 ? sd_bus_message_read(message, "v", "b", ret_own_protocol)
                                                             : sd_bus_message_skip(message, "v");
                if (r >= 0)
                        r = sd_bus_message_exit_container(message);
        }
        return r < 0 ? r : sd_bus_message_exit_container(message);
}

/* Fast Pair only listens and needs no permission. Sony's protocol may disconnect the app on somebody's phone, so it needs one. */
int bus_read_headsets(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        int own_protocol = 0, r = read_options(message, &own_protocol);

        (void) error;
        if (r < 0)
                return r;
        if (own_protocol)
                return bus_ask_permission(userdata, message, ASK_ACTION, granted, NULL);
        return read_headsets(userdata, message, false);
}
