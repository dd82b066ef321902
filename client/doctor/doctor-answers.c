/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's answers: reads a file with a line "step=answer" for each step, for tests and scripts. The names and words of the first
 * doctor are accepted as well.
 */
#include "client/doctor/doctor.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/text.h"

struct answers_file {
        bool rest_is_skipped;
        bool is_old; /* it contains names of the first doctor */
        bool given[_STEP_MAX];
        char words[_STEP_MAX][64];
};

/* The steps of the first doctor and their meaning now, unless they are words of Manager.Tell (doctor_older). */
static const struct {
        const char *name, *word; /* word NULL: any answer to the step */
        uint8_t step;
        const char *answer; /* NULL: the same word */
} old[] = {
        { "led", "skip", ASK_LIGHT, "skip" },
        { "led-colour", "skip", ASK_COLOUR, "skip" },
        { "stored", "no", STEP_NONE, NULL },
        { "stored", "skip", STEP_NONE, NULL },
        { "plugged-for", "minutes", ASK_SINCE, "long" },
        { "plugged-for", "skip", ASK_SINCE, "skip" },
        { "power-from", NULL, ASK_SOURCE, NULL },
        { "temperature", NULL, ASK_PLACE, NULL },
        { "wet", "no", ASK_DANGER, "no" },
        { "wet", "skip", ASK_DANGER, "skip" },
        { "case-charged", "skip", ASK_CASE, "skip" },
        { "only-plugged", "no", STEP_NONE, NULL },
        { "only-plugged", "skip", ASK_RUNS, "skip" },
        { "cable-elsewhere", "skip", ASK_PHONE, "skip" },
        { "system-current", NULL, STEP_NONE, NULL },
        { "adapter-others", NULL, STEP_NONE, NULL },
        { "do:plug-in", "seen", DO_PLUG_IN, NULL },
        { "do:plug-in", NULL, DO_PLUG_IN, NULL },
        { "do:as-told", NULL, DO_AS_TOLD, NULL },
        { "do:wait", NULL, DO_WAIT, NULL },
        { "do:replug", NULL, DO_REPLUG, NULL },
        { "do:clean-socket", NULL, DO_REPLUG, NULL },
        { "do:supplied-cable", NULL, DO_TRY_CABLE, NULL },
        { "do:another-cable", NULL, DO_TRY_CABLE, NULL },
        { "do:another-port", NULL, DO_TRY_PORT, NULL },
        { "do:direct", NULL, DO_TRY_PORT, NULL },
        { "do:adapter", NULL, DO_TRY_SOURCE, NULL },
        { "do:another-adapter", NULL, DO_TRY_SOURCE, NULL },
        { "do:computer", NULL, DO_TRY_SOURCE, NULL },
        { "do:instead-of-pad", NULL, DO_TRY_SOURCE, NULL },
        { "do:seat-anew", NULL, DO_RESEAT, NULL },
        { "do:clean-contacts", NULL, DO_RESEAT, NULL },
        { "do:case-first", NULL, DO_CHARGE_CASE, NULL },
        { "do:reset", NULL, DO_RESET, NULL },
        { "do:hold-power", NULL, DO_RESET, NULL },
        { "do:initialise", NULL, DO_INITIALISE, NULL },
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
        if (doctor_n_options(s) == 0 || strcmp(word, "skip") == 0 || doctor_option_from_id(s, word) > 0)
                return *word;
        return doctor_steps[s].change && strcmp(word, "done") == 0;
}

/* Several old steps are the same step now. A result "works" replaces "fails". */
static void keep_result(struct answers_file *a, enum doctor_step s, const char *word) {
        bool better = !a->given[s] || (doctor_steps[s].change && strcmp(word, "works") == 0) ||
                      strcmp(a->words[s], "skip") == 0 || (s == ASK_SINCE && strcmp(word, "stored") == 0);

        if (better)
                snprintf(a->words[s], sizeof *a->words, "%s", word);
        a->given[s] = true;
}

/* The words of Manager.Tell have the same meaning as for the daemon. */
static bool take_told(struct answers_file *a, const char *name, const char *word) {
        bool found = false;

        for (size_t i = 0; i < doctor_n_older; i++) {
                const struct doctor_older_row *row = &doctor_older[i];

                if (strcmp(question_name(row->question), name) != 0 || strcmp(row->word, word) != 0)
                        continue;
                keep_result(a, (enum doctor_step) row->step, row->answer);
                found = a->is_old = true;
        }
        return found;
}

