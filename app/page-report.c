/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Report: one file for a support desk. It is made by `sonychargectl report`.
 */
#include "app/app.h"

#include "common/language.h"
#include "app/parts.h"
#include "app/tool.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "view/view.h"

struct report {
        struct app *app;
        GtkWidget *page, *column, *text, *buttons;
        char *summary;
};

static void report_free(void *p) {
        struct report *r = p;

        g_free(r->summary);
        g_free(r);
}

static void on_copy(GtkButton *button, void *userdata) {
        struct report *r = userdata;

        part_copy(GTK_WIDGET(button), r->summary ? r->summary : "");
        window_toast(r->app->window, _("Copied"));
}

static void on_saved(const char *output, const char *problem, void *userdata) {
        struct report *r = userdata;
        g_autofree char *words = output ? NULL : g_strdup_printf(_("The report was not saved: %s"), problem);

        if (r->app->window)
                window_toast(r->app->window, output ? _("The report is saved.") : words);
}

static void on_chosen(GtkNativeDialog *dialog, int response, void *userdata) {
        struct report *r = userdata;
        g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog)) : NULL;
        g_autofree char *path = file ? g_file_get_path(file) : NULL;
        const char *arguments[] = { "--timeout=30", "report", "-o", path, NULL };

        if (path)
                tool_run(arguments, G_OBJECT(r->page), on_saved, r);
        g_object_unref(dialog);
}

static void on_save(GtkButton *button, void *userdata) {
        struct report *r = userdata;
        GtkFileChooserNative *dialog = gtk_file_chooser_native_new(_("Save the Report"), window_widget(r->app->window),
                                                                   GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

        gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), "sonycharge-report.html");
        g_signal_connect(dialog, "response", G_CALLBACK(on_chosen), r);
        gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

static void on_opened(GObject *window, GAsyncResult *result, void *userdata) {
        g_autoptr(GObject) page = userdata;
        struct report *r = g_object_get_data(page, "page");

        if (!gtk_show_uri_full_finish(GTK_WINDOW(window), result, NULL) && r->app->window)
                window_toast(r->app->window, _("No browser can be opened. Save the report instead."));
}

static void on_written(const char *output, const char *problem, void *userdata) {
        struct report *r = userdata;
        g_autofree char *path = g_build_filename(g_get_user_runtime_dir(), "sonycharge", "report.html", NULL);
        g_autofree char *uri = g_filename_to_uri(path, NULL, NULL);

        if (!r->app->window)
                return;
        if (output && uri)
                gtk_show_uri_full(window_widget(r->app->window), uri, GDK_CURRENT_TIME, NULL, on_opened, g_object_ref(r->page));
        else
                window_toast(r->app->window, problem);
}

/* Only the user can read the runtime folder. */
static void on_look(GtkButton *button, void *userdata) {
        struct report *r = userdata;
        g_autofree char *folder = g_build_filename(g_get_user_runtime_dir(), "sonycharge", NULL);
        g_autofree char *path = g_build_filename(folder, "report.html", NULL);
        const char *arguments[] = { "--timeout=30", "report", "-o", path, NULL };

        (void) g_mkdir_with_parents(folder, 0700);
        tool_run(arguments, G_OBJECT(r->page), on_written, r);
}

static void show_text(struct report *r, const char *text, bool is_report) {
        g_free(r->summary);
        r->summary = is_report ? g_strdup(text) : NULL;
        gtk_label_set_label(GTK_LABEL(r->text), text);
        gtk_widget_set_sensitive(r->buttons, is_report);
}

static char *lines_of(struct json_object *lines) {
        GString *text = g_string_new(NULL);

        for (size_t i = 0; i < json_length(lines); i++) {
                const char *line = json_object_get_string(json_object_array_get_idx(lines, i));

                g_string_append_printf(text, "%s%s", i == 0 ? "" : "\n", line ? line : "");
        }
        return g_string_free(text, FALSE);
}

static void on_report(const char *output, const char *problem, void *userdata) {
        struct report *r = userdata;
        _cleanup_(json_putp) struct json_object *report = output ? json_tokener_parse(output) : NULL;
        g_autofree char *safe = g_utf8_make_valid(problem, -1), *text = NULL;

        if (!json_object_is_type(report, json_type_object)) {
                show_text(r, *safe ? safe : _("The report cannot be read."), false);
                return;
        }
        json_make_safe(report);
        text = lines_of(json_list(report, "summary"));
        show_text(r, text, true);
}

static void update(struct app *app, GtkWidget *page) {
        static const char *const arguments[] = { "--timeout=15", "--json", "report", NULL };
        struct report *r = g_object_get_data(G_OBJECT(page), "page");

        tool_run(arguments, G_OBJECT(page), on_report, r);
}

static GtkWidget *make(struct app *app) {
        struct report *r = g_new0(struct report, 1);

        r->app = app;
        r->page = part_page(&r->column);
        g_object_set_data_full(G_OBJECT(r->page), "page", r, report_free);
        gtk_box_append(GTK_BOX(r->column),
                       part_label(_("One file for a support desk: what was found, what happened before, and what the "
                                    "computer is. Serial numbers and addresses are left out."),
                                  NULL));
        gtk_box_append(GTK_BOX(r->column), part_heading(_("Summary"), "heading"));
        r->text = part_label(_("The report is being written…"), "card service");
        gtk_label_set_selectable(GTK_LABEL(r->text), TRUE);
        gtk_box_append(GTK_BOX(r->column), r->text);
        r->buttons = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
        gtk_widget_set_halign(r->buttons, GTK_ALIGN_CENTER);
        gtk_widget_set_sensitive(r->buttons, FALSE);
        gtk_box_append(GTK_BOX(r->buttons), part_button(_("Copy the Summary"), "pill suggested-action", G_CALLBACK(on_copy), r));
        gtk_box_append(GTK_BOX(r->buttons), part_button(_("Look at It in the Browser"), "pill", G_CALLBACK(on_look), r));
        gtk_box_append(GTK_BOX(r->buttons), part_button(_("Save as a Page…"), "pill", G_CALLBACK(on_save), r));
        gtk_box_append(GTK_BOX(r->column), r->buttons);
        return r->page;
}

const struct page page_report = { "report", N_("Report"), "sonycharge-report-symbolic", make, update };
