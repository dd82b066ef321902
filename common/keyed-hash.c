/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/keyed-hash.h"

#include <stdio.h>
#include <string.h>

#include <endian.h>
#include <string.h>

struct state {
        uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t x, unsigned bits) {
        return x << bits | x >> (64 - bits);
}

static void mix(struct state *s, unsigned rounds) {
        while (rounds-- > 0) {
                s->v0 += s->v1;
                s->v1 = rotate(s->v1, 13) ^ s->v0;
                s->v0 = rotate(s->v0, 32);
                s->v2 += s->v3;
                s->v3 = rotate(s->v3, 16) ^ s->v2;
                s->v0 += s->v3;
                s->v3 = rotate(s->v3, 21) ^ s->v0;
                s->v2 += s->v1;
                s->v1 = rotate(s->v1, 17) ^ s->v2;
                s->v2 = rotate(s->v2, 32);
        }
}

static void take(struct state *s, uint64_t word) {
        s->v3 ^= word;
        mix(s, 2);
        s->v0 ^= word;
}

/* Up to eight bytes as a little-endian number. */
static uint64_t load(const uint8_t *p, size_t n) {
        uint64_t word = 0;

        memcpy(&word, p, n);
        return le64toh(word);
}

uint64_t keyed_hash(const uint8_t key[static 16], const void *data, size_t len) {
        const uint8_t *p = data;
        uint64_t k0 = load(key, 8), k1 = load(key + 8, 8);
        struct state s = {
                .v0 = k0 ^ UINT64_C(0x736f6d6570736575),
                .v1 = k1 ^ UINT64_C(0x646f72616e646f6d),
                .v2 = k0 ^ UINT64_C(0x6c7967656e657261),
                .v3 = k1 ^ UINT64_C(0x7465646279746573),
        };
        size_t left = len;

        for (; left >= 8; left -= 8, p += 8)
                take(&s, load(p, 8));
        take(&s, load(p, left) | (uint64_t) len << 56);
        s.v2 ^= 0xff;
        mix(&s, 4);
        return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

static void write_mark(const uint8_t key[static 16], const char *text, char ret[static MARK_SIZE]) {
        snprintf(ret, MARK_SIZE, "%06x", (unsigned) (keyed_hash(key, text, strlen(text)) & 0xffffff));
}

void mark_renew(const struct mark_key *key, const char *old, char ret[static MARK_SIZE]) {
        write_mark(key->secret, old, ret);
}

void mark_make(const struct mark_key *key, const char *private, char ret[static MARK_SIZE]) {
        char old[MARK_SIZE];

        write_mark(key->machine, private, old);
        if (key->has_secret)
                mark_renew(key, old, ret);
        else
                memcpy(ret, old, MARK_SIZE);
}
