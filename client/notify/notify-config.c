/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Configuration of the agent, read with inih.
 */
#include "client/notify/notify-config.h"

#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "common/state-file.h"
#include "common/text.h"
#include "client/client.h"
#include "common/language.h"

/* Limits the messages about a file that is no configuration. */
#define COMPLAINTS_MAX 5

struct reader {
        struct policy_settings *settings;
        const char *path;
        unsigned complaints;
};

static bool *find_value(struct policy_settings *s, const char *section, const char *name) {
        const struct {
                const char *name;
                bool *value;
        } values[] = {
                { "Healthy", &s->healthy },  { "Notices", &s->notices }, { "UnknownDevices", &s->unknown },
                { "BatteryFull", &s->full }, { "Sleep", &s->sleep },
        };

        for (size_t i = 0; strcmp(section, "Notify") == 0 && i < sizeof values / sizeof *values; i++)
                if (strcmp(values[i].name, name) == 0)
                        return values[i].value;
        return NULL;
}

static int on_value(void *userdata, const char *section, const char *name, const char *value) {
        struct reader *r = userdata;
        bool *found = find_value(r->settings, section, name);

        if (found && text_parse_truth(value, found))
                return 1;
        if (++r->complaints > COMPLAINTS_MAX)
                return 1;
        if (!found)
                complain(_("%s: [%s] %s= is not known, ignoring"), r->path, section, name);
        else
                complain(_("%s: \"%s\" is no value for %s=, ignoring"), r->path, value, name);
        return 1;
}

/* Reads the file if it exists, and reports errors in it. Returns whether it exists. */
static bool read_file(struct policy_settings *s, const char *path) {
        struct reader r = { .settings = s, .path = path };
        _cleanup_fclose_ FILE *file = fopen(path, "re");
        int k;

        if (!file) {
                if (errno != ENOENT && errno != ENOTDIR)
                        complain(_("%s cannot be read, ignoring: %s"), path, strerror(errno));
                return errno != ENOENT && errno != ENOTDIR;
        }
        k = ini_parse_file(file, on_value, &r);
        if (k > 0)
                complain(_("%s:%d: this line cannot be understood, ignoring"), path, k);
        else if (k < 0 || ferror(file))
                complain(_("%s cannot be read, ignoring"), path);
        if (r.complaints > COMPLAINTS_MAX)
                complain(_("%s: %u more lines are ignored"), path, r.complaints - COMPLAINTS_MAX);
        return true;
}

void notify_config_load(struct policy_settings *ret) {
        char folder[PATH_MAX - 32], path[PATH_MAX] = "";

        *ret = (struct policy_settings){ .healthy = true, .notices = true, .unknown = true, .full = true, .sleep = true };
        if (xdg_folder("XDG_CONFIG_HOME", "/.config", folder, sizeof folder) >= 0)
                snprintf(path, sizeof path, "%s/notify.conf", folder);
        if (!*path || !read_file(ret, path))
                (void) read_file(ret, "/etc/xdg/sonycharge/notify.conf");
}
