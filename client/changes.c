/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/changes.h"

#include <string.h>

#include "client/connection.h"
#include "client/show/show.h"

/* The lists of objects in a state, in the order in which the object of a finding is looked up. */
static const struct {
        const char *key;
        bool is_headset;
} lists[] = {
        { "headsets", true },
        { "ports", false },
};

struct teller {
        status_change_listener *listener;
        void *userdata;
};

static bool is_time(const char *key) {
        return strcmp(key, "at") == 0 || strcmp(key, "last_seen") == 0;
}

/* Compares two objects without their times, because another sighting is no change. */
static bool is_same(struct json_object *a, struct json_object *b) {
        if (json_object_equal(a, b))
                return true;
        if (!json_object_is_type(a, json_type_object) || !json_object_is_type(b, json_type_object) ||
            json_object_object_length(a) != json_object_object_length(b))
                return false;
        json_object_object_foreach(a, key, value) {
                struct json_object *other = NULL;

                if (!json_object_object_get_ex(b, key, &other) || (!is_time(key) && !is_same(value, other)))
                        return false;
        }
        return true;
}

static struct json_object *find_object(struct json_object *list, const char *id) {
        for (size_t i = 0; i < json_length(list); i++)
                if (strcmp(json_text(json_object_array_get_idx(list, i), "id"), id) == 0)
                        return json_object_array_get_idx(list, i);
        return NULL;
}

static bool has_finding(struct json_object *object, struct json_object *finding) {
        struct json_object *findings = json_list(object, "findings");

        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (strcmp(json_text(f, "code"), json_text(finding, "code")) == 0 &&
                    strcmp(json_text(f, "subject"), json_text(finding, "subject")) == 0)
                        return true;
        }
        return false;
}

/* Returns the first object of the state that has the finding. */
static struct json_object *owner_of(struct json_object *state, struct json_object *finding) {
        struct json_object *host = json_child(state, "host");

        if (has_finding(host, finding))
                return host;
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
                struct json_object *list = json_list(state, lists[k].key);

                for (size_t i = 0; i < json_length(list); i++)
                        if (has_finding(json_object_array_get_idx(list, i), finding))
                                return json_object_array_get_idx(list, i);
        }
        return NULL;
}

/* Reports the findings that belong to the object and that the other state does not contain. */
static void tell_findings(const struct teller *t, struct status_change c, struct json_object *state, struct json_object *other) {
        struct json_object *findings = json_list(c.object, "findings");

        for (size_t i = 0; i < json_length(findings); i++) {
                c.data = json_object_array_get_idx(findings, i);
                if (owner_of(state, c.data) == c.object && !owner_of(other, c.data))
                        t->listener(t->userdata, &c);
        }
}

static void tell_all_findings(const struct teller *t, enum status_change_kind kind, struct json_object *state,
                              struct json_object *other) {
        tell_findings(t, (struct status_change){ .kind = kind, .is_host = true, .object = json_child(state, "host") }, state,
                      other);
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
                struct json_object *list = json_list(state, lists[k].key);

                for (size_t i = 0; i < json_length(list); i++)
                        tell_findings(t,
                                      (struct status_change){ .kind = kind,
                                                              .is_headset = lists[k].is_headset,
                                                              .object = json_object_array_get_idx(list, i) },
                                      state, other);
        }
}

/* Reports the objects of `state` that the other state does not contain. */
static void tell_missing(const struct teller *t, enum status_change_kind kind, struct json_object *state,
                         struct json_object *other) {
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
                struct json_object *list = json_list(state, lists[k].key);

                for (size_t i = 0; i < json_length(list); i++) {
                        struct status_change c = { .kind = kind, .is_headset = lists[k].is_headset };

                        c.object = json_object_array_get_idx(list, i);
                        if (kind == CHANGE_ADDED)
                                c.data = c.object;
                        if (!find_object(json_list(other, lists[k].key), json_text(c.object, "id")))
                                t->listener(t->userdata, &c);
                }
        }
}

static void tell_changed(const struct teller *t, struct json_object *before, struct status_change c) {
        _cleanup_json_ struct json_object *data = json_object_new_object(), *old = json_object_new_object();

        json_object_object_foreach(c.object, key, value) {
                struct json_object *was = NULL;

                json_object_object_get_ex(before, key, &was);
                if (strcmp(key, "findings") == 0 || is_time(key) || is_same(was, value))
                        continue;
                json_object_object_add(data, key, json_object_get(value));
                json_object_object_add(old, key, json_object_get(was));
        }
        c.data = data;
        c.old = old;
        if (json_object_object_length(data) > 0)
                t->listener(t->userdata, &c);
}

static void tell_all_changed(const struct teller *t, struct json_object *before, struct json_object *now) {
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
                struct json_object *list = json_list(now, lists[k].key);

                for (size_t i = 0; i < json_length(list); i++) {
                        struct json_object *object = json_object_array_get_idx(list, i),
                                           *was = find_object(json_list(before, lists[k].key), json_text(object, "id"));

                        if (was && json_object_is_type(object, json_type_object))
                                tell_changed(t, was,
                                             (struct status_change){ .kind = CHANGE_CHANGED,
                                                                     .is_headset = lists[k].is_headset,
                                                                     .object = object });
                }
        }
}

void changes_tell(struct json_object *before, struct json_object *now, status_change_listener *listener, void *userdata) {
        const struct teller t = { listener, userdata };

        tell_missing(&t, CHANGE_ADDED, now, before);
        tell_all_findings(&t, CHANGE_CLEARED, before, now);
        tell_all_findings(&t, CHANGE_RAISED, now, before);
        tell_all_changed(&t, before, now);
        tell_missing(&t, CHANGE_REMOVED, before, now);
}
