/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The headset's firmware version, from its Bluetooth modalias or, failing that, from the headset itself over Fast Pair. USB's
 * bcdDevice says nothing about it.
 */
#include "causes/cause.h"
#include "causes/charging.h"
#include "model/reading.h"

#include <stdlib.h>
#include <string.h>

/* "2.5.1", "1.0.0.3" */
#define VERSION_PARTS 4

static bool version_parse(const char *text, unsigned long ret[static VERSION_PARTS]) {
        for (unsigned i = 0; i < VERSION_PARTS; i++) {
                char *end;

                ret[i] = 0;
                if (*text == '\0')
                        continue;
                if (*text < '0' || *text > '9')
                        return false;
                ret[i] = strtoul(text, &end, 10);
                if (*end != '\0' && (*end != '.' || end[1] == '\0'))
                        return false;
                text = *end == '.' ? end + 1 : end;
        }
        return *text == '\0';
}

/* Returns false when either text is not a version, as nothing can be concluded then. */
static bool is_older(const char *own, const char *newest) {
        unsigned long a[VERSION_PARTS], b[VERSION_PARTS];

        if (own[0] == '\0' || newest[0] == '\0' || !version_parse(own, a) || !version_parse(newest, b))
                return false;
        for (unsigned i = 0; i < VERSION_PARTS; i++)
                if (a[i] != b[i])
                        return a[i] < b[i];
        return false;
}

void cause_firmware_old(const struct subject *s, struct findings *out) {
        const struct headset_facts *own = s->headset ? &s->headset->facts : NULL;
        const struct model_facts *facts = own && own->facts.firmware[0] != '\0' ? &own->facts : subject_facts(s);
        enum battery_source source;
        const char *version = headset_firmware(s->headset, &source);
        struct finding *f;

        if (!version || !facts || !is_older(version, facts->firmware))
                return;
        f = found(s, out, FIRMWARE_OLD, INFO, LIKELY);
        because(f, SAY_FIRMWARE_OLDER, HEADSET(s), TEXT("firmware", version), TEXT("newest", facts->firmware));
        advise(f, SAY_UPDATE_IN_APP);
        give(f, SAY_EV_FIRMWARE, battery_source_name(source),
             moment_wall(s->model, source == BATTERY_BY_FAST_PAIR ? s->headset->observed.read_at : s->headset->observed.since),
             TEXT("firmware", version));
        give(f, facts->firmware_date[0] != '\0' ? SAY_EV_NEWEST_FIRMWARE_OF : SAY_EV_NEWEST_FIRMWARE, "model-facts", 0,
             TEXT("firmware", facts->firmware), TEXT("date", facts->firmware_date));
}
