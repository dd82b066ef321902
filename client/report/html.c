/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/report/html.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

static void put_char(FILE *out, char c) {
        switch (c) {
        case '&':
                fputs("&amp;", out);
                break;
        case '<':
                fputs("&lt;", out);
                break;
        case '>':
                fputs("&gt;", out);
                break;
        case '"':
                fputs("&quot;", out);
                break;
        case '\'':
                fputs("&#39;", out);
                break;
        default:
                fputc(c, out);
        }
}

void html_attribute(FILE *out, const char *text) {
        for (; *text != '\0'; text++)
                put_char(out, *text);
}

/* Browsers break a line after a hyphen, even within "1-2.1" and "power-budget-exceeded". Such words are kept together while a
 * line has room for them. */
static void put_word(FILE *out, const char *word, size_t len) {
        bool held = memchr(word, '-', len) != NULL;

        fputs(held ? "<span class=\"w\">" : "", out);
        for (size_t i = 0; i < len; i++)
                put_char(out, word[i]);
        fputs(held ? "</span>" : "", out);
}

void html_text(FILE *out, const char *text) {
        while (*text != '\0') {
                size_t len = strcspn(text, " \n");

                put_word(out, text, len);
                text += len;
                if (*text != '\0')
                        fputc(*text++, out);
        }
}

void html_element(FILE *out, const char *tag, const char *text) {
        if (*text == '\0')
                return;
        fprintf(out, "<%s>", tag);
        html_text(out, text);
        fprintf(out, "</%.*s>\n", (int) strcspn(tag, " "), tag);
}

void html_row(FILE *out, const char *head, const char *text) {
        if (*text == '\0')
                return;
        fputs("<tr><th scope=\"row\">", out);
        html_text(out, head);
        fputs("</th><td>", out);
        html_text(out, text);
        fputs("</td></tr>\n", out);
}

void html_rowf(FILE *out, const char *head, const char *format, ...) {
        char text[512];
        va_list ap;

        va_start(ap, format);
        vsnprintf(text, sizeof text, format, ap);
        va_end(ap);
        html_row(out, head, text);
}
