/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The port: over-current, power switched off, authorization, and the offered current.
 */
#include "causes/cause.h"

#include <stdio.h>

#include "causes/charging.h"

/* The kernel counts beginnings and ends since the boot (kernel hub.c port_event()). Up to two events may have occurred during
 * startup. */
#define MANY_CHANGES 5
/* A device that drops within this time after the hub's message has lost its power because of it (kernel hub.c hub_event()). */
#define HUB_DROP_USEC (3 * SECOND)

/* In a live run every device behind the hub may be without power now. In a log only the hub and the devices that dropped with it
 * are affected. */
static bool hub_over_current_hits(const struct subject *s, const struct port *hub) {
        const struct link *l = &s->port->link;

        if (!hub->hub_over_current)
                return false;
        if (!s->whole_log)
                return moment_follows(hub->hub_over_current_at, s->model->now, MODEL_GOOD_USEC);
        if (hub == s->port)
                return true;
        return l->state == LINK_GONE && l->since.at >= hub->hub_over_current_at.at &&
               moment_follows(hub->hub_over_current_at, l->since, HUB_DROP_USEC);
}

/* A hub with one over-current protection for all ports does not name the port. That of a root hub is a matter of the computer
 * (cause_host_power_fault()). */
static const struct port *over_current_hub(const struct subject *s) {
        const struct port *hub = s->whole_log && s->port->address.depth > 0 ? s->port : s->port->hub;

        for (; hub && hub->address.depth > 0; hub = hub->hub)
                if (hub_over_current_hits(s, hub))
                        return hub;
        return NULL;
}

/* When a dock that powers the computer is unplugged, its port reports over-current once. */
static bool is_pulled_dock(const struct port *p) {
        const struct link *l = &p->link;

        return port_has_hub(p) && l->state == LINK_GONE && l->over_current_ended_it && l->over_currents.total == 1;
}

/* A single change is noise. The condition must have lasted or have occurred again (kernel hub.c: the count rises at the beginning
 * and at the end). */
static bool over_current_is_real(const struct subject *s, const struct port *p) {
        const struct link *l = &p->link;

        if (!still_counts(s, &l->over_currents) || is_pulled_dock(p))
                return false;
        return l->over_current_stood || l->over_currents.total >= 2 || p->over_current_changes >= MANY_CHANGES ||
               (p->in_sysfs && p->facts.over_current_count - p->over_current_base >= 2);
}

static void tell_over_current(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        const struct moment *newest = moments_newest(&p->link.over_currents);
        enum confidence confidence = p->link.over_currents.total >= 2 ? CERTAIN : LIKELY;
        struct finding *f = found(s, out, PORT_OVER_CURRENT, WARNING, confidence);

        because(f, SAY_OVER_CURRENT, DEVICE(p));
        advise(f, SAY_LOOK_FOR_DAMAGE);
        give(f, SAY_EV_OVER_CURRENTS, p->link.over_current_stood ? "kernel-log" : "udev", moment_wall(s->model, *newest),
             NUMBER("seen_count", p->link.over_currents.total));
        if (!p->in_sysfs && p->over_current_changes > 0)
                give(f, SAY_EV_OVER_CURRENT_CHANGES, "kernel-log", moment_wall(s->model, *newest),
                     NUMBER("change_count", p->over_current_changes));
        if (p->in_sysfs && p->facts.over_current_count != p->over_current_base)
                give(f, SAY_EV_OVER_CURRENT_CHANGES, "udev", moment_wall(s->model, *newest),
                     NUMBER("change_count", p->facts.over_current_count));
}

void cause_port_over_current(const struct subject *s, struct findings *out) {
        const struct port *hub;
        char name[ADDRESS_NAME_MAX];
        struct finding *f;

        if (!s->port)
                return;
        if (over_current_is_real(s, s->port))
                tell_over_current(s, out);
        hub = over_current_hub(s);
        if (!hub)
                return;
        f = found(s, out, PORT_OVER_CURRENT, WARNING, LIKELY);
        address_device_name(&hub->address, name);
        snprintf(f->subject, sizeof f->subject, "%s", name);
        because(f, SAY_HUB_OVER_CURRENT);
        advise(f, SAY_UNPLUG_OTHERS_FROM_HUB);
        give(f, SAY_EV_HUB_OVER_CURRENT, "kernel-log", moment_wall(s->model, hub->hub_over_current_at), TEXT("hub", name));
}

void cause_port_off(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        char command[COMMAND_MAX];
        struct place place;
        struct finding *f;

        if (!p || !p->in_sysfs || p->facts.disabled != YES)
                return;
        place_of_port(p, &place);
        f = found(s, out, PORT_OFF, WARNING, CERTAIN);
        because(f, SAY_PORT_SWITCHED_OFF, PLACE(&place));
        advise(f, SAY_SWITCH_PORT_ON, TEXT("command", command_for_port(p, "disable", "0", command)));
        give(f, SAY_EV_PORT_DISABLED, "sysfs", moment_wall(s->model, p->link.last_line));
}

