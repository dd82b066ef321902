/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Keyed hash: replaces private data, such as a serial number, with a mark that can be shown. Without the key the mark can be
 * neither reversed nor looked up.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The keys for ids and marks. Every local user can read the machine's key, but only the daemon knows the secret. Versions before
 * 0.2 used the machine's key alone. Both keys are kept, so that stored marks of those versions can be converted. */
struct mark_key {
        uint8_t machine[16];
        uint8_t secret[16];
        bool has_secret;
};

#define MARK_SIZE 7

/* Writes six hexadecimal digits that represent the text. */
void mark_make(const struct mark_key *key, const char *private, char ret[static MARK_SIZE]);

/* Converts a mark that was made without the secret to the current form. */
void mark_renew(const struct mark_key *key, const char *old, char ret[static MARK_SIZE]);

/* Returns SipHash-2-4 (Aumasson and Bernstein, 2012) of `len` bytes. */
uint64_t keyed_hash(const uint8_t key[static 16], const void *data, size_t len);
