/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Converts, once, ids of headsets and devices in a database from before version 0.2. They were made without the secret, so that
 * a reader of the file could have found the address or serial number.
 */

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "daemon/history/store-internal.h"

#define RENEWED "ids"

static bool is_mark(const char *text) {
        for (size_t i = 0; i < MARK_SIZE - 1; i++)
                if (!isdigit((unsigned char) text[i]) && (text[i] < 'a' || text[i] > 'f'))
                        return false;
        return true;
}

/* "wh_1000xm4_3f2a1c" and "054c:0d58-3f2a1c": the mark is at the end, after a separator. */
static void renew(sqlite3_context *context, int n, sqlite3_value **values) {
        const struct mark_key *key = sqlite3_user_data(context);
        const char *text = n == 1 ? (const char *) sqlite3_value_text(values[0]) : NULL;
        size_t len = text ? strlen(text) : 0, before = len > MARK_SIZE ? len - (MARK_SIZE - 1) : 0;
        char mark[MARK_SIZE], renewed[256];

        if (before == 0 || len >= sizeof(renewed) || !strchr("_-", text[before - 1]) || !is_mark(text + before)) {
                sqlite3_result_value(context, values[0]);
                return;
        }
        mark_renew(key, text + before, mark);
        snprintf(renewed, sizeof(renewed), "%.*s%s", (int) before, text, mark);
        sqlite3_result_text(context, renewed, -1, SQLITE_TRANSIENT);
}

int store_renew_ids(struct store *s) {
        int r;

        if (!s->key.has_secret || store_number(s, "SELECT count(*) FROM disk.note WHERE name = '" RENEWED "'", 0) > 0)
                return SQLITE_OK;
        r = sqlite3_create_function_v2(s->db, "renew", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, &s->key, renew, NULL, NULL, NULL);
        if (r == SQLITE_OK)
                r = store_run(s, "BEGIN IMMEDIATE");
        if (r != SQLITE_OK)
                return r;
        r = store_run(s, "UPDATE disk.session SET headset = renew(headset), device = renew(device);"
                         "INSERT OR REPLACE INTO disk.note VALUES ('" RENEWED "', 'secret')");
        if (r == SQLITE_OK)
                r = store_run(s, "COMMIT");
        if (r != SQLITE_OK)
                (void) store_run(s, "ROLLBACK");
        return r;
}
