/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/kernel-log.h"

#include <stdlib.h>
#include <string.h>

#include "kernel-log/markup.h"
#include "kernel-log/message.h"
#include "kernel-log/plain.h"
#include "common/text.h"

/* Records that were joined to one line are at most this far apart. A device string cannot imitate this, because it does not know
 * the kernel's clock. */
#define JOINED_USEC (10 * MINUTE)

/* One message of a line, before it is interpreted. */
struct piece {
        struct log_scan scan;
        const char *end; /* end of the message; the rest of the line begins here */
        enum message_match match;
        struct event event;
};

static void begin_boot(struct kernel_log *l) {
        struct event e = { .type = EVENT_BOOT, .time = l->now };

        repeats_forget(&l->repeats);
        l->emit(l->userdata, &e);
}

static void emit_message(struct kernel_log *l, const struct log_scan *scan, struct event *e, const char *text, size_t len) {
        l->messages++;
        if (repeats_note(&l->repeats, scan, e, text, len))
                return;
        e->time = l->now;
        e->u.kernel.log_usec = !scan->has_uptime ? 0 : scan->uptime.usec > 0 ? scan->uptime.usec : 1;
        l->emit(l->userdata, e);
}

/* The next line did not continue the message. */
static void close_unfinished(struct kernel_log *l) {
        struct unfinished *u = &l->unfinished;

        if (u->pending && u->known)
                emit_message(l, &u->scan, &u->event, u->text, u->len);
        u->pending = false;
}

static void keep_unfinished(struct kernel_log *l, const struct piece *p, const char *text, size_t len) {
        struct unfinished *u = &l->unfinished;

        u->pending = true;
        u->known = p->match == MESSAGE_PART;
        u->event = p->event;
        u->scan = p->scan;
        while (len > 0 && text[len - 1] == ' ')
                len--;
        u->len = len < sizeof u->text ? len : sizeof u->text;
        memcpy(u->text, text, u->len);
}

/* Returns true when the rest of the message may be on the next line. */
static bool may_be_begun(const char *text, size_t len) {
        return len <= 24 || kernel_message_begins(text, text + len);
}

/* Returns true when the line continues the previous message. A line that is a message by itself does not. */
static bool goes_on(struct kernel_log *l, const struct log_scan *scan, const char *end) {
        struct unfinished *u = &l->unfinished;
        struct event e = {};
        enum message_match match;
        size_t space = u->len > 0, n = (size_t) (end - scan->text) + space;

        /* A line may end with a timestamp whose message is on the next line. */
        if (scan->kind != LOG_SCAN_BARE || scan->text == end || (u->len > 0 && kernel_message_begins(scan->text, end)) ||
            u->len + n > sizeof u->text)
                return false;
        u->text[u->len] = ' ';
        memcpy(u->text + u->len + space, scan->text, n - space);
        match = kernel_message_match(u->text, u->len + n, &e);
        if ((match == MESSAGE_NONE && (u->known || !may_be_begun(u->text, u->len + n))) ||
            (match == MESSAGE_PART && u->known && u->event.u.kernel.message != e.u.kernel.message))
                return false;
        u->len += n;
        if (match == MESSAGE_PART || match == MESSAGE_WHOLE) {
                u->event = e;
                u->known = true;
        }
        if (match >= MESSAGE_OTHER)
                close_unfinished(l);
        return true;
}

/* Returns true when the message contains a device string, which may imitate anything. */
static bool is_device_text(const char *s, const char *end) {
        static const char *const words[] = { ": Product: ", ": Manufacturer: ", ": SerialNumber: ", "input: ", "scsi ", "hid",
                                             "sd " };

        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
                if (memmem(s, (size_t) (end - s), words[i], strlen(words[i])))
                        return true;
        return false;
}

