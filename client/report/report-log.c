/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Log: the kernel's lines about USB, from the journal.
 */
#include <errno.h>
#include <string.h>
#include <systemd/sd-journal.h>

#include "common/cleanup.h"
#include "kernel-log/message.h"
#include "client/report/report.h"
#include "common/text.h"
#include "common/language.h"

/* A plug causes five to twenty lines. Nobody reads more than this. */
#define LINES_MAX 150
/* A computer with a busy log has this many kernel records a day. Reading more takes too long. */
#define RECORDS_MAX 50000

bool report_shows_line(const char *text, size_t len) {
        struct event e;

        if (!kernel_message_parse(text, len, &e))
                return false;
        /* Messages of drivers may have any content, for example a hardware address. */
        return e.u.kernel.message != KERNEL_PRODUCT && e.u.kernel.message != KERNEL_MANUFACTURER &&
               e.u.kernel.message != KERNEL_SERIAL && e.u.kernel.message != KERNEL_DRIVER;
}

static int open_kernel_journal(sd_journal **ret) {
        char match[80] = "_BOOT_ID=";
        sd_id128_t boot;

        int r = sd_journal_open(ret, SD_JOURNAL_LOCAL_ONLY | SD_JOURNAL_SYSTEM);
        if (r >= 0)
                r = sd_journal_add_match(*ret, "_TRANSPORT=kernel", 0);
        if (r >= 0)
                r = sd_id128_get_boot(&boot);
        if (r < 0)
                return r;
        sd_id128_to_string(boot, match + strlen(match));
        r = sd_journal_add_match(*ret, match, 0);
        return r < 0 ? r : sd_journal_seek_tail(*ret);
}

static struct json_object *line_new(uint64_t at, const char *text, size_t len) {
        struct json_object *o = json_object_new_object();
        char safe[512];

        text_make_safe(safe, sizeof safe, text, len);
        json_object_object_add(o, "at", json_object_new_uint64(at));
        json_object_object_add(o, "text", json_object_new_string(safe));
        return o;
}

/* Returns the current record of the journal, or NULL if it must not be shown. */
static struct json_object *read_record(sd_journal *j) {
        static const char key[] = "MESSAGE=";
        const size_t key_len = sizeof key - 1;
        const void *data;
        uint64_t at = 0;
        size_t len;

        if (sd_journal_get_data(j, "MESSAGE", &data, &len) < 0 || len < key_len)
                return NULL;
        (void) sd_journal_get_realtime_usec(j, &at);
        const char *text = (const char *) data + key_len;
        return report_shows_line(text, len - key_len) ? line_new(at, text, len - key_len) : NULL;
}

static void reverse(struct json_object *list) {
        size_t n = json_object_array_length(list);

        for (size_t i = 0; i < n / 2; i++) {
                struct json_object *a = json_object_get(json_object_array_get_idx(list, i));
                struct json_object *b = json_object_get(json_object_array_get_idx(list, n - 1 - i));

                json_object_array_put_idx(list, i, b);
                json_object_array_put_idx(list, n - 1 - i, a);
        }
}

struct json_object *report_kernel_lines(const char **ret_missing) {
        struct json_object *list = json_object_new_array();
        _cleanup_(sd_journal_closep) sd_journal *j = NULL;
        size_t records = 0, n = 0;
        int r = open_kernel_journal(&j);

        while (r >= 0 && n < LINES_MAX && records < RECORDS_MAX && sd_journal_previous(j) > 0) {
                struct json_object *line = read_record(j);

                records++;
                if (line)
                        json_object_array_add(list, line);
                n += line != NULL;
        }
        reverse(list);
        *ret_missing = records > 0
                               ? NULL
                               : _("No journal with the kernel's messages can be read by this user; with sudo, or as a member "
                                   "of the group "
                                   "systemd-journal, they are in the report.");
        return list;
}
