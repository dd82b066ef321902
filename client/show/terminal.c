/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Terminal: colours, symbols and line widths.
 */
#include "client/show/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

/* A narrower terminal cannot be used. Long lines are hard to read in sentences but not in tables. */
#define WIDTH_MIN 40
#define WIDTH_PROSE 100
#define WIDTH_MAX 1000
#define WIDTH_DEFAULT 80

/* Like systemd's columns(): COLUMNS, else the terminal, else 80. */
static unsigned terminal_columns(void) {
        const char *given = getenv("COLUMNS");
        unsigned long columns = given ? strtoul(given, NULL, 10) : 0;
        struct winsize size = {};

        if (columns == 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
                columns = size.ws_col;
        if (columns == 0)
                return WIDTH_DEFAULT;
        return columns < WIDTH_MIN ? WIDTH_MIN : columns > WIDTH_MAX ? WIDTH_MAX : (unsigned) columns;
}

unsigned terminal_rows(void) {
        struct winsize size = {};

        return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 ? size.ws_row : 24;
}

void terminal_measure(struct options *o) {
        o->columns = terminal_columns();
        o->width = o->columns > WIDTH_PROSE ? WIDTH_PROSE : o->columns;
}

bool terminal_can_redraw(void) {
        const char *term = getenv("TERM");

        return isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0;
}

/* https://no-color.org: set and not empty, whatever its value. */
static bool color_wanted(void) {
        const char *no_color = getenv("NO_COLOR");

        return !(no_color && *no_color) && terminal_can_redraw();
}

void terminal_init(struct options *o, bool color_forbidden) {
        o->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
        o->color = !color_forbidden && color_wanted();
        terminal_measure(o);
}

const char *style(const struct options *o, enum style s) {
        static const char *const sequences[_STYLE_MAX] = {
                [STYLE_PLAIN] = "\x1b[0m",       [STYLE_BOLD] = "\x1b[1m",    [STYLE_DIM] = "\x1b[2m",
                [STYLE_GOOD] = "\x1b[32m",       [STYLE_NOTICE] = "\x1b[36m", [STYLE_WARNING] = "\x1b[1;33m",
                [STYLE_CRITICAL] = "\x1b[1;31m",
        };

        return o->color ? sequences[s] : "";
}

const char *symbol(const struct options *o, enum symbol s) {
        static const char *const symbols[_SYMBOL_MAX][2] = {
                [SYMBOL_BRANCH] = { "`- ", "└─ " }, [SYMBOL_MARK] = { "<-", "◀" },   [SYMBOL_GOOD] = { "+", "✓" },
                [SYMBOL_NOTICE] = { "*", "●" },     [SYMBOL_WARNING] = { "!", "▲" }, [SYMBOL_CRITICAL] = { "X", "✖" },
                [SYMBOL_INFO] = { "-", "·" },       [SYMBOL_DOT] = { "-", "·" },     [SYMBOL_ARROW] = { "->", "→" },
                [SYMBOL_UNKNOWN] = { "?", "?" },
        };

        return symbols[s][o->utf8];
}

/* Returns the ASCII replacement of a character. */
static const char *plain_form(const char *text, size_t *ret_len) {
        static const struct {
                const char *character, *plain;
        } forms[] = {
                { "‘", "'" },  { "’", "'" }, { "“", "\"" }, { "”", "\"" }, { "–", "-" },     { "—", "-" },  { "…", "..." },
                { "→", "->" }, { "·", "-" }, { "×", "x" },  { "µ", "u" },  { "°", " deg " }, { "≥", ">=" }, { "≤", "<=" },
        };

        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
                *ret_len = strlen(forms[i].character);
                if (strncmp(text, forms[i].character, *ret_len) == 0)
                        return forms[i].plain;
        }
        for (*ret_len = 1; ((unsigned char) text[*ret_len] & 0xc0) == 0x80;)
                (*ret_len)++;
        return "?";
}

/* Returns the columns of the character at `text` (not at its end) and stores its length in *ret_len. */
static size_t character(const struct options *o, const char *text, size_t *ret_len) {
        mbstate_t state = {};
        wchar_t c;
        size_t n;
        int columns;

        *ret_len = 1;
        if ((unsigned char) *text < 0x80)
                return 1;
        if (!o->utf8)
                return strlen(plain_form(text, ret_len));
        n = mbrtowc(&c, text, strlen(text), &state);
        if (n == (size_t) -1 || n == (size_t) -2 || n == 0)
                return 1;
        *ret_len = n;
        columns = wcwidth(c);
        return columns < 0 ? 1 : (size_t) columns;
}

size_t text_columns(const struct options *o, const char *text) {
        size_t sum = 0, n;

        for (; *text; text += n)
                sum += character(o, text, &n);
        return sum;
}

