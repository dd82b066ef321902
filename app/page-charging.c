/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Charging: each headset that is seen, what prevents it from charging, and what to do. */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "app/picture.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "view/path-words.h"
#include "view/view.h"
#include "words/words.h"

/* A card is built again only if what it shows has changed, so that the focus and the expanded rows stay. */
struct card {
        char *key, *text;
        GtkWidget *widget;
        bool unfolded, used;
};

struct charging {
        struct app *app;
        GtkWidget *column;
        GPtrArray *cards;
        char *announced; /* the newest finding that was announced to a screen reader */
};

static void card_free(void *p) {
        struct card *card = p;

        g_free(card->key);
        g_free(card->text);
        g_free(card);
}

static void charging_free(void *p) {
        struct charging *c = p;

        g_ptr_array_unref(c->cards);
        g_free(c->announced);
        g_free(c);
}

/* --- pieces of a card --- */

static GtkWidget *verdict_line(struct json_object *headset, struct json_object *of_host) {
        const char *verdict = json_text(headset, "verdict"), *icon = "dialog-warning-symbolic", *style = "warning";
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);
        g_autofree char *sentence = NULL;
        char words[2400];

        if (strcmp(verdict, "ok") == 0 && !findings_need_action(json_list(headset, "findings"))) {
                icon = "emblem-ok-symbolic";
                style = "success";
        } else if (strcmp(verdict, "blocked") == 0) {
                icon = "dialog-error-symbolic";
                style = "error";
        } else if (strcmp(verdict, "unknown") == 0) {
                icon = "dialog-question-symbolic";
                style = "";
        }
        headline_words(headset, of_host, words, sizeof words);
        sentence = part_capital(words);
        gtk_box_append(GTK_BOX(box), part_icon(icon, 16));
        gtk_box_append(GTK_BOX(box), part_label(sentence, "heading"));
        if (*style)
                gtk_widget_add_css_class(box, style);
        return box;
}

static void on_find_cause(GtkButton *button, void *userdata) {
        struct app *app = g_object_get_data(G_OBJECT(button), "app");

        doctor_start_with(app, g_object_get_data(G_OBJECT(button), "headset"));
}

static GtkWidget *cause_button(struct app *app, const char *headset, const char *style) {
        GtkWidget *button = part_button(_("Find the Cause"), style, G_CALLBACK(on_find_cause), NULL);

        g_object_set_data(G_OBJECT(button), "app", app);
        g_object_set_data_full(G_OBJECT(button), "headset", g_strdup(headset), g_free);
        return button;
}

static void on_look_up(GtkButton *button, void *userdata) {
        struct app *app = g_object_get_data(G_OBJECT(button), "app");

        guide_look_up(app, g_object_get_data(G_OBJECT(button), "model"), g_object_get_data(G_OBJECT(button), "code"));
}

static GtkWidget *guide_button(struct app *app, const char *model, const char *code) {
        GtkWidget *button = part_button(_("Look It Up"), NULL, G_CALLBACK(on_look_up), NULL);

        g_object_set_data(G_OBJECT(button), "app", app);
        g_object_set_data_full(G_OBJECT(button), "model", g_strdup(model), g_free);
        g_object_set_data_full(G_OBJECT(button), "code", g_strdup(code), g_free);
        return button;
}

/* The first finding, and what to do. What an unidentified device is, and whether its cable or its port is at fault, can only be
 * found out by questions. */
static GtkWidget *advice(struct app *app, struct json_object *findings, const char *headset, const char *model, bool nameless) {
        struct json_object *first = json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL;
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12), *buttons;
        g_autofree char *cause = NULL, *action = NULL, *title = NULL;

        if (!first)
                return box;
        title = part_title(first);
        cause = part_sentence(first, "cause");
        action = part_sentence(first, "action");
        gtk_box_append(GTK_BOX(box), part_label(*cause ? cause : title, NULL));
        gtk_box_append(GTK_BOX(box), part_action(action));
        buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
        if (nameless || (finding_needs_action(first) && strcmp(json_text(first, "confidence"), "certain") != 0))
                gtk_box_append(GTK_BOX(buttons), cause_button(app, headset, "suggested-action"));
        gtk_box_append(GTK_BOX(buttons), guide_button(app, model, json_text(first, "code")));
        gtk_box_append(GTK_BOX(box), buttons);
        return box;
}

