/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Store: plug sessions in a database file (SQLite), and in memory as long as the file cannot be written.
 *
 * What is put goes into memory first and from there into the file, so nothing is lost while the file is locked or the disk
 * is full, and no caller has to know.
 */

#include <json.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/keyed-hash.h"
#include "model/model.h"

struct store;

/* One level of the headset's battery; `at` in µs since 1970, `charging` and `source` as in the API, static. */
struct level_point {
        uint64_t at;
        uint8_t level;
        const char *charging, *source;
};

/* One session as it is kept. Times in µs since 1970, 0: not known. */
struct row {
        int64_t id; /* 0: not kept yet */
        struct session s;
        uint64_t start, end, seen; /* seen: when it was put last */
        uint64_t started, lasted;  /* CLOCK_MONOTONIC of its boot, and how long by it (to `seen` while it lasts), µs */
        char boot[40];
        char headset[EVENT_NAME_MAX]; /* id in the API; empty: none */
        char port[EVENT_NAME_MAX];    /* id in the API at that time */
        char place[EVENT_NAME_MAX];   /* "1-2" at that time, or where the socket is */
        const char *path, *findings;  /* JSON; NULL: none */
        size_t n_levels;              /* to be added to those that are kept; not read */
        const struct level_point *levels;
        const char *answers; /* JSON, what a person said; NULL: nothing new; not read */
};

/* What to read, newest first. Empty texts and zeros: anything. */
struct query {
        char headset[EVENT_NAME_MAX]; /* id, a start of one, or a model */
        char model[EVENT_NAME_MAX];   /* the same as a model: small letters and digits, as in an id without its last part */
        char port[SESSION_PORT_MAX];  /* key */
        char cable[SESSION_CABLE_MAX];
        uint64_t since, until; /* µs since 1970 */
        int64_t before;        /* only ids below this one */
        int64_t id;
        uint32_t limit;
        bool others;   /* also devices that are no headsets */
        bool ended;    /* only what is over */
        bool open;     /* only what is not */
        bool nameless; /* only what never told who it is */
        bool named;    /* only headsets with an id */
};

/* Opens the file; NULL: memory alone. A damaged one is set aside. Ids in it are brought up to date with the key. Never fails for
 * the file's sake: see store_degraded(). Returns 0 or -ENOMEM. */
int store_new(const char *path, const struct mark_key *key, struct store **ret);
struct store *store_free(struct store *s);

/* Is what is put not in the file? */
bool store_degraded(const struct store *s);

/* Keeps the row, in the place of the one with the same id; a new one gets its id. It is in the file after store_flush().
 * Returns 0 or -ENOMEM. */
int store_put(struct store *s, struct row *row);

/* Calls `each` for the rows, which are valid during the call, until it returns false. Returns 0 or a negative errno. */
typedef bool store_each(void *userdata, const struct row *row);
int store_read(struct store *s, const struct query *q, store_each *each, void *userdata);

/* The newest `limit` sessions that are over, oldest first. */
int store_read_statistics(struct store *s, uint32_t limit, store_each *each, void *userdata);

/* What is kept of a session beside its row: its levels as the API's list, and the answers (NULL: none). */
struct json_object *store_levels(struct store *s, int64_t session);
struct json_object *store_answers(struct store *s, int64_t session);

/* How many sessions went well, for each port ("port") or headset ("headset"), as JSON objects; NULL: out of memory. */
struct json_object *store_health(struct store *s, const struct query *q, const char *of);

/* Writes what was put, in one transaction. */
void store_flush(struct store *s);

/* A text that is kept under a name. `buf` is "" when there is none. */
void store_get_note(struct store *s, const char *name, char *buf, size_t size);
void store_put_note(struct store *s, const char *name, const char *text);

/* Drops what is older than a year, and the oldest of too many. */
void store_prune(struct store *s, uint64_t now);

/* Gives memory back that is not needed until the next call. */
void store_rest(struct store *s);
