/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Data in addition to the row of a session: battery levels and a person's answers. */

#include <stdio.h>
#include <string.h>

#include "common/finding-json.h"
#include "daemon/history/store-internal.h"

#define SCHEMAS 2
static const char *const schemas[SCHEMAS] = { "disk", "main" };

static void put_point(sqlite3_stmt *statement, int64_t session, const struct level_point *p) {
        (void) sqlite3_reset(statement);
        (void) sqlite3_bind_int64(statement, 1, session);
        (void) sqlite3_bind_int64(statement, 2, p->at <= INT64_MAX ? (int64_t) p->at : INT64_MAX);
        (void) sqlite3_bind_int(statement, 3, p->level);
        (void) sqlite3_bind_text(statement, 4, p->charging, -1, SQLITE_STATIC);
        (void) sqlite3_bind_text(statement, 5, p->source, -1, SQLITE_STATIC);
        (void) sqlite3_step(statement);
}

static void answers_name(int64_t session, char buf[static 40]) {
        snprintf(buf, 40, "told:%lld", (long long) session);
}

static void put_answers(struct store *s, const struct row *row) {
        char name[40];

        if (!row->answers)
                return;
        answers_name(row->id, name);
        store_put_note(s, name, row->answers);
}

void store_put_battery_and_answers(struct store *s, const struct row *row) {
        sqlite3_stmt *statement = NULL;

        put_answers(s, row);
        if (row->n_levels == 0)
                return;
        if (sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO main.battery VALUES (?,?,?,?,?)", -1, &statement, NULL) ==
            SQLITE_OK)
                for (size_t i = 0; i < row->n_levels; i++)
                        put_point(statement, row->id, &row->levels[i]);
        sqlite3_finalize(statement);
}

/* The content of the file is not trusted. */
static struct json_object *point_to_json(sqlite3_stmt *statement) {
        int64_t at = sqlite3_column_int64(statement, 0), level = sqlite3_column_int64(statement, 1);
        const char *charging = (const char *) sqlite3_column_text(statement, 2);
        struct json_object *o;

        if (at <= 0 || level < 0 || level > 100)
                return NULL;
        o = json_object_new_object();
        json_object_object_add(o, "at", json_object_new_int64(at));
        json_object_object_add(o, "level", json_object_new_int64(level));
        json_object_object_add(o, "charging", json_object_new_string(charging ? charging : "unknown"));
        return o;
}

struct json_object *store_levels(struct store *s, int64_t session) {
        struct json_object *list = json_object_new_array_ext(0);

        for (size_t i = 0; i < SCHEMAS; i++) {
                sqlite3_stmt *statement = NULL;
                char sql[120];

                snprintf(sql, sizeof(sql), "SELECT at, level, charging FROM %s.battery WHERE session = ?1 ORDER BY at",
                         schemas[i]);
                if (sqlite3_prepare_v2(s->db, sql, -1, &statement, NULL) == SQLITE_OK)
                        (void) sqlite3_bind_int64(statement, 1, session);
                while (statement && sqlite3_step(statement) == SQLITE_ROW) {
                        struct json_object *o = point_to_json(statement);

                        if (o)
                                json_object_array_add(list, o);
                }
                sqlite3_finalize(statement);
        }
        return list;
}

struct json_object *store_answers(struct store *s, int64_t session) {
        struct json_object *o;
        char name[40], text[1024];

        answers_name(session, name);
        store_get_note(s, name, text, sizeof(text));
        o = text[0] ? json_tokener_parse(text) : NULL;
        if (o && !json_object_is_type(o, json_type_object)) {
                json_object_put(o);
                o = NULL;
        }
        return o;
}