static int level_of(struct json_object *o) {
        struct json_object *level = NULL;

        if (!json_object_is_type(o, json_type_object) || !json_object_object_get_ex(o, "level", &level) ||
            !json_object_is_type(level, json_type_int))
                return -1;
        return json_object_get_int(level) < 0 || json_object_get_int(level) > 100 ? -1 : json_object_get_int(level);
}

/* "bluez, 12:03": where something is from, and when. */
static char *source_words(struct json_object *o) {
        g_autofree char *time = part_time(json_number(o, "at"));
        const char *source = json_text(o, "source");

        return g_strdup_printf("%s%s%s", source, *source && *time ? ", " : "", time);
}

static const char *charging_words(const char *state) {
        if (strcmp(state, "yes") == 0)
                return _("It charges");
        if (strcmp(state, "no") == 0)
                return _("It does not charge");
        if (strcmp(state, "full") == 0)
                return _("It is full");
        return _("Not known");
}

static void add_charging(GtkWidget *list, struct json_object *charging) {
        const char *state = json_text(charging, "state");
        g_autofree char *source = source_words(charging), *detail = NULL;
        GtkWidget *row;

        if (!*state || strcmp(state, "unknown") == 0)
                detail = g_strdup(level_of(charging) >= 0
                                          ? _("The battery level alone does not tell it; only the headset's light does.")
                                          : _("Nothing here reports the battery; only the headset's light tells."));
        else
                detail = g_strdup(source);
        row = part_row(_("Charging"), detail);
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), part_value(charging_words(state)));
        gtk_list_box_append(GTK_LIST_BOX(list), row);
}

static const char *part_words(const char *part) {
        static const struct name_text parts[] = { { "whole", N_("Battery") },
                                                  { "left", N_("Battery of the left earbud") },
                                                  { "right", N_("Battery of the right earbud") },
                                                  { "case", N_("Battery of the case") } };

        return TEXT_OF_NAME(parts, part, part);
}

static void add_level(GtkWidget *list, const char *name, int level, const char *detail) {
        GtkWidget *row = part_row(name, *detail ? detail : NULL), *bar = gtk_level_bar_new_for_interval(0, 100);
        g_autofree char *percent = g_strdup_printf("%d %%", level);

        gtk_level_bar_set_value(GTK_LEVEL_BAR(bar), level);
        gtk_widget_set_size_request(bar, 60, -1);
        gtk_widget_set_valign(bar, GTK_ALIGN_CENTER);
        part_name(bar, name);
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), bar);
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), part_value(percent));
        gtk_list_box_append(GTK_LIST_BOX(list), row);
}

static void add_battery(GtkWidget *list, struct json_object *h) {
        struct json_object *battery = json_child(h, "battery"), *parts = json_list(json_child(h, "charging"), "parts");
        g_autofree char *source = source_words(battery);
        bool any = false;

        for (size_t i = 0; i < json_length(parts); i++) {
                struct json_object *part = json_object_array_get_idx(parts, i);
                g_autofree char *from = source_words(part), *detail = NULL;

                if (level_of(part) < 0)
                        continue;
                detail = g_strdup_printf("%s%s", from, json_truth(part, "stale") ? _(" (an old value)") : "");
                add_level(list, part_words(json_text(part, "part")), level_of(part), detail);
                any = true;
        }
        if (!any && level_of(battery) >= 0)
                add_level(list, _("Battery"), level_of(battery), source);
}

static void add_value(GtkWidget *list, const char *name, const char *detail, const char *value) {
        GtkWidget *row = part_row(name, detail);

        adw_action_row_add_suffix(ADW_ACTION_ROW(row), part_value(value));
        gtk_list_box_append(GTK_LIST_BOX(list), row);
}

static void add_measured(GtkWidget *list, struct json_object *measured) {
        struct json_object *volt = NULL, *ampere = NULL;
        g_autofree char *source = source_words(measured), *value = NULL;

        if (!measured || !json_object_object_get_ex(measured, "millivolt", &volt) ||
            !json_object_object_get_ex(measured, "milliamp", &ampere))
                return;
        value = g_strdup_printf("%.2f V, %.2f A", json_object_get_double(volt) / 1000, json_object_get_double(ampere) / 1000);
        add_value(list, _("Measured by a USB meter"), source, value);
}

