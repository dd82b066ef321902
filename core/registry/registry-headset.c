/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Headsets as objects: combines what USB, Type-C, Bluetooth and a person report, with one object for each headset.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keyed-hash.h"
#include "registry/registry-internal.h"

/* All current sightings of one headset, and the object that represents it. */
struct view {
        struct sightings seen;
        const struct model_facts *facts;
        struct object *object; /* NULL: none yet */
};

struct views {
        size_t n;
        struct view *items;
};

const struct model_facts *object_facts(const struct object *o) {
        if (o->kind == OBJECT_HEADSET)
                return &o->facts;
        if (o->port)
                return &o->port->device.facts;
        if (o->typec)
                return &o->typec->facts.partner_model;
        return o->headset ? &o->headset->facts.facts : &o->answers->facts;
}

bool object_is_plugged(const struct object *o) {
        return o->port || o->typec;
}

static struct view *add_view(struct views *v, struct sightings seen, const struct model_facts *facts) {
        struct view *new = &v->items[v->n++];

        *new = (struct view){ .seen = seen, .facts = facts };
        return new;
}

static void collect_plugged(const struct model *m, struct views *v) {
        for (size_t i = 0; i < m->n_ports; i++)
                if (port_has_headset(m->ports[i]))
                        add_view(v, (struct sightings){ .port = m->ports[i] }, &m->ports[i]->device.facts);
        for (size_t i = 0; i < m->n_typec; i++)
                if (typec_is_headset(m, m->typec[i]))
                        add_view(v, (struct sightings){ .typec = m->typec[i] }, &m->typec[i]->facts.partner_model);
}

static struct view *view_of_plugged(struct views *v, const struct plugged *p) {
        for (size_t i = 0; i < v->n; i++)
                if (p->port ? v->items[i].seen.port == p->port : v->items[i].seen.typec == p->typec)
                        return &v->items[i];
        return NULL;
}

/* Collects the headsets that are near, and the one that is plugged in whether it is near or not. */
static void collect_headsets(const struct model *m, struct views *v) {
        for (size_t i = 0; i < m->n_headsets; i++) {
                const struct headset *h = m->headsets[i];
                struct plugged plugged;
                struct view *joined = headset_is_plugged(m, h, &plugged) ? view_of_plugged(v, &plugged) : NULL;

                if (joined)
                        joined->seen.headset = h;
                else if (headset_is_near(m, h))
                        add_view(v, (struct sightings){ .headset = h, .same_model = plugged.n }, &h->facts.facts);
        }
}

/* When the plugged-in headset is not joined with any that Bluetooth reports, it could be any of those of its model. */
static void count_same_model(const struct model *m, struct views *v) {
        const struct headset *last;

        for (size_t i = 0; i < v->n; i++)
                if (!v->items[i].seen.headset)
                        v->items[i].seen.same_model = model_headsets_of(m, v->items[i].facts->model, &last);
}

static bool is_origin(const struct object *o, const struct view *v) {
        switch (o->origin) {
        case ORIGIN_PORT:
                return o->port && o->port == v->seen.port && o->attached.at == o->port->attached.at;
        case ORIGIN_TYPEC:
                return o->typec && o->typec == v->seen.typec;
        case ORIGIN_HEADSET:
                return o->headset && o->headset == v->seen.headset;
        default:
                return false;
        }
}

static bool is_part(const struct object *o, const struct view *v) {
        if (o->port && o->port == v->seen.port && o->attached.at == o->port->attached.at)
                return true;
        return (o->typec && o->typec == v->seen.typec) || (o->headset && o->headset == v->seen.headset);
}

typedef bool fits(const struct object *o, const struct view *v);

static void set_object(struct views *v, struct view *view, struct object *o) {
        if (view->object)
                view->object->claimed = false;
        view->object = o;
        o->claimed = true;
        o->view = (size_t) (view - v->items);
}

static bool is_older(const struct object *o, const struct object *than) {
        return o->since.at != than->since.at ? o->since.at < than->since.at : strcmp(o->id, than->id) < 0;
}

/* Returns the first view that fits and that no older object has; NULL: none. */
static struct view *find_view(const struct object *o, const struct views *v, fits *fit) {
        for (size_t k = 0; k < v->n; k++)
                if (fit(o, &v->items[k]) && (!v->items[k].object || is_older(o, v->items[k].object)))
                        return &v->items[k];
        return NULL;
}

/* Two objects may turn out to be the same headset. The older one is kept. */
static void claim(const struct registry *r, struct views *v, fits *fit) {
        for (size_t i = 0; i < r->n; i++) {
                struct object *o = r->objects[i];
                struct view *view = o->kind != OBJECT_HEADSET || o->claimed ? NULL : find_view(o, v, fit);

                if (view)
                        set_object(v, view, o);
        }
}

