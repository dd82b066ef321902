/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's talk: lines in and sentences out. Nothing is redrawn and no mode of the terminal is changed, so nothing has to be
 * put back, and a screen reader reads it as it comes.
 */
#include "client/doctor/doctor.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "client/doctor/doctor-text.h"
#include "hwdb/hwdb.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/text.h"

void talk_say(struct doctor *d, size_t indent, const char *text) {
        if (!d->out)
                return;
        if (d->at_prompt) /* said while the person thinks */
                fputc('\n', d->out);
        d->at_prompt = false;
        put_spaces(d->out, indent);
        put_wrapped(d->out, d->options, text, indent, indent);
        fputc('\n', d->out);
        fflush(d->out);
}

void talk_sayf(struct doctor *d, size_t indent, const char *format, ...) {
        char text[1024];
        va_list ap;

        va_start(ap, format);
        vsnprintf(text, sizeof text, format, ap);
        va_end(ap);
        talk_say(d, indent, text);
}

void talk_prompt(struct doctor *d) {
        if (!d->out || d->script)
                return;
        fputs("> ", d->out);
        fflush(d->out);
        d->at_prompt = true;
}

/* Takes bytes up to the end of the line; what does not fit makes it too long. */
static void take_bytes(struct doctor *d, const char *bytes, size_t n) {
        for (size_t i = 0; i < n && !d->has_line; i++) {
                if (bytes[i] == '\n') {
                        d->has_line = true;
                        d->at_prompt = false; /* the terminal showed it */
                } else if (d->line_len + 1 < sizeof d->line)
                        d->line[d->line_len++] = bytes[i];
                else
                        d->line_too_long = true;
        }
        d->line[d->line_len] = '\0';
}

/* A terminal gives at most one line at a time, and does not block when it is readable. A terminal that is gone reads as an
 * error or as the end. */
static int on_input(sd_event_source *s, int fd, uint32_t revents, void *userdata) {
        struct doctor *d = userdata;
        char bytes[4096];
        ssize_t n = read(fd, bytes, sizeof bytes);

        (void) revents;
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
                return 0;
        if (n <= 0) {
                d->eof = true;
                return sd_event_source_set_enabled(s, SD_EVENT_OFF);
        }
        take_bytes(d, bytes, (size_t) n);
        return 0;
}

int talk_start(struct doctor *d) {
        if (d->script)
                return 0;
        return sd_event_add_io(d->event, NULL, STDIN_FILENO, EPOLLIN, on_input, d);
}

static bool ended(struct doctor *d) {
        return sd_event_get_state(d->event) == SD_EVENT_FINISHED;
}

enum heard talk_listen(struct doctor *d) {
        d->line_len = 0;
        d->has_line = d->line_too_long = false;
        while (!ended(d) && !d->has_line && !d->eof && !d->news && !d->late)
                if (sd_event_run(d->event, UINT64_MAX) < 0)
                        break;
        if (d->has_line) {
                char raw[sizeof d->line];

                memcpy(raw, d->line, sizeof raw);
                text_make_safe(d->line, sizeof d->line, raw, strlen(raw));
                return HEARD_LINE;
        }
        if (d->eof)
                return HEARD_EOF;
        if (d->news) {
                d->news = false;
                return HEARD_NEWS;
        }
        if (d->late) {
                d->late = false;
                return HEARD_LATE;
        }
        return HEARD_END;
}

static void say_commands(struct doctor *d) {
        talk_say(d, 2, "s: skip it, or you do not know. b: back to the step before. q: quit, and go on later. ?: this help.");
}

/* A step's number goes up also after going back: it only helps to find one's place. */
static void show_step(struct doctor *d, enum doctor_step s) {
        const char *const *words = step_words(s);
        char sentence[512], why[256];

        if (d->out)
                fputc('\n', d->out);
        talk_sayf(d, 0, "%u. %s", ++d->shown, doctor_sentence(&d->c, s, sentence, sizeof sentence));
        talk_sayf(d, 2, "Why: %s.", doctor_why(&d->c, s, why, sizeof why));
        if ((s == STEP_RESET || s == STEP_INITIALISE) && *d->c.start.help)
                talk_sayf(d, 2, "Help Guide: %s", d->c.start.help);
        for (unsigned i = 0; step_kind(s) == STEP_ASKS && words[i]; i++) {
                const char *meaning = doctor_meaning(s, i + 1);

                talk_sayf(d, 4, "%u %s%s%s", i + 1, words[i], *meaning ? ": " : "", meaning);
        }
        if (d->shown == 1 && !d->script) {
                if (step_kind(s) == STEP_ASKS)
                        talk_say(d, 2, "Answer with a word, its beginning or its number.");
                say_commands(d);
        }
}

