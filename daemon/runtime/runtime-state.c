/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The file has one line per fact and is read and written as a whole. */

#include "daemon/runtime/runtime-state.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "common/state-file.h"

#define FILE_NAME "state"
#define HEADER "sonycharge-state 1"
/* A file with more lines was not written by this program. */
#define ENTRIES_MAX 4096

static int list_add(char ***list, size_t *n, const char *text) {
        if (*n >= ENTRIES_MAX)
                return -E2BIG;
        if ((*n & (*n + 1)) == 0 || !*list) {
                char **grown = reallocarray(*list, 2 * (*n + 1), sizeof(char *));

                if (!grown)
                        return -ENOMEM;
                *list = grown;
        }
        char *copy = strdup(text);
        if (!copy)
                return -ENOMEM;
        (*list)[(*n)++] = copy;
        return 0;
}

static void list_free(char **list, size_t n) {
        while (n > 0)
                free(list[--n]);
        free(list);
}

static bool list_has(char **list, size_t n, const char *text) {
        for (size_t i = 0; i < n; i++)
                if (strcmp(list[i], text) == 0)
                        return true;
        return false;
}

static void read_line(const char *path, char *buf, int size) {
        FILE *f = fopen(path, "re");

        if (!f || !fgets(buf, size, f))
                buf[0] = '\0';
        if (f)
                fclose(f);
}

/* With ProcSubset=pid the service manager passes the boot id (%b, without dashes). */
static void read_boot_id(char buf[static 40]) {
        const char *given = getenv("SONYCHARGE_BOOT_ID");
        size_t n = 0;
        char text[64] = "";

        if (given)
                snprintf(text, sizeof(text), "%s", given);
        else {
                read_line("/proc/sys/kernel/random/boot_id", text, sizeof(text));
        }
        for (const char *c = text; *c && n < 39; c++)
                if (strchr("0123456789abcdefABCDEF", *c))
                        buf[n++] = *c;
        buf[n] = '\0';
}

static void take_line(struct runtime_state *m, char *line, bool *same_boot) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "boot ", 5) == 0)
                *same_boot = m->boot[0] != '\0' && strcmp(line + 5, m->boot) == 0;
        else if (*same_boot && strncmp(line, "sequence ", 9) == 0)
                m->sequence = strtoull(line + 9, NULL, 10);
        else if (*same_boot && strncmp(line, "told ", 5) == 0)
                (void) list_add(&m->earlier, &m->n_earlier, line + 5);
}

static void read_lines(struct runtime_state *m, FILE *f) {
        bool same_boot = false;
        char line[512];

        if (!fgets(line, sizeof(line), f) || strcmp(line, HEADER "\n") != 0) {
                log_notice("The state file %s is of another version or damaged, starting anew.", m->path);
                return;
        }
        while (fgets(line, sizeof(line), f))
                take_line(m, line, &same_boot);
}

static void read_file(struct runtime_state *m) {
        _cleanup_fclose_ FILE *f = fopen(m->path, "re");

        if (f)
                read_lines(m, f);
}

void runtime_state_none(struct runtime_state *m) {
        *m = (struct runtime_state){};
}

void runtime_state_load(struct runtime_state *m, const char *folder) {
        runtime_state_none(m);
        read_boot_id(m->boot);
        if (!folder)
                return;
        if (asprintf(&m->path, "%s/" FILE_NAME, folder) < 0)
                m->path = NULL;
        else
                read_file(m);
}

void runtime_state_done(struct runtime_state *m) {
        list_free(m->entries, m->n);
        list_free(m->earlier, m->n_earlier);
        free(m->path);
        runtime_state_none(m);
}

bool runtime_state_had(const struct runtime_state *m, const char *what) {
        return list_has(m->earlier, m->n_earlier, what);
}

bool runtime_state_holds(const struct runtime_state *m, const char *what) {
        return list_has(m->entries, m->n, what);
}

void runtime_state_add(struct runtime_state *m, const char *what) {
        if (!runtime_state_holds(m, what) && list_add(&m->entries, &m->n, what) >= 0)
                m->changed = true;
}

void runtime_state_remove(struct runtime_state *m, const char *what) {
        for (size_t i = 0; i < m->n; i++)
                if (strcmp(m->entries[i], what) == 0) {
                        free(m->entries[i]);
                        m->entries[i] = m->entries[--m->n];
                        m->changed = true;
                        return;
                }
}

static void write_lines(const struct runtime_state *m, FILE *f) {
        fprintf(f, HEADER "\nboot %s\nsequence %" PRIu64 "\n", m->boot, m->newest);
        for (size_t i = 0; i < m->n; i++)
                fprintf(f, "told %s\n", m->entries[i]);
}

static int write_file(const struct runtime_state *m) {
        _cleanup_free_ char *text = NULL;
        size_t size;
        FILE *f = open_memstream(&text, &size);

        if (!f)
                return -ENOMEM;
        write_lines(m, f);
        if (fclose(f) != 0)
                return -ENOMEM;
        return state_file_write(m->path, text, size);
}

void runtime_state_save(struct runtime_state *m, uint64_t sequence, bool always) {
        /* The number only increases. When the daemon stops, the log is already closed and the number is not known. */
        if (sequence > m->newest)
                m->newest = sequence;
        if (!m->path || (!m->changed && !always))
                return;
        m->changed = false;
        int r = write_file(m);
        if (r < 0 && !m->complained)
                log_warning_hourly("The state cannot be written to %s (%s), what is told now may be told again after a restart.",
                                   m->path, strerror(-r));
        m->complained = r < 0;
}
