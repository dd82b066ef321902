/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/report/html.h"

#include <stdarg.h>
#include <string.h>

void html_text(FILE *out, const char *text) {
        for (; *text != '\0'; text++)
                switch (*text) {
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
                        fputc(*text, out);
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