/* `first`: there is no sign yet that the line was joined. Later the time may also fall, because of another boot. */
static bool is_next_stamp(const struct log_scan *own, const struct log_scan *other, const char *end, bool first) {
        if (own->has_uptime != other->has_uptime || own->has_outer != other->has_outer || other->kind == LOG_SCAN_NOTHING)
                return false;
        if (own->has_outer && own->outer.kind != other->outer.kind && other->outer.kind != STAMP_DELTA)
                return false;
        if (!own->has_uptime)
                return true;
        if (other->uptime.usec + SECOND < own->uptime.usec)
                return !first && other->kind == LOG_SCAN_KERNEL && kernel_message_begins(other->text, end);
        return !first || other->uptime.usec <= own->uptime.usec + JOINED_USEC;
}

/* Returns true for a log that was reflowed to a paragraph: many of its lines contain parts of more than one record. */
static bool is_paragraph(const struct kernel_log *l) {
        return l->joined >= 2 && l->joined * 3 >= l->lines;
}

/* Returns the beginning of the next record on the same line, or `end`. */
static const char *find_joined(struct kernel_log *l, const struct log_scan *own, const char *end, bool first) {
        const char *text = own->text;

        if ((!own->has_uptime && !own->has_outer) || end - text < 24)
                return end;
        for (const char *s = text + 1; s < end; s++) {
                struct log_scan other;

                s = own->kind == LOG_SCAN_KERNEL && (!own->has_outer || *own->begin == '[' || *own->begin == '<')
                            ? memchr(s, '[', (size_t) (end - s))
                            : memchr(s, ' ', (size_t) (end - s));
                if (!s)
                        return end;
                if (*s == ' ' && (s + 1 == end || s[1] != *own->begin))
                        continue;
                log_line_scan(&l->state, *s == ' ' ? s + 1 : s, (size_t) (end - s) - (*s == ' '), &other);
                if (!is_next_stamp(own, &other, end, first))
                        continue;
                return first && !is_paragraph(l) && is_device_text(text, s) ? end : s;
        }
        return end;
}

/* The line begins with the end of a message, followed by the next record. */
static const char *find_after_wrap(struct kernel_log *l, const struct log_scan *scan, const char *end) {
        struct log_scan own = l->newest;

        if (own.kind != LOG_SCAN_KERNEL ||
            (kernel_message_begins(scan->text, end) && (!l->unfinished.pending || l->unfinished.len > 0)) ||
            (l->newest_is_device_text && !is_paragraph(l)))
                return end;
        own.begin = l->newest_begin;
        own.text = scan->text;
        return find_joined(l, &own, end, !is_paragraph(l));
}

/* Parses the first message of the line. */
static void read_piece(struct kernel_log *l, const char *s, const char *end, bool first, struct piece *ret) {
        log_line_scan(&l->state, s, (size_t) (end - s), &ret->scan);
        if (!first)
                ret->scan.numbered = true;
        while (end > s && (end[-1] == '\r' || end[-1] == '\n'))
                end--;
        ret->end = end;
        ret->match = MESSAGE_NONE;
        if (ret->scan.kind != LOG_SCAN_KERNEL && ret->scan.kind != LOG_SCAN_BARE)
                return;
        if (ret->scan.kind == LOG_SCAN_KERNEL && end - ret->scan.text >= 48)
                ret->end = find_joined(l, &ret->scan, end, first);
        else if (ret->scan.kind == LOG_SCAN_BARE && l->state.prefixed)
                ret->end = find_after_wrap(l, &ret->scan, end);
        ret->match = kernel_message_match(ret->scan.text, (size_t) (ret->end - ret->scan.text), &ret->event);
}

/* A line without a prefix may be the message of any driver ("ucsi_acpi USBC000:00: ..."): text with a colon near the
 * beginning. */
static bool looks_like_message(const char *text, const char *end) {
        size_t n = end - text < 64 ? (size_t) (end - text) : 64;

        if (n < 8 || !memmem(text, n, ": ", 2))
                return false;
        for (size_t i = 0; i < n; i++)
                if ((unsigned char) text[i] < ' ' || text[i] == 0x7f)
                        return false;
        return true;
}

static bool is_string(enum kernel_message m) {
        return m == KERNEL_PRODUCT || m == KERNEL_MANUFACTURER || m == KERNEL_SERIAL || m == KERNEL_DRIVER;
}

