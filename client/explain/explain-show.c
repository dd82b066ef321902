/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Explain: the answer for people. Subjects that need action come first and in full; the others take one line each.
 */
#include <string.h>

#include "client/explain/explain.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/language.h"
#include "words/words.h"

static const struct name_text states[] = {
        { "enumerated", N_("recognised") },
        { "failed", N_("not recognised") },
        { "disconnected", N_("unplugged at the end of the log") },
        { "unknown", N_("the log does not tell how it ended") },
};

static const char *state_words(const char *state) {
        return TEXT_OF_NAME(states, state, state);
}

/* "1-2.3  WH-1000XM4 (054c:0d58): recognised" */
static void put_subject(FILE *out, const struct options *o, struct json_object *s) {
        const char *vid = json_text(s, "vid"), *pid = json_text(s, "pid"), *product = json_text(s, "product");
        const char *name = json_text(s, "subject");
        char line[2400], ids[32] = "";
        unsigned over_currents = (unsigned) json_number(s, "over_currents");
        struct address where;
        /* The name of a PCI controller begins with a digit as well. */
        bool machine = !*vid && !address_parse(name, strlen(name), &where);

        if (*vid)
                snprintf(ids, sizeof ids, "%s%s:%s%s", *product ? " (" : "", vid, *pid ? pid : "?", *product ? ")" : "");
        if (machine || strlen(name) > 20)
                snprintf(line, sizeof line, "%s", name);
        else if (!*vid && !*product && over_currents > 0 && strcmp(json_text(s, "state"), "unknown") == 0)
                snprintf(line, sizeof line,
                         ngettext("%s  port: over-current reported %u time, no device known",
                                  "%s  port: over-current reported %u times, no device known", over_currents),
                         name, over_currents);
        else
                snprintf(line, sizeof line, "%s  %s%s: %s", name, product, *product || *ids ? ids : _("USB device"),
                         state_words(json_text(s, "state")));
        fputs(style(o, STYLE_BOLD), out);
        put_wrapped(out, o, line, 0, 2);
        fprintf(out, "%s\n", style(o, STYLE_PLAIN));
}

static void show_subjects(FILE *out, const struct options *o, struct json_object *subjects, bool urgent) {
        for (size_t i = 0; i < json_length(subjects); i++) {
                struct json_object *s = json_object_array_get_idx(subjects, i), *findings = json_list(s, "findings");

                if (findings_need_action(findings) != urgent)
                        continue;
                put_subject(out, o, s);
                show_findings(out, o, findings, NULL);
                if (json_length(findings) > 0)
                        fputc('\n', out);
        }
}

int explain_show(const struct options *o, struct json_object *answer, const struct explain_read *read) {
        struct json_object *subjects = json_list(answer, "subjects");
        FILE *out;

        if (json_length(subjects) == 0) {
                if (read->records == 0 || read->messages > 0)
                        tell(o, _("the log tells of no USB device"));
                else
                        tell(o,
                             ngettext("%llu line read, %llu understood as lines of a log, none about USB",
                                      "%llu lines read, %llu understood as lines of a log, none about USB", read->lines),
                             read->lines, read->records);
                return STATUS_OK;
        }
        json_into_language(answer);
        out = output_begin(o);
        show_subjects(out, o, subjects, true);
        show_subjects(out, o, subjects, false);
        return output_end(o, out) < 0 ? STATUS_FAILED : STATUS_OK;
}
