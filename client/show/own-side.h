/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Own side: what is known of a headset besides its path, in words: whether it charges, what the headset reports about its
 * battery, its link and its firmware, and a person's answers about it.
 */

#include <stdint.h>

#include "client/client.h"

struct own_side {
        void (*row)(void *userdata, const char *head, const char *text);
        const char *(*time)(uint64_t at_usec, char *buf, size_t size); /* "" for 0 */
        void *userdata;
};

/* Passes a row for everything that the headset (H of docs/api.md) or another program reports. */
void own_side_rows(const struct own_side *w, struct json_object *headset);

/* Passes a row for a person's answers to `doctor`, which are the basis of findings that no sensor can support. */
void own_side_answers(const struct own_side *w, struct json_object *headset);
