/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Guide: Sony's statements about charging a model and the advice of others, each with its source. It uses neither the bus nor
 * files: the texts are part of the program, and the model facts come from the caller.
 *
 * Statements of Sony, advice of others, and results of standards and measurements are kept apart. What is not confirmed for a
 * model is not stated for it.
 */

#include "client/client.h"
#include "model/facts.h"
#include "common/finding.h"

enum guide_topic {
        GUIDE_LIGHT,
        GUIDE_POWER,
        GUIDE_SOURCE,
        GUIDE_COMPUTER,
        GUIDE_CABLE,
        GUIDE_IN_USE,
        GUIDE_WIRELESS,
        GUIDE_TEMPERATURE,
        GUIDE_STORAGE,
        GUIDE_CLEAN,
        GUIDE_WET,
        GUIDE_SEATING,
        GUIDE_CASE,
        GUIDE_LEVEL,
        GUIDE_VISIBLE,
        GUIDE_FIRMWARE,
        GUIDE_RESET,
        GUIDE_HOLD_POWER,
        GUIDE_INITIALISE,
        GUIDE_BATTERY,
        GUIDE_SERVICE,
        _GUIDE_TOPIC_MAX,
};

/* Who states it. */
enum guide_kind { GUIDE_BY_SONY, GUIDE_BY_REFERENCE, GUIDE_BY_OTHERS, _GUIDE_KIND_MAX };

/* A set of families. */
enum { FOR_OVER_EAR = 1, FOR_NECKBAND = 2, FOR_EARBUDS = 4, FOR_ALL = 7 };

struct guide_source {
        enum guide_kind kind;
        const char *title, *url;
};

struct guide_line {
        enum guide_topic topic;
        unsigned families;  /* FOR_... */
        const char *models; /* "A;B": only for these; "WH-*": those that begin so; "!A": but not this. NULL: the whole family */
        const struct guide_source *source;
        const char *text;
};

/* What the guide has about a symptom or a finding. */
struct guide_symptom {
        const char *name;  /* "dark-light", or the code of a finding */
        const char *title; /* as a person would say it */
        const char *text;  /* a sentence or two, or NULL */
        const struct guide_source *source;
        enum guide_topic topics[_GUIDE_TOPIC_MAX];
        size_t n_topics;
};

/* The tables; each ends with a line without text. */
extern const struct guide_line guide_lines_power[], guide_lines_care[], guide_lines_service[];

/* Returns the symptom with this index, the findings first, or NULL past the end. */
const struct guide_symptom *guide_symptom_at(size_t i);

/* Returns the symptom or finding with this name, ignoring case and punctuation, or NULL. */
const struct guide_symptom *guide_symptom_find(const char *name);

/* Looks up a topic by its name ("reset") as if it were a symptom. Returns false if there is none. */
bool guide_symptom_of_topic(const char *name, struct guide_symptom *ret);

/* Returns what the guide has about a finding; never NULL. */
const struct guide_symptom *guide_finding(enum finding_code code);

/* Returns the name of a topic, such as "reset"; static. */
const char *guide_topic_name(enum guide_topic t);

/* Returns whether the topic applies to a model. Seating earbuds, for example, applies to earbuds only. */
bool guide_topic_fits(enum guide_topic t, const struct model_facts *f);

/* Returns whether the line applies to this model. */
bool guide_line_fits(const struct guide_line *line, const struct model_facts *f);

/* {"topic","title","lines":[{"text","by":"sony|reference|others","specific","source":{"title","url"}}]} for a model, or, with
 * NULL, the general lines. It always has lines. The caller owns the object. */
struct json_object *guide_topic_to_json(enum guide_topic t, const struct model_facts *f);

/* The answer of the verb: {"api_version","model","symptom","topics"}. Either may be NULL. The caller owns the object. */
struct json_object *guide_answer(const struct model_facts *f, const struct guide_symptom *s);

/* {"api_version","models":[name],"symptoms":[{"name","title"}]}. The caller owns the object. */
struct json_object *guide_overview(void);

/* Print these for people. */
void guide_show(FILE *out, const struct options *o, struct json_object *answer);
void guide_show_overview(FILE *out, const struct options *o, struct json_object *overview);

/* Facts of a model by any name: "WH-1000XM5", "wh1000xm5", an id of a headset. Without the database only what
 * follows from the name. Returns false if it is not the name of a Sony headset. */
bool guide_find_model(const char *name, struct model_facts *ret);

/* What was asked for; empty names: nothing. */
struct guide_asked {
        struct model_facts model;
        struct guide_symptom symptom;
};

/* Parses the arguments of the verb, in any order. Names of several words need no quotes. Returns STATUS_OK, or another exit
 * status after complaining. */
int guide_read_arguments(int argc, char **argv, struct guide_asked *asked);
