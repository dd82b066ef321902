/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* "dropped MARK AT WALL" in the state file. */

#include "daemon/runtime/drops.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LINE_MAX_LENGTH 96

/* Returns the line about the headset, or NULL. */
static const char *find(char *const *list, size_t n, const char *mark) {
        char start[LINE_MAX_LENGTH];

        snprintf(start, sizeof(start), "dropped %s ", mark);
        for (size_t i = 0; i < n; i++)
                if (strncmp(list[i], start, strlen(start)) == 0)
                        return list[i];
        return NULL;
}

static void write_line(const struct headset *h, char buf[static LINE_MAX_LENGTH]) {
        snprintf(buf, LINE_MAX_LENGTH, "dropped %s %" PRIu64 " %" PRIu64, h->facts.mark, h->observed.dropped_at.at,
                 h->observed.dropped_at.wall);
}

void drops_note(struct runtime_state *runtime_state, const struct model *m, const char *mark) {
        const struct headset *h = model_headset(m, HEADSET_BLUETOOTH, mark);
        bool dropped = h && !h->facts.connected && headset_is_near(m, h);
        const char *old = find(runtime_state->entries, runtime_state->n, mark);
        char line[LINE_MAX_LENGTH] = "", gone[LINE_MAX_LENGTH];

        if (dropped)
                write_line(h, line);
        if (old && strcmp(old, line) != 0) {
                snprintf(gone, sizeof(gone), "%s", old);
                runtime_state_remove(runtime_state, gone);
        }
        if (dropped)
                runtime_state_add(runtime_state, line);
}

bool drops_recall(const struct runtime_state *runtime_state, const char *mark, struct moment *ret) {
        const char *line = find(runtime_state->earlier, runtime_state->n_earlier, mark);

        return line && sscanf(line, "dropped %*s %" SCNu64 " %" SCNu64, &ret->at, &ret->wall) == 2 && ret->at != 0;
}
