/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Guide: what Sony says of a model or a symptom, and what only others advise. The texts are those of `sonychargectl guide`.
 */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "app/tool.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "view/view.h"
#include "words/words.h"

struct guide {
        struct app *app;
        GtkWidget *page, *column, *search, *list, *answer;
        char *model; /* chosen one; NULL: none */
};

static void guide_free(void *p) {
        struct guide *g = p;

        g_free(g->model);
        g_free(g);
}

/* --- an answer --- */

static void on_source(GtkButton *button, void *userdata) {
        struct guide *g = userdata;

        gtk_show_uri(window_widget(g->app->window), g_object_get_data(G_OBJECT(button), "url"), GDK_CURRENT_TIME);
}

static GtkWidget *line_row(struct guide *g, struct json_object *line) {
        struct json_object *source = json_child(line, "source");
        const char *by = json_text(line, "by"), *url = json_text(source, "url");
        g_autofree char *detail =
                g_strdup_printf("%s%s", strcmp(by, "others") == 0 ? _("Not from Sony: ") : "", json_text(source, "title"));
        GtkWidget *row = part_row(json_text(line, "text"), detail);

        if (g_str_has_prefix(url, "https://")) {
                GtkWidget *button = gtk_button_new_from_icon_name("sonycharge-link-symbolic");

                gtk_widget_add_css_class(button, "flat");
                gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
                gtk_widget_set_tooltip_text(button, _("Open the source"));
                g_object_set_data_full(G_OBJECT(button), "url", g_strdup(url), g_free);
                g_signal_connect(button, "clicked", G_CALLBACK(on_source), g);
                adw_action_row_add_suffix(ADW_ACTION_ROW(row), button);
        }
        return row;
}

static void add_topic(struct guide *g, struct json_object *topic) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6), *list = part_list(json_text(topic, "title"));
        struct json_object *lines = json_list(topic, "lines");

        gtk_box_append(GTK_BOX(box), part_heading(json_text(topic, "title"), "heading"));
        for (size_t i = 0; i < json_length(lines); i++)
                gtk_list_box_append(GTK_LIST_BOX(list), line_row(g, json_object_array_get_idx(lines, i)));
        gtk_box_append(GTK_BOX(box), list);
        gtk_box_append(GTK_BOX(g->answer), box);
}

static void show_list(struct guide *g, bool list) {
        gtk_widget_set_visible(g->list, list);
        gtk_widget_set_visible(g->search, list);
        gtk_widget_set_visible(g->answer, !list);
        gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(g->page)), 0);
}

static void on_back(GtkButton *button, void *userdata) {
        struct guide *g = userdata;

        show_list(g, true);
        gtk_widget_grab_focus(g->search);
}

/* Returns what the guide wrote, safe to show. NULL, after saying so in the box: it wrote no object. */
static struct json_object *read_output(GtkWidget *box, const char *output, const char *problem) {
        _cleanup_(json_putp) struct json_object *o = output ? json_tokener_parse(output) : NULL;

        if (json_object_is_type(o, json_type_object)) {
                json_make_safe(o);
                return TAKE_PTR(o);
        }
        gtk_box_append(GTK_BOX(box), part_note("dialog-warning-symbolic", _("The guide cannot be shown"), problem, NULL));
        return NULL;
}

static void on_answer(const char *output, const char *problem, void *userdata) {
        struct guide *g = userdata;
        _cleanup_(json_putp) struct json_object *o = NULL;
        struct json_object *topics, *symptom;
        GtkWidget *back = part_button(_("All Models and Symptoms"), "flat", G_CALLBACK(on_back), g);
        g_autofree char *title = NULL, *danger = NULL;

        part_clear(g->answer);
        gtk_widget_set_halign(back, GTK_ALIGN_START);
        gtk_box_append(GTK_BOX(g->answer), back);
        show_list(g, false);
        o = read_output(g->answer, output, problem);
        if (!o)
                return;
        topics = json_list(o, "topics");
        symptom = json_child(o, "symptom");
        title = g_strjoin(*json_text(json_child(o, "model"), "model") && *json_text(symptom, "title") ? ": " : "",
                          json_text(json_child(o, "model"), "model"), json_text(symptom, "title"), NULL);
        if (*title)
                gtk_box_append(GTK_BOX(g->answer), part_heading(title, "title-2"));
        danger = g_strjoin(" ", words_text(SAY_DOCTOR_DANGER), words_text(SAY_DOCTOR_DANGER_DO), NULL);
        gtk_box_append(GTK_BOX(g->answer), part_warning(danger));
        if (*json_text(symptom, "text"))
                gtk_box_append(GTK_BOX(g->answer), part_label(json_text(symptom, "text"), NULL));
        for (size_t i = 0; i < json_length(topics); i++)
                add_topic(g, json_object_array_get_idx(topics, i));
        gtk_widget_child_focus(g->answer, GTK_DIR_TAB_FORWARD);
        part_announce(g->answer, title);
}

static void ask(struct guide *g, const char *model, const char *symptom) {
        const char *arguments[6] = { "--json", "guide", "--" };
        unsigned n = 3;

        if (model && *model)
                arguments[n++] = model;
        if (symptom && *symptom)
                arguments[n++] = symptom;
        if (n > 3)
                tool_run(arguments, G_OBJECT(g->page), on_answer, g);
}

