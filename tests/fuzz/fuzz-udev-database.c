/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes an entry of udev's database: the texts of a device end, and no control character is in them.
 */
#include "../../daemon/sources/device.c"
#include "fuzz.h"

static void check_text(const char *text, size_t size) {
        if (!memchr(text, '\0', size))
                abort();
        for (; *text; text++)
                if ((unsigned char) *text < 0x20 || *text == 0x7f)
                        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct device_reading r = { .facts = { .vendor = 0x054c, .product = 0x0d58 } };
        FILE *file = size > 0 ? fmemopen((void *) (uintptr_t) data, size, "r") : NULL;

        if (!file)
                return 0;
        take_database(&r, file);
        fclose(file);
        check_text(r.facts.name, sizeof r.facts.name);
        check_text(r.facts.manufacturer, sizeof r.facts.manufacturer);
        check_text(r.facts.serial, sizeof r.facts.serial);
        check_text(r.facts.id_path, sizeof r.facts.id_path);
        return 0;
}
