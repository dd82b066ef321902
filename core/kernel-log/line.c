/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/line.h"

#include <string.h>

#include "kernel-log/message.h"
#include "common/text.h"

static bool is_one_of(char c, const char *set) {
        return c != '\0' && strchr(set, c);
}

static inline __attribute__((always_inline)) bool starts_with(const char *s, const char *end, const char *word) {
        size_t n = strlen(word);

        return (size_t) (end - s) >= n && memcmp(s, word, n) == 0;
}

static const char *skip_spaces(const char *s, const char *end) {
        while (s < end && *s == ' ')
                s++;
        return s;
}

/* Skips a byte-order mark, and the garbage that a crash leaves in a file. */
static const char *skip_junk(const struct log_reader_state *state, const char *s, const char *end) {
        if (!state->begun && starts_with(s, end, "\xef\xbb\xbf"))
                s += 3;
        while (s < end && *s == '\0')
                s++;
        return s;
}

/* Skips the "> " of quoted mail, also ">>" without a space. */
static const char *skip_quote(const char *s, const char *end) {
        while (end - s >= 2 && s[0] == '>' && (s[1] == ' ' || s[1] == '>' || s[1] == '['))
                s += s[1] == ' ' ? 2 : 1;
        return s;
}

/* "<6>" of the raw ring buffer, and of syslog on the wire (then "<6>1 " of RFC 5424 as well). Facility 0 is the kernel;
 * returns NULL when another one wrote it. */
static const char *skip_priority(const char *s, const char *end) {
        const char *p = s + 1;
        unsigned priority = 0;

        if (s == end || *s != '<')
                return s;
        for (; p < end && is_digit(*p) && p - s <= 3; p++)
                priority = priority * 10 + (unsigned) (*p - '0');
        if (p == end || p == s + 1 || *p != '>')
                return s;
        if (priority >= 8)
                return NULL;
        p++;
        return starts_with(p, end, "1 ") ? p + 2 : p;
}

static bool is_level(const char *s, size_t len) {
        static const char *const levels[] = { "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug" };

        for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
                if (strlen(levels[i]) == len && memcmp(s, levels[i], len) == 0)
                        return true;
        return false;
}

/* Skips a padded word of lower-case letters and ":". Returns the text after it, or NULL. */
static const char *skip_column(const char *s, const char *end, size_t *ret_len) {
        const char *p = s;

        while (p < end && p - s < 9 && ((*p >= 'a' && *p <= 'z') || is_digit(*p)))
                p++;
        *ret_len = (size_t) (p - s);
        p = skip_spaces(p, end);
        return p > s && p < end && *p == ':' ? p + 1 : NULL;
}

/* "kern  :info  : " of dmesg -x, "kern:    info: " of Talos. Returns NULL when another facility wrote it. */
static const char *skip_facility(const char *s, const char *end) {
        const char *level, *text;
        size_t facility_len, level_len;

        if (s == end || *s < 'a' || *s > 'z')
                return s;
        level = skip_column(s, end, &facility_len);
        level = level ? skip_spaces(level, end) : NULL;
        text = level ? skip_column(level, end, &level_len) : NULL;
        if (!text || !is_level(level, level_len))
                return s;
        return facility_len == 4 && memcmp(s, "kern", 4) == 0 ? skip_spaces(text, end) : NULL;
}

/* Skips what vendor kernels and consoles print between the kernel's timestamp and the message: "[ T2426]" and "[ C2]" (printk
 * caller), "(3)[34:kworker/3:1]" and "-(3)[...]" (MediaTek), "[2: kworker/2:1: 34]" (Samsung), "[I]", "[pid:34,cpu3]". */
static const char *skip_marks(const char *s, const char *end) {
        for (int i = 0; i < 4; i++) {
                const char *p = skip_spaces(s, end), *close;

                if (end - p >= 2 && *p == '-' && p[1] == '(')
                        p++;
                if (p == end || (*p != '[' && *p != '('))
                        return s;
                close = memchr(p, *p == '[' ? ']' : ')', end - p > 48 ? 48 : (size_t) (end - p));
                if (!close)
                        return s;
                s = close + 1;
        }
        return s;
}

/* Parses "[ 1234.567890] ", with anything that dmesg can print between the brackets. Returns the text after the bracket, or
 * NULL. */
