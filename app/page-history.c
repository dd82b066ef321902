/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* History: earlier plug sessions, and how often each headset and port worked. */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "app/picture.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "view/view.h"
#include "words/words.h"

#define SESSIONS_SHOWN 50

struct history {
        struct app *app;
        GtkWidget *page, *column;
        char *shown; /* the newest answer */
        bool asking;
};

static void history_free(void *p) {
        struct history *h = p;

        g_free(h->shown);
        g_free(h);
}

static const char *outcome_words(const char *outcome) {
        static const struct name_text outcomes[] = {
                { "good", N_("it went well") },
                { "shaky", N_("with errors") },
                { "bad", N_("it failed") },
                { "unclear", N_("not clear how it went") },
        };

        return TEXT_OF_NAME(outcomes, outcome, outcome);
}

static const char *outcome_icon(const char *outcome) {
        if (strcmp(outcome, "good") == 0)
                return "emblem-ok-symbolic";
        if (strcmp(outcome, "bad") == 0)
                return "dialog-error-symbolic";
        return strcmp(outcome, "shaky") == 0 ? "dialog-warning-symbolic" : "dialog-question-symbolic";
}

static char *session_detail(struct json_object *s) {
        g_autofree char *begin = part_time(json_number(s, "start"));
        bool was_there = json_object_object_get(s, "start_seen") && !json_truth(s, "start_seen");
        uint64_t at_least = json_number(s, "lasted_at_least_usec");
        char span[SPAN_MAX];

        if (strcmp(json_text(s, "ended"), "open") == 0)
                return g_strdup_printf(was_there ? _("%s: since before %s, still plugged in")
                                                 : _("%s: since %s, still plugged in"),
                                       json_text(s, "place"), begin);
        if (json_number(s, "lasted_usec") == 0 && at_least > 0)
                return g_strdup_printf(_("%s: %s, for %s or more, %s"), json_text(s, "place"), begin, span_words(at_least, span),
                                       outcome_words(json_text(s, "outcome")));
        return g_strdup_printf(_("%s: %s, for %s, %s"), json_text(s, "place"), begin,
                               span_words(json_number(s, "lasted_usec"), span), outcome_words(json_text(s, "outcome")));
}

static GtkWidget *session_row(struct json_object *s) {
        GtkWidget *row = adw_expander_row_new(), *curve = picture_curve(json_list(s, "battery"));
        struct json_object *findings = json_list(s, "findings");
        const char *name = *json_text(s, "model") ? json_text(s, "model") : _("A USB device");
        g_autofree char *detail = session_detail(s);

        adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
        adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), name);
        adw_expander_row_set_subtitle(ADW_EXPANDER_ROW(row), detail);
        part_name(row, name);
        adw_expander_row_add_prefix(ADW_EXPANDER_ROW(row), part_icon(outcome_icon(json_text(s, "outcome")), 16));
        if (curve)
                adw_expander_row_add_row(ADW_EXPANDER_ROW(row), curve);
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);
                g_autofree char *cause = part_sentence(f, "cause"), *title = part_title(f);

                adw_expander_row_add_row(ADW_EXPANDER_ROW(row), part_row_icon(part_severity_icon(f), title, cause));
        }
        if (!curve && json_length(findings) == 0)
                adw_expander_row_add_row(ADW_EXPANDER_ROW(row), part_row(_("Nothing was found"), NULL));
        return row;
}

