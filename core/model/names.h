/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Names: the names of enumerators in JSON, on D-Bus, in the journal and in recordings. They are stable. Each list ends with NULL.
 */

extern const char *const source_names[];          /* enum source */
extern const char *const link_state_names[];      /* enum link_state */
extern const char *const battery_source_names[];  /* enum battery_source */
extern const char *const charging_names[];        /* enum charging */
extern const char *const reading_outcome_names[]; /* enum reading_outcome */
