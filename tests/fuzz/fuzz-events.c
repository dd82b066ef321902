/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the whole core: events as a recording has them go through model, registry, causes, status and snapshot, and what must
 * hold whatever happens is looked at after each of them.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/finding-json.h"
#include "recording/event-json.h"
#include "recording/snapshot.h"
#include "registry/registry.h"
#include "status/properties.h"
#include "status/status.h"
#include "fuzz.h"

/* What is private is private under these names, which stand nowhere else. */
#define SERIAL "Zq7-SERIAL-zQ9"
#define ADDRESS "5A:71:5E:C2:E7:99"

#define EVENTS_MAX 400
#define DEADLINES_MAX 40

struct run {
        struct model *model;
        struct registry registry;
        long standing; /* findings raised and not cleared */
};

static void fail(const char *what, const char *detail) {
        fprintf(stderr, "%s: %s\n", what, detail);
        abort();
}

static void must(bool holds, const char *what, const char *detail) {
        if (!holds)
                fail(what, detail);
}

static bool is_same(const struct finding *a, const struct finding *b) {
        return a->code == b->code && a->severity == b->severity && strcmp(a->subject, b->subject) == 0;
}

static void on_change(void *userdata, const struct change *c) {
        struct run *r = userdata;

        must(c->object->id[0] != '\0', "an object without id", "");
        if (c->object->kind == OBJECT_HEADSET)
                must(object_facts(c->object)->model[0] != '\0', "a headset without model", c->object->id);
        r->standing += c->kind == CHANGE_RAISED;
        r->standing -= c->kind == CHANGE_CLEARED;
        must(r->standing >= 0, "cleared and never raised", c->object->id);
}

/* The same finding twice in a list is raised twice. */
static long count_findings(const struct registry *r) {
        long n = 0;

        for (size_t i = 0; i < r->n; i++)
                n += (long) r->objects[i]->diagnosis.findings.n;
        return n;
}

static bool has_twice(const struct registry *r) {
        for (size_t i = 0; i < r->n; i++) {
                const struct findings *f = &r->objects[i]->diagnosis.findings;

                for (size_t a = 0; a < f->n; a++)
                        for (size_t b = a + 1; b < f->n; b++)
                                if (is_same(&f->items[a], &f->items[b]))
                                        return true;
        }
        return false;
}

static void check_objects(const struct run *r) {
        for (size_t i = 0; i < r->registry.n; i++) {
                const struct object *o = r->registry.objects[i];
                enum verdict v = o->diagnosis.verdict;

                must(o->diagnosis.findings.n > 0 || v == VERDICT_OK || v == VERDICT_UNKNOWN, "a verdict without finding", o->id);
                if (i > 0 && o->kind == r->registry.objects[i - 1]->kind)
                        must(strcmp(r->registry.objects[i - 1]->id, o->id) < 0, "two objects of one id, or out of order", o->id);
                for (size_t k = 0; k < o->diagnosis.findings.n; k++)
                        must(o->diagnosis.findings.items[k].cause[0] != '\0' && o->diagnosis.findings.items[k].subject[0] != '\0',
                             "a finding without words", o->id);
        }
        must(r->standing == count_findings(&r->registry) || has_twice(&r->registry), "a finding outlives its subject", "");
}

/* Each port hangs on the port that its address names, and the list is in order. */
static void check_tree(const struct model *m) {
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];
                struct address up;

                if (i > 0)
                        must(address_compare(&m->ports[i - 1]->address, &p->address) < 0, "ports out of order", "");
                must(model_find(m, &p->address) == p, "a port that is not found", "");
                if (address_parent(&p->address, &up))
                        must(p->hub && address_equal(&p->hub->address, &up), "a port without its hub", "");
                else
                        must(!p->hub, "a root hub below a hub", "");
        }
}

static void check_private(struct json_object *o, const char *what) {
        const char *text = o ? json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN) : "";

        must(!strstr(text, SERIAL) && !strstr(text, ADDRESS), "something private is shown", what);
        json_object_put(o);
}

static void check_output(const struct run *r) {
        check_private(status_to_json(&r->registry, r->model), "status");
        check_private(ports_to_json(&r->registry, r->model), "ports");
        for (size_t i = 0; i < r->model->n_ports; i++) {
                const struct port *p = r->model->ports[i];

                if (p->address.depth > 0 && (p->present || port_is_unidentified(r->model, p)))
                        check_private(device_to_json(r->model, p), "device");
        }
}

static void apply(struct run *r, const struct event *e) {
        struct port *p = model_apply(r->model, e);

        registry_note(&r->registry, p);
        (void) registry_update(&r->registry, r->model);
        check_objects(r);
}

/* Time passes, and nothing waits for a moment that never comes. */
static void check_deadlines(struct run *r) {
        uint64_t when, before = r->model->now.at;

        for (unsigned i = 0; i < DEADLINES_MAX && (when = diagnosis_deadline(r->model)) != 0; i++) {
                struct event tick = { .type = EVENT_TICK, .time = { .at = when } };
                uint64_t again;

                must(when > before || i == 0, "a deadline that stands still", "");
                if (when <= r->model->now.at || when > UINT64_MAX / 4)
                        return;
                apply(r, &tick);
                again = diagnosis_deadline(r->model);
                must(again == 0 || again > when, "a deadline that has passed", "");
                before = when;
        }
}

