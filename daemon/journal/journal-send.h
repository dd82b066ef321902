/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal send: passes entries to journald without ever blocking. sd_journal_sendv(3) blocks while journald does not read, and
 * a log entry is not worth a blocked daemon.
 */

#include <stddef.h>
#include <sys/uio.h>

#define JOURNAL_FIELDS_MAX 16

/* Sends an entry of at most JOURNAL_FIELDS_MAX fields; each is "NAME=value". An entry that journald does not accept is lost. The
 * next accepted entry is preceded by one with the number of lost entries. */
void journal_send(const struct iovec *fields, size_t n);
