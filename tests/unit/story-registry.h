/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "registry/registry.h"
#include "story.h"

/* A registry of the story's model, on a computer with four ports. */
extern struct registry registry;

/* What the test's listener noted of the newest update. */
extern char changes[4096];

void begin_registry(registry_listener *listen);
void end_registry(void);

/* Updates all that the event at this place concerns (NULL: everything), and checks the values that are kept. Returns `changes`.
 */
const char *update(const char *where);
