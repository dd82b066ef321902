/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Awake: keeps the session from becoming idle, and by that the computer from falling asleep by itself, while a headset charges.
 * It never holds up a suspend that somebody asks for.
 */

#include <gio/gio.h>
#include <json.h>
#include <stdbool.h>

struct awake;

enum awake_state {
        AWAKE_OFF,   /* the switch is off */
        AWAKE_WAITS, /* nothing charges, as far as is known */
        AWAKE_LOW,   /* a headset charges, but the computer's own battery is low */
        AWAKE_ASKS,  /* asked for, not yet granted */
        AWAKE_HOLDS,
        AWAKE_REFUSED, /* neither the portal nor logind grants it */
};

/* The listener is called after every change of the state. */
struct awake *awake_new(GApplication *application, void (*listener)(void *userdata), void *userdata);
void awake_free(struct awake *a);

/* The switch, kept for the next start. */
void awake_switch(struct awake *a, bool on);
bool awake_is_on(const struct awake *a);

enum awake_state awake_state(const struct awake *a);
const char *awake_words(const struct awake *a);

/* Takes the newest status from the daemon. NULL: nothing is known. */
void awake_update(struct awake *a, struct json_object *status);
