/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Structured entries. */

#include "daemon/journal/journal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>

#include "common/clock.h"
#include "daemon/journal/journal-internal.h"
#include "daemon/journal/journal-send.h"
#include "daemon/journal/message-ids.h"
#include "model/names.h"

#define FIELD_LENGTH 640
#define FIELD_NAME_MAX 64
#define ENTRY_LENGTH 4096

/* The texts stand one after another, so that an entry touches no more memory than it needs. */
struct entry {
        size_t n, used;
        struct iovec fields[JOURNAL_FIELDS_MAX];
        char text[ENTRY_LENGTH];
};

static void field(struct entry *e, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void field(struct entry *e, const char *name, const char *format, ...) {
        size_t room = sizeof(e->text) - e->used;
        char *text = e->text + e->used;
        va_list ap;

        if (room > FIELD_LENGTH)
                room = FIELD_LENGTH;
        if (e->n == JOURNAL_FIELDS_MAX || room < FIELD_NAME_MAX)
                return;
        int length = snprintf(text, room, "%s=", name);
        va_start(ap, format);
        vsnprintf(text + length, room - (size_t) length, format, ap);
        va_end(ap);
        e->fields[e->n++] = (struct iovec){ .iov_base = text, .iov_len = strlen(text) };
        e->used += strlen(text) + 1;
}

static void entry_begin(struct entry *e, const char *id, int priority) {
        e->n = e->used = 0;
        field(e, "MESSAGE_ID", "%s", id);
        field(e, "PRIORITY", "%d", priority);
        field(e, "SYSLOG_IDENTIFIER", "sonycharged");
}

/* `left_out` is 0 when the limit was just reached. */
static void write_too_often(const char *subject, unsigned left_out) {
        struct entry e;

        entry_begin(&e, MESSAGE_TOO_OFTEN, 5);
        if (left_out > 0)
                field(&e, "MESSAGE", "%u entries about %s were left out, as it changed so often.", left_out, subject);
        else
                field(&e, "MESSAGE", "%s changes so often that no more is told of it for up to ten minutes.", subject);
        field(&e, "SONYCHARGE_SUBJECT", "%s", subject);
        if (left_out > 0)
                field(&e, "SONYCHARGE_LEFT_OUT", "%u", left_out);
        journal_send(e.fields, e.n);
}

/* Sends the entry unless the subject has reached its limit. */
static void entry_send_limited(struct journal *j, const struct entry *e, const char *subject) {
        unsigned left_out;
        enum journal_verdict v = journal_limit_count(&j->limit, subject, now_usec(CLOCK_MONOTONIC), &left_out);

        if (left_out > 0)
                write_too_often(subject, left_out);
        if (v != JOURNAL_LEAVE_OUT)
                journal_send(e->fields, e->n);
        if (v == JOURNAL_LAST)
                write_too_often(subject, 0);
}

void journal_init(struct journal *j, struct runtime_state *runtime_state, bool silent) {
        *j = (struct journal){ .runtime_state = runtime_state, .silent = silent };
}

static struct journal_known **find_known(struct journal *j, const struct object *o) {
        struct journal_known **k = &j->known;

        while (*k && (*k)->object != o)
                k = &(*k)->next;
        return k;
}

static void forget(struct journal *j, const struct object *o) {
        struct journal_known **k = find_known(j, o), *gone = *k;

        if (!gone)
                return;
        *k = gone->next;
        free(gone);
}

void journal_done(struct journal *j) {
        while (j->known)
                forget(j, j->known->object);
}

/* Returns the last known state of the object; for a new object its current state. NULL: out of memory. */
static struct journal_known *know(struct journal *j, const struct object *o) {
        struct journal_known **k = find_known(j, o);

        if (!*k && (*k = calloc(1, sizeof(**k)))) {
                (*k)->object = o;
                (*k)->verdict = o->diagnosis.verdict;
        }
        return *k;
}

void journal_subject(const struct object *o, char buf[static EVENT_NAME_MAX]) {
        char name[ADDRESS_NAME_MAX];

        char connector[TYPEC_NAME_MAX];

        if (o->kind == OBJECT_HOST)
                snprintf(buf, EVENT_NAME_MAX, "%s", o->id);
        else if (o->typec)
                snprintf(buf, EVENT_NAME_MAX, "%s", typec_name(o->typec, connector));
        else if (o->kind == OBJECT_PORT)
                snprintf(buf, EVENT_NAME_MAX, "%s", address_port_name(&o->port->address, name));
        else if (!o->port)
                snprintf(buf, EVENT_NAME_MAX, "%s", o->id);
        else
                snprintf(buf, EVENT_NAME_MAX, "%s", address_device_name(&o->port->address, name));
}

static void add_object(struct entry *e, const struct object *o) {
        if (o->kind == OBJECT_HEADSET) {
                field(e, "SONYCHARGE_HEADSET", "%s", o->id);
                field(e, "SONYCHARGE_MODEL", "%s", object_facts(o)->model);
        }
        if (o->kind == OBJECT_PORT)
                field(e, "SONYCHARGE_PORT", "%s", o->id);
        if (o->kind != OBJECT_HOST)
                field(e, "SONYCHARGE_VERDICT", "%s", verdict_name(o->diagnosis.verdict));
}

void journal_write_state(struct journal *j, const struct object *o, const char *subject, const char *id, int priority,
                         const char *message) {
        struct entry e;

        entry_begin(&e, id, priority);
        field(&e, "MESSAGE", "%s", message);
        add_object(&e, o);
        field(&e, "SONYCHARGE_SUBJECT", "%s", subject);
        if (o->kind == OBJECT_HEADSET && o->port && o->port->device.serial[0])
                field(&e, "SONYCHARGE_SERIAL", "%s", o->port->device.serial);
        if (o->kind == OBJECT_HEADSET && o->headset && o->headset->facts.address[0])
                field(&e, "SONYCHARGE_ADDRESS", "%s", o->headset->facts.address);
        entry_send_limited(j, &e, subject);
}

static int priority_of(enum severity s) {
        static const int priorities[_SEVERITY_MAX] = { [CRITICAL] = 2, [WARNING] = 4, [NOTICE] = 5, [INFO] = 6 };

        return priorities[s];
}

/* Adds as much evidence as fits: the catalog shows no field longer than 256 bytes (systemd catalog.c, REPLACE_VAR_MAX). */
static void add_evidence(struct entry *e, const struct finding *f) {
        char text[256 - sizeof("SONYCHARGE_EVIDENCE=")] = "nothing more than that";
        size_t used = 0;

        for (size_t i = 0; i < f->n_evidence; i++) {
                const struct evidence *v = &f->evidence[i];
                int n = snprintf(text + used, sizeof(text) - used, "%s%s: %s", used > 0 ? "; " : "", v->what, v->value);

                if (n < 0 || (size_t) n >= sizeof(text) - used) {
                        text[used] = '\0';
                        break;
                }
                used += (size_t) n;
        }
        field(e, "SONYCHARGE_EVIDENCE", "%s", text);
}

static void write_finding(struct journal *j, const struct object *o, const struct finding *f, bool raised) {
        struct entry e;

        entry_begin(&e, raised ? finding_message_id(f->code) : MESSAGE_FINDING_CLEARED, raised ? priority_of(f->severity) : 6);
        if (raised)
                field(&e, "MESSAGE", "%s: %s %s", f->subject, f->cause, f->action);
        else
                field(&e, "MESSAGE", "%s: no longer so: %s", f->subject, f->cause);
        add_object(&e, o);
        field(&e, "SONYCHARGE_CODE", "%s", finding_code_name(f->code));
        field(&e, "SONYCHARGE_SEGMENT", "%s", segment_name(finding_segment(f->code)));
        field(&e, "SONYCHARGE_SEVERITY", "%s", severity_name(f->severity));
        field(&e, "SONYCHARGE_CONFIDENCE", "%s", confidence_name(f->confidence));
        field(&e, "SONYCHARGE_SUBJECT", "%s", f->subject);
        if (raised)
                add_evidence(&e, f);
        if (f->severity == CRITICAL)
                journal_send(e.fields, e.n);
        else
                entry_send_limited(j, &e, f->subject);
}

bool journal_note(struct journal *j, const struct change *c, const char *what) {
        bool again = c->backlog && runtime_state_had(j->runtime_state, what);

        runtime_state_add(j->runtime_state, what);
        return !again && !j->silent;
}

static void tell_unidentified(struct journal *j, const struct change *c, struct journal_known *k) {
        char what[160], message[256], subject[EVENT_NAME_MAX];
        const struct object *o = c->object;
        bool now = o->unidentified && c->kind != CHANGE_REMOVED;

        if (k->unidentified == now)
                return;
        snprintf(what, sizeof(what), "port %s", o->id);
        journal_subject(o, subject);
        if (now && journal_note(j, c, what)) {
                snprintf(message, sizeof(message), "A USB device at %s does not tell who it is (%s).", subject,
                         o->typec ? "partner" : port_unidentified_state(o->port));
                /* Many headsets use the cable for charging only, so a partner without a USB device is no fault. */
                journal_write_state(j, o, subject, MESSAGE_PORT_UNIDENTIFIED, o->typec ? 6 : 4, message);
        }
        if (!now)
                runtime_state_remove(j->runtime_state, what);
        if (!now && !j->silent) {
                snprintf(message, sizeof(message), "Nothing at %s is unidentified any more.", subject);
                journal_write_state(j, o, subject, MESSAGE_PORT_RECOVERED, 6, message);
        }
        k->unidentified = now;
}

/* Findings of a port are reported while it is unidentified. Those of a headset are reported with the headset. */
static void tell_finding(struct journal *j, const struct change *c) {
        const struct object *o = c->object;
        bool raised = c->kind == CHANGE_RAISED;
        char what[256];

        /* The controller itself reports it, once for everything connected to it. */
        if (c->finding->code == CONTROLLER_DEAD && o->kind != OBJECT_HOST)
                return;
        snprintf(what, sizeof(what), "finding %s %s %s %s", o->id, finding_code_name(c->finding->code),
                 severity_name(c->finding->severity), c->finding->subject);
        if (raised) {
                if ((o->kind != OBJECT_PORT || o->unidentified) && journal_note(j, c, what))
                        write_finding(j, o, c->finding, true);
                return;
        }
        if (!runtime_state_holds(j->runtime_state, what))
                return;
        runtime_state_remove(j->runtime_state, what);
        if (!j->silent)
                write_finding(j, o, c->finding, false);
}

void journal_tell(struct journal *j, const struct change *c) {
        const struct object *o = c->object;
        struct journal_known *k = know(j, o);

        if (!k)
                return;
        if (o->kind == OBJECT_PORT)
                tell_unidentified(j, c, k);
        /* Written before new findings and after cleared ones. */
        if (o->kind == OBJECT_HEADSET && c->kind != CHANGE_REMOVED && c->kind != CHANGE_CLEARED)
                journal_whereabouts(j, c, k);
        if (c->kind == CHANGE_RAISED || c->kind == CHANGE_CLEARED)
                tell_finding(j, c);
        if (o->kind == OBJECT_HEADSET && c->kind == CHANGE_UPDATED)
                journal_verdict(j, o, k);
        if (o->kind == OBJECT_HEADSET && c->kind == CHANGE_REMOVED)
                journal_whereabouts(j, c, k);
        if (c->kind == CHANGE_UPDATED)
                k->verdict = o->diagnosis.verdict;
        if (c->kind == CHANGE_REMOVED)
                forget(j, o);
}

/* Returns whether an entry of this kind may be written now, and notes that it was. */
static bool once_an_hour(uint64_t *newest) {
        uint64_t now = now_usec(CLOCK_BOOTTIME);

        if (*newest != 0 && now - *newest < HOUR)
                return false;
        *newest = now;
        return true;
}

void journal_tell_degraded(struct journal *j, enum source source) {
        const char *name = source_names[source];
        struct entry e;

        if (j->silent || !once_an_hour(&j->degraded_at[source]))
                return;
        entry_begin(&e, MESSAGE_SOURCE_DEGRADED, 5);
        field(&e, "MESSAGE", "The source %s cannot be read, findings that need it stay silent.", name);
        field(&e, "SONYCHARGE_SOURCE", "%s", name);
        journal_send(e.fields, e.n);
}

void journal_tell_lost(struct journal *j, uint32_t count) {
        struct entry e;

        j->lost += count;
        if (j->silent || !once_an_hour(&j->lost_at))
                return;
        entry_begin(&e, MESSAGE_LOG_LOST, 5);
        if (j->lost > 0)
                field(&e, "MESSAGE", "%" PRIu64 " records of the kernel log were lost before they could be read.", j->lost);
        else
                field(&e, "MESSAGE", "Records of the kernel log were lost before they could be read.");
        journal_send(e.fields, e.n);
        j->lost = 0;
}
