/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/markup.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"

static bool is_letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool starts_with(const char *s, const char *end, const char *word) {
        size_t n = strlen(word);

        return (size_t) (end - s) >= n && memcmp(s, word, n) == 0;
}

bool log_markup_suspect(const char *line, size_t len) {
        static const bool suspect[256] = {
                ['\x1b'] = true, ['<'] = true,  ['&'] = true,  ['*'] = true,  ['`'] = true,  ['\\'] = true,
                ['~'] = true,    ['\t'] = true, ['>'] = true,  ['^'] = true,  ['#'] = true,  [0xc2] = true,
                [0xe2] = true,   [0xe3] = true, [0xef] = true, [0xa0] = true, [0x90] = true,
        };

        for (size_t i = 0; i < len; i++) {
                if (suspect[(unsigned char) line[i]])
                        return true;
                /* "[0m", "[B]", "[/color]". A timestamp begins with a space or a digit and never like these. */
                if (line[i] == '[' && i + 2 < len &&
                    (is_letter(line[i + 1]) || line[i + 1] == '/' || line[i + 1] == '0' || line[i + 2] == 'm' ||
                     line[i + 2] == ';' || (i + 3 < len && line[i + 3] == 'm')))
                        return true;
                if (line[i] == '_' && (i == 0 || line[i - 1] == ' ' || i + 1 == len || line[i + 1] == ' '))
                        return true;
        }
        return false;
}

/* "[33m", "[01;31m", "[K" behind an escape character or what is left of one. Returns what follows, or NULL. */
static const char *skip_colour(const char *s, const char *end) {
        if (s == end || *s != '[')
                return NULL;
        for (s++; s < end && (is_digit(*s) || *s == ';'); s++)
                ;
        return s < end && (*s == 'm' || *s == 'K') ? s + 1 : NULL;
}

/* The escape character, and the ways in which it is written out. Returns what follows, or NULL. */
static const char *skip_escape(const char *s, const char *end) {
        static const char *const written[] = {
                "\x1b", "\xe2\x90\x9b", "^[", "\\e", "\\033", "\\x1b", "\\x1B", "\\u001b", "#033"
        };

        for (size_t i = 0; i < sizeof written / sizeof written[0]; i++)
                if (starts_with(s, end, written[i]))
                        return s + strlen(written[i]);
        return NULL;
}

/* "<font color=...>", "</b>", "<br/>". Returns what follows, or NULL. */
static const char *skip_html(const char *s, const char *end) {
        const char *p = s + 1, *close;

        if (p < end && *p == '/')
                p++;
        if (p == end || !is_letter(*p))
                return NULL;
        close = memchr(p, '>', end - p > 256 ? 256 : (size_t) (end - p));
        return close && !memchr(p, '<', (size_t) (close - p)) ? close + 1 : NULL;
}

/* "[B]", "[/color]", "[size=3]". Returns what follows, or NULL. */
static const char *skip_forum_tag(const char *s, const char *end) {
        static const char *const names[] = { "b",     "i",     "u",   "s",    "color", "colour",    "font", "size",
                                             "code",  "quote", "pre", "tt",   "url",   "highlight", "mono", "noparse",
                                             "icode", "plain", "php", "html", "bash",  "spoiler",   "log",  "list" };
        const char *p = s + 1, *name, *close;
        size_t n;

        if (p < end && *p == '/')
                p++;
        for (name = p; p < end && is_letter(*p); p++)
                ;
        n = (size_t) (p - name);
        if (n == 0 || p == end || (*p != ']' && *p != '='))
                return NULL;
        close = memchr(p, ']', end - p > 80 ? 80 : (size_t) (end - p));
        for (size_t i = 0; close && i < sizeof names / sizeof names[0]; i++)
                if (strlen(names[i]) == n && strncasecmp(names[i], name, n) == 0)
                        return close + 1;
        return NULL;
}

/* "&lt;", "&#39;", "&#xa0;". Returns what follows and the character, or NULL. */
static const char *read_entity(const char *s, const char *end, char *ret) {
        static const struct {
                const char *name;
                char c;
        } names[] = {
                { "lt;", '<' },    { "gt;", '>' },     { "amp;", '&' },    { "quot;", '"' },  { "apos;", '\'' },
                { "nbsp;", ' ' },  { "ensp;", ' ' },   { "emsp;", ' ' },   { "ndash;", '-' }, { "mdash;", '-' },
                { "minus;", '-' }, { "rsquo;", '\'' }, { "lsquo;", '\'' }, { "rdquo;", '"' }, { "ldquo;", '"' },
        };
        unsigned code = 0, digits = 0;
        bool hex = false;

        s++;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
                if (starts_with(s, end, names[i].name)) {
                        *ret = names[i].c;
                        return s + strlen(names[i].name);
                }
        if (s == end || *s != '#')
                return NULL;
        s++;
        if (s < end && (*s == 'x' || *s == 'X')) {
                hex = true;
                s++;
        }
        for (; s < end && digits < 6 && (is_digit(*s) || (hex && is_letter(*s) && (*s | 0x20) <= 'f')); s++, digits++)
                code = code * (hex ? 16 : 10) + (unsigned) (is_digit(*s) ? *s - '0' : (*s | 0x20) - 'a' + 10);
        if (digits == 0 || s == end || *s != ';')
                return NULL;
        *ret = code > ' ' && code < 0x7f ? (char) code : ' ';
        return s + 1;
}

