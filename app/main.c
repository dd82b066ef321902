/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonycharge-app: the window.
 */
#include "app/app.h"

#include <string.h>

#include "common/language.h"

static void on_awake(void *userdata) {
        struct app *app = userdata;

        if (app->window)
                window_update(app->window);
}

static void on_service(void *userdata) {
        struct app *app = userdata;

        awake_update(app->awake, service_status(app->service));
        if (app->asking)
                asking_update(app->asking, service_status(app->service));
        if (app->window)
                window_update(app->window);
}

/* When the window becomes active, the headsets are asked. */
static void on_active(GObject *window, GParamSpec *spec, void *userdata) {
        struct app *app = userdata;

        if (gtk_window_is_active(GTK_WINDOW(window)))
                service_read_headsets(app->service);
}

static void ensure_window(struct app *app) {
        if (!app->window) {
                app->window = window_new(app);
                g_signal_connect(window_widget(app->window), "notify::is-active", G_CALLBACK(on_active), app);
                service_read_headsets(app->service);
        }
        gtk_window_present(window_widget(app->window));
}

static void on_activate(GApplication *gtk, void *userdata) {
        ensure_window(userdata);
}

static const struct page *const pages[] = { &page_charging, &page_doctor, &page_history, &page_computer,
                                            &page_guide,    &page_report, &page_settings };

static bool is_page(const char *id) {
        for (size_t i = 0; i < G_N_ELEMENTS(pages); i++)
                if (g_strcmp0(pages[i]->id, id) == 0)
                        return true;
        return false;
}

/* --- actions: also called over D-Bus, by notifications --- */

static void on_page(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        ensure_window(app);
        if (is_page(g_variant_get_string(parameter, NULL)))
                window_show_page(app->window, g_variant_get_string(parameter, NULL));
}

static void on_headset(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        g_free(app->headset);
        app->headset = g_variant_dup_string(parameter, NULL);
        ensure_window(app);
        window_show_page(app->window, "charging");
        window_update(app->window);
}

static void on_find_cause(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        ensure_window(app);
        doctor_start_with(app, g_variant_get_string(parameter, NULL));
}

static void on_keep_awake(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        ensure_window(app);
        awake_switch(app->awake, true);
        window_show_page(app->window, "settings");
}

static void on_retry(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        service_retry(app->service);
}

/* The links of a report: sonycharge:headset/ID, sonycharge:doctor, sonycharge:guide/CODE, or a page. Any program, and any page of
 * the web, can use such a link; so it does no more than to show something. */
static void open_link(struct app *app, const char *link) {
        g_auto(GStrv) parts = g_strsplit(link, "/", 2);
        g_autofree char *argument = parts[0] && parts[1] ? g_uri_unescape_string(parts[1], NULL) : NULL;
        const char *place = parts[0] ? parts[0] : "";

        if (strcmp(place, "headset") == 0 && argument)
                g_action_group_activate_action(G_ACTION_GROUP(app->gtk), "headset", g_variant_new_string(argument));
        else if (strcmp(place, "guide") == 0 && argument)
                guide_look_up(app, NULL, argument);
        else if (is_page(place))
                window_show_page(app->window, place);
}

static void on_open(GApplication *gtk, GFile **files, int n, const char *hint, void *userdata) {
        struct app *app = userdata;

        ensure_window(app);
        for (int i = 0; i < n; i++) {
                g_autofree char *uri = g_file_get_uri(files[i]);

                if (uri && g_str_has_prefix(uri, "sonycharge:"))
                        open_link(app, uri + strlen("sonycharge:"));
        }
}

static void on_quit(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        if (app->window)
                gtk_window_destroy(window_widget(app->window));
        g_application_quit(G_APPLICATION(app->gtk));
}

static void on_about(GSimpleAction *action, GVariant *parameter, void *userdata) {
        struct app *app = userdata;

        if (!app->window)
                return;
        adw_show_about_window(window_widget(app->window), "application-name", _("Headset Charging"), "application-icon", APP_ID,
                              "version", VERSION, "license-type", GTK_LICENSE_LGPL_2_1, "comments",
                              _("Finds out why a Sony headset does not charge. An independent project, not affiliated with or "
                                "endorsed by Sony."),
                              NULL);
}

