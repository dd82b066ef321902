/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations shared by the files of the store.
 */

#include <sqlite3.h>

#include "daemon/history/store.h"

/* Version of the tables (PRAGMA user_version). A file with a newer version is not modified. */
#define STORE_VERSION 1

/* 64 MB are about 200,000 sessions with findings. */
#define STORE_PAGES_MAX 16384

struct store {
        sqlite3 *db; /* in memory: rows that are not in the file yet. The file is attached as "disk" */
        char *path;  /* NULL: no file */
        bool attached, read_only, degraded, hopeless;
        bool suspect;          /* damage was found in the file: it is checked before it is used again */
        bool made;             /* a new file was made since store_take_made() */
        bool announced;        /* it was logged that the store is degraded */
        uint64_t announced_at; /* CLOCK_MONOTONIC µs; 0: never */
        int64_t next_id;
        struct mark_key key;
};

/* Attaches the file and creates its tables. Returns whether it can be read; `degraded` tells whether it can be written. */
bool store_attach(struct store *s);
void store_detach(struct store *s);

/* To be called after a read failed. Opens the file as immutable, which needs neither locks nor free space. Returns whether
 * that worked. */
bool store_read_alone(struct store *s, int result);

/* Logs once why the file cannot be used. `words` complete the sentence. */
void store_degrade(struct store *s, const char *words);

/* Creates the tables in the schema "main" or "disk". Returns an SQLite result. */
int store_make_tables(struct store *s, const char *schema);

/* Converts ids of earlier versions. Returns an SQLite result. */
int store_renew_ids(struct store *s);

/* Puts the levels and answers of the row into memory. */
void store_put_battery_and_answers(struct store *s, const struct row *row);

/* Deletes the oldest eighth of the sessions if the file has reached its maximum size. Returns whether it did. */
bool store_make_room(struct store *s);

/* Creates the view that combines file and memory. To be called whether or not the file could be attached. */
int store_make_view(struct store *s);

/* Returns whether this result means that the file is damaged. */
bool store_is_damage(int result);

/* Detaches a file in which damage was found. It is checked, and set aside if it is damaged, before it is used again. */
void store_suspect(struct store *s);

/* Runs statements that return no rows. Returns an SQLite result. */
int store_run(struct store *s, const char *sql);
int store_runf(struct store *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Returns the first column of the first row as a number, or `otherwise` if there is no row. */
int64_t store_number(struct store *s, const char *sql, int64_t otherwise);

#define STORE_COLUMNS                                                                                                           \
        "id, boot, headset, model, device, port, port_id, place, path, cable, start, end, seen, started, lasted, ended, "       \
        "outcome, "                                                                                                             \
        "headset_seen, guessed, failed, unstable, over_current, excused, before_start, tries, failed_tries, errors, failures, " \
        "resets, over_currents, drops, emi, debounce, enumeration_usec, slept_usec, suspended_ms, offered_ma, findings"
