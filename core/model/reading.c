/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/reading.h"

void reading_clear(struct headset_reading *r, enum battery_source source) {
        *r = (struct headset_reading){
                .source = source, .outcome = READING_SILENT, .care = UNKNOWN, .care_percent = BATTERY_UNKNOWN, .wet = UNKNOWN
        };
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                r->parts[i].percent = BATTERY_UNKNOWN;
}

/* A bud or a case at 0 % is one that tells nothing: it is out of reach, or is not there (Gadgetbridge and BudsLink leave it out
 * as well). The word on charging that comes with such a level is as empty. */
void reading_take(struct headset_reading *r, enum battery_part part, unsigned percent, enum charging charging) {
        bool known = percent <= 100 && (percent > 0 || part == BATTERY_WHOLE);

        r->parts[part].percent = known ? (uint8_t) percent : BATTERY_UNKNOWN;
        r->parts[part].charging = known ? charging : CHARGING_UNKNOWN;
}

bool reading_tells(const struct headset_reading *r) {
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                if (r->parts[i].percent != BATTERY_UNKNOWN)
                        return true;
        return false;
}
