/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's talk: the conversation on a terminal. Nothing is redrawn and no mode of the terminal is changed. So nothing has to be
 * restored, and a screen reader can read the output as it comes.
 */
#include "client/doctor/doctor.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "client/show/show.h"
#include "client/show/terminal.h"
#include "hwdb/hwdb.h"

void talk_say(struct doctor *d, size_t indent, const char *text) {
        if (!d->out)
                return;
        if (d->at_prompt) /* the text appears while the person has not answered yet */
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

static void say_commands(struct doctor *d) {
        talk_say(d, 2,
                 _("s: I do not know, or do not want to. b: back to the step before. why: why it is asked. q: stop, and go on "
                   "later."));
}

/* --- showing --- */

static void show_choices(struct doctor *d) {
        struct json_object *headsets = json_list(d->status, "headsets");

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct doctor_subject one = {};
                struct doctor_facts f;

                snprintf(one.id, sizeof one.id, "%.63s", json_text(json_object_array_get_idx(headsets, i), "id"));
                doctor_read_facts(&one, d->status, &f);
                if (f.on_cable)
                        talk_sayf(d, 4, _("%zu  %s, on %s (%s)"), i + 1, f.model, f.place, f.id);
                else
                        talk_sayf(d, 4, _("%zu  %s, by Bluetooth or not here now (%s)"), i + 1, f.model, f.id);
        }
}

/* Options are numbered as they are shown. Options that are not shown have no number. */
static void show_options(struct doctor *d, enum doctor_step s) {
        unsigned number = 0;

        for (unsigned i = 1; i <= doctor_n_options(s); i++)
                if (doctor_offers(&d->check, s, i))
                        talk_sayf(d, 4, "%u  %s", ++number, doctor_option_text(s, i));
}

void talk_show(struct doctor *d, enum doctor_step s) {
        char text[1024];

        if (d->out)
                fputc('\n', d->out);
        talk_sayf(d, 0, "%u. %s", d->shown, doctor_text(&d->check, s, text, sizeof text));
        if (doctor_steps[s].change)
                talk_sayf(d, 2, _("Why: %s"), doctor_why(s));
        else if (s == ASK_WHICH)
                show_choices(d);
        else
                show_options(d, s);
        if (d->shown == 1 && !d->script) {
                talk_say(d, 2,
                         doctor_n_options(s) > 0 || s == ASK_WHICH ? _("Answer with a number or in a word.")
                                                                   : _("Type the name as you find it."));
                say_commands(d);
        }
}

/* --- understanding --- */

/* Returns the option with the number that the person sees. */
static unsigned option_from_number(const struct doctor *d, enum doctor_step s, const char *line) {
        unsigned long wanted = strtoul(line, NULL, 10);

        if (!*line || strspn(line, "0123456789") != strlen(line))
                return 0;
        for (unsigned i = 1, number = 0; i <= doctor_n_options(s); i++)
                if (doctor_offers(&d->check, s, i) && ++number == wanted)
                        return i;
        return 0;
}

/* Returns the option whose id begins with the line, if there is only one. */
static unsigned option_from_start(const struct doctor *d, enum doctor_step s, const char *line) {
        unsigned found = 0, fits = 0;

        for (unsigned i = 1; i <= doctor_n_options(s); i++)
                if (doctor_offers(&d->check, s, i) && strncasecmp(doctor_steps[s].options[i - 1].id, line, strlen(line)) == 0) {
                        found = i;
                        fits++;
                }
        return fits == 1 ? found : 0;
}

