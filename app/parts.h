/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Parts: the widgets that pages are made of. Texts are shown as they are, never read as markup: names of devices are not
 * trusted.
 */

#include <adwaita.h>
#include <json.h>

/* A page that scrolls, with its content in a column of comfortable width. */
GtkWidget *part_page(GtkWidget **ret_column);

/* A text that wraps. `style`: CSS classes separated by spaces, or NULL. */
GtkWidget *part_label(const char *text, const char *style);

/* A short value at the end of a row. */
GtkWidget *part_value(const char *text);

/* A heading, also for screen readers. */
GtkWidget *part_heading(const char *text, const char *style);

/* The action of a finding, in a style that stands out from the other texts. */
GtkWidget *part_action(const char *text);

/* Something to beware of: an icon, a colour, and the words. */
GtkWidget *part_warning(const char *text);

/* A list with a frame. */
GtkWidget *part_list(const char *name);

/* A row of such a list; `detail` may be NULL. */
GtkWidget *part_row(const char *title, const char *detail);

/* Changes the detail of a row. */
void part_row_detail(GtkWidget *row, const char *detail);
GtkWidget *part_row_icon(const char *icon, const char *title, const char *detail);

/* An icon beside a text with the same meaning. Screen readers skip it. */
GtkWidget *part_icon(const char *name, int size);

/* A widget that a title expands. */
GtkWidget *part_folded(const char *title, GtkWidget *content);

/* A button with a text. */
GtkWidget *part_button(const char *text, const char *style, GCallback pressed, void *userdata);

/* The same at the end of a row, in one line. */
GtkWidget *part_row_button(const char *text, GCallback pressed, void *userdata);

/* The content of an empty page: what is missing, and what to do. Any of the texts may be NULL. */
GtkWidget *part_note(const char *icon, const char *title, const char *text, GtkWidget *button);

/* Removes all children of a box. */
void part_clear(GtkWidget *box);

/* Lets a screen reader say something that has just changed. */
void part_announce(GtkWidget *widget, const char *text);

/* Sets what a screen reader calls a widget. */
void part_name(GtkWidget *widget, const char *name);

/* "12:03", or with the date if it is not today; "" for 0. Free it. */
char *part_time(uint64_t usec);

/* A few words for a finding. Free it. */
char *part_title(struct json_object *finding);

/* The sentence of a finding ("cause", "action"), in the user's language where this program knows it. Free it. */
char *part_sentence(struct json_object *finding, const char *which);

/* One piece of evidence in a line. Free it. */
char *part_evidence(struct json_object *evidence);

/* First letter as a capital. Free it. */
char *part_capital(const char *text);

/* The icon of a severity. */
const char *part_severity_icon(struct json_object *finding);

/* Copies to the clipboard. */
void part_copy(GtkWidget *widget, const char *text);