static void take_piece(struct kernel_log *l, const struct piece *p) {
        struct event e = p->event;
        struct log_line line;

        if (l->unfinished.pending && (p->match == MESSAGE_NONE || l->unfinished.len == 0) && goes_on(l, &p->scan, p->end))
                return;
        close_unfinished(l);
        log_line_take(&l->state, &p->scan, p->end, &line);
        l->now = line.time;
        if (line.new_boot || line.kind == LOG_LINE_BOOT)
                begin_boot(l);
        if (l->state.prefixed || (line.kind == LOG_LINE_KERNEL &&
                                  (p->match != MESSAGE_NONE || (l->records == 0 && looks_like_message(line.text, p->end)))))
                l->records++;
        if (line.kind != LOG_LINE_KERNEL)
                return;
        if (p->scan.kind == LOG_SCAN_KERNEL) {
                l->newest = p->scan;
                l->newest_begin[0] = *p->scan.begin;
                l->newest_is_device_text =
                        p->match == MESSAGE_NONE ? is_device_text(line.text, p->end) : is_string(p->event.u.kernel.message);
        }
        if (p->match == MESSAGE_WHOLE)
                emit_message(l, &p->scan, &e, line.text, line.len);
        else if (p->match == MESSAGE_PART || (p->match == MESSAGE_NONE && may_be_begun(line.text, line.len)))
                keep_unfinished(l, p, line.text, line.len);
}

static bool make_room(struct kernel_log *l, size_t len) {
        char *grown;

        if (l->scratch_size >= len)
                return true;
        grown = realloc(l->scratch, len + 256);
        if (!grown)
                return false;
        l->scratch = grown;
        l->scratch_size = len + 256;
        return true;
}

/* Returns true when the line may contain anything useful. */
static bool names_usb(const char *line, size_t len) {
        static const char *const words[] = { "usb", "hub", "hc", "ucsi", "PM:", "oltage", "Linux version" };

        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
                if (memmem(line, len, words[i], strlen(words[i])))
                        return true;
        return false;
}

/* Returns true when the line gives more without its markup. All lines of the log are then cleaned. */
static bool is_better_without_markup(struct kernel_log *l, const char *line, size_t len, const struct piece *p) {
        struct piece cleaned;
        size_t n;

        if (p->match >= MESSAGE_OTHER || !log_markup_suspect(line, len) || !names_usb(line, len) || !make_room(l, len))
                return false;
        n = log_markup_strip(line, len, l->scratch);
        read_piece(l, l->scratch, l->scratch + n, true, &cleaned);
        return cleaned.match > p->match ||
               (cleaned.scan.kind == LOG_SCAN_KERNEL && cleaned.scan.has_uptime && p->scan.kind != LOG_SCAN_KERNEL);
}

static void take_text(struct kernel_log *l, const char *line, size_t len) {
        const char *s = line, *end = line + len;
        bool first = true;
        struct piece p;

        while (end > s && (end[-1] == '\r' || end[-1] == '\n'))
                end--;
        len = (size_t) (end - s);
        if (!l->marked) {
                read_piece(l, s, end, true, &p);
                l->marked = is_better_without_markup(l, line, len, &p);
        }
        if (l->marked && make_room(l, len)) {
                end = l->scratch + log_markup_strip(line, len, l->scratch);
                s = l->scratch;
                read_piece(l, s, end, true, &p);
        }
        for (;;) {
                take_piece(l, &p);
                if (p.end >= end || p.end <= s)
                        return;
                l->joined += first;
                s = p.end;
                first = false;
                read_piece(l, s, end, first, &p);
        }
}

static void take_record(struct kernel_log *l, const struct journal_record *r) {
        const char *text = r->message, *end = text + r->message_len;
        struct piece p = { .scan = { .kind = LOG_SCAN_KERNEL,
                                     .outer = r->real,
                                     .has_outer = r->real.kind != STAMP_NONE,
                                     .uptime = r->uptime,
                                     .has_uptime = r->uptime.kind != STAMP_NONE,
                                     .tagged = true,
                                     .begin = text,
                                     .text = text },
                           .end = end };

        l->records++;
        if (!r->from_kernel)
                return;
        if (l->boot_id[0] != '\0' && r->boot_id[0] != '\0' && strcmp(l->boot_id, r->boot_id) != 0)
                begin_boot(l);
        memcpy(l->boot_id, r->boot_id, sizeof l->boot_id);
        p.match = kernel_message_match(text, r->message_len, &p.event);
        take_piece(l, &p);
        l->records--; /* it was counted twice */
}

