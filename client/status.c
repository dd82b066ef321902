/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl status: the path between the computer and each headset, and its problems.
 */
#include "client/judge.h"

#include <string.h>

#include "client/ask.h"
#include "client/connection.h"
#include "client/any-device.h"
#include "client/sessions.h"
#include "client/match.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "client/live-view.h"
#include "common/language.h"

/* What is shown, and whether headsets were read first. */
struct shown {
        const char *name; /* NULL: everything */
        bool asked;
};

static bool any_needs_action(struct json_object *list) {
        for (size_t i = 0; i < json_length(list); i++)
                if (findings_need_action(json_list(json_object_array_get_idx(list, i), "findings")))
                        return true;
        return false;
}

int status_exit(struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets"), *unidentified = json_list(status, "unidentified");

        if (any_needs_action(headsets) || any_needs_action(unidentified) ||
            findings_need_action(json_list(json_child(status, "host"), "findings")))
                return STATUS_FINDING;
        return json_length(headsets) + json_length(unidentified) == 0 ? STATUS_NOTHING : STATUS_OK;
}

/* Many Sony headsets charge without ever appearing on the bus; according to the help guides only few enumerate. */
static void show_none(FILE *out, const struct options *o, struct json_object *controllers) {
        fprintf(out, _("%sNo Sony headset is visible on USB.%s\n\n"), style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        if (controllers && json_length(controllers) == 0) {
                put_row(out, o, _("Meaning"),
                        _("This computer has no USB host controller that can be seen; a virtual machine often has none."));
                return;
        }
        put_row(out, o, _("Meaning"),
                _("This need not be a fault. Many Sony headsets and all known earbud cases take power from USB without ever "
                  "telling the computer that they are there; whether yours charges only its own light can show."));
        put_row(out, o, _("Try"),
                _("Plug it straight into the computer with the cable that came with it, keep the computer awake, and give the "
                  "light a few minutes. If the light stays dark, try another port."));
        put_row(out, o, _("See"),
                _("\"sonychargectl doctor\" finds the cause by questions, also of a headset that no computer can see."));
}

/* A headset that is gone can still be looked up in the history. */
static void show_gone(FILE *out, const struct options *o, struct json_object *last) {
        char line[1200], time[32];

        if (!*json_text(last, "model"))
                return;
        snprintf(line, sizeof line, _("the %s was plugged in until %s; \"sonychargectl status --last\" tells how it went"),
                 json_text(last, "model"), show_time(json_number(last, "at"), time, sizeof time));
        put_row(out, o, _("Earlier"), line);
}

static void show_degraded(FILE *out, const struct options *o, struct json_object *degraded) {
        char line[1024] = "";

        for (size_t i = 0; i < json_length(degraded); i++) {
                const char *source = json_object_get_string(json_object_array_get_idx(degraded, i));

                snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s", i ? "; " : "",
                         degraded_words(source ? source : "?"));
        }
        if (!*line)
                return;
        fprintf(out, "\n%s%s", style(o, STYLE_DIM), _("Not visible here: "));
        put_wrapped(out, o, line, text_columns(o, _("Not visible here: ")), 2);
        fprintf(out, "%s\n", style(o, STYLE_PLAIN));
}

/* Prints which settings would make more visible. */
static void show_notes(FILE *out, const struct options *o, struct json_object *notes) {
        for (size_t i = 0; i < json_length(notes); i++) {
                const char *note = json_object_get_string(json_object_array_get_idx(notes, i));

                fprintf(out, "\n%s", style(o, STYLE_DIM));
                put_wrapped(out, o, note ? note : "?", 0, 2);
                fprintf(out, "%s\n", style(o, STYLE_PLAIN));
        }
}

static void show_all(FILE *out, const struct options *o, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets"), *unidentified = json_list(status, "unidentified");
        struct json_object *host_findings = json_list(json_child(status, "host"), "findings");

        for (size_t i = 0; i < json_length(host_findings); i++)
                show_finding(out, o, json_object_array_get_idx(host_findings, i));
        for (size_t i = 0; i < json_length(headsets); i++) {
                if (i > 0 || json_length(host_findings) > 0)
                        fputc('\n', out);
                show_headset(out, o, json_object_array_get_idx(headsets, i), host_findings);
                show_statistics(out, o, status, json_text(json_object_array_get_idx(headsets, i), "id"));
        }
        for (size_t i = 0; i < json_length(unidentified); i++) {
                if (i > 0 || json_length(headsets) + json_length(host_findings) > 0)
                        fputc('\n', out);
                show_unidentified(out, o, json_object_array_get_idx(unidentified, i), host_findings);
        }
}

static void draw_status(FILE *out, const struct options *o, struct json_object *status, void *userdata) {
        struct json_object *headsets = json_list(status, "headsets"), *unidentified = json_list(status, "unidentified");
        const struct shown *shown = userdata;
        bool all = !shown->name;

        show_all(out, o, status);
        if (all && json_length(headsets) == 0) {
                if (json_length(unidentified) > 0)
                        fputc('\n', out);
                show_none(out, o, json_list(json_child(status, "host"), "controllers"));
                show_gone(out, o, json_child(status, "last"));
        }
        show_notes(out, o, json_list(status, "notes"));
        if (all || json_length(headsets) + json_length(unidentified) > 0)
                show_degraded(out, o, json_list(status, "degraded"));
}

/* Keeps only what is named. Returns STATUS_OK also if it does not exist, after a message. */
static int keep_named(const struct options *o, sd_bus *bus, const char *name, struct json_object *status) {
        int r;

        if (match_status(status, name) != 0) /* found, or ambiguous */
                return STATUS_OK;
        r = device_into_status(o, bus, name, status);
        if (r != STATUS_NOTHING)
                return r;
        complain(_("nothing here is called \"%s\"; \"sonychargectl list\" shows the headsets, \"ports\" everything"), name);
        return STATUS_OK;
}

static int fetch_status(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret) {
        struct shown *shown = userdata;
        const char *name = shown->name;
        int r = shown->asked ? STATUS_OK : ask_headsets(o, bus, name, o->ask_headset);

        shown->asked = true;
        if (r == STATUS_OK)
                r = bus_get_json(o, bus, "GetStatus", NULL, ret);

        if (r != STATUS_OK || !name)
                return r;
        r = keep_named(o, bus, name, *ret);
        if (r == STATUS_OK)
                return r;
        json_object_put(*ret);
        *ret = NULL;
        return r;
}

/* A model of which no headset is seen is shown but counts as not present. */
static int judge_status(struct json_object *status, void *userdata) {
        struct json_object *headsets = json_list(status, "headsets");

        if (json_length(headsets) == 1 && !json_child(json_object_array_get_idx(headsets, 0), "last_seen"))
                return STATUS_NOTHING;
        return status_exit(status);
}

int verb_status(const struct options *o, int argc, char **argv) {
        struct shown shown = { .name = argc > 1 ? argv[1] : NULL };
        const struct live_view view = { .fetch = fetch_status, .draw = draw_status, .judge = judge_status, .userdata = &shown };

        return o->last ? history_last(o, shown.name) : live_view_run(o, &view);
}
