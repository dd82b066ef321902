/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* "slept AT USEC" in the state file. */

#include "daemon/runtime/sleeps.h"

#include <inttypes.h>
#include <stdio.h>

#define LINE_MAX_LENGTH 64
/* The clocks are compared when the computer runs again; the kernel's message about it comes within some seconds. */
#define NEAR_USEC (10 * SECOND)

static void keep(struct runtime_state *runtime_state, uint64_t at, uint64_t slept) {
        char line[LINE_MAX_LENGTH];

        snprintf(line, sizeof(line), "slept %" PRIu64 " %" PRIu64, at, slept);
        runtime_state_add(runtime_state, line);
}

void sleeps_note(struct runtime_state *runtime_state, const struct event *e) {
        if (e->type == EVENT_SLEEP && e->u.sleep.phase == SLEEP_END && e->u.sleep.slept_usec > 0)
                keep(runtime_state, e->time.at, e->u.sleep.slept_usec);
}

uint64_t sleeps_recall(struct runtime_state *runtime_state, uint64_t at) {
        for (size_t i = 0; i < runtime_state->n_earlier; i++) {
                uint64_t ended, slept;

                if (sscanf(runtime_state->earlier[i], "slept %" SCNu64 " %" SCNu64, &ended, &slept) != 2)
                        continue;
                if ((ended > at ? ended - at : at - ended) > NEAR_USEC)
                        continue;
                keep(runtime_state, ended, slept);
                return slept;
        }
        return 0;
}