/* Characters that replace a plain one. Returns the text after it and the plain character (0: none), or NULL. */
static const char *read_typography(const char *s, const char *end, char *ret) {
        static const struct {
                const char *bytes;
                char plain;
        } table[] = {
                { "\xc2\xa0", ' ' },      { "\xc2\xad", 0 },        { "\xe2\x80\x82", ' ' }, { "\xe2\x80\x83", ' ' },
                { "\xe2\x80\x87", ' ' },  { "\xe2\x80\x89", ' ' },  { "\xe2\x80\x8a", ' ' }, { "\xe2\x80\x8b", 0 },
                { "\xe2\x80\x8c", 0 },    { "\xe2\x80\x8d", 0 },    { "\xe2\x80\x8e", 0 },   { "\xe2\x80\x8f", 0 },
                { "\xe2\x80\xa8", ' ' },  { "\xe2\x80\xaf", ' ' },  { "\xe2\x81\x9f", ' ' }, { "\xe2\x81\xa0", 0 },
                { "\xe3\x80\x80", ' ' },  { "\xef\xbb\xbf", 0 },    { "\xe2\x80\x90", '-' }, { "\xe2\x80\x91", '-' },
                { "\xe2\x80\x92", '-' },  { "\xe2\x80\x93", '-' },  { "\xe2\x80\x94", '-' }, { "\xe2\x88\x92", '-' },
                { "\xe2\x80\x98", '\'' }, { "\xe2\x80\x99", '\'' }, { "\xe2\x80\x9c", '"' }, { "\xe2\x80\x9d", '"' },
                { "\xe2\x94\x82", '|' },  { "\xe2\x80\xa2", '*' },
        };

        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
                if (starts_with(s, end, table[i].bytes)) {
                        *ret = table[i].plain;
                        return s + strlen(table[i].bytes);
                }
        return NULL;
}

/* Finds one piece of markup at `s`. Returns the text after it and the character to write instead (0: none), or NULL. */
static const char *read_markup(const char *s, const char *end, char *ret) {
        const char *p, *colour;

        *ret = 0;
        p = skip_escape(s, end);
        colour = skip_colour(p ? p : s, end);
        if (colour && (p || colour - s > 2 || s[1] == 'm' || s[1] == 'K'))
                return colour;
        switch (*s) {
        case '<':
                return skip_html(s, end);
        case '[':
                return skip_forum_tag(s, end);
        case '&':
                return read_entity(s, end, ret);
        case '\t':
                *ret = ' ';
                return s + 1;
        case '\\': /* Markdown, and escaped text: "xhci\_hcd", "\n". */
                if (end - s >= 2 && (s[1] == 'n' || s[1] == 'r' || s[1] == 't')) {
                        *ret = ' ';
                        return s + 2;
                }
                if (end - s >= 2 && memchr("_*[]()<>#+-.!`~|\"'", s[1], 18)) {
                        *ret = s[1];
                        return s + 2;
                }
                return NULL;
        case '*':
        case '`':
                return s + 1;
        case '~':
                return end - s >= 2 && s[1] == '~' ? s + 2 : NULL;
        case (char) 0xa0: /* Latin-1 */
                *ret = ' ';
                return s + 1;
        default:
                return (unsigned char) *s >= 0x80 ? read_typography(s, end, ret) : NULL;
        }
}

static bool is_edge(const char *s, const char *end) {
        return s == end || *s == ' ';
}

size_t log_markup_strip(const char *line, size_t len, char *to) {
        const char *s = line, *end = line + len;
        char *out = to;

        while (s < end) {
                const char *next;
                char c;

                /* The quote sign of a line that was joined to the previous one. */
                if (*s == '>' && out > to && out[-1] == ' ' && end - s >= 2 && s[1] == ' ') {
                        s += 2;
                        continue;
                }
                if (*s == '_' && (out == to || out[-1] == ' ' || is_edge(s + 1, end))) {
                        s++;
                        continue;
                }
                next = read_markup(s, end, &c);
                if (!next) {
                        *out++ = *s++;
                        continue;
                }
                if (c)
                        *out++ = c;
                s = next;
        }
        while (out > to && out[-1] == ' ')
                out--;
        return (size_t) (out - to);
}