/* "12 of 14 times it went well". */
static GtkWidget *health_row(struct json_object *o, const char *name) {
        unsigned all = (unsigned) json_number(o, "sessions"), good = (unsigned) json_number(o, "good");
        unsigned shaky = (unsigned) json_number(o, "shaky"), bad = (unsigned) json_number(o, "bad");
        g_autofree char *words =
                good + shaky + bad == 0 ? g_strdup(_("not clear how it went"))
                                        : g_strdup_printf(ngettext("%u of %u time it went well, %u with errors, %u failed",
                                                                   "%u of %u times it went well, %u with errors, %u failed", all),
                                                          good, all, shaky, bad);
        GtkWidget *row = part_row(name, words);

        if (good + shaky + bad > 0) {
                GtkWidget *bar = gtk_level_bar_new_for_interval(0, all);

                gtk_level_bar_set_value(GTK_LEVEL_BAR(bar), good);
                gtk_widget_set_size_request(bar, 60, -1);
                gtk_widget_set_valign(bar, GTK_ALIGN_CENTER);
                part_name(bar, words);
                adw_action_row_add_suffix(ADW_ACTION_ROW(row), bar);
        }
        return row;
}

static void add_health(GtkWidget *column, struct json_object *list, const char *title, const char *key) {
        GtkWidget *box;

        if (json_length(list) == 0)
                return;
        gtk_box_append(GTK_BOX(column), part_heading(title, "heading"));
        box = part_list(title);
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *o = json_object_array_get_idx(list, i);
                const char *name = *json_text(o, key) ? json_text(o, key) : json_text(o, "port");

                gtk_list_box_append(GTK_LIST_BOX(box), health_row(o, *name ? name : _("Not known")));
        }
        gtk_box_append(GTK_BOX(column), box);
}

static void show(struct history *h, struct json_object *answer) {
        struct json_object *sessions = json_list(answer, "sessions");
        GtkWidget *list;

        part_clear(h->column);
        if (json_length(sessions) == 0) {
                gtk_box_append(GTK_BOX(h->column),
                               part_note("sonycharge-history-symbolic", _("Nothing here yet"),
                                         _("Every time a headset is plugged in, it is noted here how it went."), NULL));
                return;
        }
        add_health(h->column, json_list(answer, "headsets"), _("By headset"), "model");
        add_health(h->column, json_list(answer, "ports"), _("By port"), "place");
        gtk_box_append(GTK_BOX(h->column), part_heading(_("Plug sessions, newest first"), "heading"));
        list = part_list(_("Plug sessions"));
        for (size_t i = 0; i < json_length(sessions) && i < SESSIONS_SHOWN; i++)
                gtk_list_box_append(GTK_LIST_BOX(list), session_row(json_object_array_get_idx(sessions, i)));
        gtk_box_append(GTK_BOX(h->column), list);
}

static void on_answer(const char *text, const char *problem, void *userdata) {
        struct history *h = userdata;
        _cleanup_(json_putp) struct json_object *answer = text ? json_tokener_parse(text) : NULL;

        h->asking = false;
        if (text && g_strcmp0(text, h->shown) == 0)
                return;
        g_free(h->shown);
        h->shown = g_strdup(text);
        if (json_object_is_type(answer, json_type_object)) {
                json_make_safe(answer);
                show(h, answer);
                return;
        }
        part_clear(h->column);
        gtk_box_append(GTK_BOX(h->column), part_note("dialog-warning-symbolic", _("The history cannot be shown"), problem, NULL));
}

static void update(struct app *app, GtkWidget *page) {
        struct history *h = g_object_get_data(G_OBJECT(page), "page");
        GVariantBuilder filter;

        if (h->asking || service_state(app->service) == SERVICE_ASKING)
                return;
        h->asking = true;
        g_variant_builder_init(&filter, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_add(&filter, "{sv}", "limit", g_variant_new_uint32(SESSIONS_SHOWN));
        g_variant_builder_add(&filter, "{sv}", "health", g_variant_new_boolean(TRUE));
        service_call(app->service, "GetHistory", g_variant_new("(@a{sv})", g_variant_builder_end(&filter)), G_OBJECT(page),
                     on_answer, h);
}

static GtkWidget *make(struct app *app) {
        struct history *h = g_new0(struct history, 1);

        h->app = app;
        h->page = part_page(&h->column);
        g_object_set_data_full(G_OBJECT(h->page), "page", h, history_free);
        return h->page;
}

const struct page page_history = { "history", N_("History"), "sonycharge-history-symbolic", make, update };
