/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "registry/registry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "registry/registry-internal.h"

void registry_init(struct registry *r, const struct mark_key *key, registry_listener *listener, void *userdata) {
        *r = (struct registry){ .listener = listener, .userdata = userdata };
        r->key = *key;
}

static void object_free(struct object *o) {
        json_object_put(o->values);
        json_object_put(o->reported);
        headset_release(o->headset);
        answers_release(o->answers);
        diagnosis_clear(&o->diagnosis);
        free(o);
}

void registry_done(struct registry *r) {
        for (size_t i = 0; i < r->n; i++)
                object_free(r->objects[i]);
        free(r->objects);
        r->objects = NULL;
        r->n = r->allocated = 0;
}

void model_slug(const char *model, char *ret, size_t size) {
        size_t n = 0;

        for (; *model != '\0' && n + 1 < size; model++) {
                char c = *model;

                if (c >= 'A' && c <= 'Z')
                        c = (char) (c - 'A' + 'a');
                ret[n++] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
        }
        ret[n] = '\0';
}

static int compare_objects(const struct object *a, const struct object *b) {
        if (a->kind != b->kind)
                return (int) a->kind - (int) b->kind;
        return strcmp(a->id, b->id);
}

static int registry_insert(struct registry *r, struct object *o) {
        size_t i = r->n;

        if (r->n == r->allocated) {
                size_t want = r->allocated ? r->allocated * 2 : 16;
                struct object **grown = reallocarray(r->objects, want, sizeof *grown);

                if (!grown)
                        return -ENOMEM;
                r->objects = grown;
                r->allocated = want;
        }
        for (; i > 0 && compare_objects(o, r->objects[i - 1]) < 0; i--)
                r->objects[i] = r->objects[i - 1];
        r->objects[i] = o;
        r->n++;
        return 0;
}

/* The list is sorted. */
const struct object *registry_find(const struct registry *r, enum object_kind kind, const char *id) {
        size_t low = 0, high = r->n;

        while (low < high) {
                size_t middle = low + (high - low) / 2;
                const struct object *o = r->objects[middle];
                int order = o->kind != kind ? (int) o->kind - (int) kind : strcmp(o->id, id);

                if (order == 0)
                        return o;
                if (order < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return NULL;
}

static struct object *find_by_port(const struct registry *r, const struct port *p) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_PORT && r->objects[i]->place == p)
                        return r->objects[i];
        return NULL;
}

static void tell(struct registry *r, enum change_kind kind, const struct object *o, const struct finding *f) {
        struct change c = { .kind = kind, .object = o, .finding = f, .backlog = r->backlog };

        r->revision++;
        r->listener(r->userdata, &c);
}

/* Compares findings as a client sees them. A different severity is reported again. */
static bool has_finding(const struct findings *list, const struct finding *f) {
        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].code == f->code && list->items[i].severity == f->severity &&
                    strcmp(list->items[i].subject, f->subject) == 0)
                        return true;
        return false;
}

static void tell_missing(struct registry *r, enum change_kind kind, const struct object *o, const struct findings *these,
                         const struct findings *there) {
        for (size_t i = 0; i < these->n; i++)
                if (!has_finding(there, &these->items[i]))
                        tell(r, kind, o, &these->items[i]);
}

/* Changes of times and evidence are reported only together with another change. */
static bool is_aside(const char *key) {
        return strcmp(key, "at") == 0 || strcmp(key, "last_seen") == 0 || strcmp(key, "evidence") == 0;
}

static bool values_same(struct json_object *a, struct json_object *b);

static bool objects_same(struct json_object *a, struct json_object *b) {
        if (json_object_object_length(a) != json_object_object_length(b))
                return false;
        json_object_object_foreach(a, key, value) {
                struct json_object *other;

                if (!json_object_object_get_ex(b, key, &other) || (!is_aside(key) && !values_same(value, other)))
                        return false;
        }
        return true;
}

static bool arrays_same(struct json_object *a, struct json_object *b) {
        size_t n = json_object_array_length(a);

        if (n != json_object_array_length(b))
                return false;
        for (size_t i = 0; i < n; i++)
                if (!values_same(json_object_array_get_idx(a, i), json_object_array_get_idx(b, i)))
                        return false;
        return true;
}

static bool values_same(struct json_object *a, struct json_object *b) {
        if (json_object_get_type(a) != json_object_get_type(b))
                return false;
        switch (json_object_get_type(a)) {
        case json_type_object:
                return objects_same(a, b);
        case json_type_array:
                return arrays_same(a, b);
        default:
                return json_object_equal(a, b);
        }
}

static uint64_t newest_level_at(const struct headset *h) {
        return h && h->observed.n_points > 0 ? h->observed.points[h->observed.n_points - 1].when.at : 0;
}

