/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Window: a list of pages beside the page that is shown; on a narrow screen one after the other.
 */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "view/view.h"

static const struct page *const pages[] = { &page_charging, &page_doctor, &page_history, &page_computer,
                                            &page_guide,    &page_report, &page_settings };
#define N_PAGES G_N_ELEMENTS(pages)

struct window {
        struct app *app;
        GtkWidget *window, *leaflet, *list, *stack, *title, *toasts, *banner, *banner_text, *banner_button, *content, *back,
                *awake;
        GtkWidget *made[N_PAGES];
        unsigned shown;
};

GtkWindow *window_widget(struct window *w) {
        return GTK_WINDOW(w->window);
}

void window_toast(struct window *w, const char *text) {
        g_autofree char *safe = g_markup_escape_text(text, -1);

        adw_toast_overlay_add_toast(ADW_TOAST_OVERLAY(w->toasts), adw_toast_new(safe));
        part_announce(w->window, text);
}

/* --- a problem with the daemon --- */

static void update_banner(struct window *w) {
        enum service_state state = service_state(w->app->service);
        bool trouble = state == SERVICE_GONE || state == SERVICE_SILENT;
        bool shown = gtk_revealer_get_reveal_child(GTK_REVEALER(w->banner));

        gtk_label_set_label(GTK_LABEL(w->banner_text), trouble ? service_problem(w->app->service) : "");
        if (trouble && !shown)
                part_announce(w->window, service_problem(w->app->service));
        else if (shown && state == SERVICE_READY)
                part_announce(w->window, _("The service sonycharged answers again."));
        gtk_revealer_set_reveal_child(GTK_REVEALER(w->banner), trouble);
}

static GtkWidget *make_banner(struct window *w) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12), *icon = part_icon("dialog-warning-symbolic", 16);

        w->banner = gtk_revealer_new();
        w->banner_text = part_label("", NULL);
        gtk_widget_set_hexpand(w->banner_text, TRUE);
        w->banner_button = gtk_button_new_with_label(_("Try again"));
        gtk_widget_set_valign(w->banner_button, GTK_ALIGN_CENTER);
        gtk_actionable_set_action_name(GTK_ACTIONABLE(w->banner_button), "app.retry");
        gtk_widget_add_css_class(box, "banner");
        gtk_box_append(GTK_BOX(box), icon);
        gtk_box_append(GTK_BOX(box), w->banner_text);
        gtk_box_append(GTK_BOX(box), w->banner_button);
        gtk_revealer_set_child(GTK_REVEALER(w->banner), box);
        return w->banner;
}

/* --- pages --- */

void window_update(struct window *w) {
        const struct page *page = pages[w->shown];

        update_banner(w);
        gtk_widget_set_visible(w->awake, awake_state(w->app->awake) == AWAKE_HOLDS);
        if (w->made[w->shown] && page->update)
                page->update(w->app, w->made[w->shown]);
}

static void make_page(struct window *w, unsigned i) {
        if (w->made[i])
                return;
        w->made[i] = pages[i]->make(w->app);
        part_name(w->made[i], _(pages[i]->title));
        gtk_stack_add_named(GTK_STACK(w->stack), w->made[i], pages[i]->id);
}

/* The row is marked, not selected. A selection follows the focus, so the page would change when a person only moves on with Tab.
 */
static void mark_row(struct window *w, unsigned i, bool current) {
        GtkWidget *row = GTK_WIDGET(gtk_list_box_get_row_at_index(GTK_LIST_BOX(w->list), (int) i));

        if (current)
                gtk_widget_add_css_class(row, "current");
        else
                gtk_widget_remove_css_class(row, "current");
        gtk_accessible_update_state(GTK_ACCESSIBLE(row), GTK_ACCESSIBLE_STATE_SELECTED, current, -1);
}

static void show(struct window *w, unsigned i) {
        mark_row(w, w->shown, false);
        mark_row(w, i, true);
        w->shown = i;
        make_page(w, i);
        gtk_stack_set_visible_child_name(GTK_STACK(w->stack), pages[i]->id);
        adw_window_title_set_title(ADW_WINDOW_TITLE(w->title), _(pages[i]->title));
        window_update(w);
}

/* On a narrow screen the page takes the place of the list. */
static void on_activated(GtkListBox *list, GtkListBoxRow *row, void *userdata) {
        struct window *w = userdata;

        show(w, (unsigned) gtk_list_box_row_get_index(row));
        adw_leaflet_navigate(ADW_LEAFLET(w->leaflet), ADW_NAVIGATION_DIRECTION_FORWARD);
}

void window_show_page(struct window *w, const char *id) {
        for (unsigned i = 0; i < N_PAGES; i++)
                if (strcmp(pages[i]->id, id) == 0)
                        show(w, i);
        adw_leaflet_navigate(ADW_LEAFLET(w->leaflet), ADW_NAVIGATION_DIRECTION_FORWARD);
}

/* --- the window --- */

static GtkWidget *make_list_row(const struct page *page) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12), *row = gtk_list_box_row_new(), *label;

        label = gtk_label_new(_(page->title));
        gtk_label_set_xalign(GTK_LABEL(label), 0);
        gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
        gtk_widget_set_hexpand(label, TRUE);
        gtk_box_append(GTK_BOX(box), part_icon(page->icon, 16));
        gtk_box_append(GTK_BOX(box), label);
        gtk_widget_add_css_class(box, "page-row");
        gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
        part_name(row, _(page->title));
        return row;
}

