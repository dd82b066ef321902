/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "daemon/sources/tester.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/sources/sysfs.h"

#define HWMON_CLASS "/sys/class/hwmon"
#define DRIVER "powerz"

/* The current has a sign, because it may flow in either direction. */
static int read_signed(const char *dir, const char *file, int32_t *ret) {
        char text[32], *end;
        ssize_t n = sysfs_text(dir, file, text, sizeof(text));
        long value;

        if (n < 0)
                return (int) n;
        errno = 0;
        value = strtol(text, &end, 10);
        if (errno != 0 || end == text || *end != '\0' || value < INT32_MIN || value > INT32_MAX)
                return -EINVAL;
        *ret = (int32_t) value;
        return 0;
}

/* Finds the USB device in ".../1-2/1-2:1.0/hwmon/hwmon3". */
static void find_place(const char *path, struct address *ret) {
        for (const char *part = path; *part != '\0';) {
                size_t len = strcspn(part, "/");
                struct address a;

                if (address_parse(part, len, &a) && a.depth > 0)
                        *ret = a;
                part += len + (part[len] == '/');
        }
}

static void read_tester(const char *name, source_emit *emit, void *userdata) {
        struct event e = { .type = EVENT_TESTER };
        char link[sizeof(HWMON_CLASS) + NAME_MAX + 1], driver[16];

        snprintf(link, sizeof(link), HWMON_CLASS "/%s", name);
        if (sysfs_text(link, "name", driver, sizeof(driver)) < 0 || strcmp(driver, DRIVER) != 0)
                return;
        _cleanup_free_ char *path = realpath(link, NULL);
        if (!path)
                return;
        find_place(path, &e.where);
        if (e.where.bus == 0 || read_signed(link, "in0_input", &e.u.tester.millivolt) < 0 ||
            read_signed(link, "curr1_input", &e.u.tester.milliamp) < 0)
                return;
        e.time = moment_now();
        emit(userdata, &e);
}

void testers_look(source_emit *emit, void *userdata) {
        DIR *dir = opendir(HWMON_CLASS);
        struct dirent *entry;

        if (!dir)
                return;
        while ((entry = readdir(dir)))
                if (strncmp(entry->d_name, "hwmon", strlen("hwmon")) == 0)
                        read_tester(entry->d_name, emit, userdata);
        closedir(dir);
}
