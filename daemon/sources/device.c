/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads devices and ports. */

#include "daemon/sources/device.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "daemon/sources/descriptors.h"
#include "hwdb/hwdb.h"
#include "daemon/sources/sysfs.h"
#include "common/text.h"

#define AUTOSUSPEND_DEFAULT_USEC UINT64_C(2000000) /* kernel usbcore.autosuspend */
#define AUTOSUSPEND_MAX_MS 3600000
#define UDEV_DATABASE "/run/udev/data"
#define USB_DEVICE_MAJOR 189 /* kernel include/linux/usb.h */

static enum usb_speed speed_read(const char *syspath) {
        static const struct {
                const char *text;
                enum usb_speed speed;
        } speeds[] = {
                { "1.5", SPEED_LOW },    { "12", SPEED_FULL },          { "480", SPEED_HIGH },
                { "5000", SPEED_SUPER }, { "10000", SPEED_SUPER_PLUS }, { "20000", SPEED_SUPER_PLUS },
        };
        char text[16];

        if (sysfs_text(syspath, "speed", text, sizeof(text)) < 0)
                return SPEED_UNKNOWN;
        for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++)
                if (strcmp(text, speeds[i].text) == 0)
                        return speeds[i].speed;
        return SPEED_UNKNOWN;
}

static enum removable removable_read(const char *syspath) {
        char text[16];

        if (sysfs_text(syspath, "removable", text, sizeof(text)) < 0)
                return REMOVABLE_UNKNOWN;
        if (strcmp(text, "removable") == 0)
                return REMOVABLE_YES;
        return strcmp(text, "fixed") == 0 ? REMOVABLE_FIXED : REMOVABLE_UNKNOWN;
}

static uint64_t number_read(const char *syspath, const char *file, int base, uint64_t otherwise) {
        uint64_t value;

        return sysfs_number(syspath, file, base, &value) < 0 ? otherwise : value;
}

static void descriptors_read(const char *syspath, struct device_facts *f) {
        uint8_t bytes[4096];

        ssize_t n = sysfs_read(syspath, "descriptors", bytes, sizeof(bytes));
        if (n > 0 && descriptors_parse(bytes, (size_t) n, f) >= 0)
                return;
        f->device_class = (uint8_t) number_read(syspath, "bDeviceClass", 16, 0);
        f->bcd_device = (uint16_t) number_read(syspath, "bcdDevice", 16, 0);
}

/* udev_builtin usb_id uses the product id if the device has no string of its own. */
static void take_string(const char *value, uint16_t id, char buf[static EVENT_TEXT_MAX]) {
        char text[4 * EVENT_TEXT_MAX], number[8];

        snprintf(number, sizeof(number), "%04x", id);
        if (!value || strcmp(value, number) == 0)
                return;
        size_t len = strnlen(value, sizeof(text));
        memcpy(text, value, len);
        text_make_safe(buf, EVENT_TEXT_MAX, text, text_unescape(text, len));
}

static void take_property(struct device_reading *r, const char *key, const char *value) {
        struct device_facts *f = &r->facts;

        if (strcmp(key, "ID_MODEL_ENC") == 0)
                take_string(value, f->product, f->name);
        else if (strcmp(key, "ID_VENDOR_ENC") == 0)
                take_string(value, f->vendor, f->manufacturer);
        else if (strcmp(key, "ID_SERIAL_SHORT") == 0)
                take_string(value, f->product, f->serial);
        else if (strcmp(key, "ID_PATH") == 0)
                take_string(value, 0, f->id_path);
        /* systemd's 60-autosuspend.rules writes "auto" where its hardware database says so. */
        else if (strcmp(key, "ID_AUTOSUSPEND") == 0 && value && strcmp(value, "1") == 0)
                r->by = AUTOSUSPEND_BY_UDEV;
}

/* "E:ID_MODEL_ENC=WH-1000XM4", a line for each property (systemd device-private.c). */
static void take_database(struct device_reading *r, FILE *file) {
        char line[1024];

        while (fgets(line, sizeof(line), file)) {
                char *value = strchr(line, '=');

                line[strcspn(line, "\n")] = '\0';
                if (strncmp(line, "E:", 2) != 0 || !value)
                        continue;
                *value = '\0';
                take_property(r, line + 2, value + 1);
        }
}

static void read_database(struct device_reading *r, unsigned bus, unsigned devnum) {
        char path[64];

        /* Minor numbers of usbfs nodes: kernel usb.c usb_new_device(). */
        snprintf(path, sizeof(path), UDEV_DATABASE "/c%d:%u", USB_DEVICE_MAJOR, (bus - 1) * 128 + devnum - 1);
        _cleanup_fclose_ FILE *file = fopen(path, "re");
        if (file)
                take_database(r, file);
        else
                sysfs_note_error(errno);
}

static void names_read(struct udev_device *from_udev, struct device_reading *r, unsigned bus) {
        static const char *const keys[] = { "ID_MODEL_ENC", "ID_VENDOR_ENC", "ID_SERIAL_SHORT", "ID_PATH", "ID_AUTOSUSPEND" };

        if (!from_udev) {
                read_database(r, bus, r->devnum);
                return;
        }
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
                take_property(r, keys[i], udev_device_get_property_value(from_udev, keys[i]));
}