static void add_current(GtkWidget *list, struct json_object *h) {
        g_autofree char *needed = g_strdup_printf("%lu mA", (unsigned long) json_number(h, "needed_ma"));
        g_autofree char *offered = g_strdup_printf("%lu mA", (unsigned long) json_number(h, "available_ma"));

        if (json_number(h, "available_ma") > 0)
                add_value(list, _("The port may give"), _("What really flows a plain port does not tell."), offered);
        if (json_number(h, "needed_ma") > 0)
                add_value(list, _("The model is rated for"), NULL, needed);
}

static GtkWidget *facts(struct json_object *h) {
        GtkWidget *list = part_list(_("Battery and power"));

        add_charging(list, json_child(h, "charging"));
        add_battery(list, h);
        add_measured(list, json_child(h, "measured"));
        add_current(list, h);
        return list;
}

static void add_finding(GtkWidget *list, struct json_object *finding) {
        struct json_object *evidence = json_list(finding, "evidence");
        GtkWidget *row = adw_expander_row_new();
        g_autofree char *cause = part_sentence(finding, "cause");
        g_autofree char *title = part_title(finding);
        g_autofree char *detail =
                g_strdup_printf("%s (%s, %s)", cause, json_text(finding, "confidence"), json_text(finding, "code"));

        adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
        adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
        adw_expander_row_set_subtitle(ADW_EXPANDER_ROW(row), detail);
        part_name(row, title);
        adw_expander_row_add_prefix(ADW_EXPANDER_ROW(row), part_icon(part_severity_icon(finding), 16));
        for (size_t i = 0; i < json_length(evidence); i++) {
                struct json_object *e = json_object_array_get_idx(evidence, i);
                g_autofree char *value = part_evidence(e), *what = part_capital(json_text(e, "what"));

                adw_expander_row_add_row(ADW_EXPANDER_ROW(row), part_row(what, value));
        }
        gtk_list_box_append(GTK_LIST_BOX(list), row);
}

static void on_unfolded(GObject *expander, GParamSpec *spec, void *userdata) {
        struct card *card = userdata;

        card->unfolded = gtk_expander_get_expanded(GTK_EXPANDER(expander));
}

static GtkWidget *evidence(struct card *card, struct json_object *findings) {
        GtkWidget *list = part_list(_("Findings")), *expander = part_folded(_("What was found, and on what evidence"), list);

        for (size_t i = 0; i < json_length(findings); i++)
                add_finding(list, json_object_array_get_idx(findings, i));
        gtk_expander_set_expanded(GTK_EXPANDER(expander), card->unfolded);
        g_signal_connect(expander, "notify::expanded", G_CALLBACK(on_unfolded), card);
        return expander;
}

/* --- cards --- */

static GtkWidget *new_card(const char *icon, const char *title) {
        GtkWidget *box = g_object_new(GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_GROUP, NULL);
        GtkWidget *head = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12), *image = part_icon(icon, 16);

        gtk_image_set_pixel_size(GTK_IMAGE(image), 32);
        gtk_widget_add_css_class(box, "card");
        gtk_widget_add_css_class(box, "thing");
        gtk_box_append(GTK_BOX(head), image);
        gtk_box_append(GTK_BOX(head), part_heading(title, "title-2"));
        gtk_box_append(GTK_BOX(box), head);
        part_name(box, title);
        return box;
}

static const char *family_icon(struct json_object *h) {
        const char *family = json_text(h, "family");

        if (strcmp(family, "earbuds") == 0)
                return "sonycharge-earbuds-symbolic";
        return strcmp(family, "neckband") == 0 ? "sonycharge-neckband-symbolic" : "sonycharge-headset-symbolic";
}

static GtkWidget *headset_card(struct charging *c, struct card *card, struct json_object *h, struct json_object *of_host) {
        const char *model = *json_text(h, "model") ? json_text(h, "model") : json_text(h, "id");
        GtkWidget *box = new_card(family_icon(h), model);
        struct json_object *findings = json_list(h, "findings");

        gtk_box_append(GTK_BOX(box), verdict_line(h, of_host));
        if (json_length(findings) > 0)
                gtk_box_append(GTK_BOX(box), advice(c->app, findings, json_text(h, "id"), json_text(h, "model"), false));
        if (json_length(json_list(h, "path")) > 0)
                gtk_box_append(GTK_BOX(box), picture_path(h));
        else
                gtk_box_append(GTK_BOX(box),
                               part_label(_("It is on no cable that this computer can see. Many models charge without "
                                            "ever telling a computer that they are there."),
                                          NULL));
        gtk_box_append(GTK_BOX(box), facts(h));
        if (json_length(findings) > 0)
                gtk_box_append(GTK_BOX(box), evidence(card, findings));
        return box;
}

