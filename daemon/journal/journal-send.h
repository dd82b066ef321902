/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal send: hands entries to journald without ever waiting for it. sd_journal_sendv(3) waits when journald does not read, and
 * nothing here is worth that the daemon stands still.
 */

#include <stddef.h>
#include <sys/uio.h>

/* Sends an entry, each field "NAME=value". One that is not taken is lost, and the next one that is taken is preceded by an entry
 * that says how many were. */
void journal_send(const struct iovec *fields, size_t n);