/* ".../0000:00:14.0/usb1/1-2" belongs to 0000:00:14.0, the component before the root hub. */
static void controller_name(const char *syspath, char buf[static EVENT_NAME_MAX]) {
        const char *begin = syspath, *slash;
        struct address a;

        buf[0] = '\0';
        while ((slash = strchr(begin, '/'))) {
                size_t next = strcspn(slash + 1, "/");

                if (next > 3 && strncmp(slash + 1, "usb", 3) == 0 && address_parse(slash + 1, next, &a) && a.depth == 0) {
                        text_make_safe(buf, EVENT_NAME_MAX, begin, (size_t) (slash - begin));
                        return;
                }
                begin = slash + 1;
        }
}

bool device_name_parse(const char *name, struct address *ret, unsigned *ret_configuration) {
        size_t len = strcspn(name, ":");
        struct address a;

        /* A root hub's interface is named after its bus: "1-0:1.0" belongs to usb1. */
        if (len > 2 && name[len] == ':' && strncmp(name + len - 2, "-0", 2) == 0) {
                char root[16];

                snprintf(root, sizeof(root), "usb%.*s", (int) (len - 2), name);
                if (!address_parse(root, strlen(root), &a))
                        return false;
        } else if (strstr(name, "-port") || !address_parse(name, len, &a))
                return false;
        *ret_configuration = 0;
        /* scanf would take a sign. */
        if (name[len] == ':' &&
            (!isdigit((unsigned char) name[len + 1]) || sscanf(name + len + 1, "%3u.", ret_configuration) != 1))
                return false;
        *ret = a;
        return true;
}

/* The names of the interfaces show the active configuration, because only its interfaces exist. */
static int16_t configuration_read(const char *syspath, const struct address *where) {
        _cleanup_(closedirp) DIR *dir = opendir(syspath);
        const struct dirent *entry;

        if (!dir)
                sysfs_note_error(errno);
        while (dir && (entry = readdir(dir))) {
                struct address a;
                unsigned configuration;

                if (strchr(entry->d_name, ':') && device_name_parse(entry->d_name, &a, &configuration) &&
                    address_equal(&a, where) && configuration <= UINT8_MAX)
                        return (int16_t) configuration;
        }
        return -1;
}

static void state_read(const char *syspath, const struct address *where, struct device_reading *r) {
        char driver[64];

        r->has_driver = sysfs_link_name(syspath, "driver", driver, sizeof(driver)) >= 0;
        r->facts.active_configuration = configuration_read(syspath, where);
        r->facts.settled = r->facts.active_configuration > 0;
        uint64_t authorized = number_read(syspath, "authorized", 10, 2);
        r->facts.authorized = authorized == 0 ? NO : authorized == 1 ? YES : UNKNOWN;
}

int device_read_state(const char *syspath, struct device_reading *reading) {
        const char *slash = strrchr(syspath, '/');
        struct address where;
        uint64_t devnum;

        if (!slash || !address_parse(slash + 1, strlen(slash + 1), &where))
                return -EINVAL;
        int r = sysfs_number(syspath, "devnum", 10, &devnum);
        if (r < 0)
                return r;
        if (devnum != reading->devnum)
                return -ESTALE;
        state_read(syspath, &where, reading);
        return sysfs_starved() ? -EMFILE : 0;
}

int device_read(const char *syspath, struct udev_device *from_udev, struct device_reading *ret) {
        const char *slash = strrchr(syspath, '/');
        struct device_reading r = {};
        struct device_facts *f = &r.facts;
        struct address where;
        uint64_t devnum, vendor, product;

        if (!slash || !address_parse(slash + 1, strlen(slash + 1), &where))
                return -EINVAL;
        int k = sysfs_number(syspath, "devnum", 10, &devnum);
        if (k < 0)
                return k;
        if (sysfs_number(syspath, "idVendor", 16, &vendor) < 0 || sysfs_number(syspath, "idProduct", 16, &product) < 0)
                return -ENODEV;
        r.devnum = (unsigned) devnum;
        f->speed = speed_read(syspath);
        descriptors_read(syspath, f);
        f->vendor = (uint16_t) vendor;
        f->product = (uint16_t) product;
        f->max_child = (uint8_t) number_read(syspath, "maxchild", 10, 0);
        f->removable = removable_read(syspath);
        state_read(syspath, &where, &r);
        names_read(from_udev, &r, where.bus);
        controller_name(syspath, f->controller);
        hwdb_lookup(f->vendor, f->product, f->bcd_device, f->name, &f->facts);
        /* A part may have been missed. */
        if (sysfs_starved())
                return -EMFILE;
        *ret = r;
        return 0;
}