/* Handles a message of a device or port that is exactly as the kernel wrote it. */
static bool take_plain(struct kernel_log *l, const char *text, const char *end, uint64_t usec) {
        struct log_scan scan;
        enum message_match match;
        struct event e;

        if (end - text < 24 || memcmp(text, "usb ", 4) != 0)
                return false;
        match = kernel_message_match(text, (size_t) (end - text), &e);
        if (match < MESSAGE_OTHER)
                return false;
        close_unfinished(l);
        if (!log_clock_advance_uptime(&l->state.clock, usec))
                return false;
        l->now = l->state.clock.now;
        if (match == MESSAGE_WHOLE) {
                scan.has_uptime = true;
                scan.has_outer = false;
                scan.uptime.usec = usec;
                emit_message(l, &scan, &e, text, (size_t) (end - text));
        }
        l->newest_is_device_text = match == MESSAGE_OTHER || is_string(e.u.kernel.message);
        return true;
}

static bool pass_over_plain(struct kernel_log *l, const char *text, const char *end, uint64_t usec) {
        if (l->unfinished.pending || !plain_is_of_no_use(text, end) || !log_clock_advance_uptime(&l->state.clock, usec))
                return false;
        l->now = l->state.clock.now;
        l->newest_is_device_text = *text == 'i' || *text == 's' || *text == 'h'; /* input, scsi, sd, hid */
        return true;
}

/* A fast path: most lines of a log are plain dmesg output and not about USB, so they need no closer look. */
static bool read_quickly(struct kernel_log *l, const char *line, size_t len) {
        const char *end = line + len, *text;
        uint64_t usec;

        if (len < 16 || *line != '[' || l->marked || l->journal.form != JOURNAL_NO_FORM || !l->state.prefixed ||
            l->state.prefix_indent != 0)
                return false;
        if (end[-1] == '\r')
                end--;
        text = plain_stamp(line, end, &usec);
        if (!text || plain_may_be_joined(text, end) || (!take_plain(l, text, end, usec) && !pass_over_plain(l, text, end, usec)))
                return false;
        l->records++;
        l->newest.uptime.usec = usec;
        return true;
}

static void take_line(struct kernel_log *l, const char *line, size_t len) {
        struct journal_record record;

        if (read_quickly(l, line, len))
                return;
        switch (journal_read(&l->journal, line, len, &record)) {
        case JOURNAL_RECORD:
                take_record(l, &record);
                return;
        case JOURNAL_LINE:
                take_text(l, record.message, record.message_len);
                return;
        case JOURNAL_TAKEN:
                return;
        default:
                take_text(l, line, len);
        }
}

static bool has_stamp(const struct log_scan *scan) {
        return (scan->kind == LOG_SCAN_KERNEL || scan->kind == LOG_SCAN_FOREIGN) && (scan->has_uptime || scan->has_outer);
}

/* What looks like the number of a line, or like the name of a console, is the end of a message when other lines have none: "port
 * 2 [   12.500000] ...". */
static bool begins_record(const struct log_scan *scan, const struct log_scan *before) {
        return has_stamp(scan) &&
               (!has_stamp(before) || (scan->numbered == before->numbered && scan->collected == before->collected));
}

/* Returns where the record after the first one begins, or `end`. A line without a timestamp goes on with the record `before`. */
static const char *find_next_record(struct kernel_log *l, const char *s, const char *end, bool first, struct log_scan *before) {
        struct log_scan own;

        log_line_scan(&l->state, s, (size_t) (end - s), &own);
        if (begins_record(&own, before)) {
                if (!own.text)
                        own.text = own.begin;
                *before = own;
        } else {
                own = *before;
                own.text = s;
        }
        return find_joined(l, &own, end, first);
}