static const char *read_bracket(const char *s, const char *end, struct stamp *ret) {
        const char *close;

        if (s == end || *s != '[')
                return NULL;
        close = memchr(s, ']', end - s > 64 ? 64 : (size_t) (end - s));
        if (!close || !stamp_read_bracket(s + 1, (size_t) (close - s - 1), ret))
                return NULL;
        return close + 1;
}

/* "6,1709,32313350280,-,caller=T12;text". Facility 0 is the kernel (ABI/testing/dev-kmsg). */
static bool scan_kmsg(const char *s, const char *end, struct log_scan *ret) {
        uint64_t field[3] = {};
        const char *text;

        for (int i = 0; i < 3; i++) {
                const char *begin = s;

                for (; s < end && is_digit(*s) && s - begin < 18; s++)
                        field[i] = field[i] * 10 + (uint64_t) (*s - '0');
                if (s == begin || s == end || *s != ',')
                        return false;
                s++;
        }
        ret->uptime = (struct stamp){ .kind = STAMP_UPTIME, .usec = field[2] };
        ret->has_uptime = ret->escaped = ret->tagged = true;
        text = memchr(s, ';', end - s > 64 ? 64 : (size_t) (end - s));
        ret->text = text ? text + 1 : NULL;
        ret->kind = field[0] < 8 && text ? LOG_SCAN_KERNEL : LOG_SCAN_FOREIGN;
        return true;
}

static bool is_kernel(struct log_scan *ret, const char *text) {
        ret->kind = LOG_SCAN_KERNEL;
        ret->tagged = true;
        ret->text = text;
        return true;
}

static bool is_foreign(struct log_scan *ret) {
        ret->kind = LOG_SCAN_FOREIGN;
        return true;
}

/* Parses the kernel's own timestamp and what may follow it. Returns the text, or NULL when there is no such timestamp. */
static const char *scan_uptime(const char *s, const char *end, struct log_scan *ret) {
        struct stamp stamp;
        const char *p = read_bracket(s, end, &stamp);

        if (!p || stamp.kind != STAMP_UPTIME)
                return NULL;
        ret->uptime = stamp;
        ret->has_uptime = true;
        return skip_spaces(skip_marks(p, end), end);
}

/* After the tag there is the kernel's own timestamp, where the syslog daemon keeps it. */
static bool scan_tagged(const char *s, const char *end, struct log_scan *ret) {
        const char *text;

        s = skip_spaces(s, end);
        text = scan_uptime(s, end, ret);
        return is_kernel(ret, text ? text : s);
}

/* "kernel: ", with the spaces of a column before the colon. Returns what follows it or NULL. */
static const char *skip_kernel_tag(const char *s, const char *end) {
        const char *p = s + 6;

        if (!starts_with(s, end, "kernel"))
                return NULL;
        while (p < end && *p == ' ')
                p++;
        return p < end && *p == ':' && (p + 1 == end || p[1] == ' ') ? p + 1 : NULL;
}

/* "kernel - - - " and "kernel - - [meta x="y"] " of RFC 5424, "kernel [] " of webOS. Returns what follows it or NULL. */
static const char *skip_structured_tag(const char *s, const char *end) {
        const char *close;

        if (!starts_with(s, end, "kernel "))
                return NULL;
        s += 7;
        if (starts_with(s, end, "- - - "))
                return s + 6;
        if (starts_with(s, end, "- - "))
                s += 4;
        if (s == end || *s != '[')
                return NULL;
        close = memchr(s, ']', end - s > 256 ? 256 : (size_t) (end - s));
        return close && close + 1 < end && close[1] == ' ' ? close + 2 : NULL;
}

/* "  0     0 I " between the stamp and the tag of logcat: user, process, thread, level. The kernel's process is 0. Returns what
 * follows or NULL; *ret_kernel: whose it is. */
static const char *skip_logcat(const char *s, const char *end, bool *ret_kernel) {
        const char *p = skip_spaces(s, end), *begin;
        bool zero = true;

        if (starts_with(p, end, "root "))
                p = skip_spaces(p + 5, end);
        for (int i = 0; i < 2; i++) {
                for (begin = p; p < end && is_digit(*p); p++)
                        zero &= *p == '0';
                if (p == begin || p == end || *p != ' ')
                        return NULL;
                p = skip_spaces(p, end);
        }
        if (end - p < 3 || !is_one_of(*p, "VDIWEFS") || p[1] != ' ')
                return NULL;
        *ret_kernel = zero;
        return p + 2;
}