static GtkWidget *unidentified_card(struct charging *c, struct card *card, struct json_object *p) {
        const char *name = *json_text(p, "name") ? json_text(p, "name") : json_text(p, "port");
        GtkWidget *box = new_card("sonycharge-port-symbolic", name);
        g_autofree char *what = part_capital(unidentified_words(p));
        struct json_object *findings = json_list(p, "findings");
        GtkWidget *line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);

        gtk_box_append(GTK_BOX(line),
                       part_icon(findings_need_action(findings) ? "dialog-warning-symbolic" : "dialog-question-symbolic", 16));
        gtk_box_append(GTK_BOX(line), part_label(what, "heading"));
        if (findings_need_action(findings))
                gtk_widget_add_css_class(line, "warning");
        gtk_box_append(GTK_BOX(box), line);
        if (json_length(findings) > 0) {
                gtk_box_append(GTK_BOX(box), advice(c->app, findings, "", "", true));
                gtk_box_append(GTK_BOX(box), evidence(card, findings));
        }
        return box;
}

static GtkWidget *host_card(struct charging *c, struct card *card, struct json_object *host) {
        GtkWidget *box = new_card("computer-symbolic", _("This computer"));
        struct json_object *findings = json_list(host, "findings");

        gtk_box_append(GTK_BOX(box), advice(c->app, findings, "", "", false));
        gtk_box_append(GTK_BOX(box), evidence(card, findings));
        return box;
}

/* No headset is seen: one line says that this is normal, and what helps. */
static GtkWidget *nothing_card(struct charging *c, struct json_object *status) {
        struct json_object *last = json_child(status, "last");
        g_autofree char *at = part_time(json_number(last, "at")), *text = NULL;

        if (!status)
                return part_note("sonycharge-headset-symbolic", _("This computer cannot look for headsets now"),
                                 _("The questions work all the same."), cause_button(c->app, "", "pill suggested-action"));
        text = *json_text(last, "model")
                       ? g_strdup_printf(_("That is normal for many models: they charge without telling the computer. The %s was "
                                           "seen here until %s."),
                                         json_text(last, "model"), at)
                       : g_strdup(_("That is normal for many models: they charge without telling the computer."));
        return part_note("sonycharge-headset-symbolic", _("No headset is seen"), text,
                         cause_button(c->app, "", "pill suggested-action"));
}

/* --- updating the page --- */

static struct card *find_card(GPtrArray *cards, const char *key) {
        for (guint i = 0; i < cards->len; i++) {
                struct card *card = g_ptr_array_index(cards, i);

                if (strcmp(card->key, key) == 0)
                        return card;
        }
        return NULL;
}

typedef GtkWidget *make_card(struct charging *c, struct card *card, struct json_object *o, struct json_object *of_host);

static GtkWidget *make_headset(struct charging *c, struct card *card, struct json_object *o, struct json_object *of_host) {
        return headset_card(c, card, o, of_host);
}
static GtkWidget *make_unidentified(struct charging *c, struct card *card, struct json_object *o, struct json_object *of_host) {
        return unidentified_card(c, card, o);
}
static GtkWidget *make_host(struct charging *c, struct card *card, struct json_object *o, struct json_object *of_host) {
        return host_card(c, card, o);
}
static GtkWidget *make_nothing(struct charging *c, struct card *card, struct json_object *o, struct json_object *of_host) {
        return nothing_card(c, json_object_object_length(o) > 0 ? o : NULL);
}

static struct card *add_card(struct charging *c, const char *key) {
        struct card *card = g_new0(struct card, 1);

        card->key = g_strdup(key);
        g_ptr_array_add(c->cards, card);
        return card;
}

static bool has_focus(struct charging *c, GtkWidget *widget) {
        GtkRoot *root = gtk_widget_get_root(c->column);
        GtkWidget *focus = root ? gtk_root_get_focus(root) : NULL;

        return focus && widget && gtk_widget_is_ancestor(focus, widget);
}