/* Takes the complete records of a filled log. The newest one may go on in the next line. */
static void take_joined(struct kernel_log *l, bool last) {
        struct reflow *r = &l->reflow;
        const char *s = r->text, *end;
        struct log_scan scan = {};

        if (r->len == 0)
                return;
        end = s + r->len;
        while (s < end) {
                const char *next = find_next_record(l, s, end, false, &scan);

                if (next == end && !last && end - s <= 4 * KERNEL_LOG_TEXT_MAX)
                        break;
                take_text(l, s, (size_t) (next - s));
                for (s = next; s < end && *s == ' '; s++)
                        ;
        }
        reflow_drop(r, (size_t) (s - r->text));
}

static void join_line(struct kernel_log *l, const char *line, size_t len) {
        size_t before = l->reflow.len;

        if (!reflow_join(&l->reflow, line, len))
                take_line(l, line, len);
        else
                /* An empty line ends the log or one of its parts. */
                take_joined(l, l->reflow.len == before);
}

/* The kept lines show what the log is. */
static void decide(struct kernel_log *l) {
        struct reflow head = l->reflow;
        size_t at = 0;

        l->reflow = (struct reflow){ .state = reflow_is_filled(&head) ? REFLOW_YES : REFLOW_NO };
        while (at < head.len) {
                const char *line = head.text + at;
                size_t len = (size_t) ((const char *) memchr(line, '\n', head.len - at) - line);

                if (l->reflow.state == REFLOW_YES)
                        join_line(l, line, len);
                else
                        take_line(l, line, len);
                at += len + 1;
        }
        reflow_done(&head);
}

/* The line may also end with the bracket of a timestamp, because there are spaces after it: "... [" and "12.500000] ...". */
static bool has_record_inside(struct kernel_log *l, const char *s, const char *end) {
        struct reflow *r = &l->reflow;
        bool inside = find_next_record(l, s, end, true, &r->newest) != end;

        /* The line will not be there any more. */
        r->newest_begin[0] = *r->newest.begin;
        r->newest.begin = r->newest_begin;
        return inside || (end - s > 2 && end[-1] == '[' && end[-2] == ' ');
}

/* Keeps the first lines that have timestamps. Returns false for a line that is to be read at once. */
static bool keep_first_lines(struct kernel_log *l, const char *line, size_t len) {
        struct reflow *r = &l->reflow;
        struct log_scan scan;
        bool begins;

        log_line_scan(&l->state, line, len, &scan);
        if (r->state == REFLOW_WAITS && !has_stamp(&scan))
                return false;
        r->state = REFLOW_UNDECIDED;
        if (len > KERNEL_LOG_TEXT_MAX || !reflow_keep(r, line, len)) {
                decide(l);
                return false;
        }
        begins = begins_record(&scan, &r->newest) || scan.kind == LOG_SCAN_NOTHING;
        if (scan.kind != LOG_SCAN_NOTHING && has_record_inside(l, line, line + len))
                r->inside++;
        else
                r->whole += begins;
        if (reflow_is_enough(r))
                decide(l);
        return true;
}

void kernel_log_line(struct kernel_log *l, const char *line, size_t len) {
        l->lines++;
        if (l->reflow.state < REFLOW_NO && keep_first_lines(l, line, len))
                return;
        if (l->reflow.state == REFLOW_YES)
                join_line(l, line, len);
        else
                take_line(l, line, len);
}

void kernel_log_end(struct kernel_log *l) {
        struct event e = { .type = EVENT_TICK };
        struct journal_record record;

        if (l->reflow.state == REFLOW_UNDECIDED)
                decide(l);
        take_joined(l, true);
        if (journal_read_end(&l->journal, &record) == JOURNAL_RECORD)
                take_record(l, &record);
        close_unfinished(l);
        e.time = l->now;
        l->emit(l->userdata, &e);
}

void kernel_log_done(struct kernel_log *l) {
        free(l->scratch);
        l->scratch = NULL;
        reflow_done(&l->reflow);
        journal_reader_done(&l->journal);
}