/* --- the list of models and symptoms --- */

static gboolean is_wanted(GtkListBoxRow *row, void *userdata) {
        struct guide *g = userdata;
        g_autofree char *wanted = g_utf8_casefold(gtk_editable_get_text(GTK_EDITABLE(g->search)), -1);
        g_auto(GStrv) words = g_strsplit_set(wanted, " -_", -1);
        const char *title = g_object_get_data(G_OBJECT(row), "folded");

        for (size_t i = 0; words[i]; i++)
                if (*words[i] && !strstr(title, words[i]))
                        return FALSE;
        return TRUE;
}

static void on_search(GtkSearchEntry *entry, void *userdata) {
        struct guide *g = userdata;

        gtk_list_box_invalidate_filter(GTK_LIST_BOX(g->list));
}

static void on_chosen(GtkListBox *list, GtkListBoxRow *row, void *userdata) {
        struct guide *g = userdata;

        ask(g, g_object_get_data(G_OBJECT(row), "model"), g_object_get_data(G_OBJECT(row), "symptom"));
}

/* A heading over the first model and over the first symptom, of those that are shown. */
static void set_heading(GtkListBoxRow *row, GtkListBoxRow *before, void *userdata) {
        bool model = g_object_get_data(G_OBJECT(row), "model");
        GtkWidget *heading;

        if (before && model == (g_object_get_data(G_OBJECT(before), "model") != NULL)) {
                gtk_list_box_row_set_header(row, NULL);
                return;
        }
        heading = part_heading(model ? _("Models") : _("Symptoms"), "list-heading heading");
        gtk_list_box_row_set_header(row, heading);
}

static void add_choice(struct guide *g, const char *key, const char *name, const char *title) {
        GtkWidget *row = part_row(title, NULL);

        gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), TRUE);
        g_object_set_data_full(G_OBJECT(row), key, g_strdup(name), g_free);
        g_object_set_data_full(G_OBJECT(row), "folded", g_utf8_casefold(title, -1), g_free);
        adw_action_row_add_prefix(
                ADW_ACTION_ROW(row),
                part_icon(strcmp(key, "model") == 0 ? "sonycharge-headset-symbolic" : "dialog-question-symbolic", 16));
        gtk_list_box_append(GTK_LIST_BOX(g->list), row);
}

static void on_overview(const char *output, const char *problem, void *userdata) {
        struct guide *g = userdata;
        _cleanup_(json_putp) struct json_object *o = read_output(g->column, output, problem);
        struct json_object *models, *symptoms;

        if (!o)
                return;
        models = json_list(o, "models");
        symptoms = json_list(o, "symptoms");
        for (size_t i = 0; i < json_length(models); i++) {
                const char *name = json_object_get_string(json_object_array_get_idx(models, i));

                if (name)
                        add_choice(g, "model", name, name);
        }
        for (size_t i = 0; i < json_length(symptoms); i++) {
                struct json_object *s = json_object_array_get_idx(symptoms, i);

                add_choice(g, "symptom", json_text(s, "name"), json_text(s, "title"));
        }
}

void guide_look_up(struct app *app, const char *model, const char *symptom) {
        struct guide *g;

        window_show_page(app->window, "guide");
        g = g_object_get_data(G_OBJECT(app->gtk), "guide");
        if (g)
                ask(g, model, symptom);
}

static void on_page_gone(void *userdata, GObject *page) {
        g_object_set_data(G_OBJECT(userdata), "guide", NULL);
}

static GtkWidget *make(struct app *app) {
        static const char *const overview[] = { "--json", "guide", "list", NULL };
        struct guide *g = g_new0(struct guide, 1);

        g->app = app;
        g->page = part_page(&g->column);
        g_object_set_data_full(G_OBJECT(g->page), "page", g, guide_free);
        g_object_set_data(G_OBJECT(app->gtk), "guide", g);
        g_object_weak_ref(G_OBJECT(g->page), on_page_gone, app->gtk);
        g->search = gtk_search_entry_new();
        part_name(g->search, _("Search by model and symptom"));
        g_object_set(g->search, "placeholder-text", _("Model or symptom"), NULL);
        g_signal_connect(g->search, "search-changed", G_CALLBACK(on_search), g);
        g->list = part_list(_("Models and symptoms"));
        gtk_list_box_set_filter_func(GTK_LIST_BOX(g->list), is_wanted, g, NULL);
        gtk_list_box_set_header_func(GTK_LIST_BOX(g->list), set_heading, NULL, NULL);
        g_signal_connect(g->list, "row-activated", G_CALLBACK(on_chosen), g);
        g->answer = gtk_box_new(GTK_ORIENTATION_VERTICAL, 18);
        gtk_widget_set_visible(g->answer, FALSE);
        gtk_box_append(GTK_BOX(g->column), g->search);
        gtk_box_append(GTK_BOX(g->column), g->list);
        gtk_box_append(GTK_BOX(g->column), g->answer);
        tool_run(overview, G_OBJECT(g->page), on_overview, g);
        return g->page;
}

const struct page page_guide = { "guide", N_("Guide"), "sonycharge-guide-symbolic", make, NULL };
