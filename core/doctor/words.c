/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's words: ids, and sentences with the model's name and its button sequences filled in.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "doctor/engine.h"

const char *doctor_step_id(enum doctor_step s) {
        return s < _STEP_MAX ? doctor_steps[s].id : NULL;
}

enum doctor_step doctor_step_from_id(const char *id) {
        for (unsigned s = 0; s < _STEP_MAX; s++)
                if (strcmp(doctor_steps[s].id, id) == 0)
                        return (enum doctor_step) s;
        return STEP_NONE;
}

unsigned doctor_n_options(enum doctor_step s) {
        unsigned n = 0;

        while (n < OPTIONS_MAX && doctor_steps[s].options[n].id)
                n++;
        return n;
}

unsigned doctor_option_from_id(enum doctor_step s, const char *id) {
        unsigned n = doctor_n_options(s);

        for (unsigned i = 0; i < n; i++)
                if (strcmp(doctor_steps[s].options[i].id, id) == 0)
                        return i + 1;
        return 0;
}

/* --- model --- */

/* The next character of a name that counts: people leave out hyphens and blanks. */
static const char *next_letter(const char *s) {
        while (*s && !isalnum((unsigned char) *s))
                s++;
        return s;
}

static bool begins_with(const char *name, const char *start) {
        for (start = next_letter(start), name = next_letter(name); *start; start = next_letter(start + 1)) {
                if (tolower((unsigned char) *name) != tolower((unsigned char) *start))
                        return false;
                name = next_letter(name + 1);
        }
        return true;
}

const struct doctor_model_row *doctor_model(const struct doctor_check *c) {
        const char *name = *c->model ? c->model : c->named_model;

        name = next_letter(name);
        if (strncasecmp(name, "sony", 4) == 0)
                name += 4;
        for (size_t i = 0; *name && i < doctor_n_models; i++)
                if (begins_with(name, doctor_models[i].start))
                        return &doctor_models[i];
        return NULL;
}

static enum doctor_family family_of(const struct doctor_check *c, const struct doctor_model_row *m) {
        static const enum doctor_family told[] = { FAMILY_UNKNOWN, FAMILY_OVER_EAR, FAMILY_NECKBAND, FAMILY_EARBUDS };

        if (c->family != FAMILY_UNKNOWN)
                return c->family;
        if (m && m->family != FAMILY_UNKNOWN)
                return m->family;
        if (c->answers[ASK_FAMILY] < sizeof told / sizeof *told && c->answers[ASK_FAMILY] != UNANSWERED)
                return told[c->answers[ASK_FAMILY]];
        if (c->answers[ASK_COMPLAINT] == COMPLAINT_BUDS || c->answers[ASK_COMPLAINT] == COMPLAINT_ONE)
                return FAMILY_EARBUDS;
        return FAMILY_UNKNOWN;
}

void doctor_refresh(struct doctor_check *c) {
        const struct doctor_model_row *m = doctor_model(c);

        c->of_family = family_of(c, m);
        c->of_traits = (uint16_t) (c->traits | (m ? m->traits : 0));
}

/* --- sentences --- */

static const char *name_of_headset(const struct doctor_check *c, char *buf, size_t size) {
        if (*c->model)
                snprintf(buf, size, "the %s", c->model);
        else
                snprintf(buf, size, "%s", c->of_family == FAMILY_EARBUDS ? "the pair of earbuds" : "the headset");
        return buf;
}

const char *doctor_say(const struct doctor_check *c, enum sentence id, char *buf, size_t size) {
        const struct word words[] = { WORDS("headset", *c->model                        ? SAY_THE_MODEL
                                                       : c->of_family == FAMILY_EARBUDS ? SAY_THE_EARBUDS
                                                                                        : SAY_THE_HEADSET),
                                      TEXT("headset_name", c->model),
                                      {} };

        struct params params = {};

        words_say(buf, size, &params, id, words);
        return buf;
}

static const char *guide(const struct doctor_check *c, const char *chapter, char *buf, size_t size) {
        if (*c->help)
                snprintf(buf, size, "See \"%s\" in its Help Guide, %s.", chapter, c->help);
        else
                snprintf(buf, size, "See \"%s\" in the Help Guide of your model, helpguide.sony.net.", chapter);
        return buf;
}

static const char *reset_words(const struct doctor_check *c, char *buf, size_t size) {
        const struct doctor_model_row *m = doctor_model(c);

        size_t n;

        if (m && m->reset) {
                snprintf(buf, size, "%s", m->reset);
                return buf;
        }
        guide(c, "Resetting", buf, size);
        n = strlen(buf);
        /* Public guides only; Sony does not name it. */
        if (c->of_family == FAMILY_OVER_EAR)
                snprintf(buf + n, size - n,
                         " Where that does not help, hold the power button while you plug it in, then let go.");
        return buf;
}

static const char *initialise_words(const struct doctor_check *c, char *buf, size_t size) {
        const struct doctor_model_row *m = doctor_model(c);

        if (m && m->initialise)
                snprintf(buf, size, "%s", m->initialise);
        else
                guide(c, "Initializing", buf, size);
        return buf;
}

/* What stands for a place in a sentence. */
static const char *place_words(const struct doctor_check *c, const char *place, size_t len, char *buf, size_t size) {
        *buf = '\0';
        if (len == 7 && strncasecmp(place, "headset", len) == 0) {
                name_of_headset(c, buf, size);
                if (isupper((unsigned char) *place))
                        *buf = (char) toupper((unsigned char) *buf);
        } else if (len == 5 && strncmp(place, "reset", len) == 0)
                reset_words(c, buf, size);
        else if (len == 10 && strncmp(place, "initialise", len) == 0)
                initialise_words(c, buf, size);
        else if (len == 6 && strncmp(place, "advice", len) == 0)
                snprintf(buf, size, "%s", c->advice);
        return buf;
}

const char *doctor_fill(const struct doctor_check *c, const char *sentence, char *buf, size_t size) {
        char words[400];
        size_t n = 0;

        while (*sentence && n + 1 < size) {
                const char *end = *sentence == '{' ? strchr(sentence, '}') : NULL;

                if (end) {
                        place_words(c, sentence + 1, (size_t) (end - sentence - 1), words, sizeof words);
                        snprintf(buf + n, size - n, "%s", words);
                        n += strlen(buf + n);
                        sentence = end + 1;
                } else
                        buf[n++] = *sentence++;
        }
        buf[n] = '\0';
        return buf;
}

unsigned doctor_minutes(const struct doctor_check *c, enum doctor_step s) {
        if (s == DO_WAIT && c->answers[ASK_SINCE] == SINCE_STORED)
                return 30;
        return doctor_steps[s].minutes;
}

const char *doctor_text(const struct doctor_check *c, enum doctor_step s, char *buf, size_t size) {
        const char *text = doctor_steps[s].text;

        if (s == DO_WAIT && c->answers[ASK_SINCE] == SINCE_STORED)
                text = "Leave it plugged in to a plain charger for half an hour and touch nothing. Stop if it gets hot, bulges "
                       "or smells.";
        return doctor_fill(c, text, buf, size);
}
