/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Tool: runs sonychargectl, which holds the doctor, the guide and the report. It is the same program that a terminal shows, so
 * both say the same, and a check that was begun in one goes on in the other.
 */

#include <gio/gio.h>

/* The output of a program that has ended; NULL when it failed, which `problem` explains. */
typedef void tool_reply(const char *output, const char *problem, void *userdata);

/* Runs it with these arguments (without the program's name, ended by NULL). The reply is dropped when `owner` is gone. Statuses
 * that tell of findings, or that nothing is there, are no failure. */
void tool_run(const char *const *arguments, GObject *owner, tool_reply *reply, void *userdata);

/* Starts it with pipes for a conversation; NULL and *error when it cannot be started. */
GSubprocess *tool_talk(const char *const *arguments, GError **error);
