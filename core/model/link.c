/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/link.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static void set_state(struct link *l, enum link_state state, struct moment now) {
        l->state = state;
        l->since = now;
}

static void forget_moments(struct moments *m) {
        if (m->total > 0)
                *m = (struct moments){};
}

static void forget_events(struct link *l) {
        forget_moments(&l->drops);
        forget_moments(&l->breaks);
        forget_moments(&l->emi);
        forget_moments(&l->debounce);
        forget_moments(&l->resets);
        forget_moments(&l->over_currents);
        forget_moments(&l->resume_failures);
        l->firmware_changes = 0;
        l->over_current_stood = false;
}

/* Begins a new plug session. The history is discarded, except for the moments that show whether the contact is stable, and for a
 * sleep that only seemed to end the session. */
static void begin_session(struct link *l, struct moment now) {
        /* The moments are large, and this is called for every plug in a log. So they are left where they are. */
        const size_t own = offsetof(struct link, drops);
        struct link old;

        memcpy(&old, l, own);
        memset(l, 0, own);
        l->since = l->first_connect = now;
        l->failures_total = old.failures_total;
        l->vendor = old.vendor;
        l->product = old.product;
        memcpy(l->mark, old.mark, sizeof l->mark);
        l->log_mark = old.log_mark;
        if (old.state == LINK_EMPTY || !moment_follows(old.last_line, now, LINK_REPLUG_USEC)) {
                forget_events(l);
                return;
        }
        if (old.sleep_ended_it) {
                l->slept = old.slept;
                l->sleeping = old.sleeping;
                l->slept_usec = old.slept_usec;
                l->newest_slept_usec = old.newest_slept_usec;
                l->slept_times = old.slept_times;
                l->slept_by = old.slept_by;
                l->sleep_kind = old.sleep_kind;
                l->power_lost_in_sleep = old.power_lost_in_sleep;
        }
}

/* Returns true when the contact broke by itself, and not because of sleep or over-current protection. Without a clock a break
 * cannot be distinguished from an unplug. */
static bool is_drop(const struct link *l, struct moment now) {
        uint64_t gap = moment_span(l->since, now), lasted = moment_span(l->first_connect, l->since);

        if (l->state != LINK_GONE || l->sleep_ended_it || l->over_current_ended_it || gap == 0)
                return false;
        return gap <= LINK_DROP_USEC || (gap <= LINK_BRIEF_USEC && lasted > 0 && lasted <= LINK_BRIEF_USEC);
}

/* Returns true when a connect is another try of the current session. */
static bool continues(const struct link *l, struct moment now) {
        if (l->state != LINK_TRYING && l->state != LINK_FAILED)
                return false;
        return moment_follows(l->last_line, now, LINK_REPLUG_USEC);
}

static void forget_outcome_of_last_try(struct link *l) {
        l->config_unreadable = l->set_config_failed = l->no_config = l->power_rejected = l->not_authorized = l->no_bandwidth =
                l->hub_unusable = false;
        l->hub_errors = 0;
        l->over_budget_ma = l->budget_ma = 0;
        l->autosuspended = l->autosuspend_seen = l->resume_failed = false;
}

/* A try may end without an error: the kernel logs none when the device has left meanwhile (hub.c hub_port_init() with -ENODEV).
 * Another connect mark immediately afterwards shows that the contact broke. */
static bool vanished_while_trying(const struct link *l, struct moment now) {
        uint64_t gap = moment_span(l->connect, now);

        return l->state == LINK_TRYING && l->connect_seen && l->errors == l->errors_before_try && gap > 0 &&
               gap <= LINK_BRIEF_USEC;
}

/* A device that vanishes within a tenth of a second of a try was not unplugged by a person either. */
static bool is_faster_than_a_hand(const struct link *l, struct moment now) {
        return l->state != LINK_GONE || moment_span(l->since, now) <= LINK_HAND_USEC;
}

/* Returns true for the first break of a contact that has just been made. */
static bool is_bounce(const struct link *l, struct moment now) {
        return l->drops.n == 0 && moment_span(l->first_connect, l->state == LINK_GONE ? l->since : now) <= LINK_BOUNCE_USEC;
}

bool link_is_storm(const struct link *l) {
        const struct moment *newest = moments_newest(&l->drops);

        return newest && newest->at == l->connect.at && moments_within(&l->drops, LINK_STORM_USEC) == MOMENTS_MAX;
}

void link_connect(struct link *l, struct moment now, uint64_t log_usec, bool with_hub) {
        bool drop = !with_hub && (is_drop(l, now) || vanished_while_trying(l, now));
        bool quick = drop && is_faster_than_a_hand(l, now), counts = quick && !is_bounce(l, now);

        if (continues(l, now))
                l->failed_tries = l->tries;
        else
                begin_session(l, now);
        l->returned = quick;
        if (drop)
                moments_add(&l->drops, now);
        forget_outcome_of_last_try(l);
        l->errors_before_try = l->errors;
        l->tries++;
        l->connect_seen = true;
        l->connect = l->last_line = now;
        l->connect_log_usec = log_usec;
        if (counts || (drop && link_is_storm(l)))
                moments_add(&l->breaks, now);
        set_state(l, LINK_TRYING, now);
}

