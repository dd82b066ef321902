/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Writes sessions. */

#include "daemon/history/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/clock.h"
#include "common/library.h"
#include "common/log.h"
#include "common/state-file.h"
#include "daemon/history/store-internal.h"

/* Maximum number of rows in memory while the file cannot be written. */
#define PENDING_MAX 500
/* Another program that inspects the file holds its lock for milliseconds. */
#define BUSY_MS 100

/* Uses as little memory as possible; nothing is cached between two plugs. */
static void configure(void) {
        static bool done;

        if (done)
                return;
        done = true;
        (void) sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
        (void) sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        (void) sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
        (void) sqlite3_config(SQLITE_CONFIG_SMALL_MALLOC, 1);
        (void) sqlite3_config(SQLITE_CONFIG_URI, 1);
}

/* A row in memory replaces the row with the same id in the file. Ids beyond what JSON can carry (2^53) were not assigned by
 * this program. */
int store_make_view(struct store *s) {
        (void) store_run(s, "DROP VIEW IF EXISTS temp.every");
        if (!s->attached)
                return store_run(s, "CREATE TEMP VIEW every AS SELECT " STORE_COLUMNS " FROM main.session");
        return store_run(s, "CREATE TEMP VIEW every AS SELECT " STORE_COLUMNS " FROM main.session UNION ALL SELECT " STORE_COLUMNS
                            " FROM disk.session WHERE id NOT IN (SELECT id FROM main.session) AND id < 9007199254740992");
}

/* Ids increase. While the file cannot be read, new ids must be larger than any in it, because a row with the same id would
 * replace the one in the file. So they start at the current time in µs, which no two tries share. */
static void take_next_id(struct store *s) {
        int64_t newest = store_number(s, "SELECT max(id) FROM temp.every", -1);

        if ((newest < 0 || (!s->attached && s->path)) && s->next_id == 1)
                s->next_id = (int64_t) now_usec(CLOCK_REALTIME);
        if (newest >= s->next_id && newest < INT64_MAX)
                s->next_id = newest + 1;
}

static void use_file(struct store *s) {
        if (!s->attached)
                (void) store_attach(s);
        (void) store_make_view(s);
        take_next_id(s);
}

static int store_open(struct store *s) {
        int r = sqlite3_open_v2(":memory:", &s->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, NULL);

        if (r != SQLITE_OK)
                return -ENOMEM;
        (void) sqlite3_busy_timeout(s->db, BUSY_MS);
        /* The tables in memory are almost always empty, so their pages are as small as possible. */
        (void) store_run(s, "PRAGMA main.page_size=512; PRAGMA temp.page_size=512;"
                            "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=64");
        if (store_make_tables(s, "main") != SQLITE_OK)
                return -ENOMEM;
        use_file(s);
        return 0;
}

int store_new(const char *path, const struct mark_key *key, struct store **ret) {
        struct store *s;

        configure();
        s = calloc(1, sizeof(*s));
        if (!s)
                return -ENOMEM;
        s->next_id = 1;
        s->key = *key;
        if (path)
                s->path = strdup(path);
        /* If the directory could not be created, opening the file fails. */
        if (s->path)
                (void) folder_make_for(s->path);
        if ((path && !s->path) || store_open(s) < 0) {
                store_free(s);
                return -ENOMEM;
        }
        *ret = s;
        return 0;
}

/* What could not be written so far is tried once more. */
static void flush_last(struct store *s) {
        static const char pending[] = "SELECT count(*) FROM main.session";
        int64_t n;

        if (!s->path || store_number(s, pending, 0) == 0)
                return;
        store_flush(s);
        n = store_number(s, pending, 0);
        if (n > 0)
                log_warning("The history %s could not be written, %lld plug sessions are lost.", s->path, (long long) n);
}

struct store *store_free(struct store *s) {
        if (!s)
                return NULL;
        if (s->db)
                flush_last(s);
        (void) sqlite3_close_v2(s->db);
        free(s->path);
        free(s);
        return NULL;
}

bool store_degraded(const struct store *s) {
        return s->degraded;
}

static void bind_text(sqlite3_stmt *statement, int *i, const char *text) {
        (void) sqlite3_bind_text(statement, ++*i, text, -1, SQLITE_STATIC);
}

static void bind_number(sqlite3_stmt *statement, int *i, uint64_t n) {
        (void) sqlite3_bind_int64(statement, ++*i, n <= INT64_MAX ? (int64_t) n : INT64_MAX);
}

/* Parameters are in the order of STORE_COLUMNS. */
static void bind_row(sqlite3_stmt *statement, const struct row *row) {
        const struct session *s = &row->s;
        const uint64_t numbers[] = {
                row->start,
                row->end,
                row->seen,
                row->started,
                row->lasted,
                s->ended,
                session_outcome(s, s->end),
                s->headset,
                s->guessed,
                s->failed,
                s->unstable,
                s->over_current,
                s->excused,
                s->before_start,
                s->tries,
                s->failed_tries,
                s->errors,
                s->failures,
                s->resets,
                s->over_currents,
                s->drops,
                s->emi,
                s->debounce,
                s->enumeration_usec,
                s->slept_usec,
                s->suspended_ms,
                s->offered_ma,
        };
        int i = 0;

        bind_number(statement, &i, (uint64_t) row->id);
        bind_text(statement, &i, row->boot);
        bind_text(statement, &i, row->headset);
        bind_text(statement, &i, s->model);
        bind_text(statement, &i, s->device);
        bind_text(statement, &i, s->port);
        bind_text(statement, &i, row->port);
        bind_text(statement, &i, row->place);
        bind_text(statement, &i, row->path);
        bind_text(statement, &i, s->cable);
        for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++)
                bind_number(statement, &i, numbers[n]);
        bind_text(statement, &i, row->findings);
}

