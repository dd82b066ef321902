/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads the configuration with inih. */

#include "daemon/config.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <ini.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "common/text.h"

#define CONFIG_FILE "/etc/sonycharge/sonycharged.conf"

static const struct config defaults = {
        .kernel_log = true,
        .libusb = true,
        .fast_pair = true,
        .own_protocol = OWN_PROTOCOL_ASK,
        .power_look_usec = 30 * UINT64_C(1000000),
};

struct reader {
        struct config *config;
        const char *path;
};

static bool parse_seconds(const char *value, unsigned min, unsigned max, uint64_t *ret_usec) {
        char *end;

        errno = 0;
        unsigned long n = strtoul(value, &end, 10);
        if (errno != 0 || end == value || (*end != '\0' && strcmp(end, "s") != 0) || n < min || n > max)
                return false;
        *ret_usec = n * UINT64_C(1000000);
        return true;
}

static bool parse_own_protocol(const char *value, enum own_protocol *ret) {
        bool on;

        if (strcasecmp(value, "ask") == 0) {
                *ret = OWN_PROTOCOL_ASK;
                return true;
        }
        if (!text_parse_truth(value, &on))
                return false;
        *ret = on ? OWN_PROTOCOL_ON : OWN_PROTOCOL_OFF;
        return true;
}

static bool take(struct config *c, const char *name, const char *value, bool *ret_known) {
        *ret_known = true;
        if (strcmp(name, "KernelLog") == 0)
                return text_parse_truth(value, &c->kernel_log);
        if (strcmp(name, "Libusb") == 0)
                return text_parse_truth(value, &c->libusb);
        if (strcmp(name, "FastPair") == 0)
                return text_parse_truth(value, &c->fast_pair);
        if (strcmp(name, "HeadsetProtocol") == 0)
                return parse_own_protocol(value, &c->own_protocol);
        if (strcmp(name, "PowerLookSec") == 0)
                return parse_seconds(value, 5, 3600, &c->power_look_usec);
        *ret_known = false;
        return false;
}

static void complain(const struct reader *r, const char *section, const char *name, const char *value, bool known) {
        char safe_name[64], safe_text[64];

        text_make_safe(safe_name, sizeof(safe_name), name, strlen(name));
        text_make_safe(safe_text, sizeof(safe_text), known ? value : section, strlen(known ? value : section));
        if (known)
                log_warning("%s: \"%s\" is no value for %s=, ignoring.", r->path, safe_text, safe_name);
        else
                log_warning("%s: [%s] %s= is not known, ignoring.", r->path, safe_text, safe_name);
}

static int on_value(void *userdata, const char *section, const char *name, const char *value) {
        struct reader *r = userdata;
        bool known = false;

        if (strcmp(section, "Sources") != 0 || !take(r->config, name, value, &known))
                complain(r, section, name, value, known);
        return 1;
}

static void read_lines(struct config *c, const char *path, FILE *file) {
        struct reader r = { .config = c, .path = path };
        int k = ini_parse_file(file, on_value, &r);
        if (k > 0)
                log_warning("%s:%d: this line cannot be understood, ignoring.", path, k);
        else if (k < 0 || ferror(file))
                log_warning("%s cannot be read, ignoring.", path);
}

static void read_file(struct config *c, const char *path, bool must_exist) {
        _cleanup_fclose_ FILE *file = fopen(path, "re");

        if (file)
                read_lines(c, path, file);
        else if (must_exist || errno != ENOENT)
                log_warning("%s cannot be read, ignoring: %s", path, strerror(errno));
}

static int is_conf(const struct dirent *d) {
        return fnmatch("*.conf", d->d_name, FNM_PERIOD) == 0;
}

static void read_folder(struct config *c, const char *folder) {
        struct dirent **list;

        int n = scandir(folder, &list, is_conf, alphasort);
        for (int i = 0; i < n; i++) {
                char path[PATH_MAX];

                if (snprintf(path, sizeof(path), "%s/%s", folder, list[i]->d_name) < (int) sizeof(path))
                        read_file(c, path, true);
                free(list[i]);
        }
        if (n >= 0)
                free(list);
        else if (errno != ENOENT)
                log_warning("%s cannot be read, ignoring: %s", folder, strerror(errno));
}

void config_load(struct config *c) {
        const char *path = getenv("SONYCHARGE_CONFIG");
        char folder[PATH_MAX];

        *c = defaults;
        read_file(c, path ? path : CONFIG_FILE, path != NULL);
        if (snprintf(folder, sizeof(folder), "%s.d", path ? path : CONFIG_FILE) < (int) sizeof(folder))
                read_folder(c, folder);
}