void link_error(struct link *l, struct moment now, uint32_t error) {
        const struct moment *reset = moments_newest(&l->resets);

        /* Errors during the reset of an identified device do not end its session. If the reset fails, a disconnect follows. */
        if (l->state == LINK_IDENTIFIED && reset && moment_follows(*reset, now, LINK_REPLUG_USEC)) {
                l->reset_errors++;
                l->last_line = now;
                return;
        }
        if (!continues(l, now) && l->state != LINK_IDENTIFIED)
                begin_session(l, now);
        if (l->state != LINK_TRYING)
                set_state(l, LINK_TRYING, now);
        l->errors++;
        if (error != 0)
                l->last_errno = error;
        l->last_line = now;
}

void link_gave_up(struct link *l, struct moment now) {
        if (!continues(l, now) && l->state != LINK_IDENTIFIED)
                begin_session(l, now);
        l->failed_tries = l->tries;
        l->failures++;
        l->failures_total++;
        l->gave_up = true;
        l->last_line = now;
        set_state(l, LINK_FAILED, now);
}

void link_identified(struct link *l, struct moment now, uint64_t log_usec) {
        if (!continues(l, now) && l->state != LINK_IDENTIFIED)
                begin_session(l, now);
        l->identified = l->last_line = now;
        l->identified_log_usec = log_usec;
        l->gave_up = false;
        set_state(l, LINK_IDENTIFIED, now);
}

void link_config_failed(struct link *l, struct moment now, uint32_t error) {
        if (l->state == LINK_EMPTY || l->state == LINK_GONE)
                begin_session(l, now);
        l->config_unreadable = true;
        l->errors++;
        if (error != 0)
                l->last_errno = error;
        l->last_line = now;
        set_state(l, LINK_TRYING, now);
}

void link_disconnected(struct link *l, struct moment now, bool asleep) {
        /* The kernel logs over-current and the disconnect that it causes together (hub.c port_event()). */
        const struct moment *oc = moments_newest(&l->over_currents);

        /* It has already left together with its hub. */
        if (l->state == LINK_GONE) {
                l->last_line = now;
                return;
        }
        l->over_current_ended_it = oc && moment_follows(*oc, now, 3 * SECOND);
        l->sleep_ended_it = asleep;
        l->ended_as = l->state;
        l->last_line = now;
        l->autosuspended = false;
        set_state(l, LINK_GONE, now);
}

void link_reset(struct link *l, struct moment now, bool waking) {
        if (l->state == LINK_EMPTY || l->state == LINK_GONE) {
                begin_session(l, now);
                set_state(l, LINK_IDENTIFIED, now);
        }
        l->last_line = now;
        if (waking)
                l->reset_on_wake = l->slept;
        else
                moments_add(&l->resets, now);
}

static void forget_other_device(struct link *l) {
        l->drops = l->breaks = l->emi = l->debounce = l->resets = (struct moments){};
        l->returned = false;
}

void link_note_device(struct link *l, uint16_t vendor, uint16_t product, const char *mark) {
        bool known = l->vendor != 0 || l->product != 0, same_numbers = l->vendor == vendor && l->product == product;
        bool other_mark = mark[0] != '\0' && l->mark[0] != '\0' && strcmp(mark, l->mark) != 0;

        if (known && (!same_numbers || other_mark))
                forget_other_device(l);
        if (!same_numbers || mark[0] != '\0')
                snprintf(l->mark, sizeof l->mark, "%s", mark);
        if (!same_numbers)
                l->log_mark = 0;
        l->vendor = vendor;
        l->product = product;
}

bool link_note_serial(struct link *l, uint16_t log_mark) {
        bool other = log_mark != 0 && l->log_mark != 0 && log_mark != l->log_mark;

        if (other)
                forget_other_device(l);
        if (log_mark != 0)
                l->log_mark = log_mark;
        return other;
}

bool link_is_failing(const struct link *l) {
        return l->state == LINK_FAILED || (l->state == LINK_TRYING && l->failures > 0);
}

void link_over_current(struct link *l, struct moment now, bool stood) {
        const struct moment *last = moments_newest(&l->over_currents);

        l->over_current_stood |= stood;
        l->last_line = now;
        /* The uevent, the change message and the condition message report the same event within a moment. */
        if (last && last->at != 0 && moment_follows(*last, now, SECOND / 2))
                return;
        moments_add(&l->over_currents, now);
}

void link_driver(struct link *l, struct moment now) {
        if (l->state == LINK_EMPTY) {
                link_identified(l, now, 0);
                l->unannounced = true;
        } else if (l->state == LINK_TRYING && l->connect_seen && l->errors == l->errors_before_try && !l->config_unreadable)
                link_identified(l, now, 0);
}

void link_fell_silent(struct link *l, struct moment now) {
        if (l->state != LINK_TRYING)
                return;
        /* Connect marks alone are not sufficient, because some kernels and some excerpts of logs lack the message of success. */
        if (l->errors > 0) {
                l->failed_tries = l->tries;
                l->failures++;
                l->failures_total++;
                set_state(l, LINK_FAILED, now);
        }
}

uint64_t link_enumeration_usec(const struct link *l) {
        if (l->state != LINK_IDENTIFIED || !l->connect_seen || l->connect_log_usec == 0)
                return 0;
        return l->identified_log_usec > l->connect_log_usec ? l->identified_log_usec - l->connect_log_usec : 0;
}

bool link_had_events(const struct link *l) {
        return l->drops.n > 0 || l->emi.n > 0 || l->debounce.n > 0 || l->resets.n > 0 || l->over_currents.n > 0 ||
               l->failed_tries > 0;
}

bool link_ended_by_over_current(const struct link *l) {
        const struct moment *oc = moments_newest(&l->over_currents);

        if (l->state == LINK_GONE)
                return l->over_current_ended_it;
        return oc && l->state != LINK_IDENTIFIED && oc->at >= l->connect.at;
}
