/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/session.h"

#include <stdio.h>
#include <string.h>

#include "model/model-internal.h"
#include "model/path.h"
#include "model/session-internal.h"

#define UNSTABLE_SPAN_USEC (10 * MINUTE)
#define UNSTABLE_TIMES 3
/* Over-current at several ports within this time is one event. */
#define TOGETHER_USEC (10 * SECOND)

const char *session_end_name(enum session_end e) {
        static const char *const names[_SESSION_END_MAX] = { "open",   "unplugged", "over-current", "asleep",
                                                             "silent", "boot",      "lost",         "identified" };

        return (unsigned) e < _SESSION_END_MAX ? names[e] : "lost";
}

const char *outcome_name(enum session_outcome o) {
        static const char *const names[_OUTCOME_MAX] = { "unclear", "good", "shaky", "bad" };

        return (unsigned) o < _OUTCOME_MAX ? names[o] : "unclear";
}

static bool is_built_in(const struct port *p) {
        return p->device.removable == REMOVABLE_FIXED || (p->in_sysfs && p->facts.connect_type == CONNECT_HARDWIRED);
}

/* Returns true when there is a device at the port that has a session. Hubs have none, but the devices behind them do. */
static bool is_plugged(const struct model *m, const struct port *p) {
        const struct link *l = &p->link;

        if (p->address.depth == 0 || port_has_hub(p) || is_built_in(p))
                return false;
        if (p->present)
                return true;
        switch (l->state) {
        case LINK_FAILED:
                return moment_follows(l->last_line, m->now, MODEL_UNIDENTIFIED_USEC);
        case LINK_TRYING:
                return l->errors > 0 || l->tries >= 2;
        case LINK_IDENTIFIED:
                return !m->live && p->known;
        default:
                return false;
        }
}

static enum session_end end_of(const struct port *p) {
        const struct link *l = &p->link;

        if (l->state == LINK_FAILED)
                return SESSION_SILENT;
        if (l->over_current_ended_it)
                return SESSION_OVER_CURRENT;
        return l->sleep_ended_it ? SESSION_ASLEEP : SESSION_UNPLUGGED;
}

void session_close(struct session *s, enum session_end how, struct moment when) {
        s->ended = how;
        s->end = when;
        s->revision++;
}

/* Moves an ended session to the statistics and to the list of ended sessions, to make room for the next one. */
void session_fold(struct model *m, struct session *s) {
        if (s->number == 0)
                return;
        statistics_add(&m->statistics, s, moment_wall(m, s->end));
        if (!m->drops_ended)
                ended_add(&m->ended, s);
        *s = (struct session){};
}

static bool is_same_link(const struct session *s, const struct link *l) {
        return s->number != 0 && s->first_connect.at == l->first_connect.at && s->first_connect.wall == l->first_connect.wall;
}

bool session_is_followed(const struct port *p) {
        return p->session.ended == SESSION_OPEN && !p->session.moved && is_same_link(&p->session, &p->link);
}

/* Returns how many of the moments are older than the plug session. */
static uint32_t before(const struct moments *m, struct moment start) {
        uint32_t n = m->total - m->n;

        for (uint8_t i = 0; i < m->n; i++)
                n += m->last[i].at < start.at;
        return n;
}

/* The link keeps moments across several plugs to judge whether the contact is stable. Those of earlier plugs are not part of this
 * session. */
static struct session_seen seen_at_start(const struct link *l) {
        return (struct session_seen){
                .resets = before(&l->resets, l->first_connect),
                .over_currents = before(&l->over_currents, l->first_connect),
                .drops = before(&l->breaks, l->first_connect),
                .emi = before(&l->emi, l->first_connect),
                .debounce = before(&l->debounce, l->first_connect),
        };
}

static void session_begin(struct model *m, struct port *p) {
        struct session *s = &p->session;
        const struct link *l = &p->link;
        struct session_seen seen = is_same_link(s, l) ? s->seen : seen_at_start(l);

        session_fold(m, s);
        *s = (struct session){ .number = ++m->sessions, .revision = 1, .first_connect = l->first_connect, .seen = seen };
        s->before_start = p->present && p->before_start && !l->connect_seen;
        s->start = seen.tries + seen.errors == 0 && (l->first_connect.at != 0 || l->first_connect.wall != 0) ? l->first_connect
                                                                                                             : m->now;
        port_key(m, p, s->port);
}

