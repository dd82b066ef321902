/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "app/parts.h"

#include <string.h>

#include "common/language.h"
#include "common/finding.h"
#include "common/params.h"
#include "view/view.h"
#include "words/words.h"

GtkWidget *part_page(GtkWidget **ret_column) {
        GtkWidget *scrolled = gtk_scrolled_window_new(), *clamp = adw_clamp_new();
        GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 18);

        gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
        gtk_widget_set_vexpand(scrolled, TRUE);
        gtk_widget_add_css_class(column, "page");
        adw_clamp_set_maximum_size(ADW_CLAMP(clamp), 720);
        adw_clamp_set_child(ADW_CLAMP(clamp), column);
        gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), clamp);
        *ret_column = column;
        return scrolled;
}

static void add_style(GtkWidget *widget, const char *style) {
        g_auto(GStrv) classes = g_strsplit(style ? style : "", " ", -1);

        for (size_t i = 0; classes[i]; i++)
                if (*classes[i])
                        gtk_widget_add_css_class(widget, classes[i]);
}

static GtkWidget *make_label(GtkAccessibleRole role, const char *text, const char *style) {
        GtkWidget *label = g_object_new(GTK_TYPE_LABEL, "accessible-role", role, "label", text, "wrap", TRUE, "wrap-mode",
                                        PANGO_WRAP_WORD_CHAR, "xalign", 0.0f, "hexpand", TRUE, NULL);

        add_style(label, style);
        return label;
}

GtkWidget *part_label(const char *text, const char *style) {
        return make_label(GTK_ACCESSIBLE_ROLE_LABEL, text, style);
}

GtkWidget *part_value(const char *text) {
        GtkWidget *label = gtk_label_new(text);

        gtk_widget_add_css_class(label, "numeric");
        return label;
}

GtkWidget *part_heading(const char *text, const char *style) {
        return make_label(GTK_ACCESSIBLE_ROLE_HEADING, text, style);
}

GtkWidget *part_action(const char *text) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3);

        gtk_widget_add_css_class(box, "todo");
        gtk_box_append(GTK_BOX(box), part_heading(_("What to do"), "caption-heading"));
        gtk_box_append(GTK_BOX(box), part_label(text, "action"));
        return box;
}

GtkWidget *part_warning(const char *text) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);

        gtk_widget_add_css_class(box, "beware");
        gtk_box_append(GTK_BOX(box), part_icon("dialog-warning-symbolic", 16));
        gtk_box_append(GTK_BOX(box), part_label(text, NULL));
        return box;
}

GtkWidget *part_list(const char *name) {
        GtkWidget *list = gtk_list_box_new();

        gtk_list_box_set_selection_mode(GTK_LIST_BOX(list), GTK_SELECTION_NONE);
        gtk_widget_add_css_class(list, "boxed-list");
        if (name)
                part_name(list, name);
        return list;
}

void part_row_detail(GtkWidget *row, const char *detail) {
        adw_action_row_set_subtitle(ADW_ACTION_ROW(row), detail);
        gtk_accessible_update_property(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
}

static void fill_row(GtkWidget *row, const char *title, const char *detail) {
        adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
        adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
        if (ADW_IS_ACTION_ROW(row)) {
                adw_action_row_set_title_lines(ADW_ACTION_ROW(row), 0);
                adw_action_row_set_subtitle_lines(ADW_ACTION_ROW(row), 0);
                if (detail)
                        part_row_detail(row, detail);
        }
}

GtkWidget *part_row(const char *title, const char *detail) {
        GtkWidget *row = adw_action_row_new();

        fill_row(row, title, detail);
        return row;
}

GtkWidget *part_row_icon(const char *icon, const char *title, const char *detail) {
        GtkWidget *row = part_row(title, detail);

        adw_action_row_add_prefix(ADW_ACTION_ROW(row), part_icon(icon, 16));
        return row;
}

GtkWidget *part_icon(const char *name, int size) {
        return g_object_new(GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "icon-name", name, "pixel-size",
                            size, NULL);
}

GtkWidget *part_folded(const char *title, GtkWidget *content) {
        GtkWidget *expander = gtk_expander_new(title);

        gtk_widget_set_margin_top(content, 9);
        gtk_expander_set_child(GTK_EXPANDER(expander), content);
        part_name(expander, title);
        return expander;
}

GtkWidget *part_button(const char *text, const char *style, GCallback pressed, void *userdata) {
        GtkWidget *button = gtk_button_new_with_label(text);
        GtkWidget *label = gtk_button_get_child(GTK_BUTTON(button));

        gtk_label_set_wrap(GTK_LABEL(label), TRUE);
        gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
        add_style(button, style);
        gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
        g_signal_connect(button, "clicked", pressed, userdata);
        return button;
}

GtkWidget *part_row_button(const char *text, GCallback pressed, void *userdata) {
        GtkWidget *button = part_button(text, NULL, pressed, userdata);

        gtk_label_set_wrap(GTK_LABEL(gtk_button_get_child(GTK_BUTTON(button))), FALSE);
        return button;
}

GtkWidget *part_note(const char *icon, const char *title, const char *text, GtkWidget *button) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);

        gtk_widget_add_css_class(box, "note");
        gtk_widget_set_vexpand(box, TRUE);
        gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
        if (icon) {
                GtkWidget *image = part_icon(icon, 96);

                gtk_widget_add_css_class(image, "dim-label");
                gtk_box_append(GTK_BOX(box), image);
        }
        if (title) {
                GtkWidget *label = part_heading(title, "title-2");

                gtk_label_set_xalign(GTK_LABEL(label), 0.5f);
                gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
                gtk_box_append(GTK_BOX(box), label);
        }
        if (text) {
                GtkWidget *label = part_label(text, NULL);

                gtk_label_set_xalign(GTK_LABEL(label), 0.5f);
                gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
                gtk_box_append(GTK_BOX(box), label);
        }
        if (button) {
                gtk_widget_set_halign(button, GTK_ALIGN_CENTER);
                gtk_box_append(GTK_BOX(box), button);
        }
        return box;
}

