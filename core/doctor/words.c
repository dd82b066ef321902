/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ids and texts of the doctor. Placeholders in the texts are filled with the model's name and its button sequences.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/language.h"
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

/* Returns the next character of a name that is compared. People leave out hyphens and spaces. */
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

/* Returns NULL when no row fits. */
static const struct doctor_model_row *find_model(const char *name) {
        name = next_letter(name);
        if (strncasecmp(name, "sony", 4) == 0)
                name += 4;
        for (size_t i = 0; *name && i < doctor_n_models; i++)
                if (begins_with(name, doctor_models[i].start))
                        return &doctor_models[i];
        return NULL;
}

static const struct doctor_model_row *doctor_model(const struct doctor_check *c) {
        return find_model(*c->model ? c->model : c->named_model);
}

bool doctor_has_battery(const char *model) {
        const struct doctor_model_row *m = find_model(model);

        return !m || !(m->traits & TRAIT_NO_BATTERY);
}

const char *doctor_sequence_by_sony(const char *model, enum doctor_step s) {
        const struct doctor_model_row *m = find_model(model);
        const char *text = !m || !m->by_sony ? NULL : s == DO_RESET ? m->reset : s == DO_INITIALISE ? m->initialise : NULL;

        return text ? _(text) : NULL;
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

const char *doctor_say(const struct doctor_check *c, enum sentence id, char *buf, size_t size) {
        enum sentence headset = *c->model ? SAY_THE_MODEL : c->of_family == FAMILY_EARBUDS ? SAY_THE_EARBUDS : SAY_THE_HEADSET;
        struct params params = {};

        words_say(buf, size, &params, id, WORD_LIST(WORDS("headset", headset), TEXT("headset_name", c->model)));
        (void) words_fill(&params, buf, size); /* replaces it by the text in the language of the user */
        return buf;
}

/* Returns a reference to the model's Help Guide. */
static const char *guide(const struct doctor_check *c, enum sentence at_address, enum sentence anywhere, char *buf, size_t size) {
        struct params params = {};

        words_say(buf, size, &params, *c->help ? at_address : anywhere, WORD_LIST(TEXT("help", c->help)));
        (void) words_fill(&params, buf, size);
        return buf;
}

static const char *reset_words(const struct doctor_check *c, char *buf, size_t size) {
        const struct doctor_model_row *m = doctor_model(c);

        if (m && m->reset)
                snprintf(buf, size, "%s", _(m->reset));
        else if (c->of_family == FAMILY_OVER_EAR)
                guide(c, SAY_DOCTOR_HELP_RESET_OR_HOLD, SAY_DOCTOR_HELP_RESET_OR_HOLD_ANYWHERE, buf, size);
        else
                guide(c, SAY_DOCTOR_HELP_RESET, SAY_DOCTOR_HELP_RESET_ANYWHERE, buf, size);
        return buf;
}

static const char *initialise_words(const struct doctor_check *c, char *buf, size_t size) {
        const struct doctor_model_row *m = doctor_model(c);

        if (m && m->initialise)
                snprintf(buf, size, "%s", _(m->initialise));
        else
                guide(c, SAY_DOCTOR_HELP_INITIALISE, SAY_DOCTOR_HELP_INITIALISE_ANYWHERE, buf, size);
        return buf;
}

/* Returns the text for a placeholder in the text of a step. */
static const char *place_words(const struct doctor_check *c, const char *place, size_t len, char *buf, size_t size) {
        *buf = '\0';
        if (len == 5 && strncmp(place, "reset", len) == 0)
                reset_words(c, buf, size);
        else if (len == 10 && strncmp(place, "initialise", len) == 0)
                initialise_words(c, buf, size);
        else if (len == 6 && strncmp(place, "advice", len) == 0)
                snprintf(buf, size, "%s", c->advice);
        return buf;
}

static const char *fill(const struct doctor_check *c, const char *sentence, char *buf, size_t size) {
        char words[800];
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

static bool is_first_change(const struct doctor_check *c, enum doctor_step s) {
        for (unsigned i = 0; i < c->n; i++)
                if (doctor_steps[c->trail[i]].change)
                        return false;
        return doctor_steps[s].change;
}

/* Before the first change the person is asked to feel the headset, because the question about danger may have been answered in
 * haste. */
const char *doctor_text(const struct doctor_check *c, enum doctor_step s, char *buf, size_t size) {
        const char *text = doctor_steps[s].text;
        size_t n = 0;

        if (s == DO_WAIT && c->answers[ASK_SINCE] == SINCE_STORED)
                text = N_(
                        "Leave it plugged in to a plain charger for half an hour and touch nothing. Stop if it gets hot, bulges "
                        "or smells.");
        if (is_first_change(c, s)) {
                snprintf(buf, size, "%s ",
                         _("First feel every part. If one is hot, bulges, smells or is wet, change nothing and answer \"hot\" or "
                           "\"wet\"."));
                n = strlen(buf);
        }
        fill(c, _(text), buf + n, size - n);
        return buf;
}

const char *doctor_why(enum doctor_step s) {
        return _(doctor_steps[s].why);
}

const char *doctor_option_text(enum doctor_step s, unsigned option) {
        return _(doctor_steps[s].options[option - 1].text);
}
