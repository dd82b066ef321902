/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads sessions. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/finding-json.h"
#include "daemon/history/store-internal.h"

/* Writes the conditions of a query; the values are bound by name. */
static void write_conditions(const struct query *q, char *buf, size_t size) {
        /* An id is the model and seven more characters. */
        static const char of_headset[] = " AND (substr(headset, 1, length(:headset)) = :headset OR (headset != '' AND "
                                         "replace(substr(headset, 1, length(headset) - 7), '_', '') = :model))";

        snprintf(buf, size, "%s%s%s%s%s%s%s%s%s%s%s%s", q->headset[0] ? of_headset : "", q->port[0] ? " AND port = :port" : "",
                 q->cable[0] ? " AND cable = :cable" : "", q->since > 0 ? " AND (end = 0 OR end >= :since)" : "",
                 q->until > 0 ? " AND start <= :until" : "", q->before > 0 ? " AND id < :before" : "",
                 q->id > 0 ? " AND id = :id" : "", q->others ? "" : " AND (headset_seen OR headset != '' OR device = '')",
                 q->ended ? " AND ended != 0" : "", q->open ? " AND ended = 0" : "",
                 q->nameless ? " AND (failed OR port_id GLOB 'typec_*') AND device = '' AND model = ''" : "",
                 q->named ? " AND headset != ''" : "");
}

static void bind_name_text(sqlite3_stmt *statement, const char *name, const char *text) {
        int i = sqlite3_bind_parameter_index(statement, name);

        if (i > 0)
                (void) sqlite3_bind_text(statement, i, text, -1, SQLITE_STATIC);
}

static void bind_name_number(sqlite3_stmt *statement, const char *name, uint64_t n) {
        int i = sqlite3_bind_parameter_index(statement, name);

        if (i > 0)
                (void) sqlite3_bind_int64(statement, i, n <= INT64_MAX ? (int64_t) n : INT64_MAX);
}

static void bind_conditions(sqlite3_stmt *statement, const struct query *q) {
        bind_name_text(statement, ":headset", q->headset);
        bind_name_text(statement, ":model", q->model);
        bind_name_text(statement, ":port", q->port);
        bind_name_text(statement, ":cable", q->cable);
        bind_name_number(statement, ":since", q->since);
        bind_name_number(statement, ":until", q->until);
        bind_name_number(statement, ":before", (uint64_t) q->before);
        bind_name_number(statement, ":id", (uint64_t) q->id);
        bind_name_number(statement, ":limit", q->limit > 0 ? q->limit : UINT32_MAX);
}

static void take_text(sqlite3_stmt *statement, int *i, char *buf, size_t size) {
        const char *text = (const char *) sqlite3_column_text(statement, (*i)++);

        snprintf(buf, size, "%s", text ? text : "");
}

static uint64_t take_number(sqlite3_stmt *statement, int *i) {
        int64_t n = sqlite3_column_int64(statement, (*i)++);

        return n > 0 ? (uint64_t) n : 0;
}

static uint32_t take_count(sqlite3_stmt *statement, int *i) {
        uint64_t n = take_number(statement, i);

        return n <= UINT32_MAX ? (uint32_t) n : UINT32_MAX;
}

static void take_session(sqlite3_stmt *statement, int *i, struct session *s) {
        bool *const flags[] = { &s->headset,      &s->guessed, &s->failed,      &s->unstable,
                                &s->over_current, &s->excused, &s->before_start };
        uint32_t *const counts[] = { &s->tries,         &s->failed_tries, &s->errors, &s->failures, &s->resets,
                                     &s->over_currents, &s->drops,        &s->emi,    &s->debounce };

        for (size_t n = 0; n < sizeof(flags) / sizeof(flags[0]); n++)
                *flags[n] = take_number(statement, i) != 0;
        for (size_t n = 0; n < sizeof(counts) / sizeof(counts[0]); n++)
                *counts[n] = take_count(statement, i);
        s->enumeration_usec = take_number(statement, i);
        s->slept_usec = take_number(statement, i);
        s->suspended_ms = take_number(statement, i);
        s->offered_ma = take_count(statement, i);
}

/* Columns are in the order of STORE_COLUMNS. The content of the file is not trusted. */
static void take_row(sqlite3_stmt *statement, struct row *row) {
        struct session *s = &row->s;
        uint64_t ended;
        int i = 0;

        *row = (struct row){ .id = sqlite3_column_int64(statement, i++) };
        s->number = 1;
        take_text(statement, &i, row->boot, sizeof(row->boot));
        take_text(statement, &i, row->headset, sizeof(row->headset));
        take_text(statement, &i, s->model, sizeof(s->model));
        take_text(statement, &i, s->device, sizeof(s->device));
        take_text(statement, &i, s->port, sizeof(s->port));
        take_text(statement, &i, row->port, sizeof(row->port));
        take_text(statement, &i, row->place, sizeof(row->place));
        row->path = (const char *) sqlite3_column_text(statement, i++);
        take_text(statement, &i, s->cable, sizeof(s->cable));
        row->start = take_number(statement, &i);
        row->end = take_number(statement, &i);
        row->seen = take_number(statement, &i);
        row->started = take_number(statement, &i);
        row->lasted = take_number(statement, &i);
        s->partner = strncmp(row->port, "typec_", 6) == 0;
        ended = take_number(statement, &i);
        s->ended = ended < _SESSION_END_MAX ? (enum session_end) ended : SESSION_LOST;
        i++; /* outcome: for people who inspect the file */
        take_session(statement, &i, s);
        row->findings = (const char *) sqlite3_column_text(statement, i);
        /* The duration comes from the clock of the boot, because the wall clock may have been set. */
        s->start = (struct moment){ .at = row->started + 1, .wall = row->start };
        s->end = (struct moment){ .at = row->started + 1 + row->lasted, .wall = row->end };
}

