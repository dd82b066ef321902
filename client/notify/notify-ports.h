/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Ports: those for which the user has disabled notifications. They are kept in $XDG_STATE_HOME/sonycharge/notify-ports
 * (~/.local/state/sonycharge/notify-ports), one name per line, in the form that is the same in every boot.
 */

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define PORTS_NAME_MAX 128
#define PORTS_MAX 256 /* more than any computer has */

struct ports {
        char path[PATH_MAX]; /* of the file, "" if there is no directory for it */
        char *names[PORTS_MAX];
        size_t n;
};

/* Reads the file. A damaged file is reported and renamed with the suffix ".damaged"; its content is ignored, because a damaged
 * name could be that of another port. Complains about failures and continues. */
void ports_load(struct ports *p);

/* Returns whether the port is one of them. A port is named by its key in the API ("pci-0000:00:14.0-usb-0:2.3"), which is the
 * same in every boot; a Type-C port by its id. */
bool ports_has(const struct ports *p, const char *key);

/* Adds the port and writes the file. Complains on failure; the port is then remembered until the program ends. */
void ports_add(struct ports *p, const char *key);

void ports_done(struct ports *p);