void cause_not_authorized(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        char command[COMMAND_MAX];
        struct finding *f;
        bool by_log;

        if (!p)
                return;
        by_log = !p->present && p->link.not_authorized;
        if (!by_log && !(p->present && p->device.authorized == NO))
                return;
        f = found(s, out, NOT_AUTHORIZED, WARNING, CERTAIN);
        because(f, SAY_REFUSED_BY_COMPUTER, DEVICE(p));
        if (by_log)
                advise(f, SAY_ALLOW_DEVICE);
        else
                advise(f, SAY_ALLOW_DEVICE_BY, TEXT("command", command_for_device(p, "authorized", "1", command)));
        if (by_log)
                give(f, SAY_EV_NOT_AUTHORIZED_LOG, "kernel-log", moment_wall(s->model, p->link.last_line));
        else
                give(f, SAY_EV_NOT_AUTHORIZED, "sysfs", moment_wall(s->model, p->attached));
}

/* Adds the source of the offered current to the evidence. */
static void tell_offer(const struct subject *s, struct finding *f, uint32_t available) {
        const struct typec_port *t = subject_typec(s);
        uint64_t at = moment_wall(s->model, s->port ? s->port->attached : s->typec->observed.attached);

        if (t && typec_is_source(t))
                give(f, SAY_EV_TYPEC_OFFERS, "typec", at, NUMBER("offered_ma", available),
                     TEXT("mode", typec_mode_name(t->facts.mode)));
        else
                give(f, SAY_EV_PORT_OFFERS, "udev", at, NUMBER("offered_ma", available));
        if (!t && model_has_typec(s->model) && s->port->address.depth == 1)
                give(f, SAY_EV_WHICH_SOCKET, "typec", at);
}

/* A time with suitable precision: in minutes below an hour and a half, else in half hours. */
struct duration {
        enum sentence words;
        bool hours;
        uint32_t low, high;
};
#define DURATION(place_, d)                                                                                                  \
        WORDS(place_, (d)->words), { .place = (d)->hours ? place_ "_low_half_h" : place_ "_low_min", .number = (d)->low }, { \
                .place = (d)->hours ? place_ "_high_half_h" : place_ "_high_min", .number = (d)->high                        \
        }

static struct duration duration_of(uint32_t min_minutes, uint32_t max_minutes) {
        struct duration d = { .hours = max_minutes >= 90, .low = min_minutes, .high = max_minutes };

        if (d.hours) {
                d.low = (min_minutes + 15) / 30;
                d.high = (max_minutes + 15) / 30;
        }
        if (d.low == d.high)
                d.words = d.hours ? SAY_HOURS : SAY_MINUTES;
        else
                d.words = d.hours ? SAY_HOURS_RANGE : SAY_MINUTES_RANGE;
        return d;
}

/* Uses the numbers of the model where they are known. A data port of a computer is slow but not faulty. */
static void say_slow(const struct subject *s, struct finding *f, const struct model_facts *facts, uint32_t available) {
        struct charging_time slow, best;
        struct duration here, rated;

        charging_time(facts, available, 0, &slow);
        charging_time(facts, facts->needed_ma, 0, &best);
        if (slow.max_minutes == 0) {
                because(f, SAY_PORT_GIVES_LESS, NUMBER("offered_ma", available), HEADSET(s),
                        NUMBER("needed_ma", facts->needed_ma));
                return;
        }
        here = duration_of(slow.min_minutes, slow.max_minutes);
        rated = duration_of(best.max_minutes, best.max_minutes);
        because(f, SAY_CHARGES_IN_LONGER, HEADSET(s), DURATION("here", &here), DURATION("rated", &rated),
                NUMBER("offered_ma", available), NUMBER("needed_ma", facts->needed_ma));
        give(f, SAY_EV_TIME_TO_FULL, "model-facts", 0, NUMBER("offered_ma", available), NUMBER("needed_ma", facts->needed_ma),
             DURATION("rated", &rated));
}

/* Compares the current that Sony specifies with what the port is known to supply. */
void cause_port_limits_current(const struct subject *s, struct findings *out) {
        const struct model_facts *facts = subject_facts(s);
        uint32_t available, declared;
        bool too_little;
        struct finding *f;

        if (!facts || s->elsewhere || (s->port && !s->port->present))
                return;
        /* The Type-C side may report a higher offer in a moment. */
        if (s->port && typec_is_awaited(s->model, s->port))
                return;
        available = s->port ? port_available_ma(s->port) : typec_available_ma(s->typec);
        if (available == 0 || facts->needed_ma == 0 || available >= facts->needed_ma)
                return;
        too_little = facts->least_ma > 0 && available < facts->least_ma;
        f = found(s, out, PORT_LIMITS_CURRENT, too_little ? WARNING : NOTICE, LIKELY);
        if (too_little)
                because(f, SAY_PORT_GIVES_TOO_LITTLE, NUMBER("offered_ma", available), HEADSET(s),
                        NUMBER("least_ma", facts->least_ma));
        else
                say_slow(s, f, facts, available);
        advise(f, SAY_ADAPTER_FOR_RATED_TIME, NUMBER("needed_ma", facts->needed_ma));
        tell_offer(s, f, available);
        give(f, SAY_EV_MODEL_NEEDS, "model-facts", 0, NUMBER("needed_ma", facts->needed_ma));
        declared = s->port ? device_declared_ma(&s->port->device) : 0;
        if (declared > 0)
                give(f, SAY_EV_DEVICE_MAY_DRAW, "descriptors", moment_wall(s->model, s->port->attached),
                     NUMBER("declared_ma", declared));
}
