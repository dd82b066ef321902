/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* kernel Documentation/ABI/testing/sysfs-class-typec, sysfs-class-usb_power_delivery. */

#include "daemon/sources/typec-read.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "daemon/sources/udev-cleanup.h"
#include "hwdb/hwdb.h"
#include "daemon/sources/sysfs.h"

#define NUMBER_MAX 254

struct word {
        const char *text;
        int value;
};

bool typec_name_parse(const char *name, unsigned *ret_number) {
        char *end;

        if (strncmp(name, "port", 4) != 0 || name[4] < '0' || name[4] > '9')
                return false;
        unsigned long n = strtoul(name + 4, &end, 10);
        if (n > NUMBER_MAX || (*end != '\0' && *end != '-' && *end != '.'))
                return false;
        *ret_number = (unsigned) n;
        return true;
}

/* "[source] sink": the word in brackets is the current one. A port with one role prints no others, some do not print the
 * brackets either. */
static void bracketed(char *text) {
        char *open = strchr(text, '['), *close = open ? strchr(open, ']') : NULL;

        if (!close)
                return;
        *close = '\0';
        memmove(text, open + 1, (size_t) (close - open));
}

/* Returns 0 for an unknown word and for a file that cannot be read. */
static int word_read(const char *path, const char *file, const struct word *words) {
        char text[64];

        if (sysfs_text(path, file, text, sizeof(text)) < 0)
                return 0;
        bracketed(text);
        for (; words->text; words++)
                if (strcmp(words->text, text) == 0)
                        return words->value;
        return 0;
}

static const struct word power_roles[] = { { "source", TYPEC_SOURCE }, { "sink", TYPEC_SINK }, {} };
static const struct word data_roles[] = { { "host", TYPEC_HOST }, { "device", TYPEC_DEVICE }, {} };
static const struct word modes[] = {
        { "default", TYPEC_DEFAULT },
        { "1.5A", TYPEC_1500_MA },
        { "3.0A", TYPEC_3000_MA },
        { "usb_power_delivery", TYPEC_PD },
        {},
};
static const struct word cable_types[] = { { "passive", TYPEC_CABLE_PASSIVE }, { "active", TYPEC_CABLE_ACTIVE }, {} };
/* The values differ from the 0 of word_read(); truth_read() converts them. */
static const struct word truths[] = { { "no", 1 }, { "yes", 2 }, { "0", 1 }, { "1", 2 }, {} };

static enum tristate truth_read(const char *path, const char *file) {
        int value = word_read(path, file, truths);

        return value == 0 ? UNKNOWN : value == 2 ? YES : NO;
}

static uint32_t hex_read(const char *path, const char *file) {
        uint64_t value;

        return sysfs_number(path, file, 16, &value) < 0 || value > UINT32_MAX ? 0 : (uint32_t) value;
}

static struct typec_identity identity_read(const char *path) {
        return (struct typec_identity){
                .id_header = hex_read(path, "identity/id_header"),
                .cert_stat = hex_read(path, "identity/cert_stat"),
                .product = hex_read(path, "identity/product"),
                .vdo1 = hex_read(path, "identity/product_type_vdo1"),
        };
}

/* "5000mV", "3000mA". */
static uint32_t quantity_read(const char *path, const char *file) {
        char text[32], *end;

        if (sysfs_text(path, file, text, sizeof(text)) <= 0 || text[0] < '0' || text[0] > '9')
                return 0;
        unsigned long n = strtoul(text, &end, 10);
        if (*end != '\0' && strcmp(end, "mV") != 0 && strcmp(end, "mA") != 0)
                return 0;
        return n > UINT32_MAX ? UINT32_MAX : (uint32_t) n;
}

static uint32_t first_of(uint32_t a, uint32_t b) {
        return a ? a : b;
}

