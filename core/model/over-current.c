/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Over-current: which reports count. Kernel drivers/usb/core/hub.c reports it by a uevent and by messages, and much of it is
 * noise.
 */
#include "model/model-internal.h"

/* Ports report over-current while power settles at start and during resume. */
#define SETTLING_USEC (30 * SECOND)
#define WAKING_USEC (10 * SECOND)
/* Over-current within this time after a disconnect is contact bounce while the plug is pulled. */
#define UNPLUG_ECHO_USEC (3 * SECOND)

/* Returns true during the first half minute after boot. The kernel's timestamp counts from boot, but with wall-clock timestamps
 * the log must contain the boot. */
bool model_is_starting(const struct model *m, const struct event *e) {
        uint64_t log_usec = e->type == EVENT_KERNEL ? e->u.kernel.log_usec : 0;

        if (log_usec != 0 && log_usec < SETTLING_USEC)
                return true;
        return m->boot_seen && moment_follows(m->boot, e->time, SETTLING_USEC);
}

bool model_is_waking(const struct model *m, struct moment now) {
        return m->asleep || (m->wake_seen && moment_follows(m->wake, now, WAKING_USEC));
}

/* The over-current protection of an empty port is triggered by noise. Over-current counts only when a device is present, or has
 * just been lost because of it. */
static bool over_current_counts(const struct port *p, struct moment now) {
        const struct link *l = &p->link;

        if (p->present || l->state == LINK_IDENTIFIED)
                return true;
        if (l->state == LINK_TRYING)
                return l->connect_seen;
        if (l->state != LINK_GONE)
                return false;
        if (l->over_current_ended_it)
                return moment_follows(l->since, now, LINK_REPLUG_USEC);
        return false;
}

/* The uevent, the change message and the condition message report the same event within a moment. */
static bool is_counted(const struct port *p, struct moment now) {
        return p->over_current_late && p->over_current_at.at != 0 && moment_follows(p->over_current_at, now, SECOND / 2);
}

/* A condition that was still present after 100 ms ends with one more report, by uevent and change message (kernel hub.c
 * port_event()). A shorter one begins and ends in the same report. */
static bool is_its_end(struct port *p, struct moment now, bool stood) {
        if (stood) {
                p->over_current_stands = true;
                return false;
        }
        if (p->over_current_stands && !is_counted(p, now)) {
                p->over_current_stands = false;
                p->over_current_end = now;
                return true;
        }
        return p->over_current_end.at != 0 && moment_follows(p->over_current_end, now, SECOND / 2);
}

static bool is_unplug_echo(const struct link *l, struct moment now) {
        return l->state == LINK_GONE && !l->over_current_ended_it && moment_follows(l->since, now, UNPLUG_ECHO_USEC);
}

void port_over_current(struct model *m, struct port *p, const struct event *e, bool stood) {
        struct moment now = e->time;

        if (is_its_end(p, now, stood) || model_is_starting(m, e) || model_is_waking(m, now) || is_unplug_echo(&p->link, now))
                return;
        p->over_currents += !is_counted(p, now);
        p->over_current_at = now;
        p->over_current_late = true;
        if (over_current_counts(p, now))
                link_over_current(&p->link, now, stood);
        else if (p->link.state == LINK_EMPTY) {
                moments_add(&p->unclaimed, now);
                p->unclaimed_stood |= stood;
        }
}

/* The over-current protection of a whole hub is triggered by the same noise as that of a port. */
void hub_over_current(struct model *m, struct port *p, const struct event *e) {
        if (model_is_starting(m, e) || model_is_waking(m, e->time))
                return;
        p->hub_over_current = true;
        p->hub_over_current_at = e->time;
}
