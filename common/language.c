/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/language.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char decimal_point[8] = ".";

/* Only the sign is taken over: a program whose numbers are all written with it also writes it where a file format wants a
 * point. */
static void take_decimal_point(void) {
        locale_t locale = newlocale(LC_NUMERIC_MASK, "", (locale_t) 0);

        if (!locale)
                return;
        if (*nl_langinfo_l(RADIXCHAR, locale))
                snprintf(decimal_point, sizeof decimal_point, "%s", nl_langinfo_l(RADIXCHAR, locale));
        freelocale(locale);
}

void language_init(void) {
        /* For tests and for a program that is not installed. Whoever runs this with privileges of another cannot set it. */
        const char *folder = secure_getenv("SONYCHARGE_LOCALEDIR");

        setlocale(LC_CTYPE, "");
        if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
                return;
        setlocale(LC_MESSAGES, "");
        setlocale(LC_TIME, "");
        bindtextdomain(LANGUAGE_DOMAIN, folder && *folder ? folder : LOCALEDIR);
        bind_textdomain_codeset(LANGUAGE_DOMAIN, "UTF-8");
        textdomain(LANGUAGE_DOMAIN);
        take_decimal_point();
}

void language_for_programs(void) {
        setlocale(LC_MESSAGES, "C");
        setlocale(LC_TIME, "C");
        strcpy(decimal_point, ".");
}

/* The empty text is the key of a catalog's header. */
bool language_is_translated(void) {
        return *gettext("") != '\0';
}

const char *language_decimal_point(void) {
        return decimal_point;
}

const char *language_decimals(double n, char buf[static DECIMALS_MAX]) {
        char plain[DECIMALS_MAX - sizeof decimal_point];
        const char *point;

        snprintf(plain, sizeof plain, "%.2f", n);
        point = strchr(plain, '.');
        if (point)
                snprintf(buf, DECIMALS_MAX, "%.*s%s%s", (int) (point - plain), plain, decimal_point, point + 1);
        else
                snprintf(buf, DECIMALS_MAX, "%s", plain);
        return buf;
}

const char *language_in_context(const char *key, const char *text) {
        const char *found = gettext(key);

        return found == key ? text : found;
}
