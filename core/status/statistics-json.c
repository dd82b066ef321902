/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What earlier plug sessions contribute to the status. */

#include "status/statistics-json.h"

#include "common/finding-json.h"
#include "status/path-json.h"

static struct json_object *tally_to_json(const struct statistics_tally *t) {
        struct json_object *o = json_object_new_object();

        json_put(o, "good", json_object_new_int64(t->good));
        json_put(o, "shaky", json_object_new_int64(t->shaky));
        json_put(o, "bad", json_object_new_int64(t->bad));
        json_put(o, "newest_trouble", json_number_or_null(t->bad_at));
        return o;
}

static void add_headset(struct json_object *list, const struct model *m, const struct object *object) {
        static const struct session none;
        const struct session *s = object->port ? &object->port->session : &none;
        struct statistics_filter on_port = { .device = s->device, .port = s->port },
                                 on_others = { .device = s->device, .not_port = s->port };
        struct statistics_tally here, elsewhere;
        struct json_object *o;

        if (s->number == 0 || s->device[0] == '\0' || statistics_are_shared(m, s->device))
                return;
        statistics_count(m, &on_port, &here);
        statistics_count(m, &on_others, &elsewhere);
        if (here.bad + here.shaky + elsewhere.bad + elsewhere.shaky == 0)
                return;
        o = json_object_new_object();
        json_put(o, "headset", json_string(object->id));
        json_put(o, "here", tally_to_json(&here));
        json_put(o, "elsewhere", tally_to_json(&elsewhere));
        json_object_array_add(list, o);
}

struct json_object *statistics_to_json(const struct registry *r, const struct model *m) {
        struct json_object *list = json_object_new_array();

        for (size_t i = 0; list && i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET)
                        add_headset(list, m, r->objects[i]);
        return list;
}

struct json_object *statistics_last_to_json(const struct registry *r, const struct model *m) {
        const char *model = NULL;
        struct json_object *o;
        uint64_t newest = 0;

        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET)
                        return NULL;
        for (size_t i = 0; i < m->statistics.n; i++)
                if (m->statistics.entries[i].model[0] != '\0' && m->statistics.entries[i].at >= newest) {
                        newest = m->statistics.entries[i].at;
                        model = m->statistics.entries[i].model;
                }
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct session *s = &m->ports[i]->session;

                if (s->number != 0 && s->model[0] != '\0' && moment_wall(m, s->end) >= newest) {
                        newest = moment_wall(m, s->end);
                        model = s->model;
                }
        }
        if (!model)
                return NULL;
        o = json_object_new_object();
        json_put(o, "model", json_string(model));
        json_put(o, "at", json_number_or_null(newest));
        return o;
}