/* After a timestamp: host, level, zone and the like, and then the tag of the program. */
static bool scan_syslog(const struct log_reader_state *state, const char *s, const char *end, struct log_scan *ret) {
        bool kernel = false;
        const char *text = skip_logcat(s, end, &kernel);

        if (text) {
                const char *tag = skip_kernel_tag(text, end);

                return kernel ? scan_tagged(tag ? tag : text, end, ret) : is_foreign(ret);
        }
        for (int words = 0; words < 5; words++) {
                const char *stop;

                s = skip_spaces(s, end);
                if (s == end)
                        break;
                text = skip_kernel_tag(s, end);
                if (!text)
                        text = skip_structured_tag(s, end);
                if (text)
                        return scan_tagged(text, end, ret);
                text = scan_uptime(s, end, ret);
                if (text)
                        return is_kernel(ret, text);
                /* metalog and some embedded systems print only the host, and ts(1) prints nothing. */
                if (words <= 1 && !state->tagged && kernel_message_begins(s, end)) {
                        ret->kind = LOG_SCAN_KERNEL;
                        ret->text = s;
                        return true;
                }
                stop = memchr(s, ' ', (size_t) (end - s));
                if (!stop || stop[-1] == ':')
                        break;
                s = stop;
        }
        return is_foreign(ret);
}

/* "laptop kernel: " or "kernel: " between the brackets of journalctl -o short-monotonic and the message. */
static const char *skip_monotonic_tag(const char *s, const char *end) {
        const char *space;

        if (starts_with(s, end, "kernel: "))
                return s + 8;
        space = memchr(s, ' ', end - s > 65 ? 65 : (size_t) (end - s));
        if (!space || !starts_with(space, end, " kernel: ") || memchr(s, ':', (size_t) (space - s)))
                return s;
        return space + 9;
}

/* Lines that begin with a timestamp in brackets: from dmesg, or added by a console or terminal. */
static bool scan_stamped(const struct log_reader_state *state, const char *s, const char *end, struct log_scan *ret) {
        struct stamp stamp;
        const char *p = read_bracket(s, end, &stamp), *text;

        if (!p)
                return false;
        if (stamp.kind == STAMP_UPTIME) {
                ret->uptime = stamp;
                ret->has_uptime = true;
                p = skip_spaces(skip_marks(p, end), end);
                /* A timestamp of the kernel after that of a console (grabserial, tio). */
                text = scan_uptime(p, end, ret);
                return is_kernel(ret, skip_monotonic_tag(text ? text : p, end));
        }
        ret->outer = stamp;
        ret->has_outer = true;
        if (p < end && *p == ':')
                p++;
        p = skip_spaces(p, end);
        text = scan_uptime(p, end, ret);
        if (text)
                return is_kernel(ret, text);
        /* A timestamp of a terminal before the line of a syslog or journal. */
        if (stamp_read_line(p, end, &stamp) && (text = stamp_read_line(p, end, &ret->outer)))
                return scan_syslog(state, text, end, ret);
        return is_kernel(ret, skip_monotonic_tag(skip_marks(p, end) == p ? p : skip_spaces(skip_marks(p, end), end), end));
}

static bool scan_prefix(const struct log_reader_state *state, const char *s, const char *end, struct log_scan *ret);

/* A timestamp before another complete line: "2026-03-01T06:59:50Z " of a container before "Mar 1 06:59:50 host kernel: ". */
static bool scan_line(const struct log_reader_state *state, const char *s, const char *end, struct log_scan *ret) {
        const char *rest = stamp_read_line(s, end, &ret->outer);
        struct stamp second;

        if (!rest)
                return false;
        ret->has_outer = true;
        if (stamp_read_line(rest, end, &second) || (*rest == '<' && rest < end)) {
                struct log_scan inner = {};

                if (scan_prefix(state, rest, end, &inner)) {
                        inner.begin = ret->begin;
                        inner.indent = ret->indent;
                        *ret = inner;
                        return true;
                }
        }
        /* dmesg --time-format=iso has a decimal comma and neither host nor tag. */
        if (ret->outer.comma && ret->outer.kind == STAMP_DATE && !starts_with(rest, end, "kernel:"))
                return is_kernel(ret, skip_spaces(skip_marks(rest, end), end));
        return scan_syslog(state, rest, end, ret);
}

