/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings: notifications, muted ports, keeping awake, asking the headset. */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "app/settings.h"
#include "view/view.h"

struct settings_page {
        struct app *app;
        GtkWidget *page, *column, *awake_row, *awake_switch, *quiet, *ask_row;
        bool updating;
};

static const struct {
        const char *key, *title, *detail;
} notices[] = {
        { "Healthy", N_("All is well"), N_("A headset was plugged in and nothing is in its way") },
        { "Notices", N_("Hints"), N_("It charges, but slower than it could") },
        { "UnknownDevices", N_("Unknown devices"), N_("Something was plugged in that never told what it is") },
        { "BatteryFull", N_("Full"), N_("The headset says that it is full") },
        { "Sleep", N_("Sleep"), N_("The computer slept while a headset was plugged in") },
};

/* --- notifications --- */

/* The agent reads its file when it starts. */
static void restart_agent(struct app *app) {
        GDBusConnection *bus = g_application_get_dbus_connection(G_APPLICATION(app->gtk));

        if (bus)
                g_dbus_connection_call(bus, "org.freedesktop.systemd1", "/org/freedesktop/systemd1",
                                       "org.freedesktop.systemd1.Manager", "TryRestartUnit",
                                       g_variant_new("(ss)", "sonycharge-notify.service", "replace"), NULL,
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, 10000, NULL, NULL, NULL);
}

static void cannot_keep(struct settings_page *s) {
        window_toast(s->app->window, _("The setting cannot be kept: the folder for configuration cannot be written."));
}

static void on_notice(GObject *object, GParamSpec *spec, void *userdata) {
        struct settings_page *s = userdata;

        if (!settings_set_truth("Notify", g_object_get_data(object, "key"), gtk_switch_get_active(GTK_SWITCH(object))))
                cannot_keep(s);
        restart_agent(s->app);
}

static GtkWidget *switch_row(const char *title, const char *detail, bool on, GtkWidget **ret) {
        GtkWidget *row = part_row(title, detail), *sw = gtk_switch_new();

        gtk_switch_set_active(GTK_SWITCH(sw), on);
        gtk_widget_set_valign(sw, GTK_ALIGN_CENTER);
        part_name(sw, title);
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), sw);
        adw_action_row_set_activatable_widget(ADW_ACTION_ROW(row), sw);
        *ret = sw;
        return row;
}

static GtkWidget *add_list(struct settings_page *s, const char *title) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6), *list = part_list(title);

        gtk_box_append(GTK_BOX(box), part_heading(title, "heading"));
        gtk_box_append(GTK_BOX(box), list);
        gtk_box_append(GTK_BOX(s->column), box);
        return list;
}

static void add_notices(struct settings_page *s) {
        GtkWidget *list = add_list(s, _("Notifications"));

        for (size_t i = 0; i < G_N_ELEMENTS(notices); i++) {
                bool on = settings_get_truth("Notify", notices[i].key, true);
                GtkWidget *sw, *row = switch_row(_(notices[i].title), _(notices[i].detail), on, &sw);

                g_object_set_data(G_OBJECT(sw), "key", (void *) notices[i].key);
                g_signal_connect(sw, "notify::active", G_CALLBACK(on_notice), s);
                gtk_list_box_append(GTK_LIST_BOX(list), row);
        }
}

/* --- muted ports: the list of the agent --- */

static char *quiet_path(void) {
        return g_build_filename(g_get_user_state_dir(), "sonycharge", "notify-ports", NULL);
}

static void fill_quiet(struct settings_page *s);

/* Writes the list without one port. */
static void on_loud(GtkButton *button, void *userdata) {
        struct settings_page *s = userdata;
        const char *port = g_object_get_data(G_OBJECT(button), "port");
        g_autofree char *path = quiet_path(), *text = NULL;
        g_autoptr(GString) rest = g_string_new(NULL);
        g_auto(GStrv) lines = NULL;

        if (!g_file_get_contents(path, &text, NULL, NULL))
                return;
        lines = g_strsplit(text, "\n", -1);
        for (size_t i = 0; lines[i]; i++)
                if (*lines[i] && strcmp(lines[i], port) != 0)
                        g_string_append_printf(rest, "%s\n", lines[i]);
        if (!g_file_set_contents(path, rest->str, (gssize) rest->len, NULL))
                window_toast(s->app->window, _("The list cannot be written."));
        restart_agent(s->app);
        fill_quiet(s);
}

