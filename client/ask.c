/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/ask.h"

static int append_options(sd_bus_message *call, const char *headset, bool own_protocol) {
        int r = sd_bus_message_open_container(call, 'a', "{sv}");

        if (r >= 0 && headset)
                r = sd_bus_message_append(call, "{sv}", "headset", "s", headset);
        if (r >= 0 && own_protocol)
                r = sd_bus_message_append(call, "{sv}", "own-protocol", "b", 1);
        return r < 0 ? r : sd_bus_message_close_container(call);
}

int ask_headsets(const struct options *o, sd_bus *bus, const char *headset, bool own_protocol) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;

        int r = sd_bus_message_new_method_call(bus, &call, BUS_NAME, BUS_PATH, BUS_MANAGER, "ReadHeadsets");
        if (r >= 0)
                r = append_options(call, headset, own_protocol);
        /* A person may have to type a password. */
        if (r >= 0 && own_protocol)
                r = sd_bus_message_set_allow_interactive_authorization(call, true);
        if (r >= 0)
                r = bus_call(o, bus, call, &error, &reply);
        /* Something else of this name is looked up by the caller. */
        if (r >= 0 || !own_protocol || (headset && sd_bus_error_has_name(&error, "org.sonycharge1.Error.NoSuchHeadset")))
                return STATUS_OK;
        return bus_complain(&error, r);
}

void ask_headsets_meanwhile(sd_bus *bus) {
        _cleanup_message_ sd_bus_message *call = NULL;

        int r = sd_bus_message_new_method_call(bus, &call, BUS_NAME, BUS_PATH, BUS_MANAGER, "ReadHeadsets");
        if (r >= 0)
                r = sd_bus_message_append(call, "a{sv}", 0);
        if (r >= 0)
                r = sd_bus_message_set_expect_reply(call, false);
        if (r >= 0)
                (void) sd_bus_send(bus, call, NULL);
}
