/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the rows of the history's database, which anybody may have written who could write the file. The input becomes the
 * columns of a row, of any type; what is read of it goes into the statistics and into the answer of GetHistory.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/history/history-internal.h"
#include "daemon/history/store-internal.h"
#include "fuzz.h"

static void must(bool holds) {
        if (!holds)
                abort();
}

static bool ends(const char *text, size_t size) {
        return memchr(text, '\0', size) != NULL;
}

static bool on_row(void *userdata, const struct row *row) {
        struct statistics *statistics = userdata;
        const struct session *s = &row->s;

        must(ends(row->boot, sizeof row->boot) && ends(row->headset, sizeof row->headset) && ends(row->port, sizeof row->port));
        must(ends(row->place, sizeof row->place) && ends(s->device, sizeof s->device) && ends(s->cable, sizeof s->cable));
        must(s->ended < _SESSION_END_MAX);
        statistics_add(statistics, s, row->end);
        return true;
}

/* A column: its type and length, then its content. */
static size_t bind(sqlite3_stmt *statement, int column, const uint8_t *data, size_t size) {
        size_t len = size > 1 ? data[0] & 0x3f : 0;
        int64_t n = 0;
        double real;

        if (size < 2)
                return size;
        if (len > size - 1)
                len = size - 1;
        for (size_t i = 0; i < len && i < 8; i++)
                n = (int64_t) ((uint64_t) n << 8 | data[1 + i]);
        memcpy(&real, &n, sizeof real);
        switch (data[0] >> 6) {
        case 0:
                must(sqlite3_bind_int64(statement, column, n) == SQLITE_OK);
                break;
        case 1:
                must(sqlite3_bind_text(statement, column, (const char *) data + 1, (int) len, SQLITE_TRANSIENT) == SQLITE_OK);
                break;
        case 2:
                must(sqlite3_bind_blob(statement, column, data + 1, (int) len, SQLITE_TRANSIENT) == SQLITE_OK);
                break;
        default:
                must(sqlite3_bind_double(statement, column, real) == SQLITE_OK);
                break;
        }
        return 1 + len;
}

/* A row that the tables refuse is none. */
static void put(struct store *s, const uint8_t *data, size_t size) {
        char sql[1024] = "INSERT OR REPLACE INTO main.session (" STORE_COLUMNS ") VALUES (?";
        sqlite3_stmt *statement = NULL;
        int columns = 1;

        for (const char *c = STORE_COLUMNS; *c; c++)
                if (*c == ',') {
                        strcat(sql, ",?");
                        columns++;
                }
        strcat(sql, ")");
        must(sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK);
        for (int i = 1; i <= columns; i++) {
                size_t n = bind(statement, i, data, size);

                data += n;
                size -= n;
        }
        (void) sqlite3_step(statement);
        sqlite3_finalize(statement);
}

static void ask(struct store *s) {
        struct history_question q = { .query = { .limit = 10, .others = true }, .room = 10, .health = true };
        struct work w = { .kind = WORK_ASK, .store = s, .question = &q };

        work_answer(&w);
        must(w.answer && json_object_to_json_string(w.answer));
        json_object_put(w.answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        static const struct mark_key key;
        static struct store *s;
        struct statistics statistics = {};
        struct query all = { .limit = 10, .others = true };

        if (!s)
                must(store_new(NULL, &key, &s) >= 0);
        must(store_run(s, "DELETE FROM main.session; DELETE FROM main.note; DELETE FROM main.battery") == SQLITE_OK);
        put(s, data, size);
        must(store_read(s, &all, on_row, &statistics) >= 0);
        statistics_free(&statistics);
        ask(s);
        return 0;
}