static void hide(struct event *e) {
        if (e->type == EVENT_DEVICE && e->u.device.serial[0] != '\0')
                strcpy(e->u.device.serial, SERIAL);
        if ((e->type == EVENT_HEADSET || e->type == EVENT_HEADSET_GONE) && e->u.headset.address[0] != '\0')
                strcpy(e->u.headset.address, ADDRESS);
}

/* Every event of a snapshot is one that a recording can hold, and says nothing that a recording must not. */
static void check_snapshot_event(void *userdata, const struct event *e) {
        struct run *r = userdata;
        char *line = event_to_line(e, false);
        struct event read;

        must(line && event_from_line(line, strlen(line), &read) == 1, "a snapshot that cannot be read", line ? line : "");
        must(!strstr(line, SERIAL) && !strstr(line, ADDRESS), "something private in a snapshot", line);
        free(line);
        apply(r, &read);
}

static void run_begin(struct run *r) {
        static const struct mark_key key = { .machine = { 1, 2, 3 } };

        *r = (struct run){ .model = model_new() };
        registry_init(&r->registry, &key, on_change, r);
        r->registry.show = object_to_json;
}

static void run_end(struct run *r) {
        registry_done(&r->registry);
        model_free(r->model);
}

/* The id of a headset is made of what was seen first of it, which a snapshot cannot know. Each becomes "headset". */
static void replace_ids(const struct run *r, char *text) {
        for (size_t i = 0; i < r->registry.n; i++) {
                const char *id = r->registry.objects[i]->id;
                size_t len = strlen(id);

                if (r->registry.objects[i]->kind != OBJECT_HEADSET || len < strlen("headset"))
                        continue;
                for (char *at; (at = strstr(text, id));) {
                        memcpy(at, "headset", strlen("headset"));
                        memmove(at + strlen("headset"), at + len, strlen(at + len) + 1);
                }
        }
}

static int compare_texts(const void *a, const void *b) {
        return strcmp(*(char *const *) a, *(char *const *) b);
}

/* Each object as the bus shows it, in an order that does not depend on ids. */
static char **objects_of(const struct run *r) {
        char **texts = calloc(r->registry.n + 1, sizeof(*texts));

        must(texts != NULL, "no memory", "");
        for (size_t i = 0; i < r->registry.n; i++) {
                const struct object *object = r->registry.objects[i];
                struct json_object *o = object_to_json(r->model, object);

                if (!o)
                        o = findings_to_json(&object->diagnosis.findings);
                texts[i] = strdup(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));
                json_object_put(o);
                must(texts[i] != NULL, "no memory", "");
                replace_ids(r, texts[i]);
        }
        qsort(texts, r->registry.n, sizeof(*texts), compare_texts);
        return texts;
}

static void must_be_same(const struct run *live, const struct run *again) {
        char **a = objects_of(live), **b = objects_of(again);

        for (size_t i = 0; a[i] || b[i]; i++) {
                if (!a[i] || !b[i] || strcmp(a[i], b[i]) != 0) {
                        fprintf(stderr, "live:     %s\nsnapshot: %s\n", a[i] ? a[i] : "none", b[i] ? b[i] : "none");
                        fail("a snapshot that says something else", "");
                }
                free(a[i]);
                free(b[i]);
        }
        free(a);
        free(b);
}

/* A model made from the snapshot is like any other, and says what the live one says. A snapshot is of a model that has been
 * settled, because the first log is read before a recording can begin. What is waited for after a plug or a sleep begins anew
 * with a snapshot, so they are compared a minute later. */
static void check_snapshot(struct run *r) {
        struct event later = { .type = EVENT_TICK, .time = r->model->now };
        struct run other;

        run_begin(&other);
        model_snapshot(r->model, check_snapshot_event, &other);
        check_tree(other.model);
        check_output(&other);
#ifdef MUTATED
        /* Events that no kernel sends can leave a state that a snapshot cannot say. Recordings are compared by the replay. */
        bool compared = false;
#else
        bool compared = r->model->settled;
#endif
        if (compared) {
                later.time.at += MINUTE;
                later.time.wall += MINUTE;
                apply(r, &later);
                apply(&other, &later);
                must_be_same(r, &other);
        }
        run_end(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        const char *line = (const char *) data, *end = line + size;
        struct run r;

        /* A fuzzer sees what is looked for and tries it elsewhere. */
        if (memmem(data, size, SERIAL, strlen(SERIAL)) || memmem(data, size, ADDRESS, strlen(ADDRESS)))
                return 0;
        run_begin(&r);
        for (unsigned n = 0; line < end && n < EVENTS_MAX; n++) {
                const char *newline = memchr(line, '\n', (size_t) (end - line));
                size_t len = (size_t) ((newline ? newline : end) - line);
                struct event e;

                if (event_from_line(line, len, &e) > 0) {
                        hide(&e);
                        apply(&r, &e);
                }
                line += len + 1;
        }
        check_tree(r.model);
        check_output(&r);
        check_snapshot(&r);
        check_deadlines(&r);
        run_end(&r);
        return 0;
}
