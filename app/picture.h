/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Picture: drawings. Each has a text with the same content for screen readers. */

#include <adwaita.h>
#include <json.h>

/* The way of the power from the computer to a headset, top to bottom, with the weak place marked. */
GtkWidget *picture_path(struct json_object *headset);

/* A battery's level over time: a list of {at, level}. */
GtkWidget *picture_curve(struct json_object *battery);

/* A charging light: its colour and its rhythm, as a dot and a line that is thick while it is lit. `option` is an answer of the
 * doctor's step "light" or "colour". NULL: there is no picture for it. */
GtkWidget *picture_light(const char *step, const char *option);

/* The icon for an answer of another step of the doctor; NULL: a word is enough. */
const char *picture_icon(const char *step, const char *option);

/* Where the charging socket is, on each kind of headset; NULL for a step that is not about it. */
GtkWidget *picture_socket(const char *step);
