/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Sessions as the API tells them. No mark of a serial number is in them. */

#include <stdio.h>
#include <string.h>

#include "finding-json.h"
#include "history-internal.h"
#include "path-json.h"

/* One answer holds at most so many; the client asks on for older ones. */
#define ANSWER_MAX 500
/* Failures without a name that are told with the last session of a headset. */
#define NAMELESS_MAX 3

static struct json_object *parse(const char *text) {
        return text ? json_tokener_parse(text) : NULL;
}

/* The port's id today, as bus numbers shift between boots; else what it was. */
static const char *id_today(const struct history *h, const struct row *row, char buf[static ADDRESS_NAME_MAX]) {
        const struct model *m = h->backend.model;
        char key[SESSION_PORT_MAX];

        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->address.depth > 0 && !speed_is_super(m->ports[i]->hub->device.speed) &&
                    strcmp(port_key(m, m->ports[i], key), row->s.port) == 0)
                        return address_port_id(&m->ports[i]->address, buf);
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

struct json_object *row_to_json(const struct history *h, const struct row *row) {
        struct json_object *o = json_object_new_object(), *findings = parse(row->findings);
        struct json_object *told = store_answers(h->store, row->id);
        const struct session *s = &row->s;
        char id[ADDRESS_NAME_MAX];

        json_put(o, "id", json_object_new_int64(row->id));
        json_put(o, "headset", json_text_or_null(row->headset));
        json_put(o, "model", s->guessed ? NULL : json_text_or_null(s->model));
        json_put(o, "probably", s->guessed ? json_text_or_null(s->model) : NULL);
        json_put(o, "device", s->guessed ? NULL : device_to_text(s->device));
        json_put(o, "device_guessed", json_object_new_boolean(s->guessed));
        json_put(o, "port", json_text_or_null(id_today(h, row, id)));
        json_put(o, "port_key", json_text_or_null(s->port));
        json_put(o, "seen_by", json_string(s->partner ? "typec" : "usb"));
        json_put(o, "place", json_text_or_null(row->place));
        json_put(o, "path", parse(row->path));
        json_put(o, "cable", json_text_or_null(s->cable));
        json_put(o, "start", json_number_or_null(row->start));
        json_put(o, "end", json_number_or_null(row->end));
        json_put(o, "lasted_usec", json_number_or_null(row->lasted));
        json_put(o, "ended", json_string(session_end_name(s->ended)));
        json_put(o, "outcome", json_string(outcome_name(session_outcome(s, s->end))));
        json_put(o, "enumeration", enumeration_of(s));
        put_counts(o, s);
        json_put(o, "battery", store_levels(h->store, row->id));
        if (told)
                json_put(o, "told", told);
        json_put(o, "findings", findings ? findings : json_object_new_array_ext(0));
        return o;
}

struct list {
        const struct history *h;
        struct json_object *array;
        uint32_t room;
        bool more;
};

static bool on_row(void *userdata, const struct row *row) {
        struct list *l = userdata;

        if (l->room-- == 0) {
                l->more = true;
                return false;
        }
        json_object_array_add(l->array, row_to_json(l->h, row));
        return true;
}

/* A port is named by its id of today or by what is the same in every boot. */
static void take_port(const struct history *h, const char *name, struct query *q) {
        const struct model *m = h->backend.model;
        char id[ADDRESS_NAME_MAX];
        struct address where;

        snprintf(q->port, sizeof(q->port), "%s", name);
        if (strncmp(name, "typec_port", 10) == 0 || strncmp(name, "port", 4) == 0)
                snprintf(q->port, sizeof(q->port), "typec-%.32s", strstr(name, "port"));
        if (address_parse(name, strlen(name), &where) && where.depth > 0 && model_find(m, &where)) {
                port_key(m, model_find(m, &where), q->port);
                return;
        }
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->address.depth > 0 && strcmp(address_port_id(&m->ports[i]->address, id), name) == 0)
                        port_key(m, m->ports[i], q->port);
}

static void make_query(const struct history *h, const struct history_filter *f, struct query *q) {
        *q = (struct query){ .since = f->since, .until = f->until, .before = f->before, .others = f->others };
        if (f->headset)
                snprintf(q->headset, sizeof(q->headset), "%s", f->headset);
        if (f->cable)
                snprintf(q->cable, sizeof(q->cable), "%s", f->cable);
        if (f->port)
                take_port(h, f->port, q);
}

struct json_object *history_to_json(struct history *h, const struct history_filter *f) {
        struct json_object *o = json_api_object();
        struct list l = { .h = h, .array = json_object_new_array() };
        struct query q;

        if (!history_store(h))
                return o;
        history_catch_up(h);
        make_query(h, f, &q);
        l.room = f->limit > 0 && f->limit < ANSWER_MAX ? f->limit : ANSWER_MAX;
        q.limit = l.room + 1;
        (void) store_read(h->store, &q, on_row, &l);
        json_put(o, "sessions", l.array);
        json_put(o, "more", json_object_new_boolean(l.more));
        json_put(o, "cable", json_text_or_null(h->backend.model->cable));
        if (f->health) {
                json_put(o, "headsets", store_health(h->store, &q, "headset"));
                json_put(o, "ports", store_health(h->store, &q, "port"));
        }
        store_rest(h->store);
        return o;
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

struct json_object *history_last_to_json(struct history *h, const char *headset) {
        struct query q = { .limit = 1, .ended = true }, nameless = { .limit = NAMELESS_MAX, .nameless = true };
        struct json_object *o = json_api_object(), *array = json_object_new_array();
        struct nameless n = { .list = { .h = h, .array = json_object_new_array(), .room = NAMELESS_MAX } };
        struct list l = { .h = h, .array = array, .room = 1 };

        if (!history_store(h))
                return o;
        history_catch_up(h);
        q.named = true;
        if (headset)
                snprintf(q.headset, sizeof(q.headset), "%s", headset);
        (void) store_read(h->store, &q, on_row, &l);
        n.after = newest_id(array);
        (void) store_read(h->store, &nameless, on_nameless, &n);
        json_put(o, "sessions", array);
        json_put(o, "unidentified", n.list.array);
        store_rest(h->store);
        return o;
}
