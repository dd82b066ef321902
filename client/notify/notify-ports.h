/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Ports: those of which the user wants to hear no more. Kept in $XDG_STATE_HOME/sonycharge/notify-ports
 * (~/.local/state/sonycharge/notify-ports), one name a line, in the form that is the same in every boot.
 */

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define PORTS_NAME_MAX 128
#define PORTS_MAX 256 /* more ports than a computer has */

struct ports {
        char path[PATH_MAX]; /* of the file, "" when there is no place for one */
        char *names[PORTS_MAX];
        size_t n;
};

/* Reads the file. One that is damaged is named and set aside under a name with ".damaged" at the end; what could be read of it is
 * dropped, as it may be another port's name by then. Complains about what fails, and goes on without. */
void ports_load(struct ports *p);

/* A port is named by its key in the API ("pci-0000:00:14.0-usb-0:2.3"), which is the same in every boot; a Type-C port by its id.
 * Is it one of them? */
bool ports_has(const struct ports *p, const char *key);

/* Adds it and writes the file. Complains on failure; then it is remembered until the end of the program. */
void ports_add(struct ports *p, const char *key);

void ports_done(struct ports *p);