static void note_reported(struct object *o) {
        json_object_put(o->reported);
        o->reported = json_object_get(o->values);
        o->level_at = newest_level_at(o->headset);
}

/* When the same level is reported again, only its time changes, but it is another point of the level's history. */
static void tell_updated(struct registry *r, struct object *o) {
        struct change c = { .kind = CHANGE_UPDATED, .object = o, .before = o->reported, .backlog = r->backlog };

        if (values_same(o->reported, o->values) && o->level_at == newest_level_at(o->headset))
                return;
        r->revision++;
        r->listener(r->userdata, &c);
        note_reported(o);
}

void object_update(struct registry *r, const struct model *m, struct object *o, struct diagnosis *d, bool added) {
        struct findings old = o->diagnosis.findings;

        o->diagnosis = *d;
        *d = (struct diagnosis){};
        json_object_put(o->values);
        o->values = r->show ? r->show(m, o) : NULL;
        if (added) {
                note_reported(o);
                tell(r, CHANGE_ADDED, o, NULL);
        }
        tell_missing(r, CHANGE_CLEARED, o, &old, &o->diagnosis.findings);
        tell_missing(r, CHANGE_RAISED, o, &o->diagnosis.findings, &old);
        findings_clear(&old);
        if (!added)
                tell_updated(r, o);
}

void registry_remove(struct registry *r, struct object *o) {
        struct findings none = {};
        size_t i = 0;

        tell_missing(r, CHANGE_CLEARED, o, &o->diagnosis.findings, &none);
        tell(r, CHANGE_REMOVED, o, NULL);
        while (r->objects[i] != o)
                i++;
        memmove(r->objects + i, r->objects + i + 1, (--r->n - i) * sizeof *r->objects);
        object_free(o);
}

/* Creates an object that is not in the list yet; NULL: out of memory. */
static struct object *object_new(enum object_kind kind, const char *id, const struct port *place, const struct model *m) {
        struct object *o = calloc(1, sizeof *o);

        if (!o)
                return NULL;
        o->kind = kind;
        o->place = o->port = place;
        o->since = m->now;
        snprintf(o->id, sizeof o->id, "%s", id);
        return o;
}

struct object *registry_add(struct registry *r, enum object_kind kind, const char *id, const struct model *m) {
        struct object *o = object_new(kind, id, NULL, m);

        if (o && registry_insert(r, o) < 0) {
                free(o);
                return NULL;
        }
        return o;
}

/* Both halves of a connector are one port with the name of the USB 2 half. */
static const struct port *usb3_half(const struct model *m, const struct port *p) {
        const struct port *peer = p->in_sysfs && p->facts.peer.bus != 0 ? model_find(m, &p->facts.peer) : NULL;

        return peer && peer->hub && speed_is_super(peer->hub->device.speed) ? peer : NULL;
}

static bool is_usb3_half(const struct model *m, const struct port *p) {
        const struct port *peer = p->in_sysfs && p->facts.peer.bus != 0 ? model_find(m, &p->facts.peer) : NULL;

        return peer && peer->in_sysfs && p->hub && speed_is_super(p->hub->device.speed);
}

/* Returns the half that has something to report. */
static const struct port *telling_half(const struct model *m, const struct port *usb2) {
        const struct port *usb3 = usb3_half(m, usb2);

        if (!usb3 || usb2->present || port_is_unidentified(m, usb2))
                return usb2;
        return usb3->present || port_is_unidentified(m, usb3) ? usb3 : usb2;
}

static int update_port(struct registry *r, const struct model *m, const struct port *p) {
        struct object *o = find_by_port(r, p);
        const struct port *telling;
        struct diagnosis d = {};
        char id[ADDRESS_NAME_MAX];
        bool added = false, wanted;

        wanted = p->address.depth > 0 && !is_usb3_half(m, p) && (p->in_sysfs || p->present || port_is_unidentified(m, p));
        if (!wanted) {
                if (o)
                        registry_remove(r, o);
                return 0;
        }
        telling = telling_half(m, p);
        diagnose_port(m, telling, false, &d);
        if (!o) {
                o = object_new(OBJECT_PORT, address_port_id(&p->address, id), p, m);
                if (!o || registry_insert(r, o) < 0) {
                        free(o);
                        diagnosis_clear(&d);
                        return -ENOMEM;
                }
                added = true;
        }
        o->port = telling;
        o->unidentified = port_is_unidentified(m, telling);
        o->declared_sum = port_has_hub(p) ? hub_declared_sum_ma(m, p) : 0;
        o->since = telling->link.first_connect.at != 0 ? telling->link.first_connect : telling->link.since;
        /* The state is reported only while a device is, or just was, at the port: an empty port has no findings and no
         * verdict. */
        if (!telling->present && !o->unidentified)
                diagnosis_clear(&d);
        object_update(r, m, o, &d, added);
        return 0;
}