/* Returns false when the line has no prefix. */
static bool scan_prefix(const struct log_reader_state *state, const char *s, const char *end, struct log_scan *ret) {
        const char *text;

        const char *level = skip_priority(s, end);

        s = level ? skip_facility(level, end) : NULL;
        if (!s) {
                ret->kind = LOG_SCAN_NOTHING;
                return true;
        }
        if (s != level && !scan_stamped(state, s, end, ret) && !scan_line(state, s, end, ret))
                return scan_tagged(s, end, ret);
        if (s != level)
                return true;
        s = skip_spaces(s, end);
        if (s == end)
                return false;
        if (*s == '[')
                return scan_stamped(state, s, end, ret);
        if (is_digit(*s) && scan_kmsg(s, end, ret))
                return true;
        text = skip_kernel_tag(s, end);
        if (text)
                return scan_tagged(text, end, ret);
        return scan_line(state, s, end, ret);
}

/* "123:" of grep -n, "123-" of its context, "  123  " and "123|" of listings, "kern.log.1:" of grep over several files. */
static const char *skip_place(const char *s, const char *end) {
        const char *p = s, *rest;

        while (p < end && p - s < 9 && is_digit(*p))
                p++;
        if (p > s && p < end && is_one_of(*p, ":-|.) \t")) {
                rest = p + 1;
                while (rest < end && (*rest == ' ' || *rest == '\t' || *rest == '|'))
                        rest++;
                return rest;
        }
        for (p = s; p < end && p - s < 128 && *p != ' ' && *p != ':' && *p != '['; p++)
                ;
        return p > s && p + 1 < end && *p == ':' && p[1] != ' ' ? p + 1 : NULL;
}

/* "web_1  | ", "[pod/name/container] ", "name: " of tools that collect the output of several consoles. What follows has to have
 * the kernel's own stamp. */
static const char *skip_collector(const char *s, const char *end) {
        const char *p = s;

        if (p < end && *p == '[') {
                p = memchr(s, ']', end - s > 96 ? 96 : (size_t) (end - s));
                return p && p + 1 < end && p[1] == ' ' ? skip_spaces(p + 1, end) : NULL;
        }
        while (p < end && p - s < 96 && *p != ' ' && *p != '|')
                p++;
        if (p == s || p == end || p[-1] == ']' || (p[-1] == ':' && p - s >= 2 && p[-2] == ']'))
                return NULL;
        p = skip_spaces(p, end);
        if (p < end && *p == '|')
                p++;
        return skip_spaces(p, end);
}

/* Skips marks of lists and quotes before a line, each followed by a space: "* ", "- ", "| ", ">> ", and quote signs. */
static const char *skip_list_marks(const char *s, const char *end) {
        for (;;) {
                while (s < end && (*s == ' ' || *s == '\t'))
                        s++;
                if (end - s >= 2 && is_one_of(*s, ">|") && is_one_of(s[1], ">| ["))
                        s++;
                else if (end - s >= 2 && is_one_of(*s, "*-+:") && s[1] == ' ')
                        s += 2;
                else if (end - s >= 2 && is_one_of(*s, "+-") && s[1] == '[')
                        s++;
                else if (end - s >= 2 && is_one_of(*s, "\"'`"))
                        s++;
                else
                        return s;
        }
}

static bool is_boot_mark(const char *s, const char *end) {
        return starts_with(s, end, "-- Boot ") || starts_with(s, end, "-- Reboot --");
}

/* A prefix after something that is not part of the log: a line number, list marks or the name of a console. */
static bool scan_decorated(const struct log_reader_state *state, const char *s, const char *end, struct log_scan *ret) {
        const char *p = skip_list_marks(s, end), *rest;
        struct log_scan found = {};

        if (p != s && scan_prefix(state, p, end, &found))
                goto decorated;
        rest = skip_place(p, end);
        if (rest) {
                found = (struct log_scan){};
                rest = skip_list_marks(rest, end);
                if (scan_prefix(state, rest, end, &found))
                        goto decorated;
                if (kernel_message_begins(rest, end)) {
                        found = (struct log_scan){ .kind = LOG_SCAN_BARE, .text = rest };
                        goto decorated;
                }
        }
        /* In a log that does not begin with the name of a console, a word before a timestamp is something else. */
        for (int words = 0; words < 3 && p && (!state->ever_prefixed || state->collected); words++) {
                p = skip_collector(p, end);
                found = (struct log_scan){};
                if (p && scan_prefix(state, p, end, &found) && found.kind == LOG_SCAN_KERNEL && found.has_uptime &&
                    (state->collected || kernel_message_begins(found.text, end))) {
                        found.collected = true;
                        goto decorated;
                }
        }
        return false;
decorated:
        found.begin = ret->begin;
        found.numbered = true;
        *ret = found;
        return true;
}

