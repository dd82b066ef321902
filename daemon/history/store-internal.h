/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the store share among themselves.
 */

#include <sqlite3.h>

#include "daemon/history/store.h"

/* Version of the tables (PRAGMA user_version). A newer one is not touched. */
#define STORE_VERSION 1

/* 64 MB are about 200,000 sessions with findings. */
#define STORE_PAGES_MAX 16384

struct store {
        sqlite3 *db; /* in memory: what is not in the file yet. The file is attached as "disk" */
        char *path;  /* NULL: no file */
        bool attached, read_only, degraded, hopeless;
        bool announced;        /* in the log: that it is degraded */
        uint64_t announced_at; /* CLOCK_MONOTONIC µs; 0: never */
        int64_t next_id;
        struct mark_key key;
};

/* Attaches the file and makes its tables. Returns true when it can be read; `degraded` says whether it can be written. */
bool store_attach(struct store *s);
void store_detach(struct store *s);

/* Reading failed: the file is read as if it never changed, which needs neither locks nor room on the disk. Returns whether
 * it can be. */
bool store_read_alone(struct store *s, int result);

/* Says once why the file cannot be used; `words` end the sentence. */
void store_degrade(struct store *s, const char *words);

/* The tables, for the schema "main" or "disk". Returns an SQLite result. */
int store_make_tables(struct store *s, const char *schema);

/* Brings ids of earlier versions up to date. Returns an SQLite result. */
int store_renew_ids(struct store *s);

/* Levels and answers of the row, into memory. */
void store_put_beside(struct store *s, const struct row *row);

/* Drops the oldest eighth when the file is as large as it may be. Returns whether it did. */
bool store_make_room(struct store *s);

/* The view of file and memory together, after the file was attached or not. */
int store_make_view(struct store *s);

/* Is this result the file's damage? */
bool store_is_damage(int result);

/* Runs statements without results. Returns an SQLite result. */
int store_run(struct store *s, const char *sql);
int store_runf(struct store *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* First column of the first row as a number; `otherwise` when there is none. */
int64_t store_number(struct store *s, const char *sql, int64_t otherwise);

#define STORE_COLUMNS                                                                                                           \
        "id, boot, headset, model, device, port, port_id, place, path, cable, start, end, seen, started, lasted, ended, "       \
        "outcome, "                                                                                                             \
        "headset_seen, guessed, failed, unstable, over_current, excused, before_start, tries, failed_tries, errors, failures, " \
        "resets, over_currents, drops, emi, debounce, enumeration_usec, slept_usec, suspended_ms, offered_ma, findings"