static bool pdo_read(const char *dir, const char *name, bool sink, struct typec_pdo *ret, unsigned *ret_place) {
        static const struct word kinds[] = {
                { "fixed_supply", TYPEC_PDO_FIXED },
                { "variable_supply", TYPEC_PDO_VARIABLE },
                { "battery", TYPEC_PDO_BATTERY },
                { "programmable_supply", TYPEC_PDO_PROGRAMMABLE },
                {},
        };
        const struct word *w = kinds;
        char path[SYSFS_PATH_MAX], kind[32];

        /* scanf would take a sign. */
        if (!isdigit((unsigned char) name[0]) || sscanf(name, "%2u:%31s", ret_place, kind) != 2 ||
            snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int) sizeof(path))
                return false;
        while (w->text && strcmp(w->text, kind) != 0)
                w++;
        if (!w->text)
                return false;
        *ret = (struct typec_pdo){
                .kind = (enum typec_pdo_kind) w->value,
                .min_mv = quantity_read(path, "minimum_voltage"),
                .max_mv = first_of(quantity_read(path, "voltage"), quantity_read(path, "maximum_voltage")),
                .max_ma = first_of(quantity_read(path, sink ? "operational_current" : "maximum_current"),
                                   quantity_read(path, sink ? "maximum_current" : "operational_current")),
        };
        return true;
}

/* Sorted by number, so that two readings can be compared. */
static uint8_t pdos_read(const char *path, const char *side, bool sink, struct typec_pdo list[static TYPEC_PDOS_MAX]) {
        unsigned places[TYPEC_PDOS_MAX], place;
        char dir_path[SYSFS_PATH_MAX];
        struct typec_pdo pdo;
        uint8_t n = 0, i;

        if (snprintf(dir_path, sizeof(dir_path), "%s/usb_power_delivery/%s-capabilities", path, side) >= (int) sizeof(dir_path))
                return 0;
        _cleanup_(closedirp) DIR *dir = opendir(dir_path);
        const struct dirent *entry;
        if (!dir)
                sysfs_note_error(errno);
        while (dir && n < TYPEC_PDOS_MAX && (entry = readdir(dir))) {
                if (!pdo_read(dir_path, entry->d_name, sink, &pdo, &place))
                        continue;
                for (i = n++; i > 0 && places[i - 1] > place; i--) {
                        places[i] = places[i - 1];
                        list[i] = list[i - 1];
                }
                places[i] = place;
                list[i] = pdo;
        }
        return n;
}

static void usb_add(struct typec_facts *f, const struct address *a) {
        uint8_t i = f->n_usb;

        if (f->n_usb == TYPEC_LINKS_MAX || a->depth == 0)
                return;
        for (uint8_t k = 0; k < f->n_usb; k++)
                if (address_equal(&f->usb[k], a))
                        return;
        for (; i > 0 && address_compare(a, &f->usb[i - 1]) < 0; i--)
                f->usb[i] = f->usb[i - 1];
        f->usb[i] = *a;
        f->n_usb++;
}

/* Links "usb1-port2" of the port (since 5.17) and "1-2" of the partner (since 6.8). Their names are the places. */
static void usb_read(const char *path, struct typec_facts *f) {
        _cleanup_(closedirp) DIR *dir = opendir(path);
        const struct dirent *entry;
        struct address a;

        if (!dir)
                sysfs_note_error(errno);
        while (dir && (entry = readdir(dir)))
                if (entry->d_type != DT_REG && address_parse(entry->d_name, strlen(entry->d_name), &a))
                        usb_add(f, &a);
}

static void partner_read(const char *path, struct typec_facts *f) {
        char text[32];
        uint64_t n;

        f->partner = true;
        f->partner_pd = truth_read(path, "supports_usb_power_delivery");
        f->accessory = sysfs_text(path, "accessory_mode", text, sizeof(text)) > 0 && strcmp(text, "none") != 0;
        f->alternate_modes = sysfs_number(path, "number_of_alternate_modes", 10, &n) < 0 || n > UINT8_MAX ? 0 : (uint8_t) n;
        f->partner_identity = identity_read(path);
        f->n_sink = pdos_read(path, "sink", true, f->sink);
        usb_read(path, f);
        uint32_t product = f->partner_identity.product;
        if (f->partner_identity.id_header != 0)
                hwdb_lookup((uint16_t) f->partner_identity.id_header, (uint16_t) (product >> 16), (uint16_t) product, "",
                            &f->partner_model);
}