/* "[init -> usb_drv] " of Genode, which runs the drivers of the kernel as components. There is no timestamp. Returns the message
 * or NULL. */
static const char *skip_component(const char *s, const char *end) {
        const char *close = s < end && *s == '[' ? memchr(s, ']', end - s > 96 ? 96 : (size_t) (end - s)) : NULL;

        if (!close || end - close < 3 || close[1] != ' ' || !memmem(s, (size_t) (close - s), " -> ", 4))
                return NULL;
        return kernel_message_begins(close + 2, end) ? close + 2 : NULL;
}

void log_line_scan(const struct log_reader_state *state, const char *line, size_t len, struct log_scan *ret) {
        const char *text;
        const char *end = line + len, *s;

        while (end > line && (end[-1] == '\r' || end[-1] == '\n'))
                end--;
        line = skip_quote(skip_junk(state, line, end), end);
        s = skip_spaces(line, end);
        *ret = (struct log_scan){ .begin = s, .indent = s - line > UINT8_MAX ? UINT8_MAX : (uint8_t) (s - line) };
        if (is_boot_mark(line, end)) {
                ret->kind = LOG_SCAN_BOOT;
                return;
        }
        if (s == end || *s == '#')
                return;
        if (scan_prefix(state, s, end, ret) || scan_decorated(state, s, end, ret))
                return;
        ret->kind = LOG_SCAN_BARE;
        text = skip_component(s, end);
        ret->numbered = text;
        ret->text = text ? text : skip_priority(s, end);
}

static void end_section(struct log_reader_state *state) {
        state->prefixed = state->bare = false;
}

/* A message without a prefix is accepted only when the log consists of such lines, and when it is not indented more than the
 * first one (a device string may continue on a line of its own). */
static bool accept_bare(struct log_reader_state *state, const struct log_scan *scan) {
        uint8_t indent = scan->numbered ? 0 : scan->indent;

        if (state->prefixed || (state->ever_prefixed && indent > 0) || (state->bare && indent != state->indent))
                return false;
        state->bare = true;
        state->indent = indent;
        return true;
}

/* Returns true when the line is indented more than the lines of the log. It then continues the previous message. */
static bool is_continuation(struct log_reader_state *state, const struct log_scan *scan) {
        if (scan->numbered)
                return false;
        if (!state->ever_prefixed)
                state->prefix_indent = scan->indent;
        return scan->indent > state->prefix_indent;
}

static void take_prefixed(struct log_reader_state *state, const struct log_scan *scan, struct log_line *ret) {
        if (is_continuation(state, scan))
                return;
        ret->new_boot =
                log_clock_advance(&state->clock, scan->has_outer ? &scan->outer : NULL, scan->has_uptime ? &scan->uptime : NULL);
        ret->time = state->clock.now;
        state->collected |= scan->collected && !state->ever_prefixed;
        state->prefixed = state->ever_prefixed = true;
        state->tagged |= scan->tagged;
        if (scan->kind == LOG_SCAN_KERNEL)
                ret->kind = LOG_LINE_KERNEL;
}

void log_line_take(struct log_reader_state *state, const struct log_scan *scan, const char *end, struct log_line *ret) {
        *ret = (struct log_line){ .time = state->clock.now };
        state->begun = true;
        while (end > scan->begin && (end[-1] == '\r' || end[-1] == '\n'))
                end--;
        switch (scan->kind) {
        case LOG_SCAN_BOOT:
                ret->kind = LOG_LINE_BOOT;
                return;
        case LOG_SCAN_NOTHING:
                if (scan->indent == 0 && (scan->begin == end || *scan->begin == '#'))
                        end_section(state);
                return;
        case LOG_SCAN_BARE:
                if (accept_bare(state, scan))
                        ret->kind = LOG_LINE_KERNEL;
                break;
        default:
                take_prefixed(state, scan, ret);
        }
        if (ret->kind != LOG_LINE_KERNEL)
                return;
        ret->text = scan->text;
        ret->len = (size_t) (end - scan->text);
        ret->uptime = !scan->has_uptime ? 0 : scan->uptime.usec > 0 ? scan->uptime.usec : 1;
        ret->escaped = scan->escaped;
}

void log_line_parse(struct log_reader_state *state, const char *line, size_t len, struct log_line *ret) {
        struct log_scan scan;

        log_line_scan(state, line, len, &scan);
        log_line_take(state, &scan, line + len, ret);
}