/* The views are collected in the same order each time, so most objects find their origin where it was before. This saves time
 * when there are many; claim() finds the others. */
static void claim_again(const struct registry *r, struct views *v) {
        for (size_t i = 0; i < r->n; i++) {
                struct object *o = r->objects[i];
                struct view *view = o->kind == OBJECT_HEADSET && o->view < v->n ? &v->items[o->view] : NULL;

                if (view && !view->object && is_origin(o, view))
                        set_object(v, view, o);
        }
}

static void forget_claims(const struct registry *r) {
        for (size_t i = 0; i < r->n; i++)
                r->objects[i]->claimed = false;
}

/* Returns the view that a person's answers are about: the one with this id, else the only one of the model. */
static struct view *view_of_answers(struct views *v, const struct answers *t) {
        struct view *only = NULL;
        unsigned n = 0;

        for (size_t i = 0; i < v->n; i++) {
                struct view *view = &v->items[i];

                if (view->object && strcmp(view->object->id, t->id) == 0)
                        return view;
                if (strcmp(view->facts->model, t->facts.model) != 0 || view->seen.answers)
                        continue;
                only = view;
                n++;
        }
        return n == 1 ? only : NULL;
}

static void collect_answers(const struct registry *r, const struct model *m, struct views *v) {
        for (size_t i = 0; i < m->n_answers; i++) {
                const struct answers *t = m->answers[i];
                struct view *view = t->gone ? NULL : view_of_answers(v, t);
                struct object *o = (struct object *) registry_find(r, OBJECT_HEADSET, t->id);

                if (t->gone || (!view && t->facts.model[0] == '\0'))
                        continue;
                if (!view)
                        view = add_view(v, (struct sightings){}, &t->facts);
                view->seen.answers = t;
                if (o && !view->object && !o->claimed)
                        set_object(v, view, o);
        }
}

static int collect(const struct registry *r, const struct model *m, struct views *v) {
        size_t most = m->n_typec + m->n_headsets + m->n_answers;

        for (size_t i = 0; i < m->n_ports; i++)
                most += port_has_headset(m->ports[i]);
        forget_claims(r);
        if (most == 0)
                return 0;
        v->items = calloc(most, sizeof *v->items);
        if (!v->items)
                return -ENOMEM;
        collect_plugged(m, v);
        collect_headsets(m, v);
        count_same_model(m, v);
        claim_again(r, v);
        claim(r, v, is_origin);
        claim(r, v, is_part);
        collect_answers(r, m, v);
        return 0;
}

static void write_id(const struct mark_key *key, const char *model, const char *what, char ret[static EVENT_NAME_MAX]) {
        char slug[40], mark[MARK_SIZE];

        model_slug(model, slug, sizeof slug);
        mark_make(key, what, mark);
        snprintf(ret, EVENT_NAME_MAX, "%s_%s", slug, mark);
}

/* A bus number may change with the next boot, but udev's path does not. */
void headset_id(const struct mark_key *key, const struct port *p, char ret[static EVENT_NAME_MAX]) {
        const struct device_facts *d = &p->device;
        char name[ADDRESS_NAME_MAX], what[EVENT_TEXT_MAX * 2];

        if (d->serial[0] != '\0')
                snprintf(what, sizeof what, "%s", d->serial);
        else
                snprintf(what, sizeof what, "%s %s", d->facts.model,
                         d->id_path[0] != '\0' ? d->id_path : address_device_name(&p->address, name));
        write_id(key, d->facts.model, what, ret);
}

/* The mark is already a keyed hash of the address. */
static void headset_id_by_mark(const struct headset_facts *f, char ret[static EVENT_NAME_MAX]) {
        char slug[40], mark[sizeof f->mark];

        model_slug(f->facts.model, slug, sizeof slug);
        model_slug(f->mark, mark, sizeof mark);
        snprintf(ret, EVENT_NAME_MAX, "%s_%s", slug, mark);
}

/* A partner reports no serial number, so the port is used instead. */
static void headset_id_by_connector(const struct mark_key *key, const struct typec_port *t, char ret[static EVENT_NAME_MAX]) {
        char name[TYPEC_NAME_MAX], what[80];

        snprintf(what, sizeof what, "%s %s", t->facts.partner_model.model, typec_id(t, name));
        write_id(key, t->facts.partner_model.model, what, ret);
}

static bool has_origin(const struct view *v, enum origin origin) {
        switch (origin) {
        case ORIGIN_HEADSET:
                return v->seen.headset != NULL;
        case ORIGIN_PORT:
                return v->seen.port != NULL;
        case ORIGIN_TYPEC:
                return v->seen.typec != NULL;
        default:
                return v->seen.answers != NULL;
        }
}

