/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus name: finds out which connection owns a bus name, and whether a message comes from that owner.
 *
 * A match rule with sender= does not keep out messages of other programs. The bus delivers a signal that is addressed to us
 * regardless of our match rules, its default policy allows every program to send signals to every other one, and sd-bus cannot
 * compare a well-known name with the unique name in the message. Every listener must therefore check bus_name_sent() before it
 * trusts a signal.
 */

#include <stdbool.h>
#include <systemd/sd-bus.h>

struct bus_name;

/* Called when the owner of the name changes. `owner` is the unique name of the new owner, or "" when there is none. `before` is
 * the previous owner. It is NULL in the first call, which reports the initial state and not a change. */
typedef void bus_name_listener(void *userdata, const char *before, const char *owner);

/* Follows the owner of a well-known or unique name. Does not block and does not start a service. Call this before the first
 * request to the service, so that the owner is known before a reply arrives. `name` is not copied and must outlive the object.
 * Returns 0 or a negative errno. */
int bus_name_follow(sd_bus *bus, const char *name, bus_name_listener *listener, void *userdata, struct bus_name **ret);
struct bus_name *bus_name_free(struct bus_name *n);

/* Returns the unique name of the owner, or "" when there is no owner or it is not known yet. `n` may be NULL. */
const char *bus_name_owner(const struct bus_name *n);

/* Returns true when the message comes from the current owner of the name. Returns false when `n` is NULL. */
bool bus_name_sent(const struct bus_name *n, sd_bus_message *m);
