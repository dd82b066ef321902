/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words of the interfaces, such as "at-risk", as people read them. In English they stay as they are.
 */
#include <string.h>

#include "common/language.h"
#include "words/words.h"

#define VALUE(context, word) \
        { word, context "\004" word }

static const struct {
        const char *word, *key;
} values[] = {
        /* How bad, how sure, what the path allows */
        VALUE("value", "critical"),
        VALUE("value", "warning"),
        VALUE("value", "notice"),
        VALUE("value", "info"),
        VALUE("value", "certain"),
        VALUE("value", "likely"),
        VALUE("value", "possible"),
        VALUE("value", "ok"),
        VALUE("value", "at-risk"),
        VALUE("value", "slow"),
        VALUE("value", "blocked"),
        VALUE("value", "unknown"),

        /* Battery and parts */
        VALUE("value", "yes"),
        VALUE("value", "no"),
        VALUE("value", "full"),
        VALUE("value", "left"),
        VALUE("value", "right"),
        VALUE("value", "case"),

        /* Kinds, and states of ports */
        VALUE("value", "over-ear"),
        VALUE("value", "neckband"),
        VALUE("value", "earbuds"),
        VALUE("value", "dongle"),
        VALUE("value", "connected"),
        VALUE("value", "empty"),
        VALUE("value", "off"),
        VALUE("value", "failed"),
        VALUE("value", "unstable"),
        VALUE("value", "over-current"),
        VALUE("value", "partner"),
        VALUE("value", "suspended"),
        VALUE("value", "source"),
        VALUE("value", "sink"),

        /* Where something was read */
        VALUE("value", "usb"),
        VALUE("value", "typec"),
        VALUE("value", "bluetooth"),
        VALUE("value", "user"),
        VALUE("value", "history"),
        VALUE("value", "kernel-log"),
        VALUE("value", "descriptors"),
        VALUE("value", "model-facts"),
        VALUE("value", "specification"),

        /* Questions and answers of the check */
        VALUE("answer", "led"),
        VALUE("answer", "led-colour"),
        VALUE("answer", "plugged-for"),
        VALUE("answer", "power-from"),
        VALUE("answer", "cable"),
        VALUE("answer", "other-cable"),
        VALUE("answer", "cable-elsewhere"),
        VALUE("answer", "other-port"),
        VALUE("answer", "without-hub"),
        VALUE("answer", "adapter"),
        VALUE("answer", "stored"),
        VALUE("answer", "temperature"),
        VALUE("answer", "wet"),
        VALUE("answer", "socket"),
        VALUE("answer", "contacts"),
        VALUE("answer", "seated"),
        VALUE("answer", "seated-anew"),
        VALUE("answer", "case-charged"),
        VALUE("answer", "case-first"),
        VALUE("answer", "only-plugged"),
        VALUE("answer", "level"),
        VALUE("answer", "firmware"),
        VALUE("answer", "system-current"),
        VALUE("answer", "reset"),
        VALUE("answer", "initialised"),
        VALUE("answer", "tester"),
        VALUE("answer", "dark"),
        VALUE("answer", "steady"),
        VALUE("answer", "flashing"),
        VALUE("answer", "went-off"),
        VALUE("answer", "red"),
        VALUE("answer", "orange"),
        VALUE("answer", "green"),
        VALUE("answer", "white"),
        VALUE("answer", "blue"),
        VALUE("answer", "moments"),
        VALUE("answer", "minutes"),
        VALUE("answer", "longer"),
        VALUE("answer", "computer"),
        VALUE("answer", "hub"),
        VALUE("answer", "pad"),
        VALUE("answer", "supplied"),
        VALUE("answer", "other"),
        VALUE("answer", "works"),
        VALUE("answer", "fails"),
        VALUE("answer", "helped"),
        VALUE("answer", "cold"),
        VALUE("answer", "normal"),
        VALUE("answer", "hot"),
        VALUE("answer", "clean"),
        VALUE("answer", "dirty"),
        VALUE("answer", "low"),
        VALUE("answer", "current"),
        VALUE("answer", "old"),
        VALUE("answer", "between"),
        VALUE("answer", "elsewhere"),
};

const char *words_value(const char *word) {
        for (size_t i = 0; word && i < sizeof values / sizeof *values; i++)
                if (strcmp(values[i].word, word) == 0)
                        return language_in_context(values[i].key, word);
        return word ? word : "";
}
