/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Headsets in the journal: where they are, and what their path allows. */

#include <stdio.h>
#include <string.h>

#include "daemon/journal/journal-internal.h"
#include "daemon/journal/message-ids.h"

static const char *by_what(const struct object *o) {
        if (!o->headset)
                return "a person told of it";
        return o->headset->facts.way == HEADSET_BLUETOOTH ? "by Bluetooth" : "by its receiver";
}

/* If an earlier run reported the headset as near and it still is, this is not reported again. */
static void keep_near(struct journal *j, const struct change *c, struct journal_known *k) {
        char what[160];

        snprintf(what, sizeof(what), "near %s", c->object->id);
        if (!c->backlog || !runtime_state_had(j->runtime_state, what))
                return;
        runtime_state_add(j->runtime_state, what);
        k->near = true;
}

/* Returns whether the object was present at the start, so that nobody saw it arrive. */
static bool was_there(const struct object *o) {
        return o->port ? o->port->before_start : o->typec && o->typec->observed.before_start;
}

static void tell_plugged(struct journal *j, const struct change *c, struct journal_known *k) {
        const struct object *o = c->object;
        char what[160], message[256];

        k->plugged = true;
        k->verdict = o->diagnosis.verdict;
        journal_subject(o, k->place);
        snprintf(what, sizeof(what), "headset %s", o->id);
        if (!journal_note(j, c, what))
                return;
        snprintf(message, sizeof(message), "%s %s at %s, verdict: %s.", object_facts(o)->model,
                 was_there(o) ? "is there" : "arrived", k->place, verdict_name(o->diagnosis.verdict));
        journal_write_state(j, o, k->place, MESSAGE_HEADSET_ARRIVED, 6, message);
}

static void tell_unplugged(struct journal *j, const struct object *o, struct journal_known *k) {
        char what[160], message[256];

        k->plugged = false;
        k->verdict = o->diagnosis.verdict;
        snprintf(what, sizeof(what), "headset %s", o->id);
        runtime_state_remove(j->runtime_state, what);
        snprintf(message, sizeof(message), "%s left %s.", object_facts(o)->model, k->place);
        if (!j->silent)
                journal_write_state(j, o, k->place, MESSAGE_HEADSET_LEFT, 6, message);
}

/* Reports a near headset once, until it is away for hours, because connecting and disconnecting is normal. */
static void tell_near(struct journal *j, const struct change *c, struct journal_known *k) {
        const struct object *o = c->object;
        char what[160], message[256];

        k->near = true;
        snprintf(what, sizeof(what), "near %s", o->id);
        if (!journal_note(j, c, what))
                return;
        snprintf(message, sizeof(message), "%s is near (%s) and not on USB.", object_facts(o)->model, by_what(o));
        journal_write_state(j, o, o->id, MESSAGE_HEADSET_NEAR, 6, message);
}

static void tell_away(struct journal *j, const struct object *o, struct journal_known *k) {
        char what[160], message[256];

        k->near = false;
        snprintf(what, sizeof(what), "near %s", o->id);
        runtime_state_remove(j->runtime_state, what);
        snprintf(message, sizeof(message), "%s is no longer near.", object_facts(o)->model);
        if (!j->silent)
                journal_write_state(j, o, o->id, MESSAGE_HEADSET_AWAY, 6, message);
}

/* A headset that arrives and leaves with its plug is reported by the plug alone. */
void journal_whereabouts(struct journal *j, const struct change *c, struct journal_known *k) {
        const struct object *o = c->object;
        bool there = c->kind != CHANGE_REMOVED, plugged = there && object_is_plugged(o);

        if (k->plugged && !plugged)
                tell_unplugged(j, o, k);
        if (plugged && !k->plugged) {
                tell_plugged(j, c, k);
                keep_near(j, c, k);
        }
        if (there && !plugged && !k->near && c->kind == CHANGE_ADDED)
                tell_near(j, c, k);
        if (!there && k->near)
                tell_away(j, o, k);
}

void journal_verdict(struct journal *j, const struct object *o, struct journal_known *k) {
        char message[256], subject[EVENT_NAME_MAX];

        if (k->verdict == o->diagnosis.verdict || j->silent)
                return;
        snprintf(message, sizeof(message), "%s: the verdict is now %s, it was %s.", object_facts(o)->model,
                 verdict_name(o->diagnosis.verdict), verdict_name(k->verdict));
        journal_subject(o, subject);
        journal_write_state(j, o, subject, MESSAGE_VERDICT_CHANGED, o->diagnosis.verdict >= VERDICT_SLOW ? 4 : 6, message);
}

bool journal_had_headset(const struct journal *j, const char *id) {
        char plugged[160], near[160];

        snprintf(plugged, sizeof(plugged), "headset %s", id);
        snprintf(near, sizeof(near), "near %s", id);
        return runtime_state_had(j->runtime_state, plugged) || runtime_state_had(j->runtime_state, near);
}
