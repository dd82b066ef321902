/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The connection between port and device: whether the contact is stable, and whether the enumeration succeeds.
 */
#include "causes/cause.h"

#include <stdio.h>

#define UNSTABLE_SPAN_USEC (10 * MINUTE)
#define UNSTABLE_TIMES 3
/* In a log without times a person may have caused this many over several days. */
#define UNSTABLE_WITHOUT_CLOCK 5
/* The first read of a descriptor times out after 5 s (kernel hub.c, initial_descriptor_timeout). The kernel tries again without a
 * message, so a gap of this length hides a failed try. */
#define HIDDEN_TIMEOUT_USEC (5 * SECOND)

static unsigned times_lately(const struct subject *s, const struct moments *m) {
        return still_counts(s, m) ? moments_within(m, UNSTABLE_SPAN_USEC) : 0;
}

static void give_times(const struct subject *s, struct finding *f, enum sentence what, const struct moments *m) {
        const struct moment *newest = moments_newest(m);

        if (newest)
                give(f, what, "kernel-log", moment_wall(s->model, *newest), NUMBER("seen_count", m->total));
}

/* In a live run the user may be trying another plug or port, as we advise. A person may then have caused all breaks. */
static bool may_be_a_hand(const struct subject *s, const struct link *l) {
        return !s->whole_log && l->drops.n > 0 && l->breaks.n == 0 && l->emi.n == 0 && l->debounce.n == 0 && l->resets.n == 0;
}

static unsigned disturbances(const struct link *l) {
        return l->drops.total + l->emi.total + l->debounce.total + l->resets.total + l->resume_failures.total;
}

static void tell_unstable(const struct subject *s, struct findings *out, const struct port *p, enum severity severity,
                          enum confidence confidence) {
        struct finding *f = found(s, out, LINK_UNSTABLE, severity, confidence);
        const struct link *l = &p->link;
        char name[ADDRESS_NAME_MAX];

        if (p != s->port) {
                snprintf(f->subject, sizeof f->subject, "%s", address_device_name(&p->address, name));
                because(f, SAY_HUB_CONNECTION_BREAKS, TEXT("hub", name));
        } else if (may_be_a_hand(s, l)) {
                f->confidence = POSSIBLE;
                because(f, SAY_CONNECTION_INTERRUPTED);
        } else if (severity == WARNING)
                because(f, SAY_CONNECTION_BREAKS);
        else if (disturbances(l) <= 1)
                because(f, SAY_CONNECTION_DISTURBED);
        else
                because(f, SAY_CONNECTION_DISTURBED_OFTEN, NUMBER("seen_count", disturbances(l)));
        advise(f, SAY_PLUG_IN_FIRMLY);
        give_times(s, f, SAY_EV_DROPS, &l->drops);
        give_times(s, f, SAY_EV_EMI, &l->emi);
        give_times(s, f, SAY_EV_DEBOUNCE, &l->debounce);
        give_times(s, f, SAY_EV_RESETS, &l->resets);
        give_times(s, f, SAY_EV_RESUME_FAILURES, &l->resume_failures);
        if (l->firmware_changes > 0)
                give(f, SAY_EV_ANOTHER_DEVICE, "kernel-log", moment_wall(s->model, l->last_line),
                     NUMBER("seen_count", l->firmware_changes));
}

/* The time between them is not known. */
static bool lacks_clock(const struct moments *m) {
        const struct moment *newest = moments_newest(m);

        return newest && newest->at == 0;
}

static void look_at_contact(const struct subject *s, struct findings *out, const struct port *p) {
        const struct link *l = &p->link;
        unsigned drops = times_lately(s, &l->drops), emi = times_lately(s, &l->emi);
        unsigned debounce = times_lately(s, &l->debounce), resets = times_lately(s, &l->resets);

        if (drops >= UNSTABLE_TIMES || emi >= UNSTABLE_TIMES || debounce >= UNSTABLE_TIMES)
                tell_unstable(s, out, p, WARNING, LIKELY);
        else if (still_counts(s, &l->emi) || still_counts(s, &l->debounce) || drops == 2 || resets >= UNSTABLE_TIMES)
                tell_unstable(s, out, p, NOTICE, POSSIBLE);
        else if (still_counts(s, &l->resume_failures))
                tell_unstable(s, out, p, NOTICE, POSSIBLE);
        else if (s->whole_log && lacks_clock(&l->drops) && l->drops.total >= UNSTABLE_WITHOUT_CLOCK)
                tell_unstable(s, out, p, NOTICE, POSSIBLE);
        else if (l->resume_failed && p == s->port && session_state(l) != LINK_EMPTY && (s->whole_log || l->state != LINK_GONE))
                tell_unstable(s, out, p, NOTICE, POSSIBLE);
}

void cause_link_unstable(const struct subject *s, struct findings *out) {
        if (!s->port || s->port->address.depth == 0)
                return;
        look_at_contact(s, out, s->port);
        /* In a log every hub is a subject of its own. */
        if (s->whole_log)
                return;
        for (const struct port *hub = s->port->hub; hub && hub->address.depth > 0; hub = hub->hub) {
                const struct link *l = &hub->link;

                if (times_lately(s, &l->drops) >= UNSTABLE_TIMES || times_lately(s, &l->emi) >= UNSTABLE_TIMES)
                        tell_unstable(s, out, hub, WARNING, LIKELY);
        }
}

