/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows findings: the first one in full, the others in short form, those shown before by name.
 */
#include <string.h>
#include <time.h>

#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/language.h"
#include "words/words.h"

static const struct look {
        const char *severity;
        enum style style;
        enum symbol symbol;
} looks[] = {
        { "critical", STYLE_CRITICAL, SYMBOL_CRITICAL },
        { "warning", STYLE_WARNING, SYMBOL_WARNING },
        { "notice", STYLE_NOTICE, SYMBOL_NOTICE },
        { "", STYLE_PLAIN, SYMBOL_INFO }, /* info, and words of later versions */
};

static const struct look *look_of(struct json_object *finding) {
        const char *severity = json_text(finding, "severity");
        const struct look *l = looks;

        while (*l->severity && strcmp(l->severity, severity) != 0)
                l++;
        return l;
}

void put_severity(FILE *out, const struct options *o, struct json_object *finding) {
        const struct look *l = look_of(finding);

        fprintf(out, "%s%s%s", style(o, l->style), symbol(o, l->symbol), style(o, STYLE_PLAIN));
}

/* Ten columns are enough for the English labels. Those of other languages may be longer, and stand below each other all the
 * same. */
static size_t label_columns(const struct options *o) {
        static const char *const labels[] = { N_("Allowed"),  N_("Asked"),    N_("Asleep"),  N_("Battery"),   N_("Bluetooth"),
                                              N_("Cable"),    N_("Charging"), N_("Counted"), N_("Declared"),  N_("Earlier"),
                                              N_("Findings"), N_("Firmware"), N_("Full"),    N_("How sure"),  N_("Measured"),
                                              N_("Needed"),   N_("Plugged"),  N_("Seen by"), N_("Suspended"), N_("Tried"),
                                              N_("Unsure?") };
        static size_t columns = 10;
        static bool measured;

        for (size_t i = 0; !measured && i < sizeof labels / sizeof *labels; i++)
                if (text_columns(o, _(labels[i])) + 1 > columns)
                        columns = text_columns(o, _(labels[i])) + 1;
        measured = true;
        return columns;
}

void put_row(FILE *out, const struct options *o, const char *label, const char *text) {
        size_t width = label_columns(o), indent = 4 + width;

        put_spaces(out, 4);
        fputs(style(o, STYLE_DIM), out);
        put_column(out, o, label, width);
        fputs(style(o, STYLE_PLAIN), out);
        put_wrapped(out, o, text, indent, indent);
        fputc('\n', out);
}

/* The time is printed once for consecutive pieces of evidence with the same time. */
static void put_evidence(FILE *out, const struct options *o, struct json_object *list, size_t i) {
        struct json_object *e = json_object_array_get_idx(list, i),
                           *previous = i > 0 ? json_object_array_get_idx(list, i - 1) : NULL;
        const char *source = json_text(e, "source"), *at;
        char line[2600], time[32], before[32];

        at = show_time(json_number(e, "at"), time, sizeof time);
        if (strcmp(at, show_time(json_number(previous, "at"), before, sizeof before)) == 0)
                at = "";
        snprintf(line, sizeof line, "%s%s%s%s%s%s%s%s", json_text(e, "what"), _(": "), json_text(e, "value"), *source ? " (" : "",
                 words_value(source), *source && *at ? ", " : "", *source ? at : "", *source ? ")" : "");
        put_row(out, o, i == 0 ? _("Seen") : "", line);
}

/* Prints the confidence, such as "certain", and the code. */
static void put_certainty(FILE *out, const struct options *o, struct json_object *finding) {
        const char *confidence = json_text(finding, "confidence");
        char line[2200];

        snprintf(line, sizeof line, "%s (%s)", *confidence ? words_value(confidence) : _("not stated"),
                 json_text(finding, "code"));
        put_row(out, o, _("How sure"), line);
}

/* Prints the cause of a finding, followed by `more` in plain style. */
static void put_cause(FILE *out, const struct options *o, struct json_object *finding, const char *more) {
        const char *cause = json_text(finding, "cause");
        size_t column;

        fputs("  ", out);
        put_severity(out, o, finding);
        fprintf(out, " %s", finding_needs_action(finding) ? style(o, STYLE_BOLD) : "");
        column = put_wrapped(out, o, *cause ? cause : json_text(finding, "code"), 4, 4);
        fputs(finding_needs_action(finding) ? style(o, STYLE_PLAIN) : "", out);
        if (*more && column + 1 + text_columns(o, more) > o->width) {
                fputc('\n', out);
                put_spaces(out, column = 4);
        } else if (*more)
                column += (size_t) fprintf(out, " ");
        fputs(style(o, STYLE_DIM), out);
        put_wrapped(out, o, more, column, 4);
        fprintf(out, "%s\n", style(o, STYLE_PLAIN));
}

void show_finding(FILE *out, const struct options *o, struct json_object *finding) {
        struct json_object *evidence = json_list(finding, "evidence");

        put_cause(out, o, finding, "");
        if (*json_text(finding, "action"))
                put_row(out, o, _("Do"), json_text(finding, "action"));
        put_certainty(out, o, finding);
        for (size_t i = 0; i < json_length(evidence); i++)
                put_evidence(out, o, evidence, i);
}

/* Prints a further finding: cause, confidence and code; the action only if it is needed and differs from that of the first
 * finding. */
static void show_finding_shortly(FILE *out, const struct options *o, struct json_object *finding, struct json_object *first) {
        const char *confidence = json_text(finding, "confidence"), *action = json_text(finding, "action");
        char more[2200];

        snprintf(more, sizeof more, "(%s%s%s)", words_value(confidence), *confidence ? ", " : "", json_text(finding, "code"));
        put_cause(out, o, finding, more);
        if (finding_needs_action(finding) && *action && strcmp(action, json_text(first, "action")) != 0)
                put_row(out, o, _("Do"), action);
}

/* Prints one line with the name of a finding that is shown elsewhere. */
static void show_finding_again(FILE *out, const struct options *o, struct json_object *finding) {
        const char *subject = json_text(finding, "subject");
        char line[2200];

        if (*subject)
                snprintf(line, sizeof line, _("%s of %s: see above"), json_text(finding, "code"), subject);
        else
                snprintf(line, sizeof line, _("%s: see above"), json_text(finding, "code"));
        fputs("  ", out);
        put_severity(out, o, finding);
        fputc(' ', out);
        put_wrapped(out, o, line, 4, 4);
        fputc('\n', out);
}

static bool is_in(struct json_object *list, struct json_object *finding) {
        const char *code = json_text(finding, "code"), *subject = json_text(finding, "subject");

        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *f = json_object_array_get_idx(list, i);

                if (strcmp(json_text(f, "code"), code) == 0 && strcmp(json_text(f, "subject"), subject) == 0)
                        return true;
        }
        return false;
}

void show_findings(FILE *out, const struct options *o, struct json_object *findings, struct json_object *shown) {
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *finding = json_object_array_get_idx(findings, i);

                if (is_in(shown, finding))
                        show_finding_again(out, o, finding);
                else if (i == 0)
                        show_finding(out, o, finding);
                else
                        show_finding_shortly(out, o, finding, json_object_array_get_idx(findings, 0));
        }
}
