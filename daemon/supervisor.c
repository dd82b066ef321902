/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Messages to the service manager. */

#include "daemon/supervisor.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>

#include "status/status.h"

/* The numbers for the status line. */
struct counts {
        size_t headsets, needing, unidentified;
        bool host; /* the computer itself has a fault */
};

static bool needs_you(const struct object *o) {
        for (size_t i = 0; i < o->diagnosis.findings.n; i++)
                if (o->diagnosis.findings.items[i].severity >= WARNING)
                        return true;
        return false;
}

static void count(const struct object *o, struct counts *c) {
        if (o->kind == OBJECT_HEADSET) {
                c->headsets++;
                c->needing += needs_you(o) ? 1 : 0;
        } else if (o->kind == OBJECT_PORT)
                c->unidentified += o->unidentified ? 1 : 0;
        else if (needs_you(o))
                c->host = true;
}

static void __attribute__((format(printf, 2, 3))) add(char line[static SUPERVISOR_LINE_MAX], const char *format, ...) {
        size_t used = strlen(line);
        va_list ap;

        va_start(ap, format);
        (void) vsnprintf(line + used, SUPERVISOR_LINE_MAX - used, format, ap);
        va_end(ap);
}

static void add_headsets(const struct counts *c, char line[static SUPERVISOR_LINE_MAX]) {
        if (c->headsets == 0)
                add(line, "Watching, no Sony headset is visible");
        else if (c->headsets == 1)
                add(line, c->needing == 0 ? "Watching 1 headset, nothing to do" : "Watching 1 headset, it needs you");
        else if (c->needing == 0)
                add(line, "Watching %zu headsets, nothing to do", c->headsets);
        else if (c->needing == 1)
                add(line, "Watching %zu headsets, 1 needs you", c->headsets);
        else
                add(line, "Watching %zu headsets, %zu need you", c->headsets, c->needing);
}

static void add_unread(const struct model *m, char line[static SUPERVISOR_LINE_MAX]) {
        struct json_object *list = degraded_to_json(m);

        for (size_t i = 0; i < json_object_array_length(list); i++)
                add(line, "%s%s", i == 0 ? "; cannot read " : ", ", json_object_get_string(json_object_array_get_idx(list, i)));
        json_object_put(list);
}

/* Stores the state in one line, as `systemctl status` shows it: "Watching 3 headsets, 1 needs you". Findings of severity
 * warning and above count as needing the user. */
static void supervisor_line(const struct registry *r, const struct model *m, char ret[static SUPERVISOR_LINE_MAX]) {
        struct counts c = {};

        ret[0] = '\0';
        for (size_t i = 0; i < r->n; i++)
                count(r->objects[i], &c);
        add_headsets(&c, ret);
        if (c.unidentified == 1)
                add(ret, "; at 1 port a USB device does not tell what it is");
        else if (c.unidentified > 1)
                add(ret, "; at %zu ports a USB device does not tell what it is", c.unidentified);
        if (c.host)
                add(ret, "; this computer has a fault");
        add_unread(m, ret);
}

void supervisor_ready(struct supervisor *s, sd_event *event, const struct registry *r, const struct model *m) {
        supervisor_line(r, m, s->line);
        (void) sd_notifyf(false, "READY=1\nSTATUS=%s", s->line);
        if (!s->ready)
                (void) sd_event_set_watchdog(event, true);
        s->ready = true;
}

void supervisor_look(struct supervisor *s, const struct registry *r, const struct model *m) {
        char line[SUPERVISOR_LINE_MAX];

        if (!s->ready || !getenv("NOTIFY_SOCKET"))
                return;
        supervisor_line(r, m, line);
        if (strcmp(line, s->line) == 0)
                return;
        snprintf(s->line, sizeof(s->line), "%s", line);
        (void) sd_notifyf(false, "STATUS=%s", line);
}

void supervisor_reloading(uint64_t now_usec) {
        (void) sd_notifyf(false, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64, now_usec);
}

void supervisor_stopping(void) {
        (void) sd_notify(false, "STOPPING=1");
}
