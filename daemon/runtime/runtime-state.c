/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The state file: a line for each fact, read and written as a whole. */

#include "daemon/runtime/runtime-state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "daemon/history/worker.h"

#define FILE_NAME "state"
#define HEADER "sonycharge-state 1"
/* How long the daemon's end waits for the disk. */
#define PATIENCE_USEC 5000000
/* More lines than this are not ours. */
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

/* Under ProcSubset=pid the service manager tells it (%b, without dashes). */
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

static int make_folder(char *path) {
        for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
                *slash = '\0';
                (void) mkdir(path, 0755);
                *slash = '/';
        }
        return mkdir(path, 0700) < 0 && errno != EEXIST ? -errno : 0;
}

static int choose_folder(const char *folder, char buf[static PATH_MAX]) {
        const char *state = getenv("STATE_DIRECTORY"), *xdg = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
        int n;

        if (folder)
                n = snprintf(buf, PATH_MAX, "%s", folder);
        else if (state && *state)
                n = snprintf(buf, PATH_MAX, "%.*s", (int) strcspn(state, ":"), state);
        else if (xdg && *xdg)
                n = snprintf(buf, PATH_MAX, "%s/sonycharge", xdg);
        else if (home && *home)
                n = snprintf(buf, PATH_MAX, "%s/.local/state/sonycharge", home);
        else
                return -ENOENT;
        return n <= 0 || n >= PATH_MAX - 16 ? -ENAMETOOLONG : 0;
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
        FILE *f = fopen(m->path, "re");

        if (!f)
                return;
        read_lines(m, f);
        fclose(f);
}

char *runtime_state_file(const struct runtime_state *m, const char *name) {
        char *path = NULL;

        if (!m->folder || asprintf(&path, "%s/%s", m->folder, name) < 0)
                return NULL;
        return path;
}

void runtime_state_none(struct runtime_state *m) {
        *m = (struct runtime_state){};
}

void runtime_state_load(struct runtime_state *m, const char *folder) {
        char path[PATH_MAX];

        runtime_state_none(m);
        read_boot_id(m->boot);
        int r = choose_folder(folder, path);
        if (r >= 0)
                r = make_folder(path);
        if (r >= 0)
                m->folder = strdup(path);
        if (r >= 0 && access(path, W_OK) < 0)
                r = -errno;
        if (r >= 0 && asprintf(&m->path, "%s/" FILE_NAME, path) < 0) {
                m->path = NULL;
                r = -ENOMEM;
        }
        if (r < 0)
                log_notice("No folder for the state can be used (%s), nothing is remembered beyond this run.", strerror(-r));
        else
                read_file(m);
}

void runtime_state_done(struct runtime_state *m) {
        list_free(m->entries, m->n);
        list_free(m->earlier, m->n_earlier);
        /* One that waits for its disk is left alone, with what it needs. */
        m->worker = worker_free(m->worker);
        free(m->path);
        free(m->folder);
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

/* What is to be written; the thread has nothing else. */
struct save {
        struct runtime_state *runtime_state; /* not for the thread */
        char *path, *text;
        size_t size;
        int result;
};

static int write_text(const char *path, const char *text, size_t size) {
        FILE *f = fopen(path, "we");
        bool written;

        if (!f)
                return -errno;
        written = fwrite(text, 1, size, f) == size;
        if (fclose(f) != 0)
                return -errno;
        return written ? 0 : -EIO;
}

static void write_file(void *job) {
        _cleanup_free_ char *temporary = NULL;
        struct save *s = job;

        if (asprintf(&temporary, "%s.new", s->path) < 0) {
                temporary = NULL;
                s->result = -ENOMEM;
                return;
        }
        s->result = write_text(temporary, s->text, s->size);
        if (s->result >= 0 && rename(temporary, s->path) < 0)
                s->result = -errno;
        if (s->result < 0)
                (void) unlink(temporary);
}

static void save_free(struct save *s) {
        free(s->path);
        free(s->text);
        free(s);
}

static void on_written(void *job) {
        struct save *s = job;
        struct runtime_state *m = s->runtime_state;

        if (s->result < 0 && !m->complained)
                log_warning("The state cannot be written to %s (%s), what is told now may be told again after a restart.",
                            m->path, strerror(-s->result));
        m->complained = s->result < 0;
        save_free(s);
        /* What changed meanwhile. */
        runtime_state_save(m, m->newest, m->again);
}

static struct save *save_new(struct runtime_state *m, uint64_t sequence) {
        struct save *s = calloc(1, sizeof(*s));
        FILE *f;

        if (!s)
                return NULL;
        s->runtime_state = m;
        s->path = strdup(m->path);
        f = s->path ? open_memstream(&s->text, &s->size) : NULL;
        if (!f) {
                save_free(s);
                return NULL;
        }
        fprintf(f, HEADER "\nboot %s\nsequence %" PRIu64 "\n", m->boot, sequence);
        for (size_t i = 0; i < m->n; i++)
                fprintf(f, "told %s\n", m->entries[i]);
        if (fclose(f) != 0) {
                save_free(s);
                return NULL;
        }
        return s;
}

void runtime_state_save(struct runtime_state *m, uint64_t sequence, bool always) {
        struct save *s;

        /* It only grows; at the end, when the log is closed already, none is known any more. */
        if (sequence > m->newest)
                m->newest = sequence;
        if (!m->path || (!m->changed && !always))
                return;
        if (m->worker && worker_is_busy(m->worker)) {
                m->again |= always;
                return;
        }
        m->changed = m->again = false;
        s = save_new(m, m->newest);
        if (!s)
                return;
        if (m->worker) {
                (void) worker_start(m->worker, write_file, on_written, s);
                return;
        }
        write_file(s);
        on_written(s);
}

void runtime_state_start(struct runtime_state *m, sd_event *event) {
        if (m->path && worker_new(event, &m->worker) < 0)
                m->worker = NULL;
}

void runtime_state_finish(struct runtime_state *m) {
        int r = 0;

        /* What changed while it was written is written after it. */
        while (m->worker && r >= 0 && worker_is_busy(m->worker))
                r = worker_wait(m->worker, PATIENCE_USEC);
        if (r < 0)
                log_warning("The disk of %s does not answer, what was told may be told again after a restart.", m->path);
}
