/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The database file: how it is opened, and what is done if that fails. */

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "common/clock.h"
#include "common/state-file.h"
#include "daemon/history/store-internal.h"

static const char tables[] =
        "CREATE TABLE IF NOT EXISTS %1$s.session ("
        "id INTEGER PRIMARY KEY, boot TEXT NOT NULL, headset TEXT NOT NULL, model TEXT NOT NULL, device TEXT NOT NULL, "
        "port TEXT NOT NULL, port_id TEXT NOT NULL, place TEXT NOT NULL, path TEXT, cable TEXT NOT NULL, "
        "start INTEGER NOT NULL, end INTEGER NOT NULL, seen INTEGER NOT NULL, started INTEGER NOT NULL, lasted INTEGER NOT NULL, "
        "ended INTEGER NOT NULL, outcome INTEGER NOT NULL, headset_seen INTEGER NOT NULL, guessed INTEGER NOT NULL, "
        "failed INTEGER NOT NULL, unstable INTEGER NOT NULL, over_current INTEGER NOT NULL, excused INTEGER NOT NULL, "
        "before_start INTEGER NOT NULL, tries INTEGER NOT NULL, failed_tries INTEGER NOT NULL, errors INTEGER NOT NULL, "
        "failures INTEGER NOT NULL, resets INTEGER NOT NULL, over_currents INTEGER NOT NULL, drops INTEGER NOT NULL, "
        "emi INTEGER NOT NULL, debounce INTEGER NOT NULL, enumeration_usec INTEGER NOT NULL, slept_usec INTEGER NOT NULL, "
        "suspended_ms INTEGER NOT NULL, offered_ma INTEGER NOT NULL, findings TEXT);"
        "CREATE TABLE IF NOT EXISTS %1$s.battery ("
        "session INTEGER NOT NULL, at INTEGER NOT NULL, level INTEGER NOT NULL, charging TEXT NOT NULL, source TEXT NOT NULL, "
        "PRIMARY KEY (session, at)) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS %1$s.note (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;";

static const char indexes[] = "CREATE INDEX IF NOT EXISTS disk.session_headset ON session (headset, id);"
                              "CREATE INDEX IF NOT EXISTS disk.session_open ON session (id) WHERE ended = 0;";

int store_run(struct store *s, const char *sql) {
        return sqlite3_exec(s->db, sql, NULL, NULL, NULL);
}

int store_runf(struct store *s, const char *format, ...) {
        _cleanup_free_ char *sql = NULL;
        va_list ap;
        int n;

        va_start(ap, format);
        n = vasprintf(&sql, format, ap);
        va_end(ap);
        if (n < 0) {
                sql = NULL;
                return SQLITE_NOMEM;
        }
        return store_run(s, sql);
}

int64_t store_number(struct store *s, const char *sql, int64_t otherwise) {
        sqlite3_stmt *statement = NULL;

        if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
                otherwise = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        return otherwise;
}

bool store_is_damage(int result) {
        return (result & 0xff) == SQLITE_CORRUPT || (result & 0xff) == SQLITE_NOTADB;
}

/* Minimum time between two log messages. A disk that is almost full accepts one write and refuses the next. */
#define ANNOUNCE_USEC (60 * 60 * UINT64_C(1000000))

void store_degrade(struct store *s, const char *words) {
        uint64_t now = now_usec(CLOCK_MONOTONIC);

        if (!s->degraded && (s->announced_at == 0 || now - s->announced_at >= ANNOUNCE_USEC)) {
                log_warning("The history %s %s; until that changes, plug sessions are remembered in memory only.", s->path,
                            words);
                s->announced = true;
                s->announced_at = now;
        }
        s->degraded = true;
}

int store_make_tables(struct store *s, const char *schema) {
        return store_runf(s, tables, schema);
}

void store_detach(struct store *s) {
        if (s->attached)
                (void) store_run(s, "DETACH disk");
        s->attached = false;
}

