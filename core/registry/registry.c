/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "registry/registry.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keyed-hash.h"
#include "registry/registry-internal.h"

void registry_init(struct registry *r, const struct mark_key *key, registry_listener *listener, void *userdata) {
        *r = (struct registry){ .listener = listener, .userdata = userdata };
        r->key = *key;
}

static void object_free(struct object *o) {
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

const struct object *registry_find(const struct registry *r, enum object_kind kind, const char *id) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == kind && strcmp(r->objects[i]->id, id) == 0)
                        return r->objects[i];
        return NULL;
}

static struct object *find_by_port(const struct registry *r, const struct port *p) {
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_PORT && r->objects[i]->place == p)
                        return r->objects[i];
        return NULL;
}

static void tell(const struct registry *r, enum change_kind kind, const struct object *o, const struct finding *f) {
        struct change c = { .kind = kind, .object = o, .finding = f, .backlog = r->backlog };

        r->listener(r->userdata, &c);
}

/* The same finding for whoever was told: another severity is worth telling again. */
static bool has_finding(const struct findings *list, const struct finding *f) {
        for (size_t i = 0; i < list->n; i++)
                if (list->items[i].code == f->code && list->items[i].severity == f->severity &&
                    strcmp(list->items[i].subject, f->subject) == 0)
                        return true;
        return false;
}

static void tell_missing(const struct registry *r, enum change_kind kind, const struct object *o, const struct findings *these,
                         const struct findings *there) {
        for (size_t i = 0; i < these->n; i++)
                if (!has_finding(there, &these->items[i]))
                        tell(r, kind, o, &these->items[i]);
}

static uint64_t hash_more(const struct registry *r, uint64_t hash, const void *data, size_t len) {
        return keyed_hash(r->key.machine, data, len) ^ (hash << 7 | hash >> 57);
}

static uint64_t hash_number(const struct registry *r, uint64_t hash, uint64_t n) {
        return hash_more(r, hash, &n, sizeof n);
}

/* What stands in one step of the way of the power, and what the hub there has given away. */
static uint64_t hash_step(const struct registry *r, uint64_t h, const struct model *m, const struct port *p) {
        h = hash_more(r, h, &p->facts, sizeof p->facts);
        h = hash_number(r, h, (uint64_t) p->in_sysfs << 32 | port_budget_ma(p));
        h = hash_number(r, h, port_has_hub(p) ? hub_declared_sum_ma(m, p) : device_declared_ma(&p->device));
        h = hash_number(r, h, (uint64_t) p->device.authorized << 8 | (uint8_t) p->device.active_configuration);
        return hash_more(r, h, p->device.name, strlen(p->device.name));
}

/* Everything an outlet shows of the object, but for times and evidence: those go along with the next real change. */
static uint64_t fingerprint(const struct registry *r, const struct model *m, const struct object *o) {
        const struct port *p = o->port;
        uint64_t h = hash_number(r, o->diagnosis.verdict, o->unidentified);

        if (o->typec || (p && p->typec))
                h = hash_number(r, h, typec_fingerprint(r, m, o->typec ? o->typec : p->typec));

        for (size_t i = 0; i < o->diagnosis.findings.n; i++) {
                const struct finding *f = &o->diagnosis.findings.items[i];

                h = hash_number(r, h, (uint64_t) f->code << 16 | (uint64_t) f->severity << 8 | f->confidence);
                h = hash_more(r, h, f->cause, strlen(f->cause));
                h = hash_more(r, h, f->action, strlen(f->action));
                h = hash_more(r, h, f->subject, strlen(f->subject));
        }
        if (o->kind == OBJECT_HEADSET)
                h = hash_number(r, h, headset_fingerprint(r, m, o));
        if (o->place)
                h = hash_more(r, h, &o->place->facts, sizeof o->place->facts);
        if (!p)
                return h;
        h = hash_number(r, h, p->present);
        h = hash_number(r, h, port_negotiated_ma(p));
        h = hash_number(r, h, port_budget_ma(p));
        h = hash_number(r, h, (uint64_t) p->link.state << 32 | p->link.failures_total);
        h = hash_number(r, h, p->over_currents);
        h = hash_number(r, h, link_enumeration_usec(&p->link));
        h = hash_number(r, h, (uint64_t) p->device.vendor << 16 | p->device.product);
        h = hash_step(r, h, m, p);
        /* A headset is shown with its whole way, a port is not. */
        for (p = p->hub; o->kind == OBJECT_HEADSET && p; p = p->hub)
                h = hash_step(r, h, m, p);
        return h;
}

void object_update(struct registry *r, const struct model *m, struct object *o, struct diagnosis *d, bool added) {
        struct findings old = o->diagnosis.findings;
        uint64_t now;

        o->diagnosis = *d;
        *d = (struct diagnosis){};
        if (added)
                tell(r, CHANGE_ADDED, o, NULL);
        tell_missing(r, CHANGE_CLEARED, o, &old, &o->diagnosis.findings);
        tell_missing(r, CHANGE_RAISED, o, &o->diagnosis.findings, &old);
        findings_clear(&old);
        now = fingerprint(r, m, o);
        if (!added && now != o->fingerprint)
                tell(r, CHANGE_UPDATED, o, NULL);
        o->fingerprint = now;
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

/* Makes an object that is not in the list yet; NULL: out of memory. */
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

/* The two halves of a connector are one port under the USB 2 half's name. */
static const struct port *usb3_half(const struct model *m, const struct port *p) {
        const struct port *peer = p->in_sysfs && p->facts.peer.bus != 0 ? model_find(m, &p->facts.peer) : NULL;

        return peer && peer->hub && speed_is_super(peer->hub->device.speed) ? peer : NULL;
}

static bool is_usb3_half(const struct model *m, const struct port *p) {
        const struct port *peer = p->in_sysfs && p->facts.peer.bus != 0 ? model_find(m, &p->facts.peer) : NULL;

        return peer && peer->in_sysfs && p->hub && speed_is_super(p->hub->device.speed);
}

/* Which half has something to tell? */
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
        o->since = telling->link.first_connect.at != 0 ? telling->link.first_connect : telling->link.since;
        /* A state has to be told only while something is, or was just, there: an empty port has no findings and no verdict. */
        if (!telling->present && !o->unidentified)
                diagnosis_clear(&d);
        object_update(r, m, o, &d, added);
        return 0;
}

static struct object *find_host(const struct registry *r, const char *id) {
        return (struct object *) registry_find(r, OBJECT_HOST, id);
}

/* A host object exists while it has findings. */
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

/* Can what happened at `changed` matter for `p`? A hub matters to what hangs on it, a device to its hub's sum and so to
 * all that hangs on it, a half of a connector to the other one. */
bool concerns(const struct port *p, const struct port *changed) {
        const struct port *hub = changed ? changed->hub : NULL;

        if (!changed || p == changed || p == hub || address_is_below(&p->address, &changed->address))
                return true;
        if (hub && hub->address.depth > 0 && address_is_below(&p->address, &hub->address))
                return true;
        return p->in_sysfs && p->facts.peer.bus != 0 && address_equal(&p->facts.peer, &changed->address);
}

int registry_update(struct registry *r, const struct model *m, const struct port *port) {
        int result = update_headsets(r, m, port), k;

        for (size_t i = 0; i < m->n_ports; i++) {
                if (!concerns(m->ports[i], port))
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
        return k < 0 ? k : result;
}