/* Adds the increase of a counter of the link. A counter that decreased was restarted. */
static void take(uint32_t *total, uint32_t *seen, uint32_t now) {
        *total += now >= *seen ? now - *seen : now;
        *seen = now;
}

static bool is_troubled(const struct session *s) {
        return s->failed_tries + s->errors + s->drops + s->emi + s->debounce > 0;
}

/* Returns true for the first trouble only. Further trouble of the same kind is not worth storing at once. */
static bool take_counts(struct session *s, const struct link *l) {
        bool troubled = is_troubled(s);

        take(&s->tries, &s->seen.tries, l->tries);
        take(&s->failed_tries, &s->seen.failed_tries, l->failed_tries);
        take(&s->errors, &s->seen.errors, l->errors);
        take(&s->failures, &s->seen.failures, l->failures);
        take(&s->resets, &s->seen.resets, l->resets.total);
        take(&s->over_currents, &s->seen.over_currents, l->over_currents.total);
        take(&s->drops, &s->seen.drops, l->breaks.total);
        take(&s->emi, &s->seen.emi, l->emi.total);
        take(&s->debounce, &s->seen.debounce, l->debounce.total);
        return troubled != is_troubled(s);
}

static bool is_failed(const struct link *l) {
        enum link_state state = l->state == LINK_GONE ? l->ended_as : l->state;

        return state == LINK_FAILED || link_is_failing(l) || (state == LINK_TRYING && l->state == LINK_GONE && l->errors > 0);
}

static bool set_flag(bool *flag, bool value) {
        bool changed = *flag != value;

        *flag = value;
        return changed;
}

/* Faults of the computer say nothing about port, cable or device. */
static bool is_excused(const struct model *m, const struct port *p) {
        const struct controller *c = model_controller_of_bus(m, p->address.bus);

        /* A device that failed when it returned from sleep failed because of the resume. */
        return (c && c->dead) || m->asleep || m->under_voltage_stands || p->link.power_lost_in_sleep || p->link.slept ||
               p->link.hub_refused;
}

static bool is_together(const struct port *a, const struct port *b) {
        return a->over_current_late && b->over_current_late &&
               moment_follows(a->over_current_at, b->over_current_at, TOGETHER_USEC) &&
               moment_follows(b->over_current_at, a->over_current_at, TOGETHER_USEC);
}

/* Several ports may share one over-current protection or power supply, so it is not known which device caused it. */
static void excuse_neighbours(struct model *m, struct port *p) {
        if (!p->session.over_current || p->address.depth == 0)
                return;
        for (size_t i = 0; i < m->n_ports; i++) {
                struct port *other = m->ports[i];

                if (other == p || other->hub != p->hub || !is_together(p, other))
                        continue;
                if (!p->session.excused)
                        p->session.revision++;
                p->session.excused = true;
                if (other->session.over_current && other->session.ended == SESSION_OPEN)
                        other->session.excused = true;
        }
}

/* `own`: number of them in this session. */
static bool is_often(const struct moments *m, uint32_t own) {
        return own >= UNSTABLE_TIMES && moments_within(m, UNSTABLE_SPAN_USEC) >= UNSTABLE_TIMES;
}

static bool take_judgement(struct session *s, const struct model *m, const struct port *p) {
        const struct link *l = &p->link;
        bool changed = false,
             unstable = is_often(&l->breaks, s->drops) || is_often(&l->emi, s->emi) || is_often(&l->debounce, s->debounce);

        changed |= set_flag(&s->failed, !p->present && is_failed(l));
        changed |= set_flag(&s->unstable, s->unstable || unstable);
        changed |= set_flag(&s->over_current,
                            s->over_current || (l->over_current_stood && s->over_currents > 0) || s->over_currents >= 2);
        changed |= set_flag(&s->excused, s->excused || (s->failed && is_excused(m, p)));
        return changed;
}

/* The kernel log gives vendor and product first. udev adds the serial number later. */
static bool is_less_of(const char *less, const char *device) {
        size_t n = strlen(less);

        return n > 0 && strncmp(less, device, n) == 0 && device[n] == '-';
}