static void port_facts_read(const char *path, struct typec_facts *f) {
        f->power_role = (enum typec_power_role) word_read(path, "power_role", power_roles);
        f->data_role = (enum typec_data_role) word_read(path, "data_role", data_roles);
        f->mode = (enum typec_mode) word_read(path, "power_operation_mode", modes);
        f->unreadable =
                f->power_role == TYPEC_POWER_UNKNOWN || f->data_role == TYPEC_DATA_UNKNOWN || f->mode == TYPEC_MODE_UNKNOWN;
        f->n_source = pdos_read(path, "source", false, f->source);
        usb_read(path, f);
}

static struct udev_device *part_of(struct udev *udev, unsigned number, const char *part) {
        char name[32];

        snprintf(name, sizeof(name), "port%u%s", number, part);
        return udev_device_new_from_subsystem_sysname(udev, "typec", name);
}

/* Since 6.19 its status shows the direction: "Discharging" when the connector supplies a partner. */
static enum tristate feeds_read(const char *path) {
        char text[32];

        if (sysfs_text(path, "status", text, sizeof(text)) < 0)
                return UNKNOWN;
        return strcmp(text, "Discharging") == 0 ? YES : strcmp(text, "Charging") == 0 ? NO : UNKNOWN;
}

/* "ucsi-source-psy-USBC000:001" is connector 1, which is port0 (kernel drivers/usb/typec/ucsi/psy.c); with two controllers the
 * numbers no longer match. It describes the computer as the power sink. */
static void supply_read(struct udev *udev, unsigned number, struct typec_facts *ret) {
        _cleanup_(udev_enumerate_unrefp) struct udev_enumerate *e = udev_enumerate_new(udev);
        struct udev_list_entry *entry;
        enum tristate online = UNKNOWN, feeds = UNKNOWN;
        unsigned found = 0;

        if (!e || udev_enumerate_add_match_subsystem(e, "power_supply") < 0 ||
            udev_enumerate_add_match_sysname(e, "ucsi-source-psy-*") < 0 || udev_enumerate_scan_devices(e) < 0)
                return;
        udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(e)) {
                const char *path = udev_list_entry_get_name(entry), *colon = strrchr(path, ':');

                if (!colon || strtoul(colon + 1, NULL, 10) % 1000 != number + 1)
                        continue;
                online = truth_read(path, "online");
                feeds = feeds_read(path);
                found++;
        }
        if (found != 1)
                return;
        ret->supply_online = online;
        ret->supply_feeds = feeds;
}

enum typec_touch typec_part(const char *name) {
        const char *end = name + 4 + strspn(name + 4, "0123456789");

        if (*end == '\0')
                return TYPEC_PORT_GONE;
        if (strcmp(end, "-partner") == 0)
                return TYPEC_PARTNER_GONE;
        return strcmp(end, "-cable") == 0 ? TYPEC_CABLE_GONE : TYPEC_TOUCHED;
}

int typec_read(struct udev *udev, unsigned number, unsigned gone, struct typec_facts *ret) {
        _cleanup_(udev_device_unrefp) struct udev_device *port = part_of(udev, number, "");
        _cleanup_(udev_device_unrefp) struct udev_device *partner =
                gone & TYPEC_PARTNER_GONE ? NULL : part_of(udev, number, "-partner");
        _cleanup_(udev_device_unrefp) struct udev_device *cable =
                gone & TYPEC_CABLE_GONE ? NULL : part_of(udev, number, "-cable");

        if (!port || (gone & TYPEC_PORT_GONE))
                return -ENODEV;
        memset(ret, 0, sizeof(*ret));
        ret->number = (uint8_t) number;
        ret->partner_pd = UNKNOWN;
        ret->partner_model = MODEL_FACTS_UNKNOWN;
        port_facts_read(udev_device_get_syspath(port), ret);
        if (partner)
                partner_read(udev_device_get_syspath(partner), ret);
        if (cable) {
                ret->cable = true;
                ret->cable_type = (enum typec_cable) word_read(udev_device_get_syspath(cable), "type", cable_types);
                ret->cable_identity = identity_read(udev_device_get_syspath(cable));
        }
        ret->supply_online = ret->supply_feeds = UNKNOWN;
        supply_read(udev, number, ret);
        return 0;
}
