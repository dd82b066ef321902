/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Screen: the full terminal, with the sequences of ECMA-48 and xterm that every current terminal supports.
 */
#include "client/show/screen.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "client/show/terminal.h"
#include "common/language.h"

static bool entered, keys;
static struct termios before;

void screen_enter(void) {
        struct termios raw;

        if (entered)
                return;
        entered = true;
        fputs("\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J", stdout);
        keys = isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp() && tcgetattr(STDIN_FILENO, &before) == 0;
        if (!keys)
                return;
        raw = before;
        raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO);
        raw.c_cc[VMIN] = 0;
        raw.c_cc[VTIME] = 0;
        keys = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
}

void screen_leave(void) {
        if (!entered)
                return;
        entered = false;
        fputs("\x1b[?25h\x1b[?1049l", stdout);
        fflush(stdout);
        if (keys)
                tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
        keys = false;
}

static size_t count_lines(const char *text) {
        size_t n = 0;

        for (; (text = strchr(text, '\n')); text++)
                n++;
        return n;
}

static const char *skip_lines(const char *text, size_t n) {
        while (n-- > 0 && *text)
                text += strcspn(text, "\n") + 1;
        return text;
}

static void put_lines(const char *text, size_t n) {
        for (; n > 0 && *text; n--) {
                size_t len = strcspn(text, "\n");

                fwrite(text, 1, len, stdout);
                fputs("\x1b[K\r\n", stdout);
                text += len + 1;
        }
}

/* Shows which part of the page is visible, unless that is all of it. */
static void put_rest(const struct options *o, size_t top, size_t shown, size_t lines) {
        char line[100];

        if (shown >= lines)
                return;
        snprintf(line, sizeof line, _("lines %zu to %zu of %zu, arrows scroll"), top + 1, top + shown, lines);
        fputs(style(o, STYLE_DIM), stdout);
        put_clipped(stdout, o, line, o->columns);
        fputs(style(o, STYLE_PLAIN), stdout);
}

int screen_draw(const struct options *o, const char *head, const char *text, size_t *top) {
        size_t lines = count_lines(text), rows = terminal_rows(), room = rows > 3 ? rows - 3 : 1, last;

        last = lines > room ? lines - room : 0;
        if (*top > last)
                *top = last;
        fprintf(stdout, "\x1b[H%s", style(o, STYLE_DIM));
        put_clipped(stdout, o, head, o->columns);
        fprintf(stdout, "%s\x1b[K\r\n\x1b[K\r\n", style(o, STYLE_PLAIN));
        put_lines(skip_lines(text, *top), room);
        put_rest(o, *top, room, lines);
        fputs("\x1b[J", stdout);
        return fflush(stdout) == EOF || ferror(stdout) ? -errno : 0;
}

/* The final byte of the sequence that a cursor key sends (xterm, "PC-Style Function Keys"), or the digit of "\e[5~". */
static enum screen_key sequence_key(const char *rest) {
        static const struct {
                const char *rest;
                enum screen_key key;
        } sequences[] = {
                { "[A", KEY_UP },         { "OA", KEY_UP },    { "[B", KEY_DOWN },  { "OB", KEY_DOWN }, { "[5~", KEY_PAGE_UP },
                { "[6~", KEY_PAGE_DOWN }, { "[H", KEY_FIRST }, { "OH", KEY_FIRST }, { "[F", KEY_LAST }, { "OF", KEY_LAST },
        };

        for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
                if (strncmp(rest, sequences[i].rest, strlen(sequences[i].rest)) == 0)
                        return sequences[i].key;
        return KEY_NONE;
}

static enum screen_key letter_key(char c) {
        switch (c) {
        case 'q':
                return KEY_QUIT;
        case 'k':
                return KEY_UP;
        case 'j':
                return KEY_DOWN;
        case 'b':
                return KEY_PAGE_UP;
        case ' ':
                return KEY_PAGE_DOWN;
        case 'g':
                return KEY_FIRST;
        case 'G':
                return KEY_LAST;
        default:
                return KEY_NONE;
        }
}

enum screen_key screen_key(void) {
        struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };
        enum screen_key key = KEY_NONE;
        char typed[16];
        ssize_t n;

        while (keys && key == KEY_NONE && poll(&fd, 1, 0) > 0) {
                n = read(STDIN_FILENO, typed, sizeof typed - 1);
                if (n <= 0)
                        break;
                typed[n] = '\0';
                key = typed[0] == '\x1b' ? sequence_key(typed + 1) : letter_key(typed[0]);
        }
        return key;
}

void screen_scroll(enum screen_key key, size_t *top) {
        size_t rows = terminal_rows(), page = rows > 5 ? rows - 5 : 1;

        if (key == KEY_UP || key == KEY_PAGE_UP) {
                size_t n = key == KEY_UP ? 1 : page;

                *top -= *top < n ? *top : n;
        } else if (key == KEY_DOWN || key == KEY_PAGE_DOWN)
                *top += key == KEY_DOWN ? 1 : page;
        else if (key == KEY_FIRST)
                *top = 0;
        else if (key == KEY_LAST)
                *top = SIZE_MAX;
}