static bool is_command(const char *line, const char *letter, const char *word) {
        return strcasecmp(line, letter) == 0 || strcasecmp(line, word) == 0;
}

/* What every prompt understands. False: it is an answer. */
static bool obey(struct doctor *d, enum go *ret) {
        if (is_command(d->line, "q", "quit"))
                *ret = GO_QUIT;
        else if (is_command(d->line, "b", "back"))
                *ret = GO_BACK;
        else
                return false;
        return true;
}

/* A whole word, its number, or a beginning that fits only one. 0: none. */
static unsigned word_from_line(enum doctor_step s, const char *line) {
        const char *const *words = step_words(s);
        unsigned found = 0, fits = 0;

        for (unsigned i = 0; words[i]; i++) {
                char number[12];

                snprintf(number, sizeof number, "%u", i + 1);
                if (strcasecmp(words[i], line) == 0 || strcmp(number, line) == 0)
                        return i + 1;
                if (*line && strncasecmp(words[i], line, strlen(line)) == 0) {
                        found = i + 1;
                        fits++;
                }
        }
        return fits == 1 ? found : 0;
}

static void complain_about_line(struct doctor *d, enum doctor_step s) {
        if (d->line_too_long)
                talk_say(d, 2, "That line is far too long.");
        else if (*d->line)
                talk_sayf(d, 2, "I do not understand \"%.60s\".", d->line);
        if (step_kind(s) == STEP_ASKS)
                talk_say(d, 2, "Please answer with a word of the list or its number, s when you do not know, ? for help.");
        else
                talk_say(d, 2, "Please answer, or s to skip, ? for help.");
}

static void take(struct doctor *d, enum doctor_step s, unsigned answer, const char *text) {
        plan_take(&d->c, s, answer || text ? OUTCOME_ANSWERED : OUTCOME_SKIPPED, answer, text, now_usec(CLOCK_REALTIME));
}

/* The headsets to choose from: model, id and place. */
static struct json_object *choice(struct doctor *d, unsigned n) {
        struct json_object *headsets = json_list(d->status, "headsets");

        return n >= 1 && n <= json_length(headsets) ? json_object_array_get_idx(headsets, n - 1) : NULL;
}

static void show_choices(struct doctor *d) {
        struct json_object *h;

        for (unsigned i = 1; (h = choice(d, i)); i++) {
                struct doctor_subject one = {};
                struct doctor_facts f;

                snprintf(one.id, sizeof one.id, "%.63s", json_text(h, "id"));
                doctor_read_facts(&one, d->status, &f);
                talk_sayf(d, 4, "%u %s, %s%s (%s)", i, f.model, f.on_cable ? "on port " : "by Bluetooth or not here now",
                          f.on_cable ? f.port : "", f.id);
        }
}

/* Takes a headset by number, id or start of an id. */
static bool take_choice(struct doctor *d, const char *line) {
        struct json_object *h = choice(d, (unsigned) strtoul(line, NULL, 10)), *found = h;

        for (unsigned i = 1; !found && (h = choice(d, i)); i++)
                if (*line && strncmp(json_text(h, "id"), line, strlen(line)) == 0)
                        found = h;
        if (!found)
                return false;
        snprintf(d->subject.id, sizeof d->subject.id, "%.63s", json_text(found, "id"));
        snprintf(d->subject.model, sizeof d->subject.model, "%.63s", json_text(found, "model"));
        doctor_note_others(&d->subject, d->status, d->subject.id);
        doctor_read_facts(&d->subject, d->status, &d->c.start);
        d->c.now = d->c.start;
        take(d, STEP_WHICH, 0, d->subject.id);
        return true;
}

