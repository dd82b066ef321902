/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Settings: "notify.conf", which the notification agent reads, and "app.conf", both in the user's configuration folder.
 */

#include <stdbool.h>

/* A value of a section; `fallback` if it is not there. The section "Notify" is in notify.conf, all others are in app.conf. */
bool settings_get_truth(const char *section, const char *name, bool fallback);

/* Returns false if it cannot be written. */
bool settings_set_truth(const char *section, const char *name, bool value);
