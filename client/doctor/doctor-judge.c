/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's judgement: decides whether a change has helped, as far as the computer can see.
 */
#include <string.h>

#include "client/doctor/doctor-facts.h"

static bool is_there(const struct doctor_facts *f) {
        return f->on_cable || f->nameless;
}

/* Returns true when the battery reports charging now and did not before. */
static bool charges_now(const struct doctor_facts *before, const struct doctor_facts *after) {
        bool now = after->charging == CHARGES_YES || after->charging == CHARGES_FULL;
        bool earlier = before->charging == CHARGES_YES || before->charging == CHARGES_FULL;

        return now && !earlier;
}

/* Returns true when a model that switches off when charging starts has just left Bluetooth. It does the same when a person
 * switches it off. */
static bool left_bluetooth(const struct doctor_facts *after, uint64_t began) {
        return after->powers_down == YES && after->off_bluetooth && after->dropped_at > began;
}

/* Checks that only the place that the step asks for was changed: when two things change, their effects cannot be told apart. */
static enum effect place(enum doctor_step s, const struct doctor_facts *before, const struct doctor_facts *after) {
        bool known = *before->port && *after->port, same = strcmp(before->port, after->port) == 0;

        if (s == DO_TRY_PORT && *after->hub)
                return EFFECT_STILL_HUB;
        if (s == DO_TRY_PORT && known && same)
                return EFFECT_SAME_PLACE;
        if (known && !same && s != DO_TRY_PORT && s != DO_TRY_SOURCE && s != DO_PLUG_IN)
                return EFFECT_OTHER_PLACE;
        return EFFECT_ARRIVED;
}

/* Returns false when nothing has changed since. A device without a name has changed only when another attempt has failed
 * there. */
static bool is_news(const struct doctor_facts *before, const struct doctor_facts *after, bool moved) {
        return moved || before->on_cable != after->on_cable || before->nameless != after->nameless ||
               strcmp(before->port, after->port) != 0 || after->failures != before->failures || after->since != before->since ||
               after->trouble < before->trouble;
}

enum effect doctor_judge(enum doctor_step s, const struct doctor_facts *before, const struct doctor_facts *after, bool moved,
                         uint64_t began) {
        enum effect where;

        if (charges_now(before, after))
                return EFFECT_HELPED;
        if (s == DO_AS_TOLD && (is_there(after) || !is_there(before)))
                return after->codes >> before->first & 1 ? EFFECT_NOTHING : EFFECT_HELPED;
        if (!is_there(after) && left_bluetooth(after, began))
                return EFFECT_DROPPED;
        if (!is_there(after) && *after->partner && after->partner_since > began)
                return EFFECT_PARTNER;
        if (!is_there(after))
                return is_there(before) ? EFFECT_GONE : EFFECT_NOTHING;
        if (!is_news(before, after, moved))
                return EFFECT_NOTHING;
        where = place(s, before, after);
        if (where != EFFECT_ARRIVED)
                return where;
        if (after->trouble < before->trouble)
                return EFFECT_HELPED;
        /* The daemon reports a port as unstable for some time after the last failure. */
        if (after->trouble == TROUBLE_AT_RISK && strcmp(before->port, after->port) == 0)
                return EFFECT_ARRIVED;
        if (!is_there(before) && after->on_cable && left_bluetooth(after, began))
                return EFFECT_HELPED;
        if (!is_there(before) && after->on_usb && after->trouble == TROUBLE_NONE)
                return EFFECT_HELPED;
        if (before->trouble > TROUBLE_NONE || after->trouble > TROUBLE_NONE)
                return EFFECT_SAME;
        return EFFECT_ARRIVED;
}
