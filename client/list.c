/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl list: one line for each headset.
 */
#include <string.h>

#include "bus.h"
#include "finding-json.h"
#include "show.h"
#include "judge.h"
#include "terminal.h"

static void copy_key(struct json_object *to, struct json_object *from, const char *key) {
        struct json_object *value = NULL;

        json_object_object_get_ex(from, key, &value);
        json_object_object_add(to, key, json_object_get(value));
}

static int list_json(struct json_object *headsets) {
        _cleanup_json_ struct json_object *list = json_api_object();
        struct json_object *lines = json_object_new_array();

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *line = json_object_new_object(), *headset = json_object_array_get_idx(headsets, i);

                copy_key(line, headset, "id");
                copy_key(line, headset, "model");
                copy_key(line, headset, "seen_by");
                copy_key(line, headset, "verdict");
                json_object_array_add(lines, line);
        }
        json_object_object_add(list, "headsets", lines);
        return show_json(list);
}

static void put_seen_by_column(const struct options *o, struct json_object *headset) {
        struct json_object *seen_by = json_list(headset, "seen_by");
        char text[64] = "";

        for (size_t i = 0; i < json_length(seen_by); i++) {
                const char *by = json_object_get_string(json_object_array_get_idx(seen_by, i));

                snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? "," : "", by ? by : "?");
        }
        put_column(stdout, o, *text ? text : "-", 14);
}

static void list_text(const struct options *o, struct json_object *headsets) {
        printf("%s%-28s %-18s %-14s %s%s\n", style(o, STYLE_DIM), "ID", "MODEL", "SEEN BY", "VERDICT", style(o, STYLE_PLAIN));
        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *headset = json_object_array_get_idx(headsets, i);

                put_column(stdout, o, json_text(headset, "id"), 28);
                putchar(' ');
                put_column(stdout, o, json_text(headset, "model"), 18);
                putchar(' ');
                put_seen_by_column(o, headset);
                putchar(' ');
                put_verdict(stdout, o, json_text(headset, "verdict"));
                putchar('\n');
        }
}

int verb_list(const struct options *o, int argc, char **argv) {
        _cleanup_json_ struct json_object *status = NULL;
        struct json_object *headsets;
        int r;

        (void) argc;
        (void) argv;
        r = bus_fetch_json(o, "GetStatus", &status);
        if (r != STATUS_OK)
                return r;
        headsets = json_list(status, "headsets");
        if (o->json)
                r = list_json(headsets);
        else if (json_length(headsets) > 0)
                list_text(o, headsets);
        else
                tell(o, "no Sony headset is visible");
        return r == STATUS_OK ? status_exit(status) : r;
}