/* Returns an SQLite result, SQLITE_DONE on success. *ret_n is the number of rows that were passed on. */
static int try_rows(struct store *s, const char *sql, const struct query *q, store_each *each, void *userdata, unsigned *ret_n) {
        sqlite3_stmt *statement = NULL;
        struct row row;
        int r = sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL);

        *ret_n = 0;
        if (r == SQLITE_OK)
                bind_conditions(statement, q);
        while (r == SQLITE_OK && (r = sqlite3_step(statement)) == SQLITE_ROW) {
                take_row(statement, &row);
                (*ret_n)++;
                r = each(userdata, &row) ? SQLITE_OK : SQLITE_DONE;
        }
        sqlite3_finalize(statement);
        return r;
}

static int read_rows(struct store *s, const char *sql, const struct query *q, store_each *each, void *userdata) {
        unsigned n;
        int r = try_rows(s, sql, q, each, userdata, &n);

        if (store_is_damage(r)) {
                store_degrade(s, "is damaged");
                store_suspect(s);
        } else if (r != SQLITE_DONE && r != SQLITE_NOMEM && n == 0 && store_read_alone(s, r)) {
                store_make_view(s);
                r = try_rows(s, sql, q, each, userdata, &n);
        }
        return r == SQLITE_DONE ? 0 : r == SQLITE_NOMEM ? -ENOMEM : -EIO;
}

int store_read(struct store *s, const struct query *q, store_each *each, void *userdata) {
        char conditions[768], sql[1700];

        write_conditions(q, conditions, sizeof(conditions));
        snprintf(sql, sizeof(sql), "SELECT " STORE_COLUMNS " FROM temp.every WHERE 1%s ORDER BY id DESC LIMIT :limit",
                 conditions);
        return read_rows(s, sql, q, each, userdata);
}

int store_read_statistics(struct store *s, uint32_t limit, store_each *each, void *userdata) {
        struct query q = { .limit = limit };

        return read_rows(s,
                         "SELECT * FROM (SELECT " STORE_COLUMNS
                         " FROM temp.every WHERE ended != 0 ORDER BY id DESC LIMIT :limit) ORDER BY id",
                         &q, each, userdata);
}

struct json_object *store_health(struct store *s, const struct query *q, const char *of) {
        struct json_object *list = json_object_new_array();
        char conditions[768], sql[1700];
        sqlite3_stmt *statement = NULL;

        write_conditions(q, conditions, sizeof(conditions));
        /* A Type-C port that only supplies power does not show how charging went. */
        if (strcmp(of, "port") == 0)
                strcat(conditions, " AND port_id NOT GLOB 'typec_*'");
        snprintf(sql, sizeof(sql),
                 "SELECT %s, model, port_id, place, count(*), sum(outcome = 1), sum(outcome = 2), sum(outcome = 3), max(start), "
                 "max(CASE WHEN outcome > 1 THEN start END), id, max(id) FROM temp.every WHERE %s != ''%s GROUP BY 1 ORDER BY 9 "
                 "DESC "
                 "LIMIT 100",
                 of, of, conditions);
        if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK)
                bind_conditions(statement, q);
        while (statement && sqlite3_step(statement) == SQLITE_ROW) {
                static const char *const texts[] = { NULL, "model", "port", "place" };
                static const char *const counts[] = { "sessions", "good", "shaky", "bad" };
                struct json_object *o = json_object_new_object();

                for (int i = 0; i < 4; i++)
                        json_object_object_add(o, i == 0 ? strcmp(of, "port") == 0 ? "port_key" : of : texts[i],
                                               json_text_or_null((const char *) sqlite3_column_text(statement, i)));
                for (int i = 0; i < 4; i++)
                        json_object_object_add(o, counts[i], json_object_new_int64(sqlite3_column_int64(statement, 4 + i)));
                json_object_object_add(o, "newest", json_number_or_null((uint64_t) sqlite3_column_int64(statement, 8)));
                json_object_object_add(o, "newest_trouble", json_number_or_null((uint64_t) sqlite3_column_int64(statement, 9)));
                json_object_array_add(list, o);
        }
        sqlite3_finalize(statement);
        return list;
}