/* For who wants to see which names there are. */
static void say_models(struct doctor *d) {
        char models[HWDB_MODELS_MAX][sizeof(((struct model_facts *) 0)->model)];
        char line[16 + sizeof models + 2 * HWDB_MODELS_MAX]; /* room for all of them, with a comma and a space each */
        size_t n = hwdb_models(models, HWDB_MODELS_MAX);
        size_t len = (size_t) snprintf(line, sizeof line, "Known are:");

        for (size_t i = 0; i < n; i++)
                len += (size_t) snprintf(line + len, sizeof line - len, "%s %s", i ? "," : "", models[i]);
        if (n > 0)
                talk_say(d, 2, line);
}

/* A model that nobody knows is taken as it is: its name is still the headset's. */
static bool take_model(struct doctor *d, const char *line) {
        if (!*line)
                return false;
        if (watch_doctor_model(d, line)) {
                snprintf(d->subject.model, sizeof d->subject.model, "%s", d->c.start.model);
                take(d, STEP_MODEL, 0, d->c.start.model);
                return true;
        }
        talk_sayf(d, 2, "I have no facts about \"%.60s\" and go on with what is true of all headsets.", line);
        snprintf(d->c.start.model, sizeof d->c.start.model, "%.63s", line);
        take(d, STEP_MODEL, 0, d->c.start.model);
        return true;
}

static bool take_text(struct doctor *d, enum doctor_step s, const char *line) {
        return s == STEP_WHICH ? take_choice(d, line) : take_model(d, line);
}

static bool take_line(struct doctor *d, enum doctor_step s) {
        unsigned answer;

        if (d->line_too_long)
                return false;
        if (is_command(d->line, "s", "skip")) {
                take(d, s, 0, NULL);
                return true;
        }
        if (step_kind(s) == STEP_TAKES_TEXT)
                return take_text(d, s, d->line);
        answer = word_from_line(s, d->line);
        if (answer == 0)
                return false;
        take(d, s, answer, NULL);
        return true;
}

static enum go ask_script(struct doctor *d, enum doctor_step s) {
        const char *word = answers_get(d->script, s);

        if (!word) {
                complain("the answers say nothing to \"%s\"; add a line %s=..., or else=skip", step_name(s), step_name(s));
                return GO_FAIL;
        }
        talk_sayf(d, 0, "> %s", word);
        snprintf(d->line, sizeof d->line, "%s", word);
        d->line_too_long = false;
        if (take_line(d, s))
                return GO_ON;
        complain("the answer \"%s\" to \"%s\" fits nothing that is here", word, step_name(s));
        return GO_FAIL;
}

/* Waits for a line, whatever changes meanwhile. */
static bool listen_for_line(struct doctor *d) {
        enum heard heard;

        talk_prompt(d);
        while ((heard = talk_listen(d)) == HEARD_NEWS || heard == HEARD_LATE)
                if (heard == HEARD_NEWS)
                        (void) watch_doctor_look(d);
        return heard == HEARD_LINE;
}

static enum go ask_person(struct doctor *d, enum doctor_step s) {
        for (;;) {
                enum go go;

                if (!listen_for_line(d))
                        return GO_QUIT;
                if (obey(d, &go))
                        return go;
                if (strcmp(d->line, "?") == 0) {
                        say_commands(d);
                        if (s == STEP_MODEL)
                                say_models(d);
                } else if (take_line(d, s))
                        return GO_ON;
                else
                        complain_about_line(d, s);
        }
}

enum go talk_step(struct doctor *d, enum doctor_step s) {
        show_step(d, s);
        if (s == STEP_WHICH)
                show_choices(d);
        if (step_kind(s) == STEP_DOES)
                return change_step(d, s);
        return d->script ? ask_script(d, s) : ask_person(d, s);
}

enum go talk_yes_no(struct doctor *d, const char *question, bool *ret_yes) {
        talk_say(d, 2, question);
        for (;;) {
                enum go go;

                if (!listen_for_line(d))
                        return GO_QUIT;
                if (obey(d, &go))
                        return go;
                *ret_yes = is_command(d->line, "y", "yes");
                if (*ret_yes || is_command(d->line, "n", "no"))
                        return GO_ON;
                if (is_command(d->line, "s", "skip"))
                        return GO_SKIP;
                talk_say(d, 2, "Please answer y or n, s when you cannot tell.");
        }
}