/* Writes `len` bytes of text in the character set of the terminal. */
static void put_bytes(FILE *out, const struct options *o, const char *text, size_t len) {
        const char *end = text + len;
        size_t n;

        if (o->utf8) {
                fwrite(text, 1, len, out);
                return;
        }
        for (; text < end; text += n) {
                n = 1;
                if ((unsigned char) *text < 0x80)
                        fputc(*text, out);
                else
                        fputs(plain_form(text, &n), out);
        }
}

void put_text(FILE *out, const struct options *o, const char *text) {
        put_bytes(out, o, text, strlen(text));
}

void put_spaces(FILE *out, size_t n) {
        fprintf(out, "%*s", (int) n, "");
}

/* Characters that never begin a line, and such that never end one (JIS X 4051, "kinsoku"; those that our texts use). */
static bool is_one_of(const char *text, const char *const *list) {
        for (; *list; list++)
                if (strncmp(text, *list, strlen(*list)) == 0)
                        return true;
        return false;
}

static bool may_break_between(const char *before, const char *after) {
        static const char *const closing[] = { "、", "。", "，", "．", "」", "』", "）", "】", "”",  "’",  "》", "？", "！", "：",
                                               "；", "ー", "っ", "ッ", "ゃ", "ャ", "ゅ", "ュ", "ょ", "ョ", "ァ", "ィ", "ゥ", "ェ",
                                               "ォ", "%",  ",",  ".",  ")",  "]",  ":",  ";",  "?",  "!",  "…",  "々", NULL };
        static const char *const opening[] = { "「", "『", "（", "【", "“", "‘", "《", "(", "[", NULL };

        return !is_one_of(after, closing) && !is_one_of(before, opening);
}

/* A command to copy must not be parted: a new line in it would be copied too. Returns up to where the blanks of the text belong
 * to one, as in "echo on | sudo tee /sys/...", which may stand behind a quotation mark; 0 if there is none or it has no room. */
static size_t blanks_of_command(const struct options *o, const char *text, size_t columns) {
        static const char pipe[] = " | sudo tee ";
        const char *echo = strstr(text, "echo "), *tee = echo ? strstr(echo, pipe) : NULL;
        char command[256];

        if (!tee || echo - text > 4 || tee - echo > 16)
                return 0;
        tee += strlen(pipe);
        snprintf(command, sizeof command, "%.*s", (int) ((size_t) (tee - text) + strcspn(tee, " ")), text);
        return text_columns(o, command) <= columns ? (size_t) (tee - text) : 0;
}

/* Returns the length of the word at `text`, limited to what fits in `columns`, and stores its columns. Wide letters, those of
 * East Asia, stand without spaces and may be parted from each other and from other letters. */
static size_t word(const struct options *o, const char *text, size_t columns, size_t *ret_columns) {
        size_t len = 0, sum = 0, n, before = 0, wide_before = 0, kept = blanks_of_command(o, text, columns);

        while (text[len] && (text[len] != ' ' || len < kept)) {
                size_t c = character(o, text + len, &n);

                if (sum + c > columns && len > 0)
                        break;
                if (len > 0 && (c == 2 || wide_before == 2) && may_break_between(text + before, text + len))
                        break;
                sum += c;
                before = len;
                wide_before = c;
                len += n;
        }
        *ret_columns = sum;
        return len;
}

size_t put_wrapped(FILE *out, const struct options *o, const char *text, size_t column, size_t indent) {
        size_t room = o->width > indent + 20 ? o->width - indent : 20, begin = column, len, columns, gap;

        while (gap = strspn(text, " "), *(text += gap)) {
                len = word(o, text, room, &columns);
                gap = gap > 0 && column > begin;
                if (column > begin && column + gap + columns > indent + room) {
                        fputc('\n', out);
                        put_spaces(out, indent);
                        begin = column = indent;
                } else if (gap) {
                        fputc(' ', out);
                        column++;
                }
                put_bytes(out, o, text, len);
                column += columns;
                text += len;
        }
        return column;
}

/* Returns how many bytes of text fit in `columns` and stores their columns. Characters without width stay with the previous
 * one. */
static size_t fitting(const struct options *o, const char *text, size_t columns, size_t *ret_columns) {
        size_t len = 0, n;

        *ret_columns = 0;
        while (text[len]) {
                size_t c = character(o, text + len, &n);

                if (*ret_columns + c > columns)
                        break;
                *ret_columns += c;
                len += n;
        }
        return len;
}

size_t put_clipped(FILE *out, const struct options *o, const char *text, size_t columns) {
        const char *dots = o->utf8 ? "…" : "...";
        size_t len, used, room = text_columns(o, dots);

        len = fitting(o, text, columns, &used);
        if (!text[len] || columns <= room) {
                put_bytes(out, o, text, len);
                return used;
        }
        len = fitting(o, text, columns - room, &used);
        put_bytes(out, o, text, len);
        fputs(dots, out);
        return used + room;
}

void put_column(FILE *out, const struct options *o, const char *text, size_t columns) {
        put_spaces(out, columns - put_clipped(out, o, text, columns));
}
