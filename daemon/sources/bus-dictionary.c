/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads a{sv} from a sender that is not trusted. */

#include "daemon/sources/bus-dictionary.h"

#include <errno.h>
#include <string.h>

int dictionary_read(sd_bus_message *m, dictionary_entry *entry, void *userdata) {
        const char *key;
        int r = sd_bus_message_enter_container(m, 'a', "{sv}");

        while (r >= 0 && (r = sd_bus_message_enter_container(m, 'e', "sv")) > 0) {
                r = sd_bus_message_read(m, "s", &key);
                if (r >= 0)
                        r = entry(userdata, key, m);
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
        }
        return r < 0 ? r : sd_bus_message_exit_container(m);
}

/* Returns whether the next variant has one of these types. */
static int holds(sd_bus_message *m, const char *types) {
        const char *contents;
        char type;
        int r = sd_bus_message_peek_type(m, &type, &contents);

        if (r < 0)
                return r;
        if (r == 0 || type != 'v')
                return -EBADMSG;
        return strlen(contents) == 1 && strchr(types, *contents) ? *contents : 0;
}

static int variant_read(sd_bus_message *m, const char *types, void *ret) {
        int type = holds(m, types), r;
        char signature[2] = { (char) type, '\0' };

        if (type < 0)
                return type;
        if (type == 0) {
                r = sd_bus_message_skip(m, "v");
                return r < 0 ? r : 0;
        }
        r = sd_bus_message_enter_container(m, 'v', signature);
        if (r >= 0)
                r = sd_bus_message_read_basic(m, (char) type, ret);
        if (r >= 0)
                r = sd_bus_message_exit_container(m);
        return r < 0 ? r : 1;
}

int variant_read_text(sd_bus_message *m, const char **ret) {
        return variant_read(m, "so", ret);
}

int variant_read_bool(sd_bus_message *m, bool *ret) {
        int flag = 0, r = variant_read(m, "b", &flag);

        if (r > 0)
                *ret = flag != 0;
        return r;
}

int variant_read_byte(sd_bus_message *m, uint8_t *ret) {
        return variant_read(m, "y", ret);
}

int variant_read_u32(sd_bus_message *m, uint32_t *ret) {
        return variant_read(m, "u", ret);
}

int variant_read_double(sd_bus_message *m, double *ret) {
        return variant_read(m, "d", ret);
}