static int put_in_memory(struct store *s, const struct row *row) {
        static const char sql[] = "INSERT OR REPLACE INTO main.session (" STORE_COLUMNS
                                  ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
        sqlite3_stmt *statement = NULL;
        int r = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);

        if (r == SQLITE_OK) {
                bind_row(statement, row);
                r = sqlite3_step(statement);
        }
        sqlite3_finalize(statement);
        return r == SQLITE_DONE ? 0 : -ENOMEM;
}

/* Moves all rows from memory to the file, in one transaction. */
static int move_to_file(struct store *s) {
        int r = store_run(s, "BEGIN IMMEDIATE");

        if (r == SQLITE_OK)
                r = store_run(s, "INSERT OR REPLACE INTO disk.session SELECT * FROM main.session;"
                                 "INSERT OR REPLACE INTO disk.note SELECT * FROM main.note;"
                                 "INSERT OR REPLACE INTO disk.battery SELECT * FROM main.battery;"
                                 "DELETE FROM main.session; DELETE FROM main.note; DELETE FROM main.battery");
        if (r == SQLITE_OK)
                r = store_run(s, "COMMIT");
        if (r != SQLITE_OK && !sqlite3_get_autocommit(s->db))
                (void) store_run(s, "ROLLBACK");
        return r;
}

static void drop_excess(struct store *s) {
        (void) store_runf(s, "DELETE FROM main.session WHERE id <= (SELECT max(id) FROM main.session) - %d", PENDING_MAX);
        (void) store_run(s, "DELETE FROM main.battery WHERE session NOT IN (SELECT id FROM main.session)");
}

static void recovered(struct store *s) {
        if (s->announced)
                log_notice("The history %s can be written again.", s->path);
        s->degraded = s->announced = false;
}

/* Returns whether the file was removed or replaced; then writes would go to a file without a name. */
static bool is_moved(struct store *s) {
        int moved = 0;

        return s->attached && sqlite3_file_control(s->db, "disk", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

void store_flush(struct store *s) {
        char words[256];
        int r;

        if (!s->path)
                return;
        if (s->read_only || is_moved(s))
                store_detach(s);
        if (!s->attached)
                use_file(s);
        r = s->attached && !s->read_only ? move_to_file(s) : SQLITE_CANTOPEN;
        if (store_is_damage(r)) {
                store_suspect(s);
                use_file(s); /* sets the file aside if it is really damaged */
                r = s->attached ? move_to_file(s) : r;
        }
        if ((r & 0xff) == SQLITE_FULL && store_make_room(s))
                r = move_to_file(s);
        if (r == SQLITE_OK) {
                recovered(s);
                return;
        }
        snprintf(words, sizeof(words), "cannot be written (%s)", sqlite3_errstr(r));
        store_degrade(s, words);
        drop_excess(s);
}

void store_mend(struct store *s) {
        if (s->suspect)
                store_flush(s);
}

bool store_take_made(struct store *s) {
        bool made = s->made;

        s->made = false;
        return made;
}

int store_put(struct store *s, struct row *row) {
        int r;

        if (row->id == 0)
                row->id = s->next_id++;
        r = put_in_memory(s, row);
        if (r >= 0)
                store_put_battery_and_answers(s, row);
        return r;
}

void store_get_note(struct store *s, const char *name, char *buf, size_t size) {
        const char *schemas[] = { "main", "disk" };

        buf[0] = '\0';
        for (size_t i = 0; i < 2 && buf[0] == '\0'; i++) {
                sqlite3_stmt *statement = NULL;
                char sql[64];

                snprintf(sql, sizeof(sql), "SELECT text FROM %s.note WHERE name = ?1", schemas[i]);
                if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
                    sqlite3_step(statement) == SQLITE_ROW)
                        snprintf(buf, size, "%s", (const char *) sqlite3_column_text(statement, 0));
                sqlite3_finalize(statement);
        }
}

void store_put_note(struct store *s, const char *name, const char *text) {
        sqlite3_stmt *statement = NULL;

        if (sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO main.note VALUES (?1, ?2)", -1, &statement, NULL) == SQLITE_OK &&
            sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
            sqlite3_bind_text(statement, 2, text, -1, SQLITE_STATIC) == SQLITE_OK)
                (void) sqlite3_step(statement);
        sqlite3_finalize(statement);
}

/* The database is used a few times a day, and its code alone takes more than a megabyte. */
void store_rest(struct store *s) {
        (void) sqlite3_db_release_memory(s->db);
        library_rest("/libsqlite3.so");
        library_rest("/libm.so");
}