void part_clear(GtkWidget *box) {
        GtkWidget *child;

        while ((child = gtk_widget_get_first_child(box)))
                gtk_box_remove(GTK_BOX(box), child);
}

void part_name(GtkWidget *widget, const char *name) {
        gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void part_announce(GtkWidget *widget, const char *text) {
#if GTK_CHECK_VERSION(4, 14, 0)
        G_GNUC_BEGIN_IGNORE_DEPRECATIONS
        gtk_accessible_announce(GTK_ACCESSIBLE(widget), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
        G_GNUC_END_IGNORE_DEPRECATIONS
#else
        /* GTK 4.8 has no function for this. A change of the description is announced at once by screen readers. */
        gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
#endif
}

char *part_time(uint64_t usec) {
        g_autoptr(GDateTime) at = NULL, now = g_date_time_new_now_local();

        if (usec == 0 || usec > (uint64_t) INT64_MAX)
                return g_strdup("");
        at = g_date_time_new_from_unix_local((int64_t) (usec / 1000000));
        if (!at)
                return g_strdup("");
        if (g_date_time_get_year(at) == g_date_time_get_year(now) &&
            g_date_time_get_day_of_year(at) == g_date_time_get_day_of_year(now))
                return g_date_time_format(at, "%H:%M");
        return g_date_time_format(at, "%x %H:%M");
}

char *part_title(struct json_object *finding) {
        enum finding_code code = finding_code_from_name(json_text(finding, "code"));

        if (code < _FINDING_CODE_MAX)
                return g_strdup(finding_title(code));
        return g_strdup(*json_text(finding, "title") ? json_text(finding, "title") : json_text(finding, "code"));
}

char *part_sentence(struct json_object *finding, const char *which) {
        struct json_object *params = json_child(json_child(finding, "params"), which);
        struct params values = {};
        char text[512];

        if (params) {
                params_from_json(&values, params);
                if (words_fill(&values, text, sizeof text))
                        return g_strdup(text);
        }
        return g_strdup(json_text(finding, which));
}

char *part_evidence(struct json_object *evidence) {
        g_autofree char *time = part_time(json_number(evidence, "at"));
        const char *source = json_text(evidence, "source");

        return g_strdup_printf("%s%s%s%s%s%s", json_text(evidence, "value"), *source ? " (" : "", source,
                               *source && *time ? ", " : "", *source && *time ? time : "", *source ? ")" : "");
}

char *part_capital(const char *text) {
        g_autofree char *first = g_utf8_strup(text, *text ? (gssize) (g_utf8_next_char(text) - text) : 0);

        return g_strconcat(first, *text ? g_utf8_next_char(text) : "", NULL);
}

const char *part_severity_icon(struct json_object *finding) {
        const char *severity = json_text(finding, "severity");

        if (strcmp(severity, "critical") == 0)
                return "dialog-error-symbolic";
        if (strcmp(severity, "warning") == 0)
                return "dialog-warning-symbolic";
        return "dialog-information-symbolic";
}

void part_copy(GtkWidget *widget, const char *text) {
        gdk_clipboard_set_text(gtk_widget_get_clipboard(widget), text);
}
