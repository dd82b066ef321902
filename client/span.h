/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Span: a length of time as systemd writes it (systemd.time(7)): "90", "1min 30s", "2.5h", "infinity".
 */

#include <stdint.h>

/* Parses the whole text; a number without a unit is in seconds. *ret_usec is UINT64_MAX for "infinity". Returns 0, -EINVAL if
 * it is not a time span, or -ERANGE if it is too long. */
int span_parse(const char *text, uint64_t *ret_usec);