static bool is_same_device(const char *a, const char *b) {
        return strcmp(a, b) == 0 || is_less_of(a, b) || is_less_of(b, a);
}

static bool take_identity(struct session *s, const struct port *p, const char device[static SESSION_DEVICE_MAX]) {
        if (device[0] == '\0' || (!s->guessed && is_less_of(device, s->device)))
                return false;
        if (!s->guessed && strcmp(device, s->device) == 0 && s->headset == port_has_headset(p))
                return false;
        memcpy(s->device, device, sizeof s->device);
        s->guessed = false;
        if (p->present) {
                s->headset = port_has_headset(p);
                snprintf(s->model, sizeof s->model, "%s", p->device.facts.model);
        }
        return true;
}

/* Updates values whose change alone is not worth storing. They are stored with the next change. */
static void take_measures(struct session *s, const struct port *p) {
        uint64_t usec = link_enumeration_usec(&p->link);
        uint32_t offered = port_available_ma(p);

        if (usec > 0)
                s->enumeration_usec = usec;
        if (offered > 0)
                s->offered_ma = offered;
        if (p->power_known)
                s->suspended_ms = p->power.suspended_ms;
        s->slept_usec = p->link.slept_usec;
}

/* When two devices with the same name are plugged in at once, their sessions can no longer be told apart. */
static bool note_shared(struct model *m, struct port *p) {
        struct session *s = &p->session;

        if (s->shared || !p->present || s->device[0] == '\0')
                return false;
        for (size_t i = 0; i < m->n_ports; i++) {
                struct session *other = &m->ports[i]->session;

                if (m->ports[i] == p || !m->ports[i]->present || strcmp(other->device, s->device) != 0)
                        continue;
                s->shared = other->shared = true;
                other->revision++;
                s->revision++;
                return true;
        }
        return false;
}

/* Returns true when a headset is plugged in. The cable that the user named then belongs to it, and a device that fails elsewhere
 * uses another one. */
static bool headset_hangs(const struct model *m) {
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->present && m->ports[i]->session.headset && m->ports[i]->session.ended == SESSION_OPEN)
                        return true;
        return false;
}

static bool session_take(struct session *s, const struct model *m, const struct port *p,
                         const char device[static SESSION_DEVICE_MAX]) {
        bool changed, known;

        if (!is_same_link(s, &p->link)) {
                s->first_connect = p->link.first_connect;
                s->seen.tries = s->seen.failed_tries = s->seen.errors = s->seen.failures = 0;
        }
        changed = take_counts(s, &p->link);
        changed |= take_judgement(s, m, p);
        known = take_identity(s, p, device);
        take_measures(s, p);
        /* The cable that the user named is that of the headset, or of a device that may be one. */
        if (m->cable[0] != '\0' && s->cable[0] == '\0' && s->ended == SESSION_OPEN &&
            (s->headset || (s->device[0] == '\0' && !headset_hangs(m)))) {
                memcpy(s->cable, m->cable, sizeof s->cable);
                changed = true;
        }
        if (!s->headset && s->device[0] != '\0' && !s->guessed)
                s->cable[0] = '\0';
        if (changed || known)
                s->revision++;
        return known;
}

/* The device came back faster than a person can replug it, or it comes and goes all the time. */
static bool has_returned(const struct session *s, const struct link *l) {
        bool storm = link_is_storm(l);

        if (!l->returned && !storm)
                return false;
        return s->ended == SESSION_OPEN || moment_follows(s->end, l->first_connect, storm ? LINK_DROP_USEC : LINK_HAND_USEC);
}

/* Returns true when the device that is plugged in now belongs to the current session. */
static bool goes_on(const struct session *s, const struct port *p, const char device[static SESSION_DEVICE_MAX]) {
        const struct link *l = &p->link;

        if (s->number == 0 || s->moved)
                return false;
        if (device[0] != '\0' && s->device[0] != '\0' && !s->guessed && !is_same_device(device, s->device))
                return false;
        if (is_same_link(s, l))
                return true;
        return has_returned(s, l) || (s->ended == SESSION_ASLEEP && l->slept);
}

/* Returns true when nothing has happened at this port since the device was moved away. */
static bool is_still_away(const struct session *s, const struct port *p) {
        const struct link *l = &p->link;

        return s->moved && !p->present && is_same_link(s, l) && l->tries == s->seen.tries && l->errors == s->seen.errors &&
               l->failures == s->seen.failures;
}