static void tell_tries(const struct subject *s, struct finding *f, const struct link *l) {
        uint64_t at = moment_wall(s->model, l->last_line);

        if (l->tries > 0)
                give(f, SAY_EV_TRIES, "kernel-log", at, NUMBER("tries_count", l->tries));
        if (l->errors > 0)
                give(f, SAY_EV_ERROR_LINES, "kernel-log", at, NUMBER("error_count", l->errors));
        if (l->last_errno > 0)
                give(f, SAY_EV_LAST_ERROR, "kernel-log", at, NUMBER("error_errno", l->last_errno),
                     WORDS("meaning", usb_error_words(l->last_errno)));
        if (l->cannot_enable)
                give(f, SAY_EV_RESET_IN_VAIN, "kernel-log", at);
}

/* The hub was recognised but cannot be used. */
static void tell_silent_hub(const struct subject *s, struct findings *out) {
        const struct link *l = &s->port->link;
        struct finding *f = found(s, out, ENUMERATION_FAILED, WARNING, LIKELY);

        because(f, SAY_HUB_DOES_NOT_ANSWER);
        advise(f, SAY_UNPLUG_THE_HUB);
        if (l->hub_unusable)
                give(f, SAY_EV_HUB_NOT_SET_UP, "kernel-log", moment_wall(s->model, l->last_line));
        else
                give(f, SAY_EV_FAILED_REQUESTS, "kernel-log", moment_wall(s->model, l->last_line),
                     NUMBER("error_count", l->hub_errors));
        if (l->last_errno > 0)
                give(f, SAY_EV_LAST_ERROR, "kernel-log", moment_wall(s->model, l->last_line),
                     NUMBER("error_errno", l->last_errno), WORDS("meaning", usb_error_words(l->last_errno)));
}

void cause_enumeration_failed(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        const struct link *l = p ? &p->link : NULL;
        struct finding *f;

        if (p && s->whole_log && hub_is_silent(p))
                tell_silent_hub(s, out);
        if (!p || p->present || session_state(l) == LINK_IDENTIFIED || (l->state == LINK_GONE && !s->whole_log))
                return;
        /* While the kernel tries again, the last outcome is still reported. */
        if (session_state(l) != LINK_FAILED && !link_is_failing(l) &&
            !(session_state(l) == LINK_TRYING && l->state == LINK_GONE && l->errors > 0))
                return;
        /* A device without power cannot respond. The over-current protection is the cause and has a finding of its own. */
        if (link_ended_by_over_current(l))
                return;
        f = found(s, out, ENUMERATION_FAILED, WARNING, l->gave_up ? CERTAIN : LIKELY);
        because(f, SAY_NOT_RECOGNISED);
        advise(f, SAY_PLUG_IN_FIRMLY_THEN_OTHERS);
        tell_tries(s, f, l);
        if (l->gave_up && l->failures > 1)
                give(f, SAY_EV_GAVE_UP_OFTEN, "kernel-log", moment_wall(s->model, l->since),
                     NUMBER("failure_count", l->failures));
        else
                give(f, l->gave_up ? SAY_EV_GAVE_UP : SAY_EV_NO_SUCCESS, "kernel-log", moment_wall(s->model, l->since));
        give_what_is_innocent(s, f);
}

void cause_enumeration_retried(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        const struct link *l = p ? &p->link : NULL;
        uint64_t usec;
        bool hidden;
        struct finding *f;

        if (!p || session_state(l) != LINK_IDENTIFIED || (l->state == LINK_GONE && !s->whole_log))
                return;
        usec = link_enumeration_usec(l);
        hidden = usec >= HIDDEN_TIMEOUT_USEC;
        if (l->failed_tries == 0 && l->failures == 0 && !hidden)
                return;
        if (!s->whole_log && !moment_follows(l->identified, s->model->now, MODEL_GOOD_USEC))
                return;
        f = found(s, out, ENUMERATION_RETRIED, NOTICE,
                  l->speed_changed                 ? POSSIBLE
                  : hidden && l->failed_tries == 0 ? LIKELY
                                                   : CERTAIN);
        because(f, SAY_RECOGNISED_AFTER_TRIES);
        advise(f, SAY_IF_AGAIN_OTHERS);
        give(f, SAY_EV_FAILED_TRIES, "kernel-log", moment_wall(s->model, l->identified),
             NUMBER("tries_count", l->failed_tries > 0 ? l->failed_tries : 1));
        if (usec > 0)
                give(f, SAY_EV_LAST_TRY, "kernel-log", moment_wall(s->model, l->identified),
                     NUMBER("last_try_ms", (usec / 1000)));
        if (l->speed_changed)
                give(f, SAY_EV_OTHER_SPEED, "kernel-log", moment_wall(s->model, l->identified));
        tell_tries(s, f, l);
}
