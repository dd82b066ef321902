/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the port does: over-current, off, authorization, and the current it offers.
 */
#include "causes/cause.h"

#include <stdio.h>

#include "causes/charging.h"

/* What drops this soon after the line of its hub lost its power to it (kernel hub.c hub_event()). */
#define HUB_DROP_USEC (3 * SECOND)

/* Live, whoever is behind the hub may be without power now; a log shows whom it hit: the hub and what dropped with it. */
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

/* A hub with one protection for all its ports names none of them. */
static const struct port *over_current_hub(const struct subject *s) {
        const struct port *hub = s->whole_log && s->port->address.depth > 0 ? s->port : s->port->hub;

        for (; hub; hub = hub->hub)
                if (hub_over_current_hits(s, hub))
                        return hub;
        return NULL;
}

/* A dock that feeds the computer trips the port once as it is pulled. */
static bool is_pulled_dock(const struct port *p) {
        const struct link *l = &p->link;

        return port_has_hub(p) && l->state == LINK_GONE && l->over_current_ended_it && l->over_currents.total == 1;
}

/* One change alone is noise: the condition stood, or it came again (facts in kernel hub.c: the count rises at the begin
 * and at the end). */
static bool over_current_is_real(const struct subject *s, const struct port *p) {
        const struct link *l = &p->link;

        if (!still_counts(s, &l->over_currents) || is_pulled_dock(p))
                return false;
        return l->over_current_stood || l->over_currents.total >= 2 ||
               (p->in_sysfs && p->facts.over_current_count - p->over_current_base >= 2);
}

static void tell_over_current(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        const struct moment *newest = moments_newest(&p->link.over_currents);
        enum confidence confidence = p->link.over_currents.total >= 2 ? CERTAIN : LIKELY;
        struct finding *f = found(s, out, PORT_OVER_CURRENT, WARNING, confidence);
        char thing[THING_MAX];

        say_cause(f, "The port's protection reported over-current while %s was plugged in.", the_thing(p, thing));
        say_action(f, "Unplug it, look for dirt or damage in both sockets and the plug, then try another cable and port.");
        finding_evidence(f, "over-current", p->link.over_current_stood ? "kernel-log" : "udev", moment_wall(s->model, *newest),
                         "%u time%s", p->link.over_currents.total, p->link.over_currents.total == 1 ? "" : "s");
        if (p->in_sysfs && p->facts.over_current_count != p->over_current_base)
                finding_evidence(f, "over_current_count", "udev", moment_wall(s->model, *newest), "%u",
                                 p->facts.over_current_count);
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
        say_cause(f, "The hub's common protection reported over-current, so all its ports may be without power.");
        say_action(f, "Unplug the other devices from this hub, or connect directly to the computer.");
        finding_evidence(f, "hub over-current", "kernel-log", moment_wall(s->model, hub->hub_over_current_at), "hub %s", name);
}

void cause_port_off(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        char name[ADDRESS_NAME_MAX];
        struct finding *f;

        if (!p || !p->in_sysfs || p->facts.disabled != YES)
                return;
        f = found(s, out, PORT_OFF, WARNING, CERTAIN);
        say_cause(f, "The port %s is switched off in software, so it gives no power.", address_port_name(&p->address, name));
        say_action(f, "Switch the port on again (write 0 to its \"disable\" file), or use another port.");
        finding_evidence(f, "disable", "sysfs", moment_wall(s->model, p->link.last_line), "1");
}

