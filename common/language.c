/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/language.h"

#include <dirent.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static char decimal_point[8] = ".";

/* Only the decimal sign is used. With LC_NUMERIC set, the program would also write it where a file format requires a point. */
static void take_decimal_point(void) {
        locale_t locale = newlocale(LC_NUMERIC_MASK, "", (locale_t) 0);

        if (!locale)
                return;
        if (*nl_langinfo_l(RADIXCHAR, locale))
                snprintf(decimal_point, sizeof decimal_point, "%s", nl_langinfo_l(RADIXCHAR, locale));
        freelocale(locale);
}

/* The words of the header of a catalog (gettext manual, "MO Files"), in the byte order of this machine. */
enum { MAGIC, REVISION, COUNT, TEXTS, TRANSLATIONS, HASH_SIZE, HASH, _HEADER_MAX };

/* Returns whether every text is inside the file and is terminated. */
static bool are_texts_sound(const uint32_t *words, uint32_t table, const char *bytes, size_t size) {
        for (uint32_t i = 0; i < words[COUNT]; i++) {
                uint32_t length = words[table / 4 + 2 * i], at = words[table / 4 + 2 * i + 1];

                if (at >= size || length >= size - at || bytes[at + length] != '\0')
                        return false;
        }
        return true;
}

static bool is_table_inside(uint32_t at, uint64_t length, size_t size) {
        return at % 4 == 0 && at <= size && length <= size - at;
}

static bool is_hash_sound(const uint32_t *words, size_t size) {
        if (!is_table_inside(words[HASH], UINT64_C(4) * words[HASH_SIZE], size))
                return false;
        for (uint32_t i = 0; i < words[HASH_SIZE]; i++)
                if (words[words[HASH] / 4 + i] > words[COUNT])
                        return false;
        return true;
}

static bool is_sound(const void *file, size_t size) {
        const uint32_t *words = file;

        return size >= 4 * _HEADER_MAX && words[MAGIC] == 0x950412de && words[REVISION] == 0 &&
               is_table_inside(words[TEXTS], UINT64_C(8) * words[COUNT], size) &&
               is_table_inside(words[TRANSLATIONS], UINT64_C(8) * words[COUNT], size) && is_hash_sound(words, size) &&
               are_texts_sound(words, words[TEXTS], file, size) && are_texts_sound(words, words[TRANSLATIONS], file, size);
}

/* The C library trusts every offset in a catalog, and a truncated file makes it crash. A catalog that does not exist is sound. */
static bool is_catalog_sound(const char *folder, const char *language) {
        char path[PATH_MAX];
        struct stat st;
        bool sound = true;
        int fd;

        snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/" LANGUAGE_DOMAIN ".mo", folder, language);
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd < 0)
                return true;
        if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
                void *file = mmap(NULL, (size_t) st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

                sound = file != MAP_FAILED && is_sound(file, (size_t) st.st_size);
                if (file != MAP_FAILED)
                        munmap(file, (size_t) st.st_size);
        }
        close(fd);
        return sound;
}

/* "de_AT" is of the language "de", and so may be each of "de_AT:fr". */
static bool is_of_language(const char *name, const char *languages) {
        size_t length = strcspn(name, "_.@");

        for (; *languages; languages += *languages == ':') {
                if (strcspn(languages, "_.@:") == length && strncmp(languages, name, length) == 0)
                        return true;
                languages += strcspn(languages, ":");
        }
        return false;
}

/* Checks all catalogs that the C library could choose. */
static bool are_catalogs_sound(const char *folder) {
        const char *more = getenv("LANGUAGE"), *locale = setlocale(LC_MESSAGES, NULL);
        struct dirent *entry;
        bool sound = true;
        DIR *d = opendir(folder);

        if (!d)
                return true;
        while (sound && (entry = readdir(d)))
                if (is_of_language(entry->d_name, more ? more : "") || is_of_language(entry->d_name, locale ? locale : ""))
                        sound = is_catalog_sound(folder, entry->d_name);
        closedir(d);
        return sound;
}

void language_init(void) {
        /* For tests and for a program that is not installed. It is ignored in a program that runs with raised privileges. */
        const char *folder = secure_getenv("SONYCHARGE_LOCALEDIR");

        setlocale(LC_CTYPE, "");
        if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
                return;
        setlocale(LC_MESSAGES, "");
        setlocale(LC_TIME, "");
        if (!folder || !*folder)
                folder = LOCALEDIR;
        if (!are_catalogs_sound(folder))
                setlocale(LC_MESSAGES, "C");
        bindtextdomain(LANGUAGE_DOMAIN, folder);
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

const char *language_number(char number[static DECIMALS_MAX]) {
        char *point = strchr(number, '.');
        size_t sign = strlen(decimal_point);

        if (point && strlen(number) + sign <= DECIMALS_MAX) {
                memmove(point + sign, point + 1, strlen(point + 1) + 1);
                memcpy(point, decimal_point, sign);
        }
        return number;
}

const char *language_decimals(double n, char buf[static DECIMALS_MAX]) {
        snprintf(buf, DECIMALS_MAX, "%.2f", n);
        return language_number(buf);
}

const char *language_in_context(const char *key, const char *text) {
        const char *found = gettext(key);

        return found == key ? text : found;
}

const char *text_of_name(const struct name_text *list, size_t n, const char *name, const char *otherwise) {
        for (size_t i = 0; i < n; i++)
                if (strcmp(list[i].name, name) == 0)
                        return _(list[i].text);
        return otherwise;
}
