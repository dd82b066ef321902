/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Ask: headsets that are connected are asked for their own word before it is shown.
 */

#include "client/connection.h"

/* Asks, and waits for the answers, at most some seconds. Without `own_protocol` only what costs nothing is read (Fast Pair), and
 * what goes wrong with that is no matter. With it the protocol of Sony's app is used as well. Returns STATUS_OK, or another exit
 * status after complaining. */
int ask_headsets(const struct options *o, sd_bus *bus, bool own_protocol);

/* The same without waiting: what comes of it is seen as a change. Only what costs nothing is read. */
void ask_headsets_meanwhile(sd_bus *bus);
