/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Screen: the full terminal for a page that is redrawn, and its keys.
 */

#include <stdbool.h>
#include <stddef.h>

#include "client/client.h"

/* Takes over the terminal: alternate screen, no cursor, unbuffered keys without echo. screen_leave() restores it. Both may be
 * called in any state. */
void screen_enter(void);
void screen_leave(void);

/* Draws a page: the head line, then as many lines of `text` from line `top` on as fit; the last line shows what is left out.
 * *top is limited to the valid range. Returns 0 or a negative errno. */
int screen_draw(const struct options *o, const char *head, const char *text, size_t *top);

enum screen_key { KEY_NONE, KEY_QUIT, KEY_UP, KEY_DOWN, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_FIRST, KEY_LAST };

/* Returns the next key that was pressed, KEY_NONE if there is none. */
enum screen_key screen_key(void);

/* Moves *top as the key says. */
void screen_scroll(enum screen_key key, size_t *top);
