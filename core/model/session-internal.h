/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the plug sessions share among themselves.
 */

#include "model/session.h"

void session_close(struct session *s, enum session_end how, struct moment when);

/* What is over makes room: it becomes past, and is shown to who keeps it. */
void session_fold(struct model *m, struct session *s);

/* A device told who it is (`told`), or something failed at the port: what does that say of other ports, or of who it was?
 * Returns whether anyone is known now. */
bool session_conclude(struct model *m, struct port *p, bool identified);

/* The session of the connector that a partner's session names as its port; NULL: there is no such connector. */
struct session *typec_session(const struct model *m, const char *port);
