/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus name: who owns a name on the bus now, and whether a message comes from the owner.
 *
 * A match with sender= does not keep strangers out. The bus hands a signal that is addressed to us to us whatever our matches
 * say, its default policy lets everybody send signals to everybody, and sd-bus cannot compare a well-known name with the unique
 * name that stands in the message. So whoever listens to a service has to ask bus_name_sent() before it believes a signal.
 */

#include <stdbool.h>
#include <systemd/sd-bus.h>

struct bus_name;

/* `owner` is the unique name of who owns it from now on, "" when nobody does. `before` is who owned it until now; NULL in the
 * first call, which tells how it is and not that anything changed. */
typedef void bus_name_listener(void *userdata, const char *before, const char *owner);

/* Follows the name, well-known or unique, without waiting and without starting a service. To be called before the service is
 * asked for anything: then an answer of the service never comes before it is known who the service is. `name` is not copied.
 * Returns 0 or a negative errno. */
int bus_name_follow(sd_bus *bus, const char *name, bus_name_listener *listener, void *userdata, struct bus_name **ret);
struct bus_name *bus_name_free(struct bus_name *n);

/* Its unique name, "" when nobody owns it or it is not known yet. `n` may be NULL. */
const char *bus_name_owner(const struct bus_name *n);

/* Does the message come from who owns the name now? `n` may be NULL: then it does not. */
bool bus_name_sent(const struct bus_name *n, sd_bus_message *m);

/* Does the message come from the bus itself? */
bool bus_itself_sent(sd_bus_message *m);
