/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/reading.h"

#include <string.h>

#include "model/model-internal.h"

/* A reported charging state is valid for at most this long. */
#define READING_HOLDS_USEC (10 * MINUTE)

void reading_clear(struct headset_reading *r, enum battery_source source) {
        *r = (struct headset_reading){
                .source = source, .outcome = READING_SILENT, .care = UNKNOWN, .care_percent = BATTERY_UNKNOWN, .wet = UNKNOWN
        };
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                r->parts[i].percent = BATTERY_UNKNOWN;
}

/* An earbud or a case at 0 % reports nothing: it is out of reach or missing (Gadgetbridge and BudsLink ignore the value, too).
 * The charging state that comes with such a level is not valid either. */
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

/* An earbud in its case does not report, so an earbud that stops or starts to report was in the case at that moment. */
static bool has_docked(const struct headset_reading *before, const struct headset_reading *now) {
        for (unsigned i = BATTERY_LEFT; i <= BATTERY_RIGHT; i++)
                if ((before->parts[i].percent == BATTERY_UNKNOWN) != (now->parts[i].percent == BATTERY_UNKNOWN))
                        return true;
        return false;
}

static bool tells_care(const struct headset_reading *r) {
        return r->care != UNKNOWN || r->care_percent != BATTERY_UNKNOWN || r->wet != UNKNOWN;
}

/* Returns true when the newest reading was taken on the current link or, without one, on the last link. */
static bool is_of_this_link(const struct headset *h) {
        return h->observed.read_at.at != 0 && h->observed.read_at.at >= h->observed.connected_at.at;
}

/* Fast Pair does not report battery care and the socket, and Sony's protocol is not asked for the firmware version. A firmware
 * update ends the link, so the version is valid for one link only. */
static void keep_unreported(const struct headset_reading *before, struct headset_reading *now, bool same_link) {
        if (!tells_care(now)) {
                now->care = before->care;
                now->care_percent = before->care_percent;
                now->wet = before->wet;
        }
        if (now->firmware[0] == '\0' && same_link)
                memcpy(now->firmware, before->firmware, sizeof now->firmware);
}

void model_apply_headset_reading(struct model *m, const struct event *e) {
        const struct headset_reading *r = &e->u.headset_reading;
        struct headset *h = model_headset(m, HEADSET_BLUETOOTH, r->mark);
        struct headset_reading before;
        bool same_link;

        if (!h)
                return;
        same_link = is_of_this_link(h);
        h->observed.outcome = r->outcome;
        h->observed.tried = r->source;
        h->observed.tried_at = e->time;
        if (r->outcome != READING_TOLD)
                return;
        if (h->observed.read_at.at == 0)
                reading_clear(&h->reading, r->source);
        else if (same_link && has_docked(&h->reading, r))
                h->observed.docked_at = e->time;
        if (tells_care(r))
                h->observed.care_at = e->time;
        before = h->reading;
        h->reading = *r;
        keep_unreported(&before, &h->reading, same_link);
        h->observed.read_at = e->time;
}

/* Returns when the newest reading expires, or 0 when it is not valid now. */
static uint64_t reading_ends(const struct model *m, const struct headset *h) {
        const struct headset_observed *o = &h->observed;
        uint64_t end = o->read_at.at + READING_HOLDS_USEC;

        if (h->gone || !h->facts.connected || o->read_at.at == 0 || m->now.at >= end)
                return 0;
        if (o->read_at.at < o->connected_at.at || o->read_at.at < o->unplugged_at.at ||
            (m->wake_seen && o->read_at.at < m->wake.at))
                return 0;
        return end;
}

const struct headset_reading *headset_reading_now(const struct model *m, const struct headset *h) {
        return h && reading_ends(m, h) != 0 ? &h->reading : NULL;
}

uint64_t reading_deadline(const struct model *m) {
        uint64_t deadline = 0;

        for (size_t i = 0; i < m->n_headsets; i++)
                deadline = deadline_earlier(deadline, reading_ends(m, m->headsets[i]));
        return deadline;
}

const char *headset_firmware(const struct headset *h, enum battery_source *ret_source) {
        bool by_modalias = h && h->facts.firmware[0] != '\0';
        bool by_reading = h && !by_modalias && is_of_this_link(h) && h->reading.firmware[0] != '\0';

        *ret_source = by_modalias ? BATTERY_BY_BLUEZ : by_reading ? BATTERY_BY_FAST_PAIR : BATTERY_BY_NOBODY;
        return by_modalias ? h->facts.firmware : by_reading ? h->reading.firmware : NULL;
}

struct moment headset_case_at(const struct headset *h) {
        const struct headset_observed *o = &h->observed;

        /* Earbuds connect when they are taken out of the case, and end the link when they are put into it. */
        return o->docked_at.at > o->connected_at.at ? o->docked_at : o->connected_at;
}