void cause_not_authorized(const struct subject *s, struct findings *out) {
        const struct port *p = s->port;
        char thing[THING_MAX];
        struct finding *f;
        bool by_log;

        if (!p)
                return;
        by_log = !p->present && p->link.not_authorized;
        if (!by_log && !(p->present && p->device.authorized == NO))
                return;
        f = found(s, out, NOT_AUTHORIZED, WARNING, CERTAIN);
        say_cause(f, "The computer refuses to use %s (USB authorization is withheld), so only 100 mA are allowed.",
                  the_thing(p, thing));
        say_action(f, "Allow the device in USBGuard or in the desktop's USB protection setting.");
        if (by_log)
                finding_evidence(f, "authorization", "kernel-log", moment_wall(s->model, p->link.last_line),
                                 "not authorized for usage");
        else
                finding_evidence(f, "authorized", "sysfs", moment_wall(s->model, p->attached), "0");
}

/* What the evidence of the current rests on. */
static void tell_offer(const struct subject *s, struct finding *f, uint32_t available) {
        const struct typec_port *t = subject_typec(s);
        uint64_t at = moment_wall(s->model, s->port ? s->port->attached : s->typec->observed.attached);

        if (t && typec_is_source(t))
                finding_evidence(f, "port offers", "typec", at, "%u mA (Type-C mode: %s)", available,
                                 typec_mode_name(t->facts.mode));
        else
                finding_evidence(f, "port offers", "udev", at, "%u mA", available);
        if (!t && model_has_typec(s->model) && s->port->address.depth == 1)
                finding_evidence(f, "Type-C", "typec", at, "cannot tell which socket this is");
}

/* In the model's own numbers where those are known: a data port of a computer is not a fault, only slow. */
static void say_slow(struct finding *f, const struct model_facts *facts, uint32_t available) {
        char here[CHARGING_WORDS_MAX], rated[CHARGING_WORDS_MAX];
        struct charging_time slow, best;

        charging_time(facts, available, 0, &slow);
        charging_time(facts, facts->needed_ma, 0, &best);
        if (slow.max_minutes == 0) {
                say_cause(f,
                          "The port is known to give %u mA; the %s needs %u mA for its rated charging time, so it charges more "
                          "slowly here.",
                          available, facts->model, facts->needed_ma);
                return;
        }
        say_cause(
                f,
                "The %s charges here, but from empty in about %s instead of %s, as the port is known to give %u mA of the %u mA "
                "it is rated for.",
                facts->model, charging_minutes_words(slow.min_minutes, slow.max_minutes, here),
                charging_minutes_words(best.max_minutes, best.max_minutes, rated), available, facts->needed_ma);
        finding_evidence(f, "time to full", "model-facts", 0, "%s; rated %s", slow.assumption, rated);
}

/* What Sony asks for against what the port is known to give. */
void cause_port_limits_current(const struct subject *s, struct findings *out) {
        const struct model_facts *facts = subject_facts(s);
        uint32_t available, declared;
        bool too_little;
        struct finding *f;

        if (!facts || s->elsewhere || (s->port && !s->port->present))
                return;
        /* The Type-C side may tell more than USB in a moment. */
        if (s->port && typec_is_awaited(s->model, s->port))
                return;
        available = s->port ? port_available_ma(s->port) : typec_available_ma(s->typec);
        if (available == 0 || facts->needed_ma == 0 || available >= facts->needed_ma)
                return;
        too_little = facts->least_ma > 0 && available < facts->least_ma;
        f = found(s, out, PORT_LIMITS_CURRENT, too_little ? WARNING : NOTICE, LIKELY);
        if (too_little)
                say_cause(f, "The port is known to give %u mA and the %s needs at least %u mA to charge.", available,
                          facts->model, facts->least_ma);
        else
                say_slow(f, facts, available);
        say_action(f, "For the rated time use a wall adapter that gives %u mA or more.", facts->needed_ma);
        tell_offer(s, f, available);
        finding_evidence(f, "model needs", "model-facts", 0, "%u mA", facts->needed_ma);
        declared = s->port ? device_declared_ma(&s->port->device) : 0;
        if (declared > 0)
                finding_evidence(f, "device declares", "descriptors", moment_wall(s->model, s->port->attached),
                                 "%u mA (what it may draw, not what it draws)", declared);
}
