/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Show: prints the answer for people. Each line ends with the number of its source; the sources are listed at the end.
 */
#include <string.h>

#include "client/guide/guide.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/language.h"

/* More than there are. */
#define SOURCES_MAX 96

struct sources {
        size_t n;
        struct json_object *items[SOURCES_MAX]; /* borrowed */
};

/* Returns the number of a source, from 1, or 0 if there is no room for another one. */
static size_t source_number(struct sources *s, struct json_object *source) {
        for (size_t i = 0; i < s->n; i++)
                if (strcmp(json_text(s->items[i], "url"), json_text(source, "url")) == 0 &&
                    strcmp(json_text(s->items[i], "title"), json_text(source, "title")) == 0)
                        return i + 1;
        if (s->n == SOURCES_MAX)
                return 0;
        s->items[s->n++] = source;
        return s->n;
}

static void put_heading(FILE *out, const struct options *o, const char *text) {
        fprintf(out, "\n%s", style(o, STYLE_BOLD));
        put_wrapped(out, o, text, 0, 0);
        fprintf(out, "%s\n", style(o, STYLE_PLAIN));
}

static void put_lines(FILE *out, const struct options *o, struct json_object *lines, struct sources *sources) {
        char text[2200];

        for (size_t i = 0; i < json_length(lines); i++) {
                struct json_object *line = json_object_array_get_idx(lines, i);
                bool others = strcmp(json_text(line, "by"), "others") == 0;

                snprintf(text, sizeof text, others ? _("Not from Sony: %s [%zu]") : "%s [%zu]", json_text(line, "text"),
                         source_number(sources, json_child(line, "source")));
                fprintf(out, "  %s ", symbol(o, SYMBOL_DOT));
                put_wrapped(out, o, text, 4, 4);
                fputc('\n', out);
        }
}

static void put_sources(FILE *out, const struct options *o, const struct sources *sources) {
        char text[600];

        put_heading(out, o, _("Sources"));
        for (size_t i = 0; i < sources->n; i++) {
                snprintf(text, sizeof text, "[%zu] %s", i + 1, json_text(sources->items[i], "title"));
                fprintf(out, "  %s", i < 9 ? " " : "");
                put_wrapped(out, o, text, i < 9 ? 3 : 2, 7);
                /* An address is not wrapped, so that it can be clicked on or copied. */
                fprintf(out, "\n       %s%s%s\n", style(o, STYLE_DIM), json_text(sources->items[i], "url"),
                        style(o, STYLE_PLAIN));
        }
}

static const char *family_words(const char *family) {
        static const struct name_text families[] = {
                { "over-ear", N_("headphones") },
                { "neckband", N_("neckband headphones") },
                { "earbuds", N_("earbuds and their charging case") },
        };

        return TEXT_OF_NAME(families, family, "");
}

static void put_title(FILE *out, const struct options *o, struct json_object *model, struct json_object *symptom) {
        const char *family = family_words(json_text(model, "family"));

        fputs(style(o, STYLE_BOLD), out);
        put_text(out, o, model ? json_text(model, "model") : _("All models"));
        fputs(style(o, STYLE_PLAIN), out);
        if (*family)
                fprintf(out, ", %s", family);
        if (symptom) {
                fputs(": ", out);
                put_text(out, o, json_text(symptom, "title"));
        }
        fputc('\n', out);
}

void guide_show(FILE *out, const struct options *o, struct json_object *answer) {
        struct json_object *model = json_child(answer, "model"), *symptom = json_child(answer, "symptom");
        struct json_object *topics = json_list(answer, "topics");
        struct sources sources = {};

        put_title(out, o, model, symptom);
        put_lines(out, o, json_list(symptom, "lines"), &sources);
        if (*json_text(model, "help"))
                fprintf(out, _("  Help Guide: %s\n"), json_text(model, "help"));
        for (size_t i = 0; i < json_length(topics); i++) {
                struct json_object *topic = json_object_array_get_idx(topics, i);

                put_heading(out, o, json_text(topic, "title"));
                put_lines(out, o, json_list(topic, "lines"), &sources);
        }
        put_sources(out, o, &sources);
        if (!model)
                fprintf(out, "\n%s\n", _("For one model: sonychargectl guide MODEL SYMPTOM"));
}

static void put_models(FILE *out, const struct options *o, struct json_object *models) {
        char text[4096] = "";

        put_heading(out, o, _("Models"));
        for (size_t i = 0; i < json_length(models); i++)
                snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? ", " : "",
                         json_object_get_string(json_object_array_get_idx(models, i)));
        fputs("  ", out);
        put_wrapped(out, o, *text ? text : _("The hardware database has no entries of this project; any model's name is taken."),
                    2, 2);
        fputc('\n', out);
}

/* Prints the symptoms, or the findings. */
static void put_symptoms(FILE *out, const struct options *o, const char *heading, struct json_object *symptoms, bool findings) {
        put_heading(out, o, heading);
        for (size_t i = 0; i < json_length(symptoms); i++) {
                struct json_object *s = json_object_array_get_idx(symptoms, i);

                if (json_truth(s, "finding") != findings)
                        continue;
                fputs("  ", out);
                put_column(out, o, json_text(s, "name"), 23);
                put_wrapped(out, o, json_text(s, "title"), 25, 25);
                fputc('\n', out);
        }
}

void guide_show_overview(FILE *out, const struct options *o, struct json_object *overview) {
        fprintf(out, "%s%s%s\n", style(o, STYLE_BOLD), _("When a headset does not charge"), style(o, STYLE_PLAIN));
        fputs(_("  sonychargectl guide MODEL            all that is known of a model\n"
                "  sonychargectl guide SYMPTOM          what to try, for all models\n"
                "  sonychargectl guide MODEL SYMPTOM    the same for one model\n"),
              out);
        put_symptoms(out, o, _("Symptoms"), json_list(overview, "symptoms"), false);
        put_symptoms(out, o, _("Findings of sonychargectl status"), json_list(overview, "symptoms"), true);
        put_models(out, o, json_list(overview, "models"));
}
