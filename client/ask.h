/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Ask: reads what connected headsets report about themselves before their state is shown.
 */

#include "client/connection.h"

/* Starts the reading and waits for the answers, at most some seconds. `headset` is an id or a model; NULL: all headsets. Without
 * `own_protocol` only Fast Pair is used, which has no side effects, and failures are ignored. With it the protocol of Sony's app
 * is used as well. Returns STATUS_OK, also when the name is none of a headset, or another exit status after complaining. */
int ask_headsets(const struct options *o, sd_bus *bus, const char *headset, bool own_protocol);

/* The same over Fast Pair only and without waiting. The result appears as a change. */
void ask_headsets_meanwhile(sd_bus *bus);
