/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "app/asking.h"

#include "app/settings.h"
#include "view/view.h"

struct asking {
        struct service *service;
        GObject *alive;    /* a reply that arrives after this object is gone is dropped */
        GHashTable *asked; /* ids of the headsets that are plugged in and were asked */
        bool on;
};

static void on_asked(const char *text, const char *problem, void *userdata) {
        /* The answer of the headset is in the next status. That a headset cannot be asked is no error. */
}

void asking_now(struct service *service, GObject *owner, service_reply *reply, void *userdata) {
        GVariantBuilder options;

        g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_add(&options, "{sv}", "own-protocol", g_variant_new_boolean(TRUE));
        service_call(service, "ReadHeadsets", g_variant_new("(@a{sv})", g_variant_builder_end(&options)), owner, reply, userdata);
}

/* Forgets the headsets that are gone. Returns whether one is new. */
static bool take_headsets(struct asking *a, struct json_object *headsets) {
        g_autoptr(GHashTable) now = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        bool any_new = false;

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *h = json_object_array_get_idx(headsets, i);

                if (json_length(json_list(h, "path")) == 0)
                        continue;
                any_new = any_new || !g_hash_table_contains(a->asked, json_text(h, "id"));
                g_hash_table_add(now, g_strdup(json_text(h, "id")));
        }
        g_hash_table_unref(a->asked);
        a->asked = g_steal_pointer(&now);
        return any_new;
}

void asking_update(struct asking *a, struct json_object *status) {
        if (service_state(a->service) != SERVICE_READY || !a->on)
                return;
        if (take_headsets(a, json_list(status, "headsets")))
                asking_now(a->service, a->alive, on_asked, NULL);
}

bool asking_is_on(const struct asking *a) {
        return a->on;
}

bool asking_switch(struct asking *a, bool on) {
        a->on = on;
        g_hash_table_remove_all(a->asked);
        asking_update(a, service_status(a->service));
        return settings_set_truth("App", "AskHeadset", on);
}

struct asking *asking_new(struct service *service) {
        struct asking *a = g_new0(struct asking, 1);

        a->service = service;
        a->alive = g_object_new(G_TYPE_OBJECT, NULL);
        a->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        a->on = settings_get_truth("App", "AskHeadset", false);
        return a;
}

void asking_free(struct asking *a) {
        g_object_unref(a->alive);
        g_hash_table_unref(a->asked);
        g_free(a);
}
