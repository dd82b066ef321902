/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Words: the sentences of findings. They are templates with named places (sentences.def) and are filled here and nowhere
 * else: in the causes, and in every program that shows a finding in the language of its user.
 */

#include "common/finding.h"
#include "common/params.h"

enum sentence {
        SAY_NOTHING,
#define ROW(id, ...) SAY_##id,
#include "words/sentences.def"
        _SENTENCE_MAX,
};

/* A value for a place: {needed_ma} is filled by NUMBER("needed_ma", 500), {port} by TEXT("port", name) or by
 * WORDS("port", SAY_...). The places of such a nested template are looked for with its place's name before theirs: in the words
 * of {device}, {name} is "device_name". */
struct word {
        const char *place;
        uint64_t number;
        const char *text;
        enum sentence words;
};
#define NUMBER(place_, n) \
        { .place = (place_), .number = (n) }
#define TEXT(place_, t) \
        { .place = (place_), .text = (t) }
#define NUMBER_IF(is_known, place_, n) \
        { .place = (is_known) ? (place_) : "", .number = (n) } /* a place of "" is left out */
#define WORDS(place_, id) \
        { .place = (place_), .words = (id) }

/* What a finding says is written in English, which is for programs, with the params from which words_fill() makes it in the
 * language of the user.
 * The cause, the action: because(f, SAY_PORT_OFF, TEXT("port", name)). */
#define because(f, id, ...) words_say((f)->cause, sizeof(f)->cause, &(f)->cause_params, id, WORD_LIST(__VA_ARGS__))
#define advise(f, id, ...) words_say((f)->action, sizeof(f)->action, &(f)->action_params, id, WORD_LIST(__VA_ARGS__))

/* One piece of evidence; full after EVIDENCE_MAX pieces. `source` must be a string literal. */
#define give(f, id, source, at, ...) words_give(f, id, source, at, WORD_LIST(__VA_ARGS__))

#define WORD_LIST(...) ((const struct word[]){ { .place = "" }, ##__VA_ARGS__, {} } + 1)
void words_say(char *buf, size_t size, struct params *params, enum sentence id, const struct word *words);
void words_give(struct finding *f, enum sentence id, const char *source, uint64_t at, const struct word *words);

/* Fills the template that the params name, in the language of the user. Returns false, with an empty text, when this program
 * does not know it. */
bool words_fill(const struct params *params, char *buf, size_t size);

/* The same for what a piece of evidence is about. */
bool words_fill_what(const struct params *params, char *buf, size_t size);

/* The text of a sentence without places, in the language of the user. */
const char *words_text(enum sentence id);

/* A word of the interfaces ("at-risk", "kernel-log") as people read it. Any other text is returned as it is. */
const char *words_value(const char *word);

/* A text that the daemon wrote in English without params: the name of a port or of a nameless device, or a note (the sentences
 * from NAME_USB_PORT on). Returns false, and an empty text, when it is none of them. */
bool words_from_english(const char *text, char *buf, size_t size);

/* Puts all that is said in an answer of the daemon into the language of the user: sentences, titles, names of ports, notes.
 * Without translations nothing is changed. */
struct json_object;
void json_into_language(struct json_object *o);

/* "42 min", "7 h 12 min", "35 s". Returns buf. */
#define SPAN_MAX 64
const char *span_words(uint64_t usec, char buf[static SPAN_MAX]);
