/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/names.h"

#include <stddef.h>

#include "model/event.h"

const char *const source_names[] = { "kernel-log", "logind", "bluez", "upower", "typec", "history", "hwdb", "usb", NULL };
const char *const link_state_names[] = { "empty", "trying", "identified", "failed", "gone", NULL };
const char *const battery_source_names[] = { "nobody", "bluez", "upower", "hid", "fast-pair", "mdr", NULL };
const char *const charging_names[] = { "unknown", "no", "yes", "full", NULL };
const char *const reading_outcome_names[] = { "told", "silent", "taken", "refused", "lost", NULL };

_Static_assert(sizeof source_names / sizeof *source_names == _SOURCE_MAX + 1, "each source has a name");
_Static_assert(sizeof link_state_names / sizeof *link_state_names == _LINK_STATE_MAX + 1, "each state has a name");
_Static_assert(sizeof reading_outcome_names / sizeof *reading_outcome_names == _READING_OUTCOME_MAX + 1,
               "each outcome has a name");
