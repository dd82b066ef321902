/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * The documented switches. Most computers have theirs only in the firmware setup, so their absence here proves nothing.
 * Uniwill's usb_powershare_high concerns hibernation and power-off, not sleep, and is left out.
 */

#include "daemon/sources/switches.h"

#include <errno.h>
#include <fnmatch.h>
#include <libudev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/inotify.h>

#include "common/cleanup.h"
#include "daemon/sources/udev-cleanup.h"
#include "model/model.h"
#include "daemon/sources/sysfs.h"

static const struct row {
        const char *subsystem, *device, *file; /* device: as fnmatch(3) */
        const char *words;
        enum switch_kind kind;
        const char *on; /* the word that turns it on; NULL: "1" */
} rows[] = {
        /* Documentation/ABI/testing/sysfs-platform-ideapad-laptop */
        { "platform", "VPC2004:*", "usb_charging", "Lenovo's always-on USB", SWITCH_SLEEP_POWER },
        /* Documentation/ABI/testing/sysfs-driver-samsung-laptop */
        { "platform", "samsung", "usb_charge", "Samsung's USB charging", SWITCH_SLEEP_POWER },
        /* Documentation/admin-guide/laptops/lg-laptop.rst */
        { "platform", "lg-laptop", "usb_charge", "LG's USB charging", SWITCH_SLEEP_POWER },
        /* Documentation/ABI/testing/sysfs-platform-wilco-ec */
        { "platform", "GOOG000C:*", "usb_charge", "USB PowerShare", SWITCH_SLEEP_POWER },
        /* drivers/platform/x86/sony-laptop.c, sony_nc_usb_charge_setup() */
        { "platform", "sony-laptop", "usb_charge", "Sony's USB charging", SWITCH_SLEEP_POWER },
        /* Documentation/ABI/testing/sysfs-driver-toshiba_acpi */
        { "acpi", "TOS[0-9]*:*", "usb_sleep_charge", "Toshiba's sleep and charge", SWITCH_SLEEP_POWER, "2" },
        /* Documentation/admin-guide/laptops/samsung-galaxybook.rst */
        { "firmware-attributes", "samsung-galaxybook", "attributes/usb_charging/current_value", "Samsung's USB charging",
          SWITCH_SLEEP_POWER },
        /* Documentation/ABI/testing/sysfs-class-firmware-attributes; the names are those of the firmware setup */
        { "firmware-attributes", "dell-wmi-sysman", "attributes/UsbPowerShare/current_value", "Dell's USB PowerShare",
          SWITCH_SLEEP_POWER, "Enabled" },
        { "firmware-attributes", "thinklmi", "attributes/AlwaysOnUSB/current_value", "ThinkPad's always-on USB",
          SWITCH_SLEEP_POWER, "Enable" },
        /* Documentation/admin-guide/laptops/thinkpad-acpi.rst */
        { "platform", "thinkpad_acpi", "usb_c_security", "ThinkPad's USB-C security", SWITCH_TYPEC_DATA },
};

struct item {
        struct switches *switches;
        const struct row *row;
        char *syspath;
        sd_event_source *written;
        bool sent;
        enum tristate on;
};

struct switches {
        sd_event *event;
        struct udev *udev;
        size_t n;
        struct item *items[MODEL_SWITCHES_MAX];
        source_emit *emit;
        void *userdata;
};

/* Drivers use numbers, firmware uses words of its own. Toshiba's 1 to 3 are variants of "on". */
static enum tristate meaning(const char *text) {
        static const char *const off[] = { "0", "off", "no", "disable", "disabled" };
        static const char *const on[] = { "1", "2", "3", "on", "yes", "enable", "enabled" };

        for (size_t i = 0; i < sizeof(off) / sizeof(off[0]); i++)
                if (strcasecmp(text, off[i]) == 0)
                        return NO;
        for (size_t i = 0; i < sizeof(on) / sizeof(on[0]); i++)
                if (strcasecmp(text, on[i]) == 0)
                        return YES;
        return UNKNOWN;
}

static void item_free(struct item *item) {
        sd_event_source_disable_unref(item->written);
        free(item->syspath);
        free(item);
}

/* The short name in /sys/bus or /sys/class. A path that does not fit is of no use. */
static void file_of(const struct item *item, char *ret, size_t size) {
        const char *subsystem = item->row->subsystem, *device = strrchr(item->syspath, '/') + 1;
        bool class = strcmp(subsystem, "firmware-attributes") == 0;
        int n = snprintf(ret, size, "/sys/%s/%s/%s%s/%s", class ? "class" : "bus", subsystem, class ? "" : "devices/", device,
                         item->row->file);

        if (n < 0 || (size_t) n >= size)
                ret[0] = '\0';
}