void store_suspect(struct store *s) {
        s->suspect = true;
        store_detach(s);
        (void) store_make_view(s);
}

/* Percent signs, question marks and hashes have a meaning in URIs and are escaped. */
static char *immutable_uri(const char *path) {
        char *uri = malloc(3 * strlen(path) + 32), *to = uri;

        if (!uri)
                return NULL;
        to += sprintf(to, "file:");
        for (; *path; path++)
                if (strchr("%?#", *path))
                        to += sprintf(to, "%%%02X", (unsigned char) *path);
                else
                        *to++ = *path;
        strcpy(to, "?immutable=1");
        return uri;
}

static int attach(struct store *s, const char *name) {
        sqlite3_stmt *statement = NULL;
        mode_t mask = umask(0077);
        int r = sqlite3_prepare_v2(s->db, "ATTACH ?1 AS disk", -1, &statement, NULL);

        if (r == SQLITE_OK)
                r = sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
        if (r == SQLITE_OK && (r = sqlite3_step(statement)) == SQLITE_DONE)
                r = SQLITE_OK;
        sqlite3_finalize(statement);
        umask(mask);
        s->attached = r == SQLITE_OK;
        return r;
}

static int read_version(struct store *s, int *ret) {
        sqlite3_stmt *statement = NULL;
        int r = sqlite3_prepare_v2(s->db, "PRAGMA disk.user_version", -1, &statement, NULL);

        if (r == SQLITE_OK && (r = sqlite3_step(statement)) == SQLITE_ROW) {
                *ret = sqlite3_column_int(statement, 0);
                r = SQLITE_OK;
        }
        sqlite3_finalize(statement);
        return r;
}

/* After an unclean exit the write-ahead log is still there, and the file is checked. */
static bool ended_badly(const struct store *s) {
        char wal[4096];
        struct stat st;
        int n = snprintf(wal, sizeof(wal), "%s-wal", s->path);

        return n > 0 && n < (int) sizeof(wal) && stat(wal, &st) == 0 && st.st_size > 0;
}

/* After damage was found, the check also compares the indexes with their tables. */
static int check(struct store *s) {
        const char *sql = s->suspect ? "PRAGMA disk.integrity_check(1)" : "PRAGMA disk.quick_check(1)";
        sqlite3_stmt *statement = NULL;
        int r = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);

        if (r == SQLITE_OK && (r = sqlite3_step(statement)) == SQLITE_ROW) {
                const unsigned char *text = sqlite3_column_text(statement, 0);

                r = text && strcmp((const char *) text, "ok") == 0 ? SQLITE_OK : SQLITE_CORRUPT;
        }
        sqlite3_finalize(statement);
        return r;
}

/* WAL is used so that a reader does not block the writer. Every change is synced to the disk. */
static int set_up(struct store *s) {
        (void) store_run(s, "PRAGMA disk.journal_mode=WAL");
        (void) store_run(s, "PRAGMA disk.synchronous=FULL");
        (void) store_run(s, "PRAGMA disk.journal_size_limit=0");
        (void) store_run(s, "PRAGMA disk.cache_size=-64");
        (void) store_run(s, "PRAGMA disk.mmap_size=0");
        return store_runf(s, "PRAGMA disk.max_page_count=%d", STORE_PAGES_MAX);
}

static int make_file(struct store *s) {
        int r = store_run(s, "BEGIN IMMEDIATE");

        if (r == SQLITE_OK)
                r = store_make_tables(s, "disk");
        if (r == SQLITE_OK)
                r = store_run(s, indexes);
        if (r == SQLITE_OK)
                r = store_runf(s, "PRAGMA disk.user_version=%d", STORE_VERSION);
        if (r == SQLITE_OK)
                r = store_run(s, "COMMIT");
        if (r != SQLITE_OK)
                (void) store_run(s, "ROLLBACK");
        s->made |= r == SQLITE_OK;
        return r;
}