static void session_reopen(struct session *s) {
        s->ended = SESSION_OPEN;
        s->end = (struct moment){};
        s->revision++;
}

/* Ends a session when another device is here, or when something other than the return of its device has begun. */
static bool close_other(struct model *m, struct session *s) {
        if (s->number == 0 || s->ended != SESSION_OPEN)
                return false;
        session_close(s, s->failed ? SESSION_SILENT : SESSION_UNPLUGGED, m->now);
        return true;
}

/* Updates the session from the state of the port. Returns true when the device was identified. */
static bool session_update(struct model *m, struct port *p, const char device[static SESSION_DEVICE_MAX], bool plugged) {
        struct session *s = &p->session;
        bool known = session_take(s, m, p, device);

        if (!plugged)
                session_close(s, end_of(p), p->link.state == LINK_FAILED ? p->link.last_line : m->now);
        return known;
}

bool session_follow(struct model *m, struct port *p) {
        struct session *s = &p->session;
        bool plugged = is_plugged(m, p), goes, news, known = false;
        char device[SESSION_DEVICE_MAX];

        if (port_has_hub(p) || is_built_in(p)) {
                *s = (struct session){};
                return false;
        }
        if (is_still_away(s, p))
                return false;
        device_key(p, device);
        goes = goes_on(s, p, device);
        news = !goes && close_other(m, s);
        if (!plugged && !goes)
                return news;
        news |= plugged && (!goes || s->ended != SESSION_OPEN);
        if (!goes)
                session_begin(m, p);
        else if (plugged && s->ended != SESSION_OPEN)
                session_reopen(s);
        if (s->ended == SESSION_OPEN) {
                known = session_update(m, p, device, plugged);
                news |= !plugged;
                news |= known && note_shared(m, p);
                excuse_neighbours(m, p);
        }
        if (known || s->failed)
                news |= session_conclude(m, p, known);
        return news || known;
}

/* For a device that is present, udev reports the serial number, and session_follow() compares it. */
void session_note_replaced(struct model *m, struct port *p) {
        struct session *s = &p->session;
        struct moment contact = p->link.first_connect;

        if (p->present || !session_is_followed(p) || moment_span(s->start, contact) == 0)
                return;
        session_close(s, SESSION_UNPLUGGED, contact);
        /* The tries of this contact are those of the new device. */
        s->first_connect = (struct moment){};
        session_begin(m, p);
        (void) session_follow(m, p);
}

const struct session *model_session(const struct model *m, size_t i) {
        if (i < m->n_ports)
                return &m->ports[i]->session;
        return i < m->n_ports + m->n_typec ? &m->typec[i - m->n_ports]->session : NULL;
}

uint64_t session_length(const struct session *s, struct moment now) {
        return moment_span(s->start, s->ended == SESSION_OPEN ? now : s->end);
}

enum session_outcome session_outcome(const struct session *s, struct moment now) {
        if (s->number == 0 || s->excused || s->partner)
                return OUTCOME_UNCLEAR;
        if (s->failed || s->unstable || s->over_current)
                return OUTCOME_BAD;
        if (s->device[0] == '\0' || s->guessed)
                return OUTCOME_UNCLEAR;
        if (is_troubled(s) || s->resets >= UNSTABLE_TIMES)
                return OUTCOME_SHAKY;
        if (s->before_start || session_length(s, now) >= SESSION_GOOD_USEC)
                return OUTCOME_GOOD;
        return OUTCOME_UNCLEAR;
}

void session_name_cable(struct model *m, const char *name) {
        bool hangs = headset_hangs(m);

        snprintf(m->cable, sizeof m->cable, "%s", name);
        for (size_t i = 0; i < m->n_ports; i++) {
                struct session *s = &m->ports[i]->session;

                if (s->number == 0 || s->ended != SESSION_OPEN || (!s->headset && s->device[0] != '\0'))
                        continue;
                /* The removal of a device that failed is not seen, so a session that has a cable keeps it. */
                if (!m->ports[i]->present && (hangs || s->cable[0] != '\0'))
                        continue;
                memcpy(s->cable, m->cable, sizeof s->cable);
                s->revision++;
        }
}
