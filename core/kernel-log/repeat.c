/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/repeat.h"

#include <string.h>

/* The two copies of a record differ by less than this. */
#define TOGETHER_USEC (2 * SECOND)

static uint64_t mix(uint64_t hash, uint64_t word) {
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        return hash ^ (hash >> 29);
}

/* Two chains of multiplications, which the processor computes side by side. */
static uint64_t hash_of(const char *text, size_t len) {
        uint64_t even = len, odd = 0, word[2] = {};

        for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
                memcpy(word, text, sizeof word);
                even = mix(even, word[0]);
                odd = mix(odd, word[1]);
        }
        memset(word, 0, sizeof word);
        memcpy(word, text, len);
        return mix(mix(even, word[0]), mix(odd, word[1]));
}

/* The kernel logs these once for a device, and never twice in a row. */
static bool is_said_once(enum kernel_message m) {
        return m == KERNEL_CONNECT || m == KERNEL_DISCONNECT || m == KERNEL_FOUND || m == KERNEL_GAVE_UP || m == KERNEL_HUB_FOUND;
}

static bool has_exact_stamp(const struct log_scan *scan, uint64_t *ret) {
        if (scan->has_uptime)
                *ret = scan->uptime.usec;
        else if (scan->has_outer && scan->outer.kind != STAMP_DELTA && !scan->outer.whole && !scan->outer.minutes)
                *ret = scan->outer.usec;
        else
                return false;
        return true;
}

/* Returns true when the record is the other copy of one that was seen with, or without, the kernel's timestamp. Each copy of one
 * kind matches one of the other kind. */
static bool came_by_the_other_way(struct repeats *r, const struct log_scan *scan, uint64_t hash) {
        struct repeat_text *t = &r->texts[hash % REPEAT_SLOTS];
        unsigned way = scan->has_uptime;
        uint64_t outer = scan->has_outer && scan->outer.kind != STAMP_DELTA ? scan->outer.usec : 0;
        bool together;

        if (t->hash != hash)
                *t = (struct repeat_text){ .hash = hash };
        together = outer == 0 || t->outer == 0 || (outer > t->outer ? outer - t->outer : t->outer - outer) <= TOGETHER_USEC;
        t->count[way]++;
        if (outer != 0)
                t->outer = outer;
        if (t->count[way] > t->count[!way])
                return false;
        if (together)
                return true;
        /* The same text at another time. */
        t->count[0] = t->count[1] = 0;
        t->count[way] = 1;
        return false;
}

/* With whole seconds or differences of time, and one kind of record only, two equal records in a row are duplicates when the log
 * is known to contain duplicates. */
static bool is_doubled(struct repeats *r, const struct log_scan *scan, const struct event *e, uint64_t hash) {
        uint64_t second = scan->outer.usec;
        bool in_step = scan->outer.kind == STAMP_DELTA ? second == 0 : scan->outer.whole && r->last_second == second,
             same = r->last_text == hash && in_step;

        r->run = same ? r->run + 1 : 1;
        r->last_text = hash;
        r->last_second = second;
        if (!same)
                return false;
        if (is_said_once(e->u.kernel.message)) {
                r->doubled = true;
                return true;
        }
        return r->doubled && r->run % 2 == 0;
}

bool repeats_note(struct repeats *r, const struct log_scan *scan, const struct event *e, const char *text, size_t len) {
        uint64_t hash = hash_of(text, len), stamp, both;
        bool exact = has_exact_stamp(scan, &stamp);

        if (exact) {
                both = mix(hash, stamp);
                if (r->stamped[both % REPEAT_SLOTS] == both)
                        return true;
                r->stamped[both % REPEAT_SLOTS] = both;
        }
        if (!scan->has_outer && !scan->has_uptime)
                return false;
        if (came_by_the_other_way(r, scan, hash))
                return true;
        return !exact && scan->has_outer && is_doubled(r, scan, e, hash);
}

void repeats_forget(struct repeats *r) {
        *r = (struct repeats){};
}
