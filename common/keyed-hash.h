/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Keyed hash: turns something private (a serial number) into something that can be shown, which nobody without the
 * key can turn back or look up.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ids and marks are made with two keys. The first is the machine's, which every user of it can read; the secret is known to
 * nobody else. Only the first was there in versions before 0.2, so what they kept can be brought up to date. */
struct mark_key {
        uint8_t machine[16];
        uint8_t secret[16];
        bool has_secret;
};

#define MARK_SIZE 7

/* Writes six hexadecimal digits that stand for the text. */
void mark_make(const struct mark_key *key, const char *private, char ret[static MARK_SIZE]);

/* The mark that stands in the place of an old one, which was made without the secret. */
void mark_renew(const struct mark_key *key, const char *old, char ret[static MARK_SIZE]);

/* SipHash-2-4 (Aumasson and Bernstein, 2012) of `len` bytes. */
uint64_t keyed_hash(const uint8_t key[static 16], const void *data, size_t len);
