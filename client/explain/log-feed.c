/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Log feed: from lines to events.
 */
#include "client/explain/log-feed.h"

#include <string.h>

#include "client/explain/journal-json.h"
#include "kernel-log/message.h"

/* Takes out colours ("\e[33m" of dmesg -L), in place. Returns the new length. */
static size_t strip_colors(char *line, size_t len) {
        char *out = memchr(line, '\x1b', len), *s = out, *end = line + len;

        while (s && s < end) {
                char *p = s;

                if (end - p >= 3 && p[0] == '\x1b' && p[1] == '[') {
                        p += 2;
                        while (p < end && ((*p >= '0' && *p <= '9') || *p == ';'))
                                p++;
                        if (p < end && *p == 'm') {
                                s = p + 1;
                                continue;
                        }
                }
                *out++ = *s++;
        }
        return out ? (size_t) (out - line) : len;
}

static void begin_boot(struct log_feed *f) {
        struct event e = { .type = EVENT_BOOT, .time = f->now };

        model_apply(f->model, &e);
}

static void feed_message(struct log_feed *f, const char *text, size_t len, uint64_t uptime) {
        struct event e;

        if (!kernel_message_parse(text, len, &e))
                return;
        f->records++;
        e.time = f->now;
        e.u.kernel.log_usec = uptime;
        model_apply(f->model, &e);
}

static void feed_json(struct log_feed *f, const char *line, size_t len) {
        struct journal_record record;

        if (!journal_json_parse(line, len, &record))
                return;
        f->records++;
        if (!record.from_kernel)
                return;
        if (log_clock_advance(&f->state.clock, record.real.kind ? &record.real : NULL,
                              record.uptime.kind ? &record.uptime : NULL) ||
            (f->boot_id[0] != '\0' && strcmp(f->boot_id, record.boot_id) != 0)) {
                f->now = f->state.clock.now;
                begin_boot(f);
        }
        f->now = f->state.clock.now;
        memcpy(f->boot_id, record.boot_id, sizeof f->boot_id);
        feed_message(f, record.message, record.message_len, record.uptime.usec);
}

/* A bare line may be the message of any driver ("ucsi_acpi USBC000:00: ..."): text with a colon early in it. */
static bool looks_like_message(const char *text, size_t len) {
        size_t n = len < 64 ? len : 64;

        if (n < 8 || !memmem(text, n, ": ", 2))
                return false;
        for (size_t i = 0; i < n; i++)
                if (text[i] < ' ' || text[i] == 0x7f)
                        return false;
        return true;
}

void log_feed_line(struct log_feed *f, char *line, size_t len) {
        struct log_line l;

        if (len > 0 && line[0] == '{') {
                feed_json(f, line, len);
                return;
        }
        len = strip_colors(line, len);
        log_line_parse(&f->state, line, len, &l);
        f->now = l.time;
        if (l.new_boot || l.kind == LOG_LINE_BOOT)
                begin_boot(f);
        if (f->state.prefixed || (l.kind == LOG_LINE_KERNEL && f->records == 0 && looks_like_message(l.text, l.len)))
                f->records++;
        if (l.kind == LOG_LINE_KERNEL)
                feed_message(f, l.text, l.len, l.uptime);
}

void log_feed_end(struct log_feed *f) {
        struct event e = { .type = EVENT_TICK, .time = f->now };

        model_apply(f->model, &e);
        model_close_log(f->model);
}
