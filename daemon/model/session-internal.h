/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the plug sessions share among themselves.
 */

#include "session.h"

void session_close(struct session *s, enum session_end how, struct moment when);

/* A device told who it is (`told`), or something failed at the port: what does that say of other ports, or of who it was?
 * Returns whether anyone is known now. */
bool session_conclude(struct model *m, struct port *p, bool told);
