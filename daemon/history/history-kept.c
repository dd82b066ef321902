/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Data that belongs to a session: what the registry reports while it lasts, and the row that is made of it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "causes/charging.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "model/names.h"
#include "status/headset-json.h"
#include "daemon/history/history-internal.h"
#include "status/path-json.h"

/* Limit on the findings of one session, far above any real number. */
#define FINDINGS_MAX 24

struct kept *kept_find(struct history *h, uint32_t number, bool make) {
        struct kept *k = h->kept;

        while (k && k->number != number)
                k = k->next;
        if (k || !make || number == 0)
                return k;
        k = calloc(1, sizeof(*k));
        if (!k)
                return NULL;
        *k = (struct kept){ .next = h->kept, .number = number };
        h->kept = k;
        return k;
}

void kept_drop(struct history *h, uint32_t number) {
        struct kept **p = &h->kept, *gone;

        while (*p && (*p)->number != number)
                p = &(*p)->next;
        if (!*p)
                return;
        gone = *p;
        *p = gone->next;
        free(gone->path);
        json_object_put(gone->findings);
        json_object_put(gone->answers);
        free(gone);
}

/* Returns the index of the number, or the index at which it has to be inserted. */
static size_t kept_row_index(const struct history *h, uint32_t number) {
        size_t low = 0, high = h->n_rows;

        while (low < high) {
                size_t middle = (low + high) / 2;

                if (h->rows[middle].number < number)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

struct kept_row *kept_row_find(struct history *h, uint32_t number, bool make) {
        size_t i = kept_row_index(h, number);

        if (i < h->n_rows && h->rows[i].number == number)
                return &h->rows[i];
        if (!make || number == 0)
                return NULL;
        if (h->n_rows == h->n_allocated) {
                size_t more = h->n_allocated ? 2 * h->n_allocated : 8;
                struct kept_row *grown = reallocarray(h->rows, more, sizeof(*grown));

                if (!grown)
                        return NULL;
                h->rows = grown;
                h->n_allocated = more;
        }
        memmove(h->rows + i + 1, h->rows + i, (h->n_rows++ - i) * sizeof(*h->rows));
        h->rows[i] = (struct kept_row){ .number = number };
        return &h->rows[i];
}

void kept_row_drop(struct history *h, uint32_t number) {
        size_t i = kept_row_index(h, number);

        if (i < h->n_rows && h->rows[i].number == number)
                memmove(h->rows + i, h->rows + i + 1, (--h->n_rows - i) * sizeof(*h->rows));
}

static bool same_finding(struct json_object *a, const struct finding *f) {
        struct json_object *code, *subject;

        return json_object_object_get_ex(a, "code", &code) && json_object_object_get_ex(a, "subject", &subject) &&
               strcmp(json_object_get_string(code), finding_code_name(f->code)) == 0 &&
               strcmp(json_object_get_string(subject), f->subject) == 0;
}

/* Keeps the last form of each finding. One that has been cleared stays with the session. */
static void keep_finding(struct kept *k, const struct finding *f) {
        size_t n, i = 0;

        if (!k->findings)
                k->findings = json_object_new_array();
        n = json_object_array_length(k->findings);
        while (i < n && !same_finding(json_object_array_get_idx(k->findings, i), f))
                i++;
        if (i == FINDINGS_MAX)
                return;
        json_object_array_put_idx(k->findings, i, finding_to_json(f));
}

static void keep_findings(struct kept *k, const struct findings *list) {
        for (size_t i = 0; i < list->n; i++)
                keep_finding(k, &list->items[i]);
}

/* Returns the connector whose partner this headset is, as the headset or its probable identity tells. */
static const struct typec_port *connector_of(const struct model *m, const struct object *o) {
        for (size_t i = 0; i < m->n_typec && !o->typec; i++)
                if (o->headset && typec_probable_headset(m, m->typec[i]) == o->headset)
                        return m->typec[i];
        return o->typec;
}

/* Returns the plug session that the object is in; NULL: none. */
static const struct session *session_of(const struct model *m, const struct object *o) {
        const struct typec_port *t;

        if (o->kind != OBJECT_HEADSET && (o->kind != OBJECT_PORT || !o->unidentified))
                return NULL;
        if (o->port)
                return &o->port->session;
        t = connector_of(m, o);
        return t ? &t->session : NULL;
}

/* Keeps the levels since the plug, and the last one before it as the start. */
static void keep_levels(const struct history *h, struct kept *k, const struct headset *own, struct moment start) {
        const struct headset_observed *statistics = &own->observed;

        for (size_t i = 0; i < statistics->n_points; i++) {
                const struct battery_point *p = &statistics->points[i];
                bool is_last_before = i + 1 == statistics->n_points || statistics->points[i + 1].when.at > start.at;

                if (p->when.at <= k->level_at.at || (p->when.at < start.at && !is_last_before))
                        continue;
                if (k->n_levels == BATTERY_POINTS_MAX)
                        memmove(k->levels, k->levels + 1, --k->n_levels * sizeof(k->levels[0]));
                k->levels[k->n_levels++] = (struct level_point){
                        .at = moment_wall(h->backend.model, p->when),
                        .level = p->percent,
                        .charging = charging_names[p->charging],
                        .source = battery_source_name(own->facts.battery),
                };
                k->level_at = p->when;
                k->changed = true;
        }
}

static void keep_answers(struct kept *k, const struct answers *t) {
        struct json_object *now = answers_to_json(t->by_question);

        k->changed |= !k->answers || !json_object_equal(k->answers, now);
        json_object_put(k->answers);
        k->answers = now;
}

/* The text is a tenth of the objects, and is kept until the next plug at the port. */
static char *path_text(const struct model *m, const struct port *p) {
        _cleanup_(json_putp) struct json_object *path = path_to_json(m, p);
        const char *text = path ? json_object_to_json_string_ext(path, JSON_C_TO_STRING_PLAIN) : NULL;

        return text ? strdup(text) : NULL;
}

void history_tell(struct history *h, const struct change *c) {
        const struct object *o = c->object;
        const struct session *s = session_of(h->backend.model, o);
        struct kept *k;

        if (!s || (c->kind != CHANGE_ADDED && c->kind != CHANGE_UPDATED && c->kind != CHANGE_RAISED))
                return;
        k = kept_find(h, s->number, true);
        if (!k)
                return;
        k->changed |= c->kind == CHANGE_RAISED;
        keep_findings(k, &o->diagnosis.findings);
        h->kept_changed = true;
        if (o->kind != OBJECT_HEADSET)
                return;
        snprintf(k->headset, sizeof(k->headset), "%s", o->id);
        if (!k->path && o->port)
                k->path = path_text(h->backend.model, o->port);
        if (o->headset)
                keep_levels(h, k, o->headset, s->start);
        if (o->answers)
                keep_answers(k, o->answers);
}

/* An id is valid as long as the same kind of device is at the place. */
static void write_place(const struct port *p, struct row *row) {
        char name[ADDRESS_NAME_MAX], title[PORT_TITLE_MAX];

        snprintf(row->port, sizeof(row->port), "%s", address_port_id(&p->address, name));
        snprintf(row->place, sizeof(row->place), "%s", port_title(p, title));
}

static void write_connector(const struct model *m, const struct session *s, struct row *row) {
        const char *name = s->port + strlen("typec-");
        char title[PORT_TITLE_MAX];

        snprintf(row->port, sizeof(row->port), "typec_%.16s", name);
        snprintf(row->place, sizeof(row->place), "Type-C %.16s", name);
        for (size_t i = 0; i < m->n_typec; i++)
                if (s == &m->typec[i]->session)
                        snprintf(row->place, sizeof(row->place), "%s", typec_title(m->typec[i], title));
}

/* Returns the headset that the partner probably is. It is not known yet when the session begins, seconds after the plug. */
static const char *probable_id(const struct history *h, const struct session *s) {
        const struct registry *r = h->backend.registry;
        const struct model *m = h->backend.model;
        const struct headset *probable = NULL;

        for (size_t i = 0; i < m->n_typec; i++)
                if (s == &m->typec[i]->session && s->ended == SESSION_OPEN)
                        probable = typec_probable_headset(m, m->typec[i]);
        for (size_t i = 0; probable && i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET && r->objects[i]->headset == probable)
                        return r->objects[i]->id;
        return NULL;
}

void history_make_row(struct history *h, const struct session *s, const struct port *p, struct row *ret) {
        const struct model *m = h->backend.model;
        const char *probable = s->partner ? probable_id(h, s) : NULL;
        struct kept *k = kept_find(h, s->number, probable != NULL);
        const struct kept_row *row = kept_row_find(h, s->number, false);
        bool open = s->ended == SESSION_OPEN;

        *ret = (struct row){ .id = row ? row->id : 0, .s = *s };
        ret->start = moment_wall(m, s->start);
        ret->end = open ? 0 : moment_wall(m, s->end);
        ret->seen = open ? m->now.wall : ret->end;
        ret->started = s->start.at;
        ret->lasted = session_length(s, m->now);
        if (open)
                ret->s.end = m->now;
        snprintf(ret->boot, sizeof(ret->boot), "%s", h->boot);
        if (s->partner)
                write_connector(m, s, ret);
        else if (p)
                write_place(p, ret);
        if (!k)
                return;
        if (probable && k->headset[0] == '\0')
                snprintf(k->headset, sizeof(k->headset), "%s", probable);
        memcpy(ret->headset, k->headset, sizeof(ret->headset));
        ret->path = k->path;
        ret->n_levels = k->n_levels;
        ret->levels = k->levels;
        ret->answers = k->answers ? json_object_to_json_string_ext(k->answers, JSON_C_TO_STRING_PLAIN) : NULL;
        ret->findings = k->findings ? json_object_to_json_string_ext(k->findings, JSON_C_TO_STRING_PLAIN) : NULL;
}
