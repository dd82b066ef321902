/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Verbs: the table of them, and the help that is made from it.
 */
#include "verbs.h"

#include <string.h>

#include "options.h"
#include "terminal.h"

static const struct verb verbs[] = {
        { "status", 0, 1, verb_status, "[HEADSET]", "What is in the way between computer and headset",
          "HEADSET is an id, a unique start of one, a model, or the name of any USB device\n"
          "(1-2.3). Without it, everything that is seen is shown. This is the default.\n"
          "With --last, the last plug session of a headset that is gone is shown.\n",
          .options = "last" },
        { "history", 0, 1, verb_history, "[HEADSET]", "Earlier plug sessions, and the health of headsets and ports",
          "--cable=NAME marks the cable in use: its name is kept with the sessions from now\n"
          "on, so that errors that follow a cable can be told from those of a port; \"\" ends\nthat.\n",
          .options = "port since until limit all cable" },
        { "list", 0, 0, verb_list, "", "One line for each headset", "" },
        {
                "ports",
                0,
                0,
                verb_ports,
                "",
                "Every hub and port: current, faults, device",
                "Declared current is what devices say they may take. What really flows, no Linux\n"
                "machine can tell.\n",
        },
        { "monitor", 0, 0, verb_monitor, "", "Follow headsets, ports and findings as they change",
          "Runs until interrupted. With --json, one object on each line. Never starts the\n"
          "daemon, but waits for it when it goes away.\n" },
        { "wait", 0, 1, verb_wait, "[HEADSET]", "Wait until a headset is attached and judged",
          "Returns once a headset (this HEADSET) is attached and its verdict has not\n"
          "changed for two seconds. With --timeout=SPAN, gives up after that with exit\n"
          "status 1. Never starts the daemon.\n" },
        { "explain", 0, 1, verb_explain, "[FILE|-]", "Explain a kernel log or a recording, without the daemon",
          "Reads dmesg, journalctl, syslog or /dev/kmsg text, or a recording, from FILE or\n"
          "from standard input (-), and explains what it tells about USB devices of any\n"
          "make.\n" },
        { "record", 1, 1, verb_record, "FILE", "Record what the computer says about USB",
          "Serial numbers, Bluetooth addresses and the host name are masked, unless\n"
          "--with-serial is given. With --timeout=SPAN, ends after that. Play it back with\n"
          "\"sonycharged --replay FILE\". FILE is overwritten; - is standard output.\n",
          .options = "with-serial" },
        { "report", 0, 1, verb_report, "[HEADSET]", "One file for a support desk: state, past, computer",
          "Writes one HTML page that needs no network and no script; on a terminal into\n"
          "sonycharge-report-DATE.html in this folder, else to standard output. Serial\n"
          "numbers and Bluetooth addresses are left out, unless --with-serial is given and\n"
          "you may see them. Names and serial numbers that devices tell the kernel are left\n"
          "out in any case.\n",
          .options = "output text with-serial" },
        { "notify", 0, 0, verb_notify, "", "Tell of headsets on the desktop (the session's agent)",
          "Shows a desktop notification for each headset that is plugged in: whether the path\n"
          "is good, what is in the way, and what to do. Runs until interrupted; a second one\n"
          "in the same session ends at once. Never starts the daemon, but waits for it.\n" },
        { "version", 0, 0, verb_version, "", "Show the version", "" },
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

static const char exit_help[] = "Exit status: 0 nothing wrong seen; 1 failure or over time; 2 wrong usage; 3 no\n"
                                "headset; 4 something needs you; 5 the daemon cannot be reached.\n";

static int help_of_program(const struct options *o) {
        printf("%ssonychargectl%s [OPTIONS] [VERB]\n\n"
               "Why a Sony headset does not charge, or charges slowly, on this computer.\n\n",
               style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
                char usage[32];

                snprintf(usage, sizeof usage, "%s %s", verbs[i].name, verbs[i].synopsis);
                printf("  %-18s%s\n", usage, verbs[i].summary);
        }
        putchar('\n');
        options_help(o, NULL);
        printf("\n%s", exit_help);
        return STATUS_OK;
}

int verbs_help(const struct options *o, const char *name) {
        const struct verb *verb = name ? verb_find(name) : NULL;

        if (!name)
                return help_of_program(o);
        if (!verb) {
                complain("unknown verb \"%s\"; see: sonychargectl --help", name);
                return STATUS_USAGE;
        }
        printf("%ssonychargectl %s%s %s\n\n%s.\n%s%s\n", style(o, STYLE_BOLD), verb->name, style(o, STYLE_PLAIN), verb->synopsis,
               verb->summary, *verb->help ? "\n" : "", verb->help);
        options_help(o, verb);
        return STATUS_OK;
}