static void tell(const struct item *item, bool gone) {
        struct event e = {
                .type = EVENT_SWITCH,
                .time = moment_now(),
                .u.power_switch = { .kind = item->row->kind, .on = item->on, .gone = gone },
        };

        snprintf(e.u.power_switch.name, sizeof(e.u.power_switch.name), "%s (%.32s of %.32s)", item->row->words, item->row->file,
                 strrchr(item->syspath, '/') + 1);
        file_of(item, e.u.power_switch.file, sizeof e.u.power_switch.file);
        snprintf(e.u.power_switch.value, sizeof e.u.power_switch.value, "%s", item->row->on ? item->row->on : "1");
        item->switches->emit(item->switches->userdata, &e);
}

/* Some can be read by root only (kernel drivers/platform/x86/think-lmi.c). Then only their presence is known. */
static int item_read(struct item *item) {
        enum tristate on = UNKNOWN;
        char text[64];

        ssize_t n = sysfs_text(item->syspath, item->row->file, text, sizeof(text));
        if (n == -ENOENT || n == -ENODEV)
                return -ENOENT;
        if (n >= 0)
                on = meaning(text);
        if (item->sent && on == item->on)
                return 0;
        item->on = on;
        item->sent = true;
        tell(item, false);
        return 0;
}

static int on_written(sd_event_source *source, const struct inotify_event *event, void *userdata) {
        (void) item_read(userdata);
        return 0;
}

static void add(struct switches *s, const struct row *row, const char *syspath) {
        char path[SYSFS_PATH_MAX];
        struct item *item;

        if (s->n == MODEL_SWITCHES_MAX || snprintf(path, sizeof(path), "%s/%s", syspath, row->file) >= (int) sizeof(path) ||
            access(path, F_OK) < 0)
                return;
        item = calloc(1, sizeof(*item));
        if (!item)
                return;
        *item = (struct item){ .switches = s, .row = row, .syspath = strdup(syspath) };
        if (!item->syspath) {
                free(item);
                return;
        }
        (void) sd_event_add_inotify(s->event, &item->written, path, IN_MODIFY, on_written, item);
        s->items[s->n++] = item;
}

static bool known(const struct switches *s, const struct row *row, const char *syspath) {
        for (size_t i = 0; i < s->n; i++)
                if (s->items[i]->row == row && strcmp(s->items[i]->syspath, syspath) == 0)
                        return true;
        return false;
}

static void consider(struct switches *s, const char *syspath) {
        const char *name = strrchr(syspath, '/') + 1;

        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
                if (fnmatch(rows[i].device, name, 0) == 0 && !known(s, &rows[i], syspath))
                        add(s, &rows[i], syspath);
}

/* One search for all switches, because each search lists the directories of all subsystems. */
static int search(struct switches *s) {
        _cleanup_(udev_enumerate_unrefp) struct udev_enumerate *e = udev_enumerate_new(s->udev);
        struct udev_list_entry *entry;
        int r = e ? 0 : -ENOMEM;

        for (size_t i = 0; r >= 0 && i < sizeof(rows) / sizeof(rows[0]); i++) {
                r = udev_enumerate_add_match_subsystem(e, rows[i].subsystem);
                if (r >= 0)
                        r = udev_enumerate_add_match_sysname(e, rows[i].device);
        }
        if (r >= 0)
                r = udev_enumerate_scan_devices(e);
        if (r < 0)
                return r;
        udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(e)) consider(s, udev_list_entry_get_name(entry));
        return 0;
}

int switches_look(struct switches *s) {
        int r = search(s);

        for (size_t i = s->n; i-- > 0;) {
                if (item_read(s->items[i]) >= 0)
                        continue;
                tell(s->items[i], true);
                item_free(s->items[i]);
                s->items[i] = s->items[--s->n];
        }
        return r;
}

int switches_new(sd_event *event, source_emit *emit, void *userdata, struct switches **ret) {
        struct switches *s = calloc(1, sizeof(*s));

        if (!s)
                return -ENOMEM;
        *s = (struct switches){ .event = event, .udev = udev_new(), .emit = emit, .userdata = userdata };
        if (!s->udev) {
                free(s);
                return -ENOMEM;
        }
        *ret = s;
        return 0;
}

struct switches *switches_free(struct switches *s) {
        if (!s)
                return NULL;
        for (size_t i = 0; i < s->n; i++)
                item_free(s->items[i]);
        udev_unref(s->udev);
        free(s);
        return NULL;
}