static void fill_quiet(struct settings_page *s) {
        g_autofree char *path = quiet_path(), *text = NULL;
        g_auto(GStrv) lines = NULL;
        GtkListBoxRow *row;
        bool any = false;

        while ((row = gtk_list_box_get_row_at_index(GTK_LIST_BOX(s->quiet), 0)))
                gtk_list_box_remove(GTK_LIST_BOX(s->quiet), GTK_WIDGET(row));
        lines = g_strsplit(g_file_get_contents(path, &text, NULL, NULL) && g_utf8_validate(text, -1, NULL) ? text : "", "\n", -1);
        for (size_t i = 0; lines[i]; i++) {
                GtkWidget *line, *button;

                if (!*lines[i] || *lines[i] == '#')
                        continue;
                line = part_row_icon("sonycharge-port-symbolic", lines[i], NULL);
                button = part_row_button(_("Hear of It Again"), G_CALLBACK(on_loud), s);
                g_object_set_data_full(G_OBJECT(button), "port", g_strdup(lines[i]), g_free);
                adw_action_row_add_suffix(ADW_ACTION_ROW(line), button);
                gtk_list_box_append(GTK_LIST_BOX(s->quiet), line);
                any = true;
        }
        if (!any)
                gtk_list_box_append(GTK_LIST_BOX(s->quiet),
                                    part_row(_("None"), _("A notification offers to be quiet about its port.")));
}

/* --- keeping awake --- */

static void on_awake(GObject *object, GParamSpec *spec, void *userdata) {
        struct settings_page *s = userdata;

        if (!s->updating)
                awake_switch(s->app->awake, gtk_switch_get_active(GTK_SWITCH(object)));
}

static void show_awake(struct settings_page *s) {
        s->updating = true;
        gtk_switch_set_active(GTK_SWITCH(s->awake_switch), awake_is_on(s->app->awake));
        s->updating = false;
        part_row_detail(s->awake_row, awake_words(s->app->awake));
}

/* --- asking the headset --- */

static void on_asked(const char *text, const char *problem, void *userdata) {
        struct settings_page *s = userdata;

        part_row_detail(s->ask_row, text ? _("Asked. What it said is on the page Charging.") : problem);
}

static void on_ask(GtkButton *button, void *userdata) {
        struct settings_page *s = userdata;

        part_row_detail(s->ask_row, _("Asking…"));
        asking_now(s->app->service, G_OBJECT(s->page), on_asked, s);
}

static void on_ask_switch(GObject *object, GParamSpec *spec, void *userdata) {
        struct settings_page *s = userdata;

        if (!asking_switch(s->app->asking, gtk_switch_get_active(GTK_SWITCH(object))))
                cannot_keep(s);
}

static void add_ask(struct settings_page *s) {
        GtkWidget *list = add_list(s, _("Ask the headset")), *button = part_row_button(_("Ask Now"), G_CALLBACK(on_ask), s), *sw;
        GtkWidget *row = switch_row(_("Ask it after each plug whether it charges"),
                                    _("Only while this program runs. Over Bluetooth, by the way that Sony’s app uses."),
                                    asking_is_on(s->app->asking), &sw);

        g_signal_connect(sw, "notify::active", G_CALLBACK(on_ask_switch), s);
        s->ask_row = part_row(_("Let it say itself whether it charges"),
                              _("Takes five seconds over Bluetooth; Sony’s app on a phone may lose its connection meanwhile."));
        adw_action_row_add_suffix(ADW_ACTION_ROW(s->ask_row), button);
        gtk_list_box_append(GTK_LIST_BOX(list), row);
        gtk_list_box_append(GTK_LIST_BOX(list), s->ask_row);
}

static void update(struct app *app, GtkWidget *page) {
        struct settings_page *s = g_object_get_data(G_OBJECT(page), "page");

        show_awake(s);
        fill_quiet(s);
}

static GtkWidget *make(struct app *app) {
        struct settings_page *s = g_new0(struct settings_page, 1);

        s->app = app;
        s->page = part_page(&s->column);
        g_object_set_data_full(G_OBJECT(s->page), "page", s, g_free);
        s->awake_row =
                switch_row(_("Keep the computer awake while a headset charges"), "", awake_is_on(app->awake), &s->awake_switch);
        gtk_list_box_append(GTK_LIST_BOX(add_list(s, _("While it charges"))), s->awake_row);
        g_signal_connect(s->awake_switch, "notify::active", G_CALLBACK(on_awake), s);
        add_ask(s);
        add_notices(s);
        s->quiet = add_list(s, _("Ports that notifications are quiet about"));
        return s->page;
}

const struct page page_settings = { "settings", N_("Settings"), "preferences-system-symbolic", make, update };
