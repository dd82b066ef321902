/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads the dictionaries of method calls. A call may be kept until polkit or the disk answers, so its size is limited here. */

#include <errno.h>
#include <string.h>

#include "daemon/bus/bus-internal.h"

/* There are a dozen keys. */
#define KEYS_MAX 64

int bus_read_short_text(sd_bus_message *message, const char **ret) {
        int r = sd_bus_message_read(message, "v", "s", ret);

        return r < 0 || strlen(*ret) < BUS_TEXT_MAX ? r : -ENAMETOOLONG;
}

/* Skips a value with an unknown key, if it is a number or a short text. */
static int skip_value(sd_bus_message *message) {
        const char *contents, *text;
        char type;
        int r = sd_bus_message_peek_type(message, &type, &contents);

        if (r <= 0 || type != 'v' || strlen(contents) != 1)
                return -EINVAL;
        if (strchr("ybnqiuxtd", *contents))
                return sd_bus_message_skip(message, "v");
        if (*contents != 's')
                return -EINVAL;
        r = bus_read_short_text(message, &text);
        return r == -ENAMETOOLONG ? -E2BIG : r;
}

static int read_entry(sd_bus_message *message, bus_read_value *read, void *userdata) {
        const char *key;
        int r = sd_bus_message_read(message, "s", &key);

        if (r < 0)
                return r;
        if (strlen(key) >= BUS_TEXT_MAX)
                return -E2BIG;
        r = read(message, key, userdata);
        return r == -ENOENT ? skip_value(message) : r;
}

int bus_read_dictionary(sd_bus_message *message, bus_read_value *read, void *userdata) {
        int r = sd_bus_message_enter_container(message, 'a', "{sv}");

        for (unsigned n = 0; r >= 0 && (r = sd_bus_message_enter_container(message, 'e', "sv")) > 0; n++) {
                r = n < KEYS_MAX ? read_entry(message, read, userdata) : -E2BIG;
                if (r >= 0)
                        r = sd_bus_message_exit_container(message);
        }
        return r < 0 ? r : sd_bus_message_exit_container(message);
}

int bus_refuse_options(int r, sd_bus_error *error) {
        if (r == -ENAMETOOLONG)
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET, "No headset and no model has so long a name.");
        return sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS, "The options are too many, too long or of a wrong type.");
}
