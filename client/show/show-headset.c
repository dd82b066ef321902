/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows headsets, and ports with an unidentified device.
 */
#include <string.h>

#include "view/path-words.h"
#include "client/show/own-side.h"
#include "client/show/show.h"
#include "client/show/text-table.h"
#include "client/show/terminal.h"
#include "common/language.h"
#include "words/words.h"

static const struct verdict_look {
        const char *verdict;
        enum style style;
        enum symbol symbol;
} verdicts[] = {
        { "ok", STYLE_GOOD, SYMBOL_GOOD },          { "at-risk", STYLE_WARNING, SYMBOL_WARNING },
        { "slow", STYLE_WARNING, SYMBOL_WARNING },  { "blocked", STYLE_CRITICAL, SYMBOL_CRITICAL },
        { "unknown", STYLE_PLAIN, SYMBOL_UNKNOWN }, { NULL, STYLE_PLAIN, SYMBOL_UNKNOWN }, /* a word of a later version */
};

static const struct verdict_look *verdict_look(const char *verdict) {
        const struct verdict_look *l = verdicts;

        while (l->verdict && strcmp(l->verdict, verdict) != 0)
                l++;
        return l;
}

void put_verdict(FILE *out, const struct options *o, const char *verdict) {
        const struct verdict_look *l = verdict_look(verdict);

        fprintf(out, "%s%s ", style(o, l->style), symbol(o, l->symbol));
        put_clipped(out, o, words_value(*verdict ? verdict : "unknown"), 20);
        fputs(style(o, STYLE_PLAIN), out);
}

void add_verdict(struct table *t, const struct options *o, const char *verdict) {
        const struct verdict_look *l = verdict_look(verdict);

        table_cellf(t, l->style, "%s %.60s", symbol(o, l->symbol), words_value(*verdict ? verdict : "unknown"));
}

static void put_headline(FILE *out, const struct options *o, struct json_object *headset, struct json_object *of_host) {
        const struct verdict_look *l = verdict_look(json_text(headset, "verdict"));
        const char *name = json_text(headset, "model");
        char words[2400];
        size_t column;

        if (!*name)
                name = json_text(headset, "id");
        headline_words(headset, of_host, words, sizeof words);
        fprintf(out, "%s%s%s %s", style(o, l->style), symbol(o, l->symbol), style(o, STYLE_PLAIN), style(o, STYLE_BOLD));
        column = put_wrapped(out, o, name, 2, 2);
        fprintf(out, "%s%s%s", style(o, STYLE_PLAIN), _(": "), style(o, l->style));
        put_wrapped(out, o, words, column + text_columns(o, _(": ")), 2);
        fprintf(out, "%s\n", style(o, STYLE_PLAIN));
}

static void put_allowed(FILE *out, const struct options *o, struct json_object *h) {
        unsigned long long available = json_number(h, "available_ma"), granted = json_number(h, "negotiated_ma");
        char line[128];

        if (available > 0 && granted > 0)
                snprintf(line, sizeof line, _("the port offers %llu mA at most; %llu mA were granted"), available, granted);
        else if (available > 0)
                snprintf(line, sizeof line, _("the port offers %llu mA at most"), available);
        else if (granted > 0)
                snprintf(line, sizeof line, _("%llu mA were granted"), granted);
        else
                return;
        put_row(out, o, _("Allowed"), line);
}

static void put_current(FILE *out, const struct options *o, struct json_object *h) {
        unsigned long long declared = json_number(h, "declared_ma"), needed = json_number(h, "needed_ma");
        char line[128];

        put_allowed(out, o, h);
        if (declared > 0) {
                snprintf(line, sizeof line, _("%llu mA, by the device itself; the port does not tell what flows"), declared);
                put_row(out, o, _("Declared"), line);
        }
        if (needed > 0) {
                snprintf(line, sizeof line, _("%llu mA for the rated charging time of this model"), needed);
                put_row(out, o, _("Needed"), line);
        }
}

