/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Computer: the facts about the computer that support asks for first. They do not identify its owner.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "common/cleanup.h"
#include "common/finding-json.h"
#include "client/report/report.h"
#include "common/text.h"

/* Reads one line of a small file and makes it safe. Returns whether it is not empty. */
static bool read_line(const char *path, char *buf, size_t size) {
        FILE *f = fopen(path, "re");
        char line[512];
        bool read;

        *buf = '\0';
        if (!f)
                return false;
        read = fgets(line, sizeof line, f) != NULL;
        fclose(f);
        if (read)
                text_make_safe(buf, size, line, strcspn(line, "\n"));
        return *buf != '\0';
}

/* Stores the value of a key of os-release(5) without its quotes. */
static bool read_os(const char *key, char *buf, size_t size) {
        FILE *f = fopen("/etc/os-release", "re");
        size_t n = strlen(key);
        char line[512];

        *buf = '\0';
        if (!f)
                f = fopen("/usr/lib/os-release", "re");
        while (f && *buf == '\0' && fgets(line, sizeof line, f))
                if (strncmp(line, key, n) == 0 && line[n] == '=') {
                        const char *value = line + n + 1;

                        value += *value == '"';
                        text_make_safe(buf, size, value, strcspn(value, "\"\n"));
                }
        if (f)
                fclose(f);
        return *buf != '\0';
}

/* Firmware uses many placeholders for a name that was never set. They are left out. */
static bool says_something(const char *text) {
        static const char *const nothing[] = { "To Be Filled By O.E.M.", "To be filled by O.E.M.", "System manufacturer",
                                               "System Product Name",    "Default string",         "Not Specified" };

        for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
                if (strcmp(text, nothing[i]) == 0)
                        return false;
        return *text != '\0';
}

/* Two files of DMI (kernel Documentation/ABI/testing/sysfs-firmware-dmi-entries; these are readable by all) joined to one text.
 */
static struct json_object *dmi(const char *first, const char *second, const char *between, const char *after) {
        char path[80], a[100], b[100], both[220];

        snprintf(path, sizeof path, "/sys/class/dmi/id/%s", first);
        read_line(path, a, sizeof a);
        snprintf(path, sizeof path, "/sys/class/dmi/id/%s", second);
        read_line(path, b, sizeof b);
        if (!says_something(b))
                return json_text_or_null(says_something(a) ? a : "");
        snprintf(both, sizeof both, "%s%s%s%s", says_something(a) ? a : "", says_something(a) ? between : "", b,
                 says_something(a) ? after : "");
        return json_object_new_string(both);
}

struct json_object *report_computer(void) {
        struct json_object *o = json_object_new_object();
        struct utsname u = {};
        char text[200];

        read_os("PRETTY_NAME", text, sizeof text);
        json_object_object_add(o, "system", json_text_or_null(text));
        read_os("SUPPORT_END", text, sizeof text);
        json_object_object_add(o, "support_end", json_text_or_null(text));
        (void) uname(&u);
        json_object_object_add(o, "kernel", json_text_or_null(u.release));
        json_object_object_add(o, "architecture", json_text_or_null(u.machine));
        json_object_object_add(o, "make", dmi("sys_vendor", "product_name", " ", ""));
        json_object_object_add(o, "firmware", dmi("bios_version", "bios_date", " (", ")"));
        return o;
}