static const GActionEntry actions[] = {
        { .name = "page", .activate = on_page, .parameter_type = "s" },
        { .name = "headset", .activate = on_headset, .parameter_type = "s" },
        { .name = "find-cause", .activate = on_find_cause, .parameter_type = "s" },
        { .name = "keep-awake", .activate = on_keep_awake },
        { .name = "retry", .activate = on_retry },
        { .name = "about", .activate = on_about },
        { .name = "quit", .activate = on_quit },
};

static void on_startup(GApplication *gtk, void *userdata) {
        static const char *const quit[] = { "<Control>q", NULL }, *const close[] = { "<Control>w", NULL },
                                 *const retry[] = { "<Control>r", "F5", NULL };
        struct app *app = userdata;
        GDBusConnection *bus = g_application_get_dbus_connection(gtk);

        /* The window stays open when the session bus ends. */
        if (bus)
                g_dbus_connection_set_exit_on_close(bus, FALSE);
        g_action_map_add_action_entries(G_ACTION_MAP(gtk), actions, G_N_ELEMENTS(actions), app);
        gtk_application_set_accels_for_action(GTK_APPLICATION(gtk), "app.quit", quit);
        gtk_application_set_accels_for_action(GTK_APPLICATION(gtk), "window.close", close);
        gtk_application_set_accels_for_action(GTK_APPLICATION(gtk), "app.retry", retry);
        for (unsigned i = 0; i < G_N_ELEMENTS(pages); i++) {
                g_autofree char *action = g_strdup_printf("app.page::%s", pages[i]->id), *key = g_strdup_printf("<Alt>%u", i + 1);

                gtk_application_set_accels_for_action(GTK_APPLICATION(gtk), action, (const char *[]){ key, NULL });
        }
        gtk_window_set_default_icon_name(APP_ID);
        app->awake = awake_new(gtk, on_awake, app);
        app->service = service_new(on_service, app);
        app->asking = asking_new(app->service);
}

static void on_shutdown(GApplication *gtk, void *userdata) {
        struct app *app = userdata;

        if (app->window)
                gtk_window_destroy(window_widget(app->window));
        g_clear_pointer(&app->asking, asking_free);
        g_clear_pointer(&app->service, service_free);
        g_clear_pointer(&app->awake, awake_free);
}

/* --page and --headset also reach a window that is open already. */
static int on_options(GApplication *gtk, GVariantDict *options, void *userdata) {
        static const char *const names[] = { "page", "headset", "find-cause" };
        g_autoptr(GError) error = NULL;
        const char *value;

        if (g_variant_dict_contains(options, "version")) {
                g_print("sonycharge-app %s\n", VERSION);
                return 0;
        }
        if (g_variant_dict_lookup(options, "page", "&s", &value) && !is_page(value)) {
                g_printerr("sonycharge-app: there is no page \"%s\"\n", value);
                return 2;
        }
        if (!g_application_register(gtk, NULL, &error)) {
                g_printerr("sonycharge-app: %s\n", error->message);
                return 1;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
                if (g_variant_dict_lookup(options, names[i], "&s", &value))
                        g_action_group_activate_action(G_ACTION_GROUP(gtk), names[i], g_variant_new_string(value));
        return -1;
}

static const GOptionEntry options[] = {
        { "page", 'p', 0, G_OPTION_ARG_STRING, NULL,
          N_("Show a page: charging, doctor, history, computer, guide, report, settings"), "PAGE" },
        { "headset", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Show this headset, named by its id"), "ID" },
        { "find-cause", 0, 0, G_OPTION_ARG_STRING, NULL, N_("Find the cause for this headset, \"\" for any"), "ID" },
        { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the version"), NULL },
        {},
};

int main(int argc, char **argv) {
        struct app app = {};
        int status;

        /* GTK would set the locale again, even one with a broken catalog. */
        gtk_disable_setlocale();
        language_init();
        app.gtk = adw_application_new(APP_ID, G_APPLICATION_HANDLES_OPEN);
        g_application_add_main_option_entries(G_APPLICATION(app.gtk), options);
        g_signal_connect(app.gtk, "handle-local-options", G_CALLBACK(on_options), &app);
        g_signal_connect(app.gtk, "startup", G_CALLBACK(on_startup), &app);
        g_signal_connect(app.gtk, "activate", G_CALLBACK(on_activate), &app);
        g_signal_connect(app.gtk, "open", G_CALLBACK(on_open), &app);
        g_signal_connect(app.gtk, "shutdown", G_CALLBACK(on_shutdown), &app);
        status = g_application_run(G_APPLICATION(app.gtk), argc, argv);
        g_object_unref(app.gtk);
        g_free(app.headset);
        return status;
}