/* The link in /sys/bus/usb/devices is "../../../devices/pci0000:00/.../1-2". */
int device_find(const char *name, char *buf, size_t size) {
        char path[SYSFS_PATH_MAX], target[SYSFS_PATH_MAX];
        const char *rest = target;

        if (snprintf(path, sizeof(path), USB_DEVICES "/%s", name) >= (int) sizeof(path))
                return -ENAMETOOLONG;
        ssize_t n = readlink(path, target, sizeof(target) - 1);
        if (n < 0)
                return -errno;
        target[n] = '\0';
        while (strncmp(rest, "../", 3) == 0)
                rest += 3;
        n = snprintf(buf, size, "/sys/%s", rest);
        return n < 0 || (size_t) n >= size ? -ENAMETOOLONG : 0;
}

static enum runtime_status status_from_text(const char *text) {
        if (strcmp(text, "active") == 0)
                return RUNTIME_ACTIVE;
        if (strcmp(text, "suspended") == 0)
                return RUNTIME_SUSPENDED;
        return text[0] ? RUNTIME_OTHER : RUNTIME_UNKNOWN;
}

int device_read_power(const char *syspath, const struct power_facts *known, struct power_facts *ret) {
        struct power_facts p = {};
        char text[32];

        ssize_t n = sysfs_text(syspath, "power/control", text, sizeof(text));
        if (n < 0)
                return (int) n;
        p.automatic = strcmp(text, "auto") == 0;
        /* A device that may not be suspended stays active (kernel drivers/base/power/runtime.c, pm_runtime_forbid()). */
        if (known && !known->automatic && !p.automatic && known->status == RUNTIME_ACTIVE) {
                *ret = *known;
                return 0;
        }
        sysfs_text(syspath, "power/runtime_status", text, sizeof(text));
        p.status = status_from_text(text);
        p.suspended_ms = number_read(syspath, "power/runtime_suspended_time", 10, 0);
        p.active_ms = number_read(syspath, "power/runtime_active_time", 10, 0);
        if (sysfs_starved())
                return -EMFILE;
        *ret = p;
        return 0;
}

uint64_t device_autosuspend_delay(const char *syspath) {
        uint64_t ms;

        if (sysfs_number(syspath, "power/autosuspend_delay_ms", 10, &ms) < 0 || ms > AUTOSUSPEND_MAX_MS)
                return AUTOSUSPEND_DEFAULT_USEC;
        return ms * 1000;
}

static enum connect_type connect_type_from_text(const char *text) {
        if (strcmp(text, "hotplug") == 0)
                return CONNECT_HOTPLUG;
        if (strcmp(text, "hardwired") == 0)
                return CONNECT_HARDWIRED;
        return strcmp(text, "not used") == 0 ? CONNECT_NOT_USED : CONNECT_UNKNOWN;
}

/* The link to the Type-C port of this socket, "port0" (kernel drivers/usb/typec/port-mapper.c, since 5.17). */
static uint8_t connector_read(const char *syspath) {
        unsigned number;
        char text[64], end;

        if (sysfs_link_name(syspath, "connector", text, sizeof(text)) < 0 || sscanf(text, "port%3u%c", &number, &end) != 1)
                return 0;
        return number < UINT8_MAX ? (uint8_t) (number + 1) : 0;
}

/* The location of the socket as the firmware reports it, in words for people (kernel physical_location.c, ACPI _PLD). */
static void location_read(const char *syspath, char buf[static 32]) {
        char panel[16] = "", across[16] = "", up[16] = "";

        buf[0] = '\0';
        if (sysfs_text(syspath, "physical_location/panel", panel, sizeof(panel)) < 0)
                return;
        (void) sysfs_text(syspath, "physical_location/horizontal_position", across, sizeof(across));
        (void) sysfs_text(syspath, "physical_location/vertical_position", up, sizeof(up));
        if (strcmp(panel, "front") == 0 || strcmp(panel, "back") == 0)
                snprintf(buf, 32, "%s%s%s",
                         strcmp(up, "upper") == 0   ? "upper "
                         : strcmp(up, "lower") == 0 ? "lower "
                                                    : "",
                         strcmp(across, "left") == 0    ? "left "
                         : strcmp(across, "right") == 0 ? "right "
                                                        : "",
                         panel[0] == 'f' ? "front" : "rear");
        else if (strcmp(panel, "left") == 0 || strcmp(panel, "right") == 0)
                snprintf(buf, 32, "%s-side", panel);
}

int port_read(const char *syspath, struct port_facts *ret) {
        struct port_facts p = { .disabled = UNKNOWN };
        char text[64];

        ssize_t n = sysfs_text(syspath, "connect_type", text, sizeof(text));
        if (n < 0)
                return (int) n;
        p.connect_type = connect_type_from_text(text);
        location_read(syspath, p.location);
        p.over_current_count = (uint32_t) number_read(syspath, "over_current_count", 10, 0);
        if (sysfs_link_name(syspath, "peer", text, sizeof(text)) < 0 || !address_parse(text, strlen(text), &p.peer))
                p.peer = (struct address){};
        p.typec = connector_read(syspath);
        if (sysfs_starved())
                return -EMFILE;
        *ret = p;
        return 0;
}