/* Words that people use for an answer. The first matching row counts, so that "blinks twice" is not taken for "blinks". */
static const struct {
        uint8_t step, answer;
        const char *word;
} words[] = {
        { ASK_LIGHT, LIGHT_DOUBLE, "twice" },
        { ASK_LIGHT, LIGHT_DOUBLE, "two" },
        { ASK_LIGHT, LIGHT_DOUBLE, "double" },
        { ASK_LIGHT, LIGHT_BLINKS, "blink" },
        { ASK_LIGHT, LIGHT_BLINKS, "flash" },
        { ASK_LIGHT, LIGHT_DIM, "flicker" },
        { ASK_LIGHT, LIGHT_DIM, "weak" },
        { ASK_LIGHT, LIGHT_DIM, "dim" },
        { ASK_LIGHT, LIGHT_ALWAYS, "never goes off" },
        { ASK_LIGHT, LIGHT_ALWAYS, "never" },
        { ASK_LIGHT, LIGHT_WENT_OFF, "went" },
        { ASK_LIGHT, LIGHT_DARK, "no light" },
        { ASK_LIGHT, LIGHT_DARK, "nothing" },
        { ASK_LIGHT, LIGHT_DARK, "none" },
        { ASK_LIGHT, LIGHT_DARK, "off" },
        { ASK_LIGHT, LIGHT_DARK, "dark" },
        { ASK_LIGHT, LIGHT_STEADY, "steady" },
        { ASK_LIGHT, LIGHT_STEADY, "on" },
        { ASK_DANGER, DANGER_SMOKE, "smok" },
        { ASK_DANGER, DANGER_SMOKE, "spark" },
        { ASK_DANGER, DANGER_SMOKE, "burn" },
        { ASK_DANGER, DANGER_SWOLLEN, "bulg" },
        { ASK_DANGER, DANGER_SWOLLEN, "swell" },
        { ASK_DANGER, DANGER_SWOLLEN, "swollen" },
        { ASK_DANGER, DANGER_SWOLLEN, "leak" },
        { ASK_DANGER, DANGER_SWOLLEN, "smell" },
        { ASK_DANGER, DANGER_HOT, "hot" },
        { ASK_DANGER, DANGER_NO, "none" },
        { ASK_COMPLAINT, COMPLAINT_SOMETIMES, "sometimes" },
        { ASK_COMPLAINT, COMPLAINT_SOMETIMES, "now and then" },
        { ASK_COMPLAINT, COMPLAINT_ONE, "one" },
        { ASK_COMPLAINT, COMPLAINT_UNUSABLE, "goes off" },
        { ASK_RUNS, RUNS_DIES, "goes off" },
        { ASK_RUNS, RUNS_DIES, "only plugged" },
        { ASK_COMPLAINT, COMPLAINT_SLOW, "slow" },
        { ASK_COMPLAINT, COMPLAINT_DEAD, "not charg" },
        { ASK_COMPLAINT, COMPLAINT_DEAD, "nothing" },
        { ASK_RUNS, RUNS_NORMAL, "fine" },
        { ASK_RUNS, RUNS_NORMAL, "good" },
        { ASK_RUNS, RUNS_NOT, "dead" },
        { ASK_SINCE, SINCE_STORED, "month" },
        { ASK_SINCE, SINCE_MINUTES, "just" },
        { ASK_SOURCE, SOURCE_BANK, "power bank" },
        { ASK_SOURCE, SOURCE_BANK, "powerbank" },
        { ASK_SOURCE, SOURCE_FAST, "fast" },
        { ASK_SOURCE, SOURCE_COMPUTER, "laptop" },
        { ASK_SOURCE, SOURCE_COMPUTER, "pc" },
        { ASK_SOURCE, SOURCE_HUB, "dock" },
        { ASK_SOURCE, SOURCE_HUB, "monitor" },
        { ASK_SOURCE, SOURCE_ADAPTER, "wall" },
        { ASK_SOURCE, SOURCE_ADAPTER, "charger" },
        { ASK_PLACE, PLACE_NORMAL, "room" },
        { ASK_PLACE, PLACE_HOT, "warm" },
        { ASK_CABLE, CABLE_SUPPLIED, "sony" },
        { ASK_CABLE, CABLE_SUPPLIED, "box" },
        { ASK_LEVEL, LEVEL_EIGHTY, "80" },
        { ASK_LEVEL, LEVEL_FULL, "100" },
};

/* Understands words about a dangerous battery in the answer to a change. */
static unsigned danger_from_words(const char *line) {
        static const char *const dangers[] = { "hot", "bulg", "swell", "swoll", "smell", "smok", "spark", "burn", "leak" };

        for (size_t i = 0; i < sizeof dangers / sizeof *dangers; i++)
                if (strcasestr(line, dangers[i]))
                        return CHANGE_HOT;
        return strcasestr(line, "wet") ? CHANGE_WET : 0;
}

static unsigned option_from_words(const struct doctor *d, enum doctor_step s, const char *line) {
        if (doctor_steps[s].change)
                return danger_from_words(line);
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                if (words[i].step == (s == ASK_DANGER_SURE ? (unsigned) ASK_DANGER : (unsigned) s) &&
                    doctor_offers(&d->check, s, words[i].answer) && strcasestr(line, words[i].word))
                        return words[i].answer;
        return 0;
}

/* Understands yes and no, for questions with these answers and for changes. */
static unsigned option_from_yes_no(enum doctor_step s, const char *line) {
        bool yes = strcasecmp(line, "y") == 0 || strncasecmp(line, "yes", 3) == 0 || strcasecmp(line, "it works") == 0;
        bool no = strcasecmp(line, "n") == 0 || strcasecmp(line, "no") == 0 || strcasecmp(line, "nope") == 0 ||
                  strcasecmp(line, "no change") == 0;

        if (doctor_steps[s].change)
                return yes ? CHANGE_WORKS : no ? CHANGE_FAILS : 0;
        return yes ? doctor_option_from_id(s, "yes") : no ? doctor_option_from_id(s, "no") : 0;
}

/* Shorter parts occur in texts by chance. */
#define PART_MIN 4

/* Accepts a part of the text of an option that is in no other option, so that words in the user's language are understood,
 * too. */