static void write_origin_id(const struct mark_key *key, const struct view *v, enum origin origin,
                            char ret[static EVENT_NAME_MAX]) {
        switch (origin) {
        case ORIGIN_HEADSET:
                headset_id_by_mark(&v->seen.headset->facts, ret);
                break;
        case ORIGIN_PORT:
                headset_id(key, v->seen.port, ret);
                break;
        case ORIGIN_TYPEC:
                headset_id_by_connector(key, v->seen.typec, ret);
                break;
        default:
                snprintf(ret, EVENT_NAME_MAX, "%s", v->seen.answers->id);
        }
}

/* Chooses the sighting from which the id is made: the best one (docs/api.md, "Ids"), or the one that was used before a
 * restart. */
static enum origin choose_origin(const struct registry *r, const struct view *v) {
        static const enum origin order[] = { ORIGIN_HEADSET, ORIGIN_PORT, ORIGIN_TYPEC, ORIGIN_ANSWERS };
        enum origin best = ORIGIN_ANSWERS;
        char id[EVENT_NAME_MAX];

        for (size_t i = sizeof order / sizeof *order; i-- > 0;) {
                if (!has_origin(v, order[i]))
                        continue;
                best = order[i];
                write_origin_id(&r->key, v, best, id);
                if (r->backlog && r->known && r->known(r->userdata, id))
                        return best;
        }
        return best;
}

/* Two headsets without a serial number cannot be at the same path, but their hashes may collide. */
static void make_id(const struct registry *r, const struct view *v, enum origin origin, char ret[static EVENT_NAME_MAX]) {
        struct mark_key key = r->key;
        char plain[EVENT_NAME_MAX];

        write_origin_id(&key, v, origin, ret);
        snprintf(plain, sizeof plain, "%s", ret);
        for (uint8_t salt = 1; registry_find(r, OBJECT_HEADSET, ret) && salt != 0; salt++) {
                key.machine[0] = (uint8_t) (r->key.machine[0] + salt);
                write_id(&key, v->facts->model, plain, ret);
        }
}

static struct object *add_object(struct registry *r, const struct model *m, const struct view *v) {
        enum origin origin = choose_origin(r, v);
        char id[EVENT_NAME_MAX];
        struct object *o;

        make_id(r, v, origin, id);
        o = registry_add(r, OBJECT_HEADSET, id, m);
        if (!o)
                return NULL;
        o->origin = origin;
        if (v->seen.port) {
                o->since = v->seen.port->attached;
                o->before_start = v->seen.port->before_start;
        } else if (v->seen.typec) {
                o->since = v->seen.typec->observed.attached;
                o->before_start = v->seen.typec->observed.before_start;
        } else if (v->seen.headset)
                o->before_start = v->seen.headset->observed.before_start;
        return o;
}

static bool is_as_before(const struct object *o, const struct view *v) {
        return o->port == v->seen.port && o->typec == v->seen.typec && o->headset == v->seen.headset &&
               o->answers == v->seen.answers && o->same_model == v->seen.same_model;
}

static void take_view(struct object *o, const struct view *v) {
        o->port = v->seen.port;
        o->typec = v->seen.typec;
        if (o->headset != v->seen.headset) {
                headset_release(o->headset);
                o->headset = headset_hold(v->seen.headset);
        }
        if (o->answers != v->seen.answers) {
                answers_release(o->answers);
                o->answers = answers_hold(v->seen.answers);
        }
        o->same_model = v->seen.same_model;
        o->facts = *v->facts;
        if (o->port)
                o->attached = o->port->attached;
}

static int update_view(struct registry *r, const struct model *m, const struct view *v, const struct affected *a) {
        struct object *o = v->object;
        struct diagnosis d = {};

        if (o && is_as_before(o, v) && v->seen.port && !concerns(a, v->seen.port))
                return 0;
        if (!o)
                o = add_object(r, m, v);
        if (!o)
                return -ENOMEM;
        take_view(o, v);
        diagnose_headset(m, &v->seen, v->facts, o->id, &d);
        object_update(r, m, o, &d, !v->object);
        return 0;
}

/* Removes headsets that are no longer seen. They keep the values that were reported last. */
static void remove_unseen(struct registry *r) {
        for (size_t i = r->n; i-- > 0;)
                if (r->objects[i]->kind == OBJECT_HEADSET && !r->objects[i]->claimed)
                        registry_remove(r, r->objects[i]);
}

int update_headsets(struct registry *r, const struct model *m, const struct affected *a) {
        struct views v = {};
        int result = collect(r, m, &v), k;

        if (result < 0)
                return result;
        remove_unseen(r);
        for (size_t i = 0; i < v.n; i++) {
                k = update_view(r, m, &v.items[i], a);
                if (k < 0)
                        result = k;
        }
        free(v.items);
        return result;
}