/* Shows a card after `before` (NULL: first). It is built again only if its content has changed. */
static GtkWidget *place(struct charging *c, GtkWidget *before, const char *key, struct json_object *o,
                        struct json_object *of_host, make_card *make) {
        struct card *card = find_card(c->cards, key);
        const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN);
        g_autofree char *all = g_strconcat(text, of_host ? "*" : "", NULL);

        if (!card)
                card = add_card(c, key);
        card->used = true;
        if (g_strcmp0(card->text, all) != 0) {
                bool focused = has_focus(c, card->widget);

                if (card->widget)
                        gtk_box_remove(GTK_BOX(c->column), card->widget);
                g_free(card->text);
                card->text = g_steal_pointer(&all);
                card->widget = make(c, card, o, of_host);
                gtk_box_insert_child_after(GTK_BOX(c->column), card->widget, before);
                if (focused)
                        gtk_widget_child_focus(card->widget, GTK_DIR_TAB_FORWARD);
        } else
                gtk_box_reorder_child_after(GTK_BOX(c->column), card->widget, before);
        return card->widget;
}

static void remove_unused(struct charging *c) {
        for (guint i = c->cards->len; i-- > 0;) {
                struct card *card = g_ptr_array_index(c->cards, i);

                if (!card->used) {
                        gtk_box_remove(GTK_BOX(c->column), card->widget);
                        g_ptr_array_remove_index(c->cards, i);
                }
        }
}

/* The headset that the user asked for comes first. */
static GtkWidget *place_headsets(struct charging *c, GtkWidget *before, struct json_object *headsets,
                                 struct json_object *of_host) {
        for (unsigned first = 1; first < 2; first--)
                for (size_t i = 0; i < json_length(headsets); i++) {
                        struct json_object *h = json_object_array_get_idx(headsets, i);
                        bool asked = g_strcmp0(c->app->headset, json_text(h, "id")) == 0;
                        g_autofree char *key = g_strconcat("headset ", json_text(h, "id"), NULL);

                        if (asked == first)
                                before = place(c, before, key, h, findings_need_action(of_host) ? of_host : NULL, make_headset);
                }
        return before;
}

static GtkWidget *place_ports(struct charging *c, GtkWidget *before, struct json_object *ports) {
        for (size_t i = 0; i < json_length(ports); i++) {
                struct json_object *p = json_object_array_get_idx(ports, i);
                g_autofree char *key = g_strconcat("port ", json_text(p, "port"), NULL);

                before = place(c, before, key, p, NULL, make_unidentified);
        }
        return before;
}

/* The first finding that needs the user is announced once. */
static void announce(struct charging *c, struct json_object *list) {
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *findings = json_list(json_object_array_get_idx(list, i), "findings");
                struct json_object *first = json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL;
                g_autofree char *cause = first ? part_sentence(first, "cause") : NULL;

                if (!first || !finding_needs_action(first))
                        continue;
                if (g_strcmp0(cause, c->announced) != 0) {
                        part_announce(c->column, cause);
                        g_free(c->announced);
                        c->announced = g_steal_pointer(&cause);
                }
                return;
        }
}

static void update(struct app *app, GtkWidget *page) {
        struct charging *c = g_object_get_data(G_OBJECT(page), "page");
        struct json_object *status = service_status(app->service), *host = json_child(status, "host");
        struct json_object *headsets = json_list(status, "headsets"), *ports = json_list(status, "unidentified");
        struct json_object *of_host = json_list(host, "findings");
        _cleanup_(json_putp) struct json_object *empty = NULL;
        GtkWidget *before = NULL;

        for (guint i = 0; i < c->cards->len; i++)
                ((struct card *) g_ptr_array_index(c->cards, i))->used = false;
        if (!status && service_state(app->service) == SERVICE_ASKING) {
                remove_unused(c);
                return;
        }
        if (json_length(of_host) > 0)
                before = place(c, before, "host", host, NULL, make_host);
        before = place_headsets(c, before, headsets, of_host);
        before = place_ports(c, before, ports);
        if (json_length(headsets) + json_length(ports) == 0) {
                empty = json_object_new_object();
                place(c, before, "nothing", status ? status : empty, NULL, make_nothing);
        }
        remove_unused(c);
        announce(c, headsets);
        announce(c, ports);
}

static GtkWidget *make(struct app *app) {
        struct charging *c = g_new0(struct charging, 1);
        GtkWidget *page = part_page(&c->column);

        c->app = app;
        c->cards = g_ptr_array_new_with_free_func(card_free);
        g_object_set_data_full(G_OBJECT(page), "page", c, charging_free);
        return page;
}

const struct page page_charging = { "charging", N_("Charging"), "sonycharge-headset-symbolic", make, update };
