/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sessions in the form of the API. They contain no mark of a serial number. */

#include <errno.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/finding-json.h"
#include "daemon/history/history-internal.h"
#include "status/path-json.h"

/* Maximum number of sessions in one answer; the client requests older ones separately. */
#define ANSWER_MAX 500
/* Maximum number of failures of unidentified devices that are shown with the last session of a headset. */
#define NAMELESS_MAX 3

static struct json_object *parse(const char *text) {
        return text ? json_tokener_parse(text) : NULL;
}

/* Returns the current id of the port, because bus numbers change between boots; otherwise the id at that time. */
static const char *id_today(const struct history_question *q, const struct row *row) {
        for (size_t i = 0; i < q->n_ports; i++)
                if (strcmp(q->ports[i].key, row->s.port) == 0)
                        return q->ports[i].id;
        return row->port;
}

static struct json_object *device_to_text(const char *device) {
        return device[0] ? json_object_new_string_len(device, strlen(device) < 9 ? (int) strlen(device) : 9) : NULL;
}

static struct json_object *enumeration_of(const struct session *s) {
        struct json_object *o = json_object_new_object();

        json_put(o, "usec", json_number_or_null(s->enumeration_usec));
        json_put(o, "attempts", json_number_or_null(s->tries));
        json_put(o, "errors", s->tries > 0 ? json_object_new_int64(s->errors) : NULL);
        return o;
}

static void put_counts(struct json_object *o, const struct session *s) {
        json_put(o, "failed_tries", json_object_new_int64(s->failed_tries));
        json_put(o, "drops", json_object_new_int64(s->drops));
        json_put(o, "resets", json_object_new_int64(s->resets));
        json_put(o, "over_currents", json_object_new_int64(s->over_currents));
        json_put(o, "emi", json_object_new_int64(s->emi));
        json_put(o, "slept_usec", json_object_new_int64((int64_t) s->slept_usec));
        json_put(o, "suspended_usec", json_object_new_int64((int64_t) (s->suspended_ms * 1000)));
        json_put(o, "offered_ma", json_number_or_null(s->offered_ma));
}

static struct json_object *row_to_json(const struct work *w, const struct row *row) {
        struct json_object *o = json_object_new_object(), *findings = parse(row->findings);
        struct json_object *answers = store_answers(w->store, row->id);
        const struct session *s = &row->s;

        json_put(o, "id", json_object_new_int64(row->id));
        json_put(o, "headset", json_text_or_null(row->headset));
        json_put(o, "model", s->guessed ? NULL : json_text_or_null(s->model));
        json_put(o, "probably", s->guessed ? json_text_or_null(s->model) : NULL);
        json_put(o, "device", s->guessed ? NULL : device_to_text(s->device));
        json_put(o, "device_guessed", json_object_new_boolean(s->guessed));
        json_put(o, "port", json_text_or_null(id_today(w->question, row)));
        json_put(o, "port_key", json_text_or_null(s->port));
        json_put(o, "seen_by", json_string(s->partner ? "typec" : "usb"));
        json_put(o, "place", json_text_or_null(row->place));
        json_put(o, "path", parse(row->path));
        json_put(o, "cable", json_text_or_null(s->cable));
        json_put(o, "start", json_number_or_null(row->start));
        json_put(o, "end", json_number_or_null(row->end));
        /* A device that was there before the daemon started was plugged in earlier than `start`. */
        json_put(o, "start_seen", json_object_new_boolean(!s->before_start));
        /* If nobody saw the beginning or the end, only the time for which it was seen is certain. */
        bool unknown = s->ended == SESSION_LOST || s->before_start;
        json_put(o, "lasted_usec", unknown ? NULL : json_number_or_null(row->lasted));
        json_put(o, "lasted_at_least_usec", json_number_or_null(row->lasted));
        json_put(o, "ended", json_string(session_end_name(s->ended)));
        json_put(o, "outcome", json_string(outcome_name(session_outcome(s, s->end))));
        json_put(o, "enumeration", enumeration_of(s));
        put_counts(o, s);
        json_put(o, "battery", store_levels(w->store, row->id));
        if (answers)
                json_put(o, "told", answers);
        json_put(o, "findings", findings ? findings : json_object_new_array_ext(0));
        return o;
}

struct list {
        const struct work *w;
        struct json_object *array;
        uint32_t room;
        bool more;
};

/* The row of a current session is written on changes only, so its end is set to now. */
static struct row as_of_now(const struct row *row, uint64_t now) {
        struct row r = *row;

        if (r.s.ended != SESSION_OPEN || now < r.started + r.lasted)
                return r;
        r.lasted = now - r.started;
        r.s.end.at = r.s.start.at + r.lasted;
        return r;
}

static bool on_row(void *userdata, const struct row *row) {
        struct list *l = userdata;
        struct row now = as_of_now(row, l->w->question->now);

        if (l->room-- == 0) {
                l->more = true;
                return false;
        }
        json_object_array_add(l->array, row_to_json(l->w, &now));
        return true;
}

static bool is_connector(const char *name) {
        return strncmp(name, "typec_port", 10) == 0 || strncmp(name, "port", 4) == 0;
}

