/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations that the files of the sessions share.
 */

#include "model/session.h"

void session_close(struct session *s, enum session_end how, struct moment when);

/* Moves an ended session to the statistics and to the list of ended sessions, to make room for a new one. */
void session_fold(struct model *m, struct session *s);

/* Returns true when there is an open session and the link has not begun another one since it was followed. */
struct port;
bool session_is_followed(const struct port *p);

/* Draws conclusions when a device was identified (`identified`) or a port has failed: about other ports, or about which device an
 * unidentified one was. Returns true when an unidentified device is known now. */
bool session_conclude(struct model *m, struct port *p, bool identified);

/* Returns the session of the connector that a partner's session names as its port, or NULL when there is no such connector. */
struct session *typec_session(const struct model *m, const char *port);