static unsigned option_from_text(const struct doctor *d, enum doctor_step s, const char *line) {
        unsigned found = 0, fits = 0;

        for (unsigned i = 1; i <= doctor_n_options(s); i++)
                if (doctor_offers(&d->check, s, i) && strcasestr(doctor_option_text(s, i), line)) {
                        found = i;
                        fits++;
                }
        return fits == 1 && strlen(line) >= PART_MIN && !doctor_steps[s].change ? found : 0;
}

static unsigned option_from_line(const struct doctor *d, enum doctor_step s, const char *line) {
        unsigned option = option_from_number(d, s, line);

        if (option == 0)
                option = option_from_yes_no(s, line);
        if (option == 0 && isalpha((unsigned char) *line))
                option = option_from_start(d, s, line);
        if (option == 0 && *line)
                option = option_from_words(d, s, line);
        return option > 0 ? option : option_from_text(d, s, line);
}

static bool is_one_of(const char *line, const char *const *list) {
        for (; *list; list++)
                if (strcasecmp(line, *list) == 0)
                        return true;
        return false;
}

static const char *const quits[] = { "q", "quit", "exit", "stop", NULL };
static const char *const backs[] = { "b", "back", NULL };
static const char *const skips[] = { "s",           "skip",    "dunno",    "don't know", "i don't know", "i do not know",
                                     "do not know", "no idea", "not sure", "dont know",  "i dont know",  "idk",
                                     "unsure",      "no clue", NULL };
static const char *const helps[] = { "?", "h", "help", "what", "what?", "huh", NULL };
static const char *const whys[] = { "why", "why?", "w", NULL };

/* Lists the known models, for the command "?". */
static void say_models(struct doctor *d) {
        char models[HWDB_MODELS_MAX][sizeof(((struct model_facts *) 0)->model)];
        char line[16 + sizeof models + 2 * HWDB_MODELS_MAX]; /* room for all of them, with a comma and a space each */
        size_t n = hwdb_models(models, HWDB_MODELS_MAX);
        size_t len = (size_t) snprintf(line, sizeof line, "%s", _("Known are:"));

        for (size_t i = 0; i < n; i++)
                len += (size_t) snprintf(line + len, sizeof line - len, "%s %s", i ? "," : "", models[i]);
        if (n > 0)
                talk_say(d, 2, line);
}

static enum go not_understood(struct doctor *d, enum doctor_step s) {
        if (d->line_too_long)
                talk_say(d, 2, _("That line is far too long."));
        else if (*d->line) {
                talk_sayf(d, 2,
                          *d->notes
                                  ? _("I do not understand \"%.60s\".")
                                  : _("I do not understand \"%.60s\"; it is kept, and stands in the result under \"You said\"."),
                          d->line);
                doctor_note(d, s, d->line);
        }
        talk_say(d, 2, _("Please answer with a number, s when you do not know, ? for help."));
        return GO_AGAIN;
}

static enum go take_answer(struct doctor *d, enum doctor_step s) {
        bool free_text = doctor_n_options(s) == 0;
        unsigned option = free_text ? 0 : option_from_line(d, s, d->line);

        if (free_text ? *d->line && check_take(d, s, d->line, false)
                      : option > 0 && check_take(d, s, doctor_steps[s].options[option - 1].id, false))
                return GO_ON;
        return not_understood(d, s);
}

enum go talk_take(struct doctor *d, enum doctor_step s) {
        if (d->line_too_long)
                return not_understood(d, s);
        if (is_one_of(d->line, quits))
                return GO_QUIT;
        if (is_one_of(d->line, backs))
                return GO_BACK;
        if (is_one_of(d->line, skips))
                return check_take(d, s, NULL, false) ? GO_ON : GO_FAIL;
        if (is_one_of(d->line, helps)) {
                say_commands(d);
                if (s == ASK_MODEL)
                        say_models(d);
                return GO_AGAIN;
        }
        if (is_one_of(d->line, whys)) {
                talk_say(d, 2, doctor_why(s));
                return GO_AGAIN;
        }
        return take_answer(d, s);
}

enum go talk_yes_no(struct doctor *d, const char *question, bool *ret_yes) {
        enum heard heard;

        talk_say(d, 2, question);
        talk_prompt(d);
        while ((heard = listen_for(d)) == HEARD_NEWS || heard == HEARD_LATE)
                if (heard == HEARD_NEWS)
                        (void) watch_doctor_look(d);
        if (heard != HEARD_LINE || is_one_of(d->line, quits))
                return GO_QUIT;
        if (is_one_of(d->line, backs))
                return GO_BACK;
        *ret_yes = strcasecmp(d->line, "y") == 0 || strcasecmp(d->line, "yes") == 0;
        if (*ret_yes || strcasecmp(d->line, "n") == 0 || strcasecmp(d->line, "no") == 0)
                return GO_ON;
        talk_say(d, 2, _("Please answer y or n."));
        return GO_AGAIN;
}