static GtkWidget *make_side(struct window *w) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new(), *menu = gtk_menu_button_new();
        GtkWidget *scrolled = gtk_scrolled_window_new();
        g_autoptr(GMenu) items = g_menu_new();

        g_menu_append(items, _("Ask the service again"), "app.retry");
        g_menu_append(items, _("About"), "app.about");
        g_menu_append(items, _("Quit"), "app.quit");
        gtk_menu_button_set_icon_name(GTK_MENU_BUTTON(menu), "open-menu-symbolic");
        gtk_menu_button_set_menu_model(GTK_MENU_BUTTON(menu), G_MENU_MODEL(items));
        gtk_widget_set_tooltip_text(menu, _("Menu"));
        part_name(menu, _("Menu"));
        adw_header_bar_set_title_widget(ADW_HEADER_BAR(header), adw_window_title_new(_("Headset Charging"), NULL));
        adw_header_bar_pack_end(ADW_HEADER_BAR(header), menu);
        g_object_bind_property(w->leaflet, "folded", header, "show-end-title-buttons", G_BINDING_SYNC_CREATE);
        w->list = gtk_list_box_new();
        gtk_list_box_set_selection_mode(GTK_LIST_BOX(w->list), GTK_SELECTION_NONE);
        gtk_widget_add_css_class(w->list, "navigation-sidebar");
        part_name(w->list, _("Pages"));
        for (unsigned i = 0; i < N_PAGES; i++)
                gtk_list_box_append(GTK_LIST_BOX(w->list), make_list_row(pages[i]));
        gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
        gtk_widget_set_vexpand(scrolled, TRUE);
        gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scrolled), w->list);
        gtk_widget_set_size_request(box, 200, -1);
        gtk_box_append(GTK_BOX(box), header);
        gtk_box_append(GTK_BOX(box), scrolled);
        return box;
}

static void on_back(GtkButton *button, void *userdata) {
        struct window *w = userdata;

        adw_leaflet_navigate(ADW_LEAFLET(w->leaflet), ADW_NAVIGATION_DIRECTION_BACK);
}

static GtkWidget *make_content(struct window *w) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new();

        w->back = gtk_button_new_from_icon_name("go-previous-symbolic");
        gtk_widget_set_tooltip_text(w->back, _("All pages"));
        g_signal_connect(w->back, "clicked", G_CALLBACK(on_back), w);
        g_object_bind_property(w->leaflet, "folded", w->back, "visible", G_BINDING_SYNC_CREATE);
        w->title = adw_window_title_new("", NULL);
        adw_header_bar_set_title_widget(ADW_HEADER_BAR(header), w->title);
        adw_header_bar_pack_start(ADW_HEADER_BAR(header), w->back);
        g_object_bind_property(w->leaflet, "folded", header, "show-start-title-buttons", G_BINDING_SYNC_CREATE);
        w->awake = gtk_button_new_from_icon_name("sonycharge-awake-symbolic");
        gtk_widget_set_tooltip_text(w->awake, _("The computer is kept awake while a headset charges"));
        gtk_actionable_set_detailed_action_name(GTK_ACTIONABLE(w->awake), "app.page::settings");
        gtk_widget_set_visible(w->awake, FALSE);
        adw_header_bar_pack_end(ADW_HEADER_BAR(header), w->awake);
        w->stack = gtk_stack_new();
        gtk_stack_set_vhomogeneous(GTK_STACK(w->stack), FALSE);
        gtk_stack_set_hhomogeneous(GTK_STACK(w->stack), FALSE);
        w->toasts = adw_toast_overlay_new();
        adw_toast_overlay_set_child(ADW_TOAST_OVERLAY(w->toasts), w->stack);
        gtk_widget_set_vexpand(w->toasts, TRUE);
        gtk_widget_set_hexpand(box, TRUE);
        gtk_box_append(GTK_BOX(box), header);
        gtk_box_append(GTK_BOX(box), make_banner(w));
        gtk_box_append(GTK_BOX(box), w->toasts);
        return box;
}

static void on_destroy(GtkWidget *widget, void *userdata) {
        struct window *w = userdata;

        w->app->window = NULL;
        g_free(w);
}

struct window *window_new(struct app *app) {
        struct window *w = g_new0(struct window, 1);
        GtkWidget *side;

        w->app = app;
        app->window = w;
        w->window = adw_application_window_new(GTK_APPLICATION(app->gtk));
        gtk_window_set_title(GTK_WINDOW(w->window), _("Headset Charging"));
        gtk_window_set_default_size(GTK_WINDOW(w->window), 900, 680);
        w->leaflet = adw_leaflet_new();
        adw_leaflet_set_can_navigate_back(ADW_LEAFLET(w->leaflet), TRUE);
        side = make_side(w);
        w->content = make_content(w);
        adw_leaflet_append(ADW_LEAFLET(w->leaflet), side);
        adw_leaflet_page_set_navigatable(adw_leaflet_append(ADW_LEAFLET(w->leaflet), gtk_separator_new(GTK_ORIENTATION_VERTICAL)),
                                         FALSE);
        adw_leaflet_append(ADW_LEAFLET(w->leaflet), w->content);
        adw_leaflet_set_visible_child(ADW_LEAFLET(w->leaflet), w->content);
        adw_application_window_set_content(ADW_APPLICATION_WINDOW(w->window), w->leaflet);
        g_signal_connect(w->window, "destroy", G_CALLBACK(on_destroy), w);
        g_signal_connect(w->list, "row-activated", G_CALLBACK(on_activated), w);
        show(w, 0);
        return w;
}