static struct object *find_host(const struct registry *r, const char *id) {
        return (struct object *) registry_find(r, OBJECT_HOST, id);
}

/* A host object exists only while it has findings. */
static int update_host(struct registry *r, const struct model *m, const char *id, const struct controller *c) {
        struct object *o = find_host(r, id);
        struct diagnosis d = {};
        bool added = !o;

        if (c)
                diagnose_controller(m, c, false, &d);
        else
                diagnose_host(m, false, &d);
        if (d.findings.n == 0) {
                if (o)
                        registry_remove(r, o);
                diagnosis_clear(&d);
                return 0;
        }
        if (!o) {
                o = object_new(OBJECT_HOST, id, NULL, m);
                if (!o || registry_insert(r, o) < 0) {
                        free(o);
                        diagnosis_clear(&d);
                        return -ENOMEM;
                }
        }
        /* The evidence of the host's findings is shown, but a change of it alone is not reported to the listener. */
        r->revision++;
        object_update(r, m, o, &d, added);
        return 0;
}

static void remove_lost_controllers(struct registry *r, const struct model *m) {
        for (size_t i = r->n; i-- > 0;) {
                struct object *o = r->objects[i];

                if (o->kind == OBJECT_HOST && strcmp(o->id, "host") != 0 && !model_controller(m, o->id))
                        registry_remove(r, o);
        }
}

/* An event at a hub affects the devices behind it. An event at a device affects the sum of its hub, and when the sum changes all
 * devices behind that hub. An event at one half of a connector affects the other half. */
static bool affects(const struct port *p, const struct port *changed, const struct port *hub) {
        if (p == changed || p == changed->hub || address_is_below(&p->address, &changed->address))
                return true;
        if (hub && address_is_below(&p->address, &hub->address))
                return true;
        return p->in_sysfs && p->facts.peer.bus != 0 && address_equal(&p->facts.peer, &changed->address);
}

bool concerns(const struct affected *a, const struct port *p) {
        if (a->all)
                return true;
        for (size_t i = 0; i < a->n; i++)
                if (affects(p, a->items[i].port, a->items[i].hub))
                        return true;
        return false;
}

/* Returns the hub of the port when the sum of what the devices behind it declare may have changed. Root hubs have no sum. */
static const struct port *changed_hub(const struct registry *r, const struct model *m, const struct port *port) {
        const struct port *hub = port->hub;
        const struct object *o = hub && hub->address.depth > 0 ? find_by_port(r, hub) : NULL;

        if (!hub || hub->address.depth == 0)
                return NULL;
        return o && o->declared_sum == hub_declared_sum_ma(m, hub) ? NULL : hub;
}

void registry_note(struct registry *r, const struct port *port) {
        for (size_t i = 0; i < r->n_noted; i++)
                if (r->noted[i] == port)
                        return;
        if (!port || r->n_noted == REGISTRY_NOTED_MAX)
                r->noted_all = true;
        else
                r->noted[r->n_noted++] = port;
}

bool registry_has_news(const struct registry *r) {
        return r->noted_all || r->n_noted > 0;
}

static void take_noted(struct registry *r, const struct model *m, struct affected *ret) {
        *ret = (struct affected){ .all = r->noted_all };
        for (; !ret->all && ret->n < r->n_noted; ret->n++) {
                ret->items[ret->n].port = r->noted[ret->n];
                ret->items[ret->n].hub = changed_hub(r, m, r->noted[ret->n]);
        }
        r->noted_all = false;
        r->n_noted = 0;
}

int registry_update(struct registry *r, const struct model *m) {
        struct affected affected;
        int result, k;

        take_noted(r, m, &affected);
        result = update_headsets(r, m, &affected);
        for (size_t i = 0; i < m->n_ports; i++) {
                if (!concerns(&affected, m->ports[i]))
                        continue;
                k = update_port(r, m, m->ports[i]);
                if (k < 0)
                        result = k;
        }
        for (size_t i = 0; i < m->n_typec; i++) {
                k = update_typec(r, m, m->typec[i]);
                if (k < 0)
                        result = k;
        }
        remove_lost_controllers(r, m);
        for (size_t i = 0; i < m->n_controllers; i++) {
                k = update_host(r, m, m->controllers[i].name, &m->controllers[i]);
                if (k < 0)
                        result = k;
        }
        k = update_host(r, m, "host", NULL);
        if (k < 0)
                result = k;
        /* What failed is tried again with the next event. */
        r->noted_all |= result < 0;
        return result;
}
