/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl list: one line for each headset.
 */
#include <string.h>

#include "client/connection.h"
#include "common/finding-json.h"
#include "client/show/show.h"
#include "client/judge.h"
#include "client/show/text-table.h"
#include "client/live-view.h"
#include "common/language.h"
#include "words/words.h"

static void copy_key(struct json_object *to, struct json_object *from, const char *key) {
        struct json_object *value = NULL;

        json_object_object_get_ex(from, key, &value);
        json_object_object_add(to, key, json_object_get(value));
}

/* Makes the JSON of `list` from a status. */
static struct json_object *list_of(struct json_object *status) {
        struct json_object *list = json_api_object(), *lines = json_object_new_array(), *headsets = json_list(status, "headsets");

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *line = json_object_new_object(), *headset = json_object_array_get_idx(headsets, i);

                copy_key(line, headset, "id");
                copy_key(line, headset, "model");
                copy_key(line, headset, "seen_by");
                copy_key(line, headset, "verdict");
                json_object_array_add(lines, line);
        }
        json_object_object_add(list, "headsets", lines);
        return list;
}

static void add_seen_by(struct table *t, struct json_object *headset) {
        struct json_object *seen_by = json_list(headset, "seen_by");
        char text[64] = "";

        for (size_t i = 0; i < json_length(seen_by); i++) {
                const char *by = json_object_get_string(json_object_array_get_idx(seen_by, i));

                snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? "," : "", by ? words_value(by) : "?");
        }
        table_cell(t, STYLE_PLAIN, *text ? text : "-");
}

/* The parts of the status besides the headsets. */
struct listing {
        int judged;
        bool nameless, host_fault;
};

static void draw_list(FILE *out, const struct options *o, struct json_object *list, void *userdata) {
        static const struct table_column columns[] = {
                { N_("ID"), .min = 12 }, { N_("MODEL"), .min = 10 }, { N_("SEEN BY"), .min = 8 }, { N_("VERDICT") }
        };
        struct json_object *headsets = json_list(list, "headsets");
        const struct listing *l = userdata;
        _cleanup_table_ struct table t = {};

        if (l->host_fault)
                put_nothing(out, o, _("the computer itself has a fault; see: sonychargectl status"));
        if (json_length(headsets) == 0) {
                put_nothing(out, o,
                            l->nameless ? _("no Sony headset is visible, but something that does not tell what it is; see: "
                                            "sonychargectl status")
                                        : _("no Sony headset is visible; many never are, then ask: sonychargectl doctor"));
                return;
        }
        table_init(&t, o, columns, sizeof columns / sizeof *columns, 0);
        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *headset = json_object_array_get_idx(headsets, i);

                table_cell(&t, STYLE_PLAIN, json_text(headset, "id"));
                table_cell(&t, STYLE_BOLD, json_text(headset, "model"));
                add_seen_by(&t, headset);
                add_verdict(&t, o, json_text(headset, "verdict"));
        }
        table_put(out, &t);
}

static int fetch_list(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret) {
        _cleanup_json_ struct json_object *status = NULL;
        struct listing *l = userdata;
        int r = bus_get_json(o, bus, "GetStatus", NULL, &status);

        if (r != STATUS_OK)
                return r;
        l->judged = status_exit(status);
        l->nameless = json_length(json_list(status, "unidentified")) > 0;
        l->host_fault = findings_need_action(json_list(json_child(status, "host"), "findings"));
        *ret = list_of(status);
        return STATUS_OK;
}

static int judge_list(struct json_object *list, void *userdata) {
        const struct listing *l = userdata;

        return l->judged;
}

int verb_list(const struct options *o, int argc, char **argv) {
        struct listing listing = {};
        const struct live_view view = { .fetch = fetch_list, .draw = draw_list, .judge = judge_list, .userdata = &listing };

        return live_view_run(o, &view);
}
