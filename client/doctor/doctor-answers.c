/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's answers: a file with a line "step=answer" for each step, for tests and scripts.
 */
#include "client/doctor/doctor.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "client/doctor/doctor-file.h"
#include "common/text.h"

struct answers {
        bool rest_is_skipped;
        bool given[_STEP_MAX];
        char words[_STEP_MAX][64];
};

static char *strip(char *text) {
        char *end;

        while (isspace((unsigned char) *text))
                text++;
        for (end = text + strlen(text); end > text && isspace((unsigned char) end[-1]); end--)
                end[-1] = '\0';
        return text;
}

static bool is_word_of(enum doctor_step s, const char *word) {
        if (step_kind(s) == STEP_TAKES_TEXT || strcmp(word, "skip") == 0 || step_answer(s, word) > 0)
                return *word;
        return step_kind(s) == STEP_DOES && strcmp(word, "done") == 0;
}

/* One line "question=answer"; returns false after complaining. */
static bool take_line(struct answers *a, char *line, const char *file, unsigned number) {
        char *name = strip(line), *equals = strchr(name, '='), *word;
        char safe[80];
        enum doctor_step s;

        if (!*name || *name == '#')
                return true;
        if (equals)
                *equals = '\0';
        word = equals ? strip(equals + 1) : name;
        name = strip(name);
        if (equals && strcmp(name, "else") == 0 && strcmp(word, "skip") == 0)
                return a->rest_is_skipped = true;
        s = step_from_name(name);
        if (!equals || s == _STEP_MAX) {
                complain("%s, line %u: \"%s\" is no step of the check", file, number,
                         text_make_safe(safe, sizeof safe, name, strlen(name)));
                return false;
        }
        if (a->given[s] || !is_word_of(s, word) || strlen(word) >= sizeof *a->words) {
                complain("%s, line %u: %s \"%s\"", file, number, a->given[s] ? "a second answer to" : "no answer to this step is",
                         text_make_safe(safe, sizeof safe, a->given[s] ? name : word, strlen(a->given[s] ? name : word)));
                return false;
        }
        a->given[s] = true;
        text_make_safe(a->words[s], sizeof *a->words, word, strlen(word));
        return true;
}

/* A script has a line for each step, a state is smaller yet. */
#define FILE_SIZE_MAX (64 * 1024)

char *read_whole(int fd) {
        char *text = malloc(FILE_SIZE_MAX + 1);
        size_t n = 0;
        ssize_t got = 1;

        while (text && n < FILE_SIZE_MAX && got > 0) {
                got = read(fd, text + n, FILE_SIZE_MAX - n);
                if (got > 0)
                        n += (size_t) got;
        }
        if (!text || got < 0 || n == FILE_SIZE_MAX) {
                errno = text && got >= 0 ? EFBIG : errno;
                free(text);
                return NULL;
        }
        text[n] = '\0';
        return text;
}

static int read_lines(struct answers *a, const char *name, char *text) {
        unsigned number = 0;

        while (text) {
                char *line = strsep(&text, "\n");

                if (!take_line(a, line, name, ++number))
                        return STATUS_USAGE;
        }
        return STATUS_OK;
}

int answers_read(const char *file, struct answers **ret) {
        bool is_stdin = strcmp(file, "-") == 0;
        _cleanup_close_ int fd = is_stdin ? dup(STDIN_FILENO) : open(file, O_RDONLY | O_CLOEXEC);
        _cleanup_free_ char *text = fd < 0 ? NULL : read_whole(fd);
        struct answers *a = text ? calloc(1, sizeof *a) : NULL;
        int r;

        if (!a) {
                complain("cannot read %s: %s", file, strerror(errno));
                return STATUS_FAILED;
        }
        r = read_lines(a, is_stdin ? "standard input" : file, text);
        if (r == STATUS_OK)
                *ret = a;
        else
                free(a);
        return r;
}

void answers_file_free(struct answers *a) {
        free(a);
}

const char *answers_get(const struct answers *a, enum doctor_step s) {
        if (a->given[s])
                return a->words[s];
        return a->rest_is_skipped ? "skip" : NULL;
}
