/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/line.h"

#include <string.h>

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
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

/* A byte-order mark, and what a crash leaves behind in a file. */
static const char *skip_junk(struct log_reader_state *state, const char *s, const char *end) {
        if (!state->begun && starts_with(s, end, "\xef\xbb\xbf"))
                s += 3;
        while (s < end && *s == '\0')
                s++;
        return s;
}

/* "> " of a quoted mail. */
static const char *skip_quote(const char *s, const char *end) {
        while (end - s >= 2 && s[0] == '>' && (s[1] == ' ' || s[1] == '>'))
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

/* A word of small letters, padded, and ":". Returns what follows it or NULL. */
static const char *skip_column(const char *s, const char *end, size_t *ret_len) {
        const char *p = s;

        while (p < end && p - s < 9 && ((*p >= 'a' && *p <= 'z') || is_digit(*p)))
                p++;
        *ret_len = (size_t) (p - s);
        p = skip_spaces(p, end);
        return p > s && p < end && *p == ':' ? p + 1 : NULL;
}

/* "kern  :info  : " of dmesg -x. Returns NULL when another facility wrote it. */
static const char *skip_facility(const char *s, const char *end) {
        const char *level, *text;
        size_t facility_len, level_len;

        if (s == end || *s < 'a' || *s > 'z')
                return s;
        level = skip_column(s, end, &facility_len);
        text = level ? skip_column(level, end, &level_len) : NULL;
        if (!text || !is_level(level, level_len))
                return s;
        return facility_len == 4 && memcmp(s, "kern", 4) == 0 ? skip_spaces(text, end) : NULL;
}

/* The printk caller behind the stamp: "[ T2426]", "[    C2]". */
static const char *skip_caller(const char *s, const char *end) {
        const char *p = skip_spaces(s, end), *q;

        if (p == end || *p != '[')
                return s;
        q = p = skip_spaces(p + 1, end);
        if (p == end || (*p != 'T' && *p != 'C'))
                return s;
        while (++q < end && is_digit(*q))
                ;
        return q < end && q > p + 1 && *q == ']' ? q + 1 : s;
}

/* "[ 1234.567890] ", with whatever dmesg can put between the brackets. Returns NULL when it is none. */
static const char *read_bracket(const char *s, const char *end, struct stamp *ret) {
        const char *close;

        if (s == end || *s != '[')
                return NULL;
        close = memchr(s, ']', end - s > 64 ? 64 : (size_t) (end - s));
        if (!close || !stamp_read_bracket(s + 1, (size_t) (close - s - 1), ret))
                return NULL;
        s = skip_caller(close + 1, end);
        return s < end && *s == ' ' ? s + 1 : s == end ? s : NULL;
}

/* Finds the tag ("kernel:", "bash[991]:") behind host, zone and facility. Returns what follows it when it is the
 * kernel's, else NULL. */
static const char *after_kernel_tag(const char *s, const char *end) {
        for (int words = 0; words < 4 && s < end; words++) {
                const char *space = memchr(s, ' ', (size_t) (end - s)), *stop = space ? space : end;

                if (stop > s && stop[-1] == ':')
                        return starts_with(s, stop, "kernel:") && stop - s == 7 ? skip_spaces(stop, end) : NULL;
                if (starts_with(s, end, "kernel - - - "))
                        return skip_spaces(s + 13, end);
                s = skip_spaces(stop, end);
        }
        return NULL;
}

/* "laptop kernel: " or "kernel: " between the brackets of journalctl -o short-monotonic and the message. */
static const char *skip_monotonic_tag(const char *s, const char *end) {
        const char *space, *text;

        if (starts_with(s, end, "kernel: "))
                return s + 8;
        space = memchr(s, ' ', end - s > 65 ? 65 : (size_t) (end - s));
        if (!space || !starts_with(space, end, " kernel: ") || memchr(s, ':', (size_t) (space - s)))
                return s;
        text = space + 9;
        return text;
}

struct parsed {
        struct stamp outer, uptime;
        bool has_outer, has_uptime, escaped;
        const char *text; /* NULL: not the kernel's */
};

/* "6,1709,32313350280,-,caller=T12;text". Facility 0 is the kernel (ABI/testing/dev-kmsg). */
static bool read_kmsg(const char *s, const char *end, struct parsed *ret) {
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
        ret->has_uptime = true;
        ret->escaped = true;
        text = memchr(s, ';', end - s > 64 ? 64 : (size_t) (end - s));
        ret->text = field[0] < 8 && text ? text + 1 : NULL;
        return true;
}

/* The kernel's own stamp behind the tag of the syslog. */
static void read_inner(const char *end, struct parsed *ret) {
        const char *text = ret->text ? read_bracket(ret->text, end, &ret->uptime) : NULL;

        if (!text || ret->uptime.kind != STAMP_UPTIME)
                return;
        ret->has_uptime = true;
        ret->text = text;
}

/* Lines that begin with the kernel's stamp in brackets. */
static bool read_dmesg(const char *s, const char *end, struct parsed *ret) {
        const char *text = read_bracket(s, end, &ret->outer);

        if (!text)
                return false;
        if (ret->outer.kind == STAMP_UPTIME) {
                ret->uptime = ret->outer;
                ret->has_uptime = true;
        } else
                ret->has_outer = true;
        ret->text = skip_monotonic_tag(text, end);
        return true;
}

static bool read_syslog(const char *s, const char *end, struct parsed *ret) {
        const char *rest = stamp_read_line(s, end, &ret->outer);

        if (!rest)
                return false;
        ret->has_outer = true;
        /* dmesg --time-format=iso has a decimal comma and neither host nor tag. */
        ret->text = ret->outer.comma && ret->outer.kind == STAMP_DATE && !starts_with(rest, end, "kernel:")
                            ? rest
                            : after_kernel_tag(rest, end);
        read_inner(end, ret);
        return true;
}

static bool read_prefixed(const char *s, const char *end, struct parsed *ret) {
        if (s == end)
                return false;
        if (*s == '[')
                return read_dmesg(s, end, ret);
        if (is_digit(*s) && read_kmsg(s, end, ret))
                return true;
        if (starts_with(s, end, "kernel: ")) {
                ret->text = skip_spaces(s + 8, end);
                read_inner(end, ret);
                return true;
        }
        return read_syslog(s, end, ret);
}

/* "123:" of grep -n, "kern.log.1:" of grep over several files. */
static const char *skip_grep(const char *s, const char *end) {
        const char *p = s;

        while (p < end && p - s < 128 && *p != ' ' && *p != ':' && *p != '[')
                p++;
        return p > s && p + 1 < end && *p == ':' && p[1] != ' ' ? p + 1 : s;
}

static bool is_boot_mark(const char *s, const char *end) {
        return starts_with(s, end, "-- Boot ") || starts_with(s, end, "-- Reboot --");
}

static void end_section(struct log_reader_state *state) {
        state->prefixed = state->bare = false;
}

/* A message without any prefix: only where the log is made of such, and not further to the right than the first one
 * (a string of a device may go on in a line of its own). */
static bool accept_bare(struct log_reader_state *state, const char *line, const char *s, const char *end) {
        uint8_t indent = s - line > UINT8_MAX ? UINT8_MAX : (uint8_t) (s - line);

        if (s == end || *s == '#') {
                if (s == line)
                        end_section(state);
                return false;
        }
        if (state->prefixed || (state->ever_prefixed && indent > 0) || (state->bare && indent != state->indent))
                return false;
        state->bare = true;
        state->indent = indent;
        return true;
}

static void finish(struct log_reader_state *state, const struct parsed *p, const char *end, struct log_line *ret) {
        ret->new_boot = log_clock_advance(&state->clock, p->has_outer ? &p->outer : NULL, p->has_uptime ? &p->uptime : NULL);
        ret->time = state->clock.now;
        state->prefixed = state->ever_prefixed = true;
        if (!p->text)
                return;
        ret->kind = LOG_LINE_KERNEL;
        ret->text = p->text;
        ret->len = (size_t) (end - p->text);
        ret->uptime = !p->has_uptime ? 0 : p->uptime.usec > 0 ? p->uptime.usec : 1;
        ret->escaped = p->escaped;
}

/* Is the line further to the right than those of the log itself? Then it goes on with the message before it. */
static bool is_continuation(struct log_reader_state *state, size_t indent) {
        if (!state->ever_prefixed)
                state->prefix_indent = indent > UINT8_MAX ? UINT8_MAX : (uint8_t) indent;
        return indent > state->prefix_indent;
}

static bool parse_prefixed(struct log_reader_state *state, const char *line, const char *s, const char *end,
                           struct log_line *ret) {
        struct parsed parsed;
        const char *rest = s;

        for (int i = 0; i < 2; i++, rest = skip_grep(s, end)) {
                if (i == 1 && rest == s)
                        break;
                parsed = (struct parsed){};
                if (!read_prefixed(rest, end, &parsed))
                        continue;
                if (!is_continuation(state, (size_t) (s - line)))
                        finish(state, &parsed, end, ret);
                return true;
        }
        return false;
}

void log_line_parse(struct log_reader_state *state, const char *line, size_t len, struct log_line *ret) {
        const char *end = line + len, *s, *rest;

        *ret = (struct log_line){ .time = state->clock.now };
        while (end > line && (end[-1] == '\r' || end[-1] == '\n'))
                end--;
        line = skip_quote(skip_junk(state, line, end), end);
        state->begun = true;
        if (is_boot_mark(line, end)) {
                ret->kind = LOG_LINE_BOOT;
                return;
        }
        s = skip_spaces(line, end);
        rest = skip_priority(s, end);
        rest = rest ? skip_facility(rest, end) : NULL;
        if (!rest || parse_prefixed(state, line, rest, end, ret) || !accept_bare(state, line, s, end))
                return;
        ret->kind = LOG_LINE_KERNEL;
        ret->text = rest;
        ret->len = (size_t) (end - rest);
}
