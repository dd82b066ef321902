/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Extracts the ids from a modalias, and the firmware version from its version field. */

#include "hwdb/modalias.h"

#include <stdio.h>
#include <string.h>

/* Parses a letter and four hexadecimal digits in any case. */
static bool read_part(const char **text, char letter, uint16_t *ret) {
        uint16_t n = 0;

        if (**text != letter)
                return false;
        for (unsigned i = 1; i <= 4; i++) {
                char c = (*text)[i];

                if (c >= '0' && c <= '9')
                        n = (uint16_t) (n << 4 | (c - '0'));
                else if (c >= 'A' && c <= 'F')
                        n = (uint16_t) (n << 4 | (c - 'A' + 10));
                else if (c >= 'a' && c <= 'f')
                        n = (uint16_t) (n << 4 | (c - 'a' + 10));
                else
                        return false;
        }
        *ret = n;
        *text += 5;
        return true;
}

static const char *after_bus(const char *text) {
        static const char *const buses[] = { "usb:", "bluetooth:" };

        for (unsigned i = 0; i < sizeof(buses) / sizeof(buses[0]); i++)
                if (strncmp(text, buses[i], strlen(buses[i])) == 0)
                        return text + strlen(buses[i]);
        return NULL;
}

bool modalias_parse(const char *text, struct modalias *ret) {
        const char *rest = text ? after_bus(text) : NULL;
        struct modalias m;

        *ret = (struct modalias){};
        if (!rest || !read_part(&rest, 'v', &m.vendor) || !read_part(&rest, 'p', &m.product) ||
            !read_part(&rest, 'd', &m.version))
                return false;
        *ret = m;
        return true;
}

bool modalias_firmware(uint16_t version, char ret[static FIRMWARE_MAX]) {
        unsigned a = version >> 12, b = version >> 8 & 15, c = version >> 4 & 15, d = version & 15;

        ret[0] = '\0';
        if (version == 0 || a > 9 || b > 9 || c > 9 || d > 9)
                return false;
        if (a == 0)
                snprintf(ret, FIRMWARE_MAX, "%u.%u.%u", b, c, d);
        else
                snprintf(ret, FIRMWARE_MAX, "%u.%u.%u.%u", a, b, c, d);
        return true;
}
