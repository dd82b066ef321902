/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes modaliases: what is taken for one says the same when it is written again, and its firmware is digits and dots.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hwdb/modalias.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        char *text = strndup((const char *) data, size), again[32], firmware[FIRMWARE_MAX];
        struct modalias m;

        if (!text)
                return 0;
        if (modalias_parse(text, &m)) {
                snprintf(again, sizeof again, ":v%04Xp%04Xd%04X", m.vendor, m.product, m.version);
                if (strncasecmp(strchr(text, ':'), again, strlen(again)) != 0)
                        abort();
        }
        if (modalias_firmware(m.version, firmware) == (firmware[0] == '\0') ||
            strspn(firmware, "0123456789.") != strlen(firmware))
                abort();
        free(text);
        return 0;
}
