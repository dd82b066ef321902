/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Status words: verdicts, states and times as phrases.
 */
#include "view/view.h"
#include "common/clock.h"
#include "common/language.h"
#include "words/words.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Returns a verdict as a phrase for the middle of a sentence; the word itself if it is unknown. */
static const char *verdict_words(const char *verdict) {
        static const struct name_text verdicts[] = {
                { "ok", N_("nothing in the way of charging was seen") },  { "at-risk", N_("the connection is not reliable") },
                { "slow", N_("this path allows slow charging at best") }, { "blocked", N_("this path does not let it charge") },
                { "unknown", N_("too little can be seen to judge") },
        };

        return TEXT_OF_NAME(verdicts, verdict, verdict);
}

bool finding_needs_action(struct json_object *finding) {
        const char *severity = json_text(finding, "severity");

        return strcmp(severity, "critical") == 0 || strcmp(severity, "warning") == 0;
}

bool findings_need_action(struct json_object *findings) {
        for (size_t i = 0; i < json_length(findings); i++)
                if (finding_needs_action(json_object_array_get_idx(findings, i)))
                        return true;
        return false;
}

/* Returns the confidence of the most important finding if it is less than certain, because it also limits the verdict. */
static const char *doubt(struct json_object *findings) {
        const char *confidence =
                json_text(json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL, "confidence");

        return strcmp(confidence, "certain") == 0 ? "" : words_value(confidence);
}

const char *headline_words(struct json_object *headset, struct json_object *of_host, char *buf, size_t size) {
        const char *verdict = json_text(headset, "verdict");
        bool unsure = strcmp(verdict, "slow") == 0 || strcmp(verdict, "blocked") == 0;
        struct json_object *findings = json_list(headset, "findings");
        const char *how = unsure ? doubt(findings) : "";

        /* The path is ok, but there is something to do: for example the computer sleeps, or the battery is worn. */
        if (strcmp(verdict, "ok") == 0 && findings_need_action(findings))
                snprintf(buf, size, _("the path allows charging, but something needs you"));
        else if (strcmp(verdict, "ok") == 0 && findings_need_action(of_host))
                snprintf(buf, size, _("the path allows charging, but the computer has a fault"));
        else
                snprintf(buf, size, "%.1000s%s%s%s", verdict_words(verdict), *how ? " (" : "", how, *how ? ")" : "");
        return buf;
}

const char *unidentified_words(struct json_object *port) {
        const char *state = json_text(port, "state");
        static const struct name_text states[] = {
                { "failed", N_("a USB device there never told what it is") },
                { "unstable", N_("a USB device there comes and goes") },
                { "over-current", N_("a USB device there drew too much current, or the port thinks so") },
                { "off", N_("the port is off while a USB device is, or was, there") },
                { "partner", N_("a USB device is there, without a name") },
        };

        if (json_number(port, "left") > 0)
                return _("a USB device was there, without a name, and has left");
        return TEXT_OF_NAME(states, state, state);
}

const char *degraded_words(const char *source) {
        static const struct name_text sources[] = {
                { "kernel-log", N_("kernel log (failed tries, over-current)") },
                { "logind", N_("sleep of the computer") },
                { "bluez", N_("Bluetooth") },
                { "upower", N_("batteries") },
                { "typec", N_("Type-C ports") },
                { "history", N_("earlier plug sessions") },
                { "hwdb", N_("facts about models (recognised by name only)") },
                { "usb", N_("USB devices (too many files are open)") },
        };

        return TEXT_OF_NAME(sources, source, source);
}

const char *show_time(uint64_t at_usec, char *buf, size_t size) {
        time_t at = clock_second(at_usec), now = time(NULL);
        struct tm tm = {}, today = {};

        *buf = '\0';
        if (at_usec == 0 || !localtime_r(&at, &tm) || !localtime_r(&now, &today))
                return buf;
        if (tm.tm_year == today.tm_year && tm.tm_yday == today.tm_yday)
                strftime(buf, size, "%H:%M:%S", &tm);
        else
                strftime(buf, size, _("%Y-%m-%d %H:%M"), &tm);
        return buf;
}
