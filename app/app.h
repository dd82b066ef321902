/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * App: the parts of sonycharge-app. The window only asks, draws and shows; what is found out is found out by the daemon and by
 * sonychargectl.
 *
 *   app        the application: start, actions, command line
 *   window     the list of pages and the page that is shown
 *   service    the daemon over D-Bus; never blocks
 *   tool       runs sonychargectl; never blocks
 *   parts      the widgets that pages are made of
 *   picture    the way of the power, a battery's curve, lights
 *   awake      keeps the session from becoming idle while a headset charges
 *   asking     asks a headset whether it charges, where the user wants that
 *   page-*     one page each
 */

#include <adwaita.h>

#include "app/asking.h"
#include "app/awake.h"
#include "app/service.h"

#define APP_ID "org.sonycharge.App"
#define APP_PATH "/org/sonycharge/App"

struct window;

struct app {
        AdwApplication *gtk;
        struct service *service;
        struct awake *awake;
        struct asking *asking; /* NULL while the program starts or ends */
        struct window *window; /* NULL: not open */
        char *headset;         /* the one that was asked for, to be shown first; NULL: none */
};

/* A page. `make` is called when it is shown for the first time. */
struct page {
        const char *id, *title, *icon;
        GtkWidget *(*make)(struct app *app);
        /* Something new from the daemon while the page is shown, or the page was brought to front. NULL: nothing to do. */
        void (*update)(struct app *app, GtkWidget *page);
};

extern const struct page page_charging, page_doctor, page_history, page_computer, page_guide, page_report, page_settings;

/* --- window.c --- */

struct window *window_new(struct app *app);
void window_show_page(struct window *w, const char *id);
void window_update(struct window *w);
void window_toast(struct window *w, const char *text);
GtkWindow *window_widget(struct window *w);

/* --- page-doctor.c, page-guide.c --- */

/* Begins a check of this headset (NULL: of any), or goes on with one that was not finished. */
void doctor_start_with(struct app *app, const char *headset);

/* Shows what the guide says of a model, a finding or a symptom. */
void guide_look_up(struct app *app, const char *model, const char *symptom);
