/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Store: keeps plug sessions in a database file (SQLite), and in memory while the file cannot be written.
 *
 * Rows are put into memory first and moved to the file from there. So nothing is lost while the file is locked or the disk is
 * full, and callers need not handle these cases.
 */

#include <json.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/keyed-hash.h"
#include "model/model.h"

struct store;

/* One level of the headset's battery. `at` is in µs since 1970; `charging` and `source` are static strings as in the API. */
struct level_point {
        uint64_t at;
        uint8_t level;
        const char *charging, *source;
};

/* One session as it is kept. Times are in µs since 1970, 0: not known. */
struct row {
        int64_t id; /* 0: not kept yet */
        struct session s;
        uint64_t start, end, seen; /* seen: time of the last update */
        uint64_t started, lasted;  /* start by CLOCK_MONOTONIC of its boot, and duration by that clock (up to `seen` while the
                                      session lasts), µs */
        char boot[40];
        char headset[EVENT_NAME_MAX]; /* id in the API; empty: none */
        char port[EVENT_NAME_MAX];    /* id in the API at that time */
        char place[EVENT_NAME_MAX];   /* "1-2" at that time, or the location of the socket */
        const char *path, *findings;  /* JSON; NULL: none */
        size_t n_levels;              /* to be added to those already kept; not read back */
        const struct level_point *levels;
        const char *answers; /* JSON, a person's answers; NULL: nothing new; not read back */
};

/* A query; results are newest first. Empty strings and zeros match anything. */
struct query {
        char headset[EVENT_NAME_MAX]; /* id, a prefix of one, or a model */
        char model[EVENT_NAME_MAX];   /* the same as a model: lower-case letters and digits, like an id without its last part */
        char port[SESSION_PORT_MAX];  /* key */
        char cable[SESSION_CABLE_MAX];
        uint64_t since, until; /* µs since 1970 */
        int64_t before;        /* only ids below this one */
        int64_t id;
        uint32_t limit;
        bool others;   /* also devices that are no headsets */
        bool ended;    /* only sessions that are over */
        bool open;     /* only sessions that are not over */
        bool nameless; /* only devices that were never identified */
        bool named;    /* only headsets with an id */
};

/* Opens the file; NULL: use memory only. A damaged file is set aside. Its ids are converted with the key if necessary. An
 * unusable file is no error, see store_degraded(). Returns 0 or -ENOMEM. */
int store_new(const char *path, const struct mark_key *key, struct store **ret);
struct store *store_free(struct store *s);

/* Returns whether rows that were put are not in the file. */
bool store_degraded(const struct store *s);

/* Keeps the row and replaces the one with the same id. A new row is assigned its id. The row is in the file after
 * store_flush(). Returns 0 or -ENOMEM. */
int store_put(struct store *s, struct row *row);

/* Calls `each` for every row until it returns false. A row is valid during the call only. Returns 0 or a negative errno. */
typedef bool store_each(void *userdata, const struct row *row);
int store_read(struct store *s, const struct query *q, store_each *each, void *userdata);

/* Reads the newest `limit` sessions that are over, oldest first. */
int store_read_statistics(struct store *s, uint32_t limit, store_each *each, void *userdata);

/* Data that is kept in addition to the row of a session: the levels as the API's list, and the answers (NULL: none). */
struct json_object *store_levels(struct store *s, int64_t session);
struct json_object *store_answers(struct store *s, int64_t session);

/* Returns how many sessions went well for each port ("port") or headset ("headset"), as JSON objects. NULL: out of memory. */
struct json_object *store_health(struct store *s, const struct query *q, const char *of);

/* Writes everything that was put, in one transaction. */
void store_flush(struct store *s);

/* Checks the file if damage was found in it. A damaged file is set aside and a new one is made. */
void store_mend(struct store *s);

/* Returns whether a new file was made since the last call. It holds nothing that was written before. */
bool store_take_made(struct store *s);

/* Reads a string that is kept under a name. `buf` is "" if there is none. */
void store_get_note(struct store *s, const char *name, char *buf, size_t size);
void store_put_note(struct store *s, const char *name, const char *text);

/* Deletes sessions older than a year, and the oldest if there are too many. */
void store_prune(struct store *s, uint64_t now);

/* Releases memory that is not needed until the next call. */
void store_rest(struct store *s);
