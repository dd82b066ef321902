/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "story-registry.h"

#include "status/properties.h"

struct registry registry;
char changes[4096];

void begin_registry(registry_listener *listen) {
        static const struct mark_key key = { .machine = { 1, 2, 3 } };

        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        settle();
        registry_init(&registry, &key, listen, changes);
        registry.show = object_to_json;
}

void end_registry(void) {
        registry_done(&registry);
        story_end();
}

/* What is kept of each object is what would be read now, except the time at which it was seen last. */
static void check_values(void) {
        for (size_t i = 0; i < registry.n; i++) {
                struct json_object *now = object_to_json(story_model(), registry.objects[i]), *kept = registry.objects[i]->values;

                if (registry.objects[i]->kind == OBJECT_HEADSET)
                        json_object_object_add(now, "last_seen", json_object_get(json_object_object_get(kept, "last_seen")));
                ck_assert_msg(json_object_equal(now, kept), "%s: %s, kept: %s", registry.objects[i]->id,
                              json_object_to_json_string(now), json_object_to_json_string(kept));
                json_object_put(now);
        }
}

const char *update(const char *where) {
        changes[0] = '\0';
        registry_note(&registry, where ? place(where) : NULL);
        ck_assert_int_eq(registry_update(&registry, story_model()), 0);
        check_values();
        return changes;
}