/* A port is named by its current id or by its key, which is the same in every boot. */
static void take_port(const struct history *h, const char *name, struct query *q) {
        const struct model *m = h->backend.model;
        struct address where;

        snprintf(q->port, sizeof(q->port), "%s", name);
        if (is_connector(name))
                snprintf(q->port, sizeof(q->port), "typec-%.32s", strstr(name, "port"));
        if (address_parse_any(name, &where) && model_find(m, &where))
                port_key(m, model_find(m, &where), q->port);
}

/* A headset is named by its id, a prefix of it or its model; any device by its place, as in `status`. */
static void take_headset(const struct history *h, const char *name, struct query *q) {
        struct address where;

        if (address_parse_any(name, &where) || is_connector(name)) {
                take_port(h, name, q);
                q->others = true;
                return;
        }
        snprintf(q->headset, sizeof(q->headset), "%s", name);
        for (size_t n = 0; *name && n + 1 < sizeof(q->model); name++)
                if (isalnum((unsigned char) *name))
                        q->model[n++] = (char) tolower((unsigned char) *name);
}

static void make_query(const struct history *h, const struct history_filter *f, struct query *q) {
        *q = (struct query){ .since = f->since, .until = f->until, .before = f->before, .others = f->others };
        if (f->headset)
                take_headset(h, f->headset, q);
        if (f->cable)
                snprintf(q->cable, sizeof(q->cable), "%s", f->cable);
        if (f->port)
                take_port(h, f->port, q);
}

static void answer_history(struct work *w) {
        const struct history_question *q = w->question;
        struct list l = { .w = w, .array = json_object_new_array(), .room = q->room };
        struct json_object *o = w->answer;

        (void) store_read(w->store, &q->query, on_row, &l);
        json_put(o, "sessions", l.array);
        json_put(o, "more", json_object_new_boolean(l.more));
        json_put(o, "cable", json_text_or_null(q->cable));
        if (!q->health)
                return;
        json_put(o, "headsets", store_health(w->store, &q->query, "headset"));
        json_put(o, "ports", store_health(w->store, &q->query, "port"));
}

static int64_t newest_id(struct json_object *list) {
        struct json_object *id = NULL;

        if (json_object_array_length(list) > 0)
                json_object_object_get_ex(json_object_array_get_idx(list, 0), "id", &id);
        return id ? json_object_get_int64(id) : 0;
}

struct nameless {
        struct list list;
        int64_t after;
};

static bool on_nameless(void *userdata, const struct row *row) {
        struct nameless *n = userdata;

        return row->id > n->after && on_row(&n->list, row);
}

static void answer_last(struct work *w) {
        struct nameless n = { .list = { .w = w, .array = json_object_new_array(), .room = NAMELESS_MAX } };
        struct list l = { .w = w, .array = json_object_new_array(), .room = 1 };
        struct query nameless = { .limit = NAMELESS_MAX, .nameless = true };

        (void) store_read(w->store, &w->question->query, on_row, &l);
        n.after = newest_id(l.array);
        (void) store_read(w->store, &nameless, on_nameless, &n);
        json_put(w->answer, "sessions", l.array);
        json_put(w->answer, "unidentified", n.list.array);
}

void work_answer(struct work *w) {
        w->answer = json_api_object();
        if (!w->answer)
                return;
        if (w->question->last)
                answer_last(w);
        else
                answer_history(w);
}

/* Copies names from the model, which the thread must not access. */
static int take_names(struct history_question *q, const struct model *m) {
        q->ports = calloc(m->n_ports + 1, sizeof(*q->ports));
        if (!q->ports)
                return -ENOMEM;
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];

                if (p->address.depth == 0 || speed_is_super(p->hub->device.speed))
                        continue;
                port_key(m, p, q->ports[q->n_ports].key);
                address_port_id(&p->address, q->ports[q->n_ports].id);
                q->n_ports++;
        }
        memcpy(q->cable, m->cable, sizeof(q->cable));
        return 0;
}

static struct history_question *question_new(const struct history *h, history_answer *answer, void *userdata) {
        struct history_question *q = calloc(1, sizeof(*q));

        if (!q)
                return NULL;
        q->answer = answer;
        q->userdata = userdata;
        q->now = h->backend.model->now.at;
        if (!h->backend.replay)
                (void) sd_event_now(h->event, CLOCK_MONOTONIC, &q->now);
        return take_names(q, h->backend.model) < 0 ? question_free(q) : q;
}

struct history_question *question_free(struct history_question *q) {
        if (q)
                free(q->ports);
        free(q);
        return NULL;
}

int history_ask(struct history *h, const struct history_filter *f, history_answer *answer, void *userdata) {
        struct history_question *q = question_new(h, answer, userdata);

        if (!q)
                return -ENOMEM;
        make_query(h, f, &q->query);
        q->room = f->limit > 0 && f->limit < ANSWER_MAX ? f->limit : ANSWER_MAX;
        q->query.limit = q->room + 1;
        q->health = f->health;
        return history_add_question(h, q);
}

int history_ask_last(struct history *h, const char *headset, history_answer *answer, void *userdata) {
        struct history_question *q = question_new(h, answer, userdata);

        if (!q)
                return -ENOMEM;
        q->last = true;
        q->query = (struct query){ .limit = 1, .ended = true, .named = true };
        if (headset)
                take_headset(h, headset, &q->query);
        return history_add_question(h, q);
}
