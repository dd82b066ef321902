/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Verbs: the table of them, and the help that is made from it.
 */
#include "client/verbs.h"

#include <string.h>

#include "client/options.h"
#include "client/show/terminal.h"
#include "common/language.h"

static const struct verb verbs[] = {
        { "status", 0, 1, verb_status, "[HEADSET]", N_("What is in the way between computer and headset"),
          N_("HEADSET is an id, a unique start of one, a model, or the name of any USB device\n"
             "(1-2.3). Without it, everything that is seen is shown. This is the default.\n"
             "With --last, the last plug session of a headset that is gone is shown.\n"
             "With --ask-headset, headsets are asked over the protocol of Sony's app, which takes\n"
             "up to five seconds each; Sony's app on a phone may lose its connection meanwhile.\n"),
          .options = "watch last ask-headset" },
        { "history", 0, 1, verb_history, "[HEADSET]", N_("Earlier plug sessions, and the health of headsets and ports"),
          N_("--cable=NAME marks the cable in use: its name is kept with the sessions from now\n"
             "on, so that errors that follow a cable can be told from those of a port; \"\" ends\nthat.\n"),
          .options = "watch port since until finding limit all cable" },
        { "list", 0, 0, verb_list, "", N_("One line for each headset"), "", .options = "watch" },
        { "ports", 0, 0, verb_ports, "", N_("Every hub and port: current, faults, device"),
          N_("Declared current is what devices say they may take. A plain port does not tell\n"
             "what really flows; a USB meter that the kernel knows may.\n"),
          .options = "watch" },
        { "monitor", 0, 0, verb_monitor, "", N_("Follow headsets, ports and findings as they change"),
          N_("Runs until interrupted. With --json, one object on each line. Never starts the\n"
             "daemon, but waits for it when it goes away.\n") },
        { "wait", 0, 1, verb_wait, "[HEADSET]", N_("Wait until a headset is attached and judged"),
          N_("Returns once a headset (this HEADSET) is attached and its verdict has not\n"
             "changed for two seconds. With --timeout=SPAN, gives up after that with exit\n"
             "status 1. Never starts the daemon.\n") },
        { "doctor", 0, 4, verb_doctor, "[HEADSET]", N_("Find the cause together, one change at a time"),
          N_("Asks what no sensor can know (the light, the cable, the case), asks for one\n"
             "change at a time and watches whether it helped. Every question can be skipped\n"
             "(s) and taken back (b); q or Ctrl-C stops, and the same command goes on later.\n"
             "HEADSET may be any model's name. --answers=FILE takes the answers from a file;\n"
             "with --timeout=SPAN, no step is watched for longer than that. With --json, a\n"
             "program talks with it in JSON lines (see sonychargectl(1)).\n"),
          .options = "answers" },
        { "explain", 0, 1, verb_explain, "[FILE|-]", N_("Explain a kernel log or a recording, without the daemon"),
          N_("Reads dmesg, journalctl, syslog or /dev/kmsg text, or a recording, from FILE or\n"
             "from standard input (-), and explains what it tells about USB devices of any\n"
             "make.\n") },
        { "record", 1, 1, verb_record, "FILE", N_("Record what the computer says about USB"),
          N_("Serial numbers, Bluetooth addresses and the host name are masked, unless\n"
             "--with-serial is given. With --timeout=SPAN, ends after that. Play it back with\n"
             "\"sonycharged --replay FILE\". FILE is overwritten; - is standard output.\n"),
          .options = "with-serial" },
        { "report", 0, 1, verb_report, "[HEADSET]", N_("One file for a support desk: state, past, computer"),
          N_("Writes one HTML page that needs no network and no script; on a terminal into\n"
             "sonycharge-report-DATE.html in this folder, else to standard output. Serial\n"
             "numbers and Bluetooth addresses are left out, unless --with-serial is given and\n"
             "you may see them. Names and serial numbers that devices tell the kernel are left\n"
             "out in any case.\n"),
          .options = "output text with-serial" },
        { "metrics", 0, 0, verb_metrics, "", N_("Numbers for Prometheus: what is wrong on this computer"),
          N_("Writes verdicts, findings, failures and over-currents in the text format of\n"
             "Prometheus and OpenMetrics, without serial numbers and addresses. With --output,\n"
             "FILE is replaced in one step, for the textfile collector of node_exporter. The\n"
             "service is not started; without it, sonycharge_up is 0 and the exit status 5.\n"),
          .options = "output" },
        { "guide", 0, 5, verb_guide, "[MODEL] [SYMPTOM]", N_("What to do about a model or a symptom, with sources"),
          N_("Lights, current and time, cable, reset, service: what Sony says of the model, and\n"
             "what only others advise, marked as such. SYMPTOM is the code of a finding, or one of\n"
             "those that \"guide list\" lists, with the models. Works without the daemon; without\n"
             "arguments, the guide of the headset that is seen is shown, else that list.\n") },
        { "notify", 0, 0, verb_notify, "", N_("Tell of headsets on the desktop (the session's agent)"),
          N_("Shows a desktop notification for each headset that is plugged in: whether the path\n"
             "is good, what is in the way, and what to do. Runs until interrupted; a second one\n"
             "in the same session ends at once. Never starts the daemon, but waits for it.\n") },
        { "version", 0, 0, verb_version, "", N_("Show the version"), "" },
        { "_complete", 1, 2, verb_complete, "WHAT [VERB]", N_("Words for the completions of the shells"), "", .hidden = true },
};