/* Takes an old name, or an old word of a current name. Returns 1 when it was one, 0 when it was not, and -1 when the word is not
 * valid. */
static int take_old(struct answers_file *a, const char *name, const char *word) {
        int found = 0;

        if (take_told(a, name, word))
                return 1;

        for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
                enum doctor_step s = (enum doctor_step) old[i].step;
                const char *answer = old[i].answer ? old[i].answer : word;

                if (strcmp(old[i].name, name) != 0)
                        continue;
                found = -1;
                if ((old[i].word && strcmp(old[i].word, word) != 0) || (s != STEP_NONE && !is_word_of(s, answer)))
                        continue;
                a->is_old = true;
                if (s != STEP_NONE)
                        keep_result(a, s, answer);
                return 1;
        }
        return found;
}

static bool complain_of(const char *file, unsigned number, const char *what, const char *word) {
        char safe[80];

        complain(_("%s, line %u: %s \"%s\""), file, number, what, text_make_safe(safe, sizeof safe, word, strlen(word)));
        return false;
}

/* One line "question=answer"; returns false after complaining. */
static bool take_line(struct answers_file *a, char *line, const char *file, unsigned number) {
        char *name = strip(line), *equals = strchr(name, '='), *word;
        enum doctor_step s;
        int r;

        if (!*name || *name == '#')
                return true;
        if (equals)
                *equals = '\0';
        word = equals ? strip(equals + 1) : name;
        name = strip(name);
        if (equals && strcmp(name, "else") == 0 && strcmp(word, "skip") == 0)
                return a->rest_is_skipped = true;
        s = doctor_step_from_id(name);
        if (equals && s != STEP_NONE && is_word_of(s, word) && strlen(word) < sizeof *a->words) {
                if (a->given[s])
                        return complain_of(file, number, _("a second answer to"), name);
                a->given[s] = true;
                text_make_safe(a->words[s], sizeof *a->words, word, strlen(word));
                return true;
        }
        r = equals && strlen(word) < sizeof *a->words ? take_old(a, name, word) : 0;
        if (r > 0)
                return true;
        if (s == STEP_NONE && r == 0)
                return complain_of(file, number, _("no step of the check is called"), name);
        return complain_of(file, number, _("no answer to this step is"), word);
}

/* A script has one line for each step, and a saved state is even smaller. */
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

static int read_lines(struct answers_file *a, const char *name, char *text) {
        unsigned number = 0;

        while (text) {
                char *line = strsep(&text, "\n");

                if (!take_line(a, line, name, ++number))
                        return STATUS_USAGE;
        }
        return STATUS_OK;
}

int answers_read(const char *file, struct answers_file **ret) {
        bool is_stdin = strcmp(file, "-") == 0;
        _cleanup_close_ int fd = is_stdin ? dup(STDIN_FILENO) : open(file, O_RDONLY | O_CLOEXEC);
        _cleanup_free_ char *text = fd < 0 ? NULL : read_whole(fd);
        struct answers_file *a = text ? calloc(1, sizeof *a) : NULL;
        int r;

        if (!a) {
                complain(_("cannot read %s: %s"), file, strerror(errno));
                return STATUS_FAILED;
        }
        r = read_lines(a, is_stdin ? _("standard input") : file, text);
        if (r == STATUS_OK)
                *ret = a;
        else
                free(a);
        return r;
}

void answers_file_free(struct answers_file *a) {
        free(a);
}

/* The first doctor did not ask for the complaint, because it assumed that the headset does not charge. */
const char *answers_get(const struct answers_file *a, enum doctor_step s) {
        if (a->given[s])
                return a->words[s];
        if (a->is_old && s == ASK_COMPLAINT)
                return a->given[ASK_RUNS] && strcmp(a->words[ASK_RUNS], "dies") == 0 ? "short" : "dead";
        if (a->is_old && s == ASK_DANGER)
                return "skip";
        /* Scripts may be older than these steps, and a headset is only asked when the script says so. */
        if (s == ASK_HEADSET || s == ASK_TESTER || s == ASK_DANGER_SURE)
                return "skip";
        return a->rest_is_skipped || a->is_old ? "skip" : NULL;
}

bool answers_gives(const struct answers_file *a, enum doctor_step s) {
        return a->given[s] ? strcmp(a->words[s], "skip") != 0 : a->is_old && s == ASK_COMPLAINT;
}
