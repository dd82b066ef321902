/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Concludes which device an unidentified one was. When a headset is unplugged and a device fails at another port a moment
 * later, it is assumed to be the headset, and the session is marked as guessed.
 *
 * The reverse order shows nothing: when a device fails and a headset then works elsewhere, these may be two devices. The
 * removal of a device that was never recognised is not logged (kernel hub.c logs only devices that it knew), and a broken one
 * may have been plugged in since yesterday.
 */
#include "model/session-internal.h"

#include <string.h>

#include "model/model.h"
#include "model/path.h"

/* Moving a plug from one port to another takes a person less than this. */
#define MOVED_USEC (3 * MINUTE)

/* Headsets are not SuperSpeed devices, so a failure on the SuperSpeed half of a socket is that of another device. */
static bool is_nameless_failure(const struct port *p) {
        const struct session *s = &p->session;

        if (p->hub && speed_is_super(p->hub->device.speed))
                return false;
        return s->number != 0 && s->device[0] == '\0' && s->failed && !s->excused;
}

static bool left_just_before(const struct session *s, struct moment start) {
        return s->number != 0 && s->device[0] != '\0' && !s->guessed && s->ended == SESSION_UNPLUGGED &&
               moment_span(s->end, start) > 0 && moment_span(s->end, start) <= MOVED_USEC;
}

/* A hub was unplugged with all devices behind it, so the device that fails elsewhere may be the hub. */
static bool left_with_its_hub(const struct port *p, struct moment left) {
        for (const struct port *hub = p->hub; hub && hub->address.depth > 0; hub = hub->hub)
                if (!hub->present || moment_span(left, hub->attached) > 0)
                        return true;
        return false;
}

/* Returns the session of the only device that was unplugged from another port shortly before, or NULL when there is none or
 * several. */
static const struct session *who_left(const struct model *m, const struct port *p) {
        const struct session *only = NULL;

        for (size_t i = 0; i < m->n_ports; i++) {
                const struct session *s = &m->ports[i]->session;

                if (m->ports[i] == p || !left_just_before(s, p->session.start))
                        continue;
                if (left_with_its_hub(m->ports[i], s->end) || (only && strcmp(only->device, s->device) != 0))
                        return NULL;
                if (!only || moment_span(only->end, s->end) > 0)
                        only = s;
        }
        return only;
}

static bool is_plugged_elsewhere(const struct model *m, const struct session *who) {
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct session *s = &m->ports[i]->session;

                if (s != who && m->ports[i]->present && strcmp(s->device, who->device) == 0)
                        return true;
        }
        return false;
}

/* Another port fails since then, too, so it is not known at which of them the device is. */
static bool another_fails(const struct model *m, const struct port *p, struct moment since) {
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct session *s = &m->ports[i]->session;

                if (m->ports[i] == p || s->number == 0 || !s->failed || (s->device[0] != '\0' && !s->guessed))
                        continue;
                if (moment_span(since, s->start) > 0)
                        return true;
        }
        return false;
}

/* Returns true when the device was plugged in after that moment. A device that is found again after a resume or the return of a
 * hub was there before. */
static bool was_plugged_in_since(const struct model *m, const struct port *p, struct moment since) {
        if (!p->link.connect_seen || moment_span(since, p->link.connect) == 0)
                return false;
        if (m->wake_seen && moment_span(since, m->wake) > 0)
                return false;
        for (const struct port *hub = p->hub; hub; hub = hub->hub)
                if (moment_span(since, hub->attached) > 0 || moment_span(since, hub->link.connect) > 0)
                        return false;
        return true;
}

static void take_for(struct session *s, const struct session *who) {
        memcpy(s->device, who->device, sizeof s->device);
        memcpy(s->model, who->model, sizeof s->model);
        s->headset = who->headset;
        s->shared = who->shared;
        s->guessed = true;
        s->revision++;
}

static bool guess(const struct model *m, struct port *p) {
        const struct session *who = who_left(m, p);

        if (!who || !who->headset || is_plugged_elsewhere(m, who) || another_fails(m, p, who->end) ||
            !was_plugged_in_since(m, p, who->end))
                return false;
        take_for(&p->session, who);
        return true;
}

/* Notes that the device that failed elsewhere is at this port now. */
static void note_move(struct model *m, const struct port *p) {
        for (size_t i = 0; i < m->n_ports; i++) {
                struct session *s = &m->ports[i]->session;

                if (m->ports[i] == p || s->number == 0 || !s->failed || m->ports[i]->present ||
                    strcmp(s->device, p->session.device) != 0)
                        continue;
                if (s->ended == SESSION_OPEN)
                        session_close(s, SESSION_UNPLUGGED, p->session.start);
                s->moved = true;
        }
}

/* Guessing is limited to live runs, because a log is not reliable enough. */
bool session_conclude(struct model *m, struct port *p, bool identified) {
        if (!m->live)
                return false;
        if (identified && p->present)
                note_move(m, p);
        return is_nameless_failure(p) && guess(m, p);
}
