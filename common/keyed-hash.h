/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Keyed hash: turns something private (a serial number) into something that can be shown, which nobody without the
 * key can turn back or look up.
 */

#include <stddef.h>
#include <stdint.h>

/* SipHash-2-4 (Aumasson and Bernstein, 2012) of `len` bytes. */
uint64_t keyed_hash(const uint8_t key[static 16], const void *data, size_t len);