static int try_file(struct store *s, const char *name, int *ret_version) {
        bool unclean = ended_badly(s);
        int r = attach(s, name);

        if (r == SQLITE_OK)
                r = read_version(s, ret_version);
        if (r != SQLITE_OK || *ret_version > STORE_VERSION)
                return r;
        r = set_up(s);
        if (r == SQLITE_OK && *ret_version == 0)
                r = make_file(s);
        else if (r == SQLITE_OK && (unclean || s->suspect))
                r = check(s);
        /* A file that has the version of the tables but not the tables is not ours. */
        if (r == SQLITE_OK && store_run(s, "SELECT " STORE_COLUMNS " FROM disk.session LIMIT 0") != SQLITE_OK)
                r = sqlite3_errcode(s->db) == SQLITE_ERROR ? SQLITE_CORRUPT : sqlite3_errcode(s->db);
        return r == SQLITE_OK ? store_renew_ids(s) : r;
}

/* Renames a damaged file. One is kept for inspection. */
static bool set_aside(struct store *s) {
        static const char *const suffixes[] = { "", "-wal", "-shm" };
        bool moved = false;

        for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
                _cleanup_free_ char *from = NULL, *to = NULL;

                if (asprintf(&from, "%s%s", s->path, suffixes[i]) < 0) {
                        from = NULL;
                        return false;
                }
                if (asprintf(&to, "%s.damaged%s", s->path, suffixes[i]) < 0) {
                        to = NULL;
                        return false;
                }
                if (rename(from, to) == 0)
                        moved |= i == 0;
                else
                        (void) remove(to);
        }
        if (moved)
                log_warning("The history %s is damaged; it is set aside as %s.damaged and a new one begun.", s->path, s->path);
        return moved;
}

/* Where nothing may be written, not even what WAL needs for reading, the file is opened as immutable. */
static bool read_alone(struct store *s) {
        _cleanup_free_ char *uri = immutable_uri(s->path);
        int version = 0;

        store_detach(s);
        if (access(s->path, R_OK) < 0 || !uri || attach(s, uri) != SQLITE_OK)
                return false;
        if (read_version(s, &version) == SQLITE_OK && version == STORE_VERSION)
                return true;
        store_detach(s);
        return false;
}

bool store_read_alone(struct store *s, int r) {
        char words[256];

        if (!s->attached || s->read_only)
                return false;
        snprintf(words, sizeof(words), "cannot be read in the usual way (%s)", sqlite3_errstr(r));
        store_degrade(s, words);
        s->read_only = read_alone(s);
        return s->read_only;
}

static bool cannot_attach(struct store *s, int r) {
        char words[256];

        snprintf(words, sizeof(words), "cannot be used (%s)", sqlite3_errstr(r));
        store_degrade(s, words);
        /* A full disk has no space for what WAL needs either. */
        s->read_only = (r & 0xff) != SQLITE_BUSY && (r & 0xff) != SQLITE_LOCKED && (r & 0xff) != SQLITE_NOMEM;
        if (s->read_only && read_alone(s))
                return true;
        store_detach(s);
        return false;
}

bool store_attach(struct store *s) {
        int version = 0, r;

        if (!s->path || s->hopeless)
                return false;
        store_detach(s);
        /* The directory may have been removed. If it cannot be created, opening the file fails. */
        (void) folder_make_for(s->path);
        r = try_file(s, s->path, &version);
        if (store_is_damage(r)) {
                store_detach(s);
                r = set_aside(s) ? try_file(s, s->path, &version) : r;
        }
        if (r != SQLITE_OK)
                return cannot_attach(s, r);
        if (version > STORE_VERSION) {
                store_degrade(s, "is of a newer version of sonycharge");
                s->hopeless = true;
                store_detach(s);
                return false;
        }
        s->read_only = s->suspect = false;
        return true;
}