const struct verb *verb_at(size_t i) {
        return i < sizeof verbs / sizeof *verbs ? &verbs[i] : NULL;
}

const struct verb *verb_find(const char *name) {
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
                if (strcmp(verbs[i].name, name) == 0)
                        return &verbs[i];
        return NULL;
}

/* Returns the number of letters that differ (Levenshtein distance); a long word differs from everything. */
static size_t distance(const char *a, const char *b) {
        size_t n = strlen(b), row[32];

        if (n >= sizeof row / sizeof *row)
                return SIZE_MAX;
        for (size_t k = 0; k <= n; k++)
                row[k] = k;
        for (size_t i = 1; *a; a++, i++) {
                size_t diagonal = row[0];

                row[0] = i;
                for (size_t k = 1; k <= n; k++) {
                        size_t best = diagonal + (*a != b[k - 1]);

                        if (row[k - 1] + 1 < best)
                                best = row[k - 1] + 1;
                        if (row[k] + 1 < best)
                                best = row[k] + 1;
                        diagonal = row[k];
                        row[k] = best;
                }
        }
        return row[n];
}

int verb_unknown(const char *name) {
        const char *nearest = NULL;
        size_t least = 3;

        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
                if (!verbs[i].hidden && distance(name, verbs[i].name) < least) {
                        least = distance(name, verbs[i].name);
                        nearest = verbs[i].name;
                }
        if (nearest)
                complain(_("unknown verb \"%s\", did you mean \"%s\"? See: sonychargectl --help"), name, nearest);
        else
                complain(_("unknown verb \"%s\"; see: sonychargectl --help"), name);
        return STATUS_USAGE;
}

static const char exit_help[] = N_("Exit status: 0 nothing wrong seen; 1 failure or over time; 2 wrong usage; 3 no headset; "
                                   "4 something needs you; 5 the daemon cannot be reached.");

/* Text in paragraphs (between empty lines), broken to the width. */
static void put_paragraphs(const struct options *o, const char *text) {
        while (*text) {
                const char *end = strstr(text, "\n\n");
                size_t len = end ? (size_t) (end - text) : strlen(text);
                char paragraph[2400];

                snprintf(paragraph, sizeof paragraph, "%.*s", (int) len, text);
                for (char *p = paragraph; (p = strchr(p, '\n'));)
                        *p = ' ';
                put_wrapped(stdout, o, paragraph, 0, 0);
                fputs(end ? "\n\n" : "\n", stdout);
                text += len + (end ? 2 : 0);
        }
}

static int help_of_program(const struct options *o) {
        printf("%ssonychargectl%s [OPTIONS] [VERB]\n\n", style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        put_paragraphs(o, _("Why a Sony headset does not charge, or charges slowly, on this computer."));
        putchar('\n');
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
                char usage[64];

                if (verbs[i].hidden)
                        continue;
                snprintf(usage, sizeof usage, "  %s %s", verbs[i].name, verbs[i].synopsis);
                put_column(stdout, o, usage, 21);
                putchar(' ');
                put_wrapped(stdout, o, _(verbs[i].summary), 22, 22);
                putchar('\n');
        }
        putchar('\n');
        options_help(o, NULL);
        putchar('\n');
        put_paragraphs(o, _(exit_help));
        return STATUS_OK;
}

int verbs_help(const struct options *o, const char *name) {
        const struct verb *verb = name ? verb_find(name) : NULL;
        char summary[400];

        if (!name)
                return help_of_program(o);
        if (!verb)
                return verb_unknown(name);
        printf("%ssonychargectl %s%s%s%s\n\n", style(o, STYLE_BOLD), verb->name, style(o, STYLE_PLAIN),
               *verb->synopsis ? " " : "", verb->synopsis);
        snprintf(summary, sizeof summary, _("%s."), _(verb->summary));
        put_wrapped(stdout, o, summary, 0, 0);
        fputs("\n\n", stdout);
        if (*verb->help)
                put_paragraphs(o, _(verb->help));
        fputs(*verb->help ? "\n" : "", stdout);
        options_help(o, verb);
        return STATUS_OK;
}