/* Prints how the device was enumerated if that did not work at once. */
static void put_enumeration(FILE *out, const struct options *o, struct json_object *e) {
        unsigned long long attempts = json_number(e, "attempts"), errors = json_number(e, "errors"),
                           usec = json_number(e, "usec");
        char line[160], took[40] = "";

        if (attempts < 2 && errors == 0)
                return;
        if (usec > 0)
                snprintf(took, sizeof took, _(" in %llu ms"), (usec + 999) / 1000);
        snprintf(line, sizeof line,
                 ngettext("recognised at try %llu after %llu error%s", "recognised at try %llu after %llu errors%s", errors),
                 attempts, errors, took);
        put_row(out, o, _("Tries"), line);
}

/* Prints how the headset is seen if it is not on the USB bus. */
static void put_seen_by(FILE *out, const struct options *o, struct json_object *h) {
        struct json_object *seen_by = json_list(h, "seen_by"), *last = json_child(h, "last_seen");
        char line[2400] = "", time[32];

        if (json_length(seen_by) == 0 && last) {
                snprintf(line, sizeof line, _("last by %s %s"), words_value(json_text(last, "by")),
                         show_time(json_number(last, "at"), time, sizeof time));
                put_row(out, o, _("Seen"), line);
                return;
        }
        for (size_t i = 0; i < json_length(seen_by); i++) {
                const char *by = json_object_get_string(json_object_array_get_idx(seen_by, i));

                snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s", i ? ", " : "", by ? words_value(by) : "?");
        }
        if (*line && strcmp(line, words_value("usb")) != 0)
                put_row(out, o, _("Seen by"), line);
}

/* If the most important finding needs action and is not certain, suggests the doctor, whose questions can settle it. */
static void put_doctor(FILE *out, const struct options *o, struct json_object *findings) {
        struct json_object *first = json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL;

        if (first && finding_needs_action(first) && strcmp(json_text(first, "confidence"), "certain") != 0)
                put_row(out, o, _("Unsure?"), _("\"sonychargectl doctor\" helps to find out, one change at a time."));
}

struct rows {
        FILE *out;
        const struct options *o;
};

static void put_own_row(void *userdata, const char *head, const char *text) {
        struct rows *rows = userdata;

        put_row(rows->out, rows->o, head, text);
}

static void put_own_side(FILE *out, const struct options *o, struct json_object *h) {
        struct rows rows = { out, o };
        const struct own_side w = { .row = put_own_row, .time = show_time, .userdata = &rows };

        own_side_rows(&w, h);
        own_side_answers(&w, h);
}

void show_headset(FILE *out, const struct options *o, struct json_object *h, struct json_object *shown) {
        struct json_object *findings = json_list(h, "findings"), *path = json_list(h, "path");

        put_headline(out, o, h, shown);
        fputc('\n', out);
        if (json_length(path) > 0) {
                /* Without a fault no place is marked. */
                show_path(out, o, path, strcmp(json_text(h, "verdict"), "ok") == 0 ? NULL : findings);
                fputc('\n', out);
        }
        if (json_length(findings) > 0) {
                show_findings(out, o, findings, shown);
                put_doctor(out, o, findings);
                fputc('\n', out);
        }
        put_seen_by(out, o, h);
        put_current(out, o, h);
        put_own_side(out, o, h);
        put_enumeration(out, o, json_child(h, "enumeration"));
        if (*json_text(h, "id"))
                put_row(out, o, _("Id"), json_text(h, "id"));
}

void show_unidentified(FILE *out, const struct options *o, struct json_object *p, struct json_object *shown) {
        const struct verdict_look *l = verdict_look(json_text(p, "verdict"));
        struct json_object *findings = json_list(p, "findings");
        char line[2400], port[420], time[32];
        const char *since = show_time(json_number(p, "since"), time, sizeof time);

        port_words(json_text(p, "name"), *json_text(p, "sysname") ? json_text(p, "sysname") : json_text(p, "port"), port,
                   sizeof port);
        snprintf(line, sizeof line, "%s%s%s%s%s%s", port, _(": "), unidentified_words(p), *since ? _(" (since ") : "", since,
                 *since ? ")" : "");
        fprintf(out, "%s%s%s %s", style(o, l->style), symbol(o, l->symbol), style(o, STYLE_PLAIN), style(o, STYLE_BOLD));
        put_wrapped(out, o, line, 2, 2);
        fprintf(out, "%s\n\n", style(o, STYLE_PLAIN));
        show_findings(out, o, findings, shown);
}
