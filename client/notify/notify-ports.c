/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ports: a small text file that is rewritten as a whole.
 */
#include "client/notify/notify-ports.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/state-file.h"
#include "client/client.h"
#include "common/language.h"

static const char first_line[] =
        "# sonychargectl notify is silent about these ports. Remove a line, or the file, to hear of one again.\n";

static bool is_name(const char *name) {
        size_t len = strlen(name);

        return len > 0 && len < PORTS_NAME_MAX &&
               strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-") == len;
}

bool ports_has(const struct ports *p, const char *key) {
        for (size_t i = 0; i < p->n; i++)
                if (strcmp(p->names[i], key) == 0)
                        return true;
        return false;
}

static int remember(struct ports *p, const char *name) {
        char *copy;

        if (!is_name(name))
                return -EINVAL;
        if (ports_has(p, name))
                return 0;
        if (p->n >= PORTS_MAX)
                return -E2BIG;
        copy = strdup(name);
        if (!copy)
                return -ENOMEM;
        p->names[p->n++] = copy;
        return 0;
}

static void forget_all(struct ports *p) {
        while (p->n > 0)
                free(p->names[--p->n]);
}

/* Returns 0, a negative errno if the file cannot be read, or -EBADMSG if it is damaged. */
static int read_file(struct ports *p) {
        _cleanup_fclose_ FILE *file = fopen(p->path, "re");
        char line[PORTS_NAME_MAX + 2];

        if (!file)
                return -errno;
        while (fgets(line, sizeof line, file)) {
                size_t len = strcspn(line, "\n");

                if (line[len] != '\n' && *line != '#')
                        return -EBADMSG;
                line[len] = '\0';
                if (*line == '#' || *line == '\0')
                        continue;
                if (remember(p, line) < 0)
                        return -EBADMSG;
        }
        return ferror(file) ? -EIO : 0;
}

static void set_aside(const struct ports *p) {
        char aside[PATH_MAX + 16];

        snprintf(aside, sizeof aside, "%s.damaged", p->path);
        if (rename(p->path, aside) == 0)
                complain(_("%s is damaged and is now called %s; notifications come for every port again"), p->path, aside);
        else
                complain(_("%s is damaged and is not used; it cannot be set aside: %s"), p->path, strerror(errno));
}

void ports_load(struct ports *p) {
        char folder[PATH_MAX];
        int r;

        *p = (struct ports){};
        if (xdg_folder("XDG_STATE_HOME", "/.local/state", folder, sizeof folder) < 0 ||
            snprintf(p->path, sizeof p->path, "%s/notify-ports", folder) >= (int) sizeof p->path) {
                *p->path = '\0';
                return;
        }
        r = read_file(p);
        if (r < 0 && r != -ENOENT && r != -ENOTDIR)
                forget_all(p);
        if (r == -EBADMSG)
                set_aside(p);
        else if (r < 0 && r != -ENOENT)
                complain(_("%s cannot be read: %s"), p->path, strerror(-r));
}

static int write_file(const struct ports *p) {
        _cleanup_free_ char *text = NULL;
        size_t size;
        FILE *file = open_memstream(&text, &size);

        if (!file)
                return -ENOMEM;
        fputs(first_line, file);
        for (size_t i = 0; i < p->n; i++)
                fprintf(file, "%s\n", p->names[i]);
        return fclose(file) != 0 ? -ENOMEM : state_file_write(p->path, text, size);
}

void ports_add(struct ports *p, const char *key) {
        int r = remember(p, key);

        if (r == 0)
                r = *p->path ? write_file(p) : -ENOENT;
        if (r < 0)
                complain(_("that nothing is to be told of port %s cannot be kept for the next start in %s: %s"), key,
                         *p->path ? p->path : "$XDG_STATE_HOME", strerror(-r));
}

void ports_done(struct ports *p) {
        forget_all(p);
}
