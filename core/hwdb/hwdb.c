/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Looks up model facts by USB or Bluetooth id or by name, but never by the vendor alone. */

#include "hwdb/hwdb.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-hwdb.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "hwdb/modalias.h"
#include "common/text.h"

#define VENDOR_SONY 0x054c
#define VENDOR_SONY_LICENSEE 0x12ba /* PlayStation accessories */

/* An id that the project's file contains. It shows whether the file is part of the database at all. */
#define PROBE_ID "usb:v054Cp0D58d0100"

/* The entry that lists the names of all models. */
#define MODELS_ID "sonycharge-models"

static int hwdb_open(sd_hwdb **ret) {
        const char *path = getenv("SONYCHARGE_HWDB");

        return path && *path ? sd_hwdb_new_from_path(path, ret) : sd_hwdb_new(ret);
}

bool hwdb_available(void) {
        _cleanup_(sd_hwdb_unrefp) sd_hwdb *db = NULL;
        const char *value;

        int r = hwdb_open(&db);
        if (r >= 0)
                r = sd_hwdb_get(db, PROBE_ID, "SONYCHARGE_MODEL", &value);
        if (r < 0)
                log_notice("The hardware database has no entries of this project, models are recognised by name only (%s).",
                           strerror(-r));
        return r >= 0;
}

static uint32_t number(const char *value, uint32_t max) {
        char *end;

        errno = 0;
        unsigned long n = strtoul(value, &end, 10);
        return errno != 0 || end == value || *end != '\0' || n > max ? 0 : (uint32_t) n;
}

static enum tristate truth(const char *value) {
        if (strcmp(value, "1") == 0 || strcmp(value, "yes") == 0)
                return YES;
        return strcmp(value, "0") == 0 || strcmp(value, "no") == 0 ? NO : UNKNOWN;
}

/* Currents are limited to 5 A (the maximum of a USB cable) and times to one day. Higher values are errors in the file. */
static void take(const char *key, const char *value, struct model_facts *f) {
        if (strcmp(key, "SONYCHARGE_MODEL") == 0)
                text_make_safe(f->model, sizeof(f->model), value, strlen(value));
        else if (strcmp(key, "SONYCHARGE_FAMILY") == 0)
                text_make_safe(f->family, sizeof(f->family), value, strlen(value));
        else if (strcmp(key, "SONYCHARGE_NEEDED_MA") == 0)
                f->needed_ma = number(value, 5000);
        else if (strcmp(key, "SONYCHARGE_LEAST_MA") == 0)
                f->least_ma = number(value, 5000);
        else if (strcmp(key, "SONYCHARGE_FULL_MINUTES") == 0)
                f->full_minutes = number(value, 24 * 60);
        else if (strcmp(key, "SONYCHARGE_ENUMERATES") == 0)
                f->enumerates = truth(value);
        else if (strcmp(key, "SONYCHARGE_POWERS_DOWN") == 0)
                f->powers_down = truth(value);
        else if (strcmp(key, "SONYCHARGE_WIRELESS") == 0)
                f->wireless = truth(value);
        else if (strcmp(key, "SONYCHARGE_LIMIT_PERCENT") == 0)
                f->limit_percent = (uint8_t) number(value, 100);
        else if (strcmp(key, "SONYCHARGE_CONNECTOR") == 0)
                text_make_safe(f->connector, sizeof(f->connector), value, strlen(value));
        else if (strcmp(key, "SONYCHARGE_FIRMWARE") == 0)
                text_make_safe(f->firmware, sizeof(f->firmware), value, strlen(value));
        else if (strcmp(key, "SONYCHARGE_FIRMWARE_DATE") == 0)
                text_make_safe(f->firmware_date, sizeof(f->firmware_date), value, strlen(value));
        else if (strcmp(key, "SONYCHARGE_HELP") == 0)
                text_make_safe(f->help, sizeof(f->help), value, strlen(value));
}

static bool by_id(const char *modalias, struct model_facts *f) {
        _cleanup_(sd_hwdb_unrefp) sd_hwdb *db = NULL;
        const char *key, *value;

        if (hwdb_open(&db) < 0 || sd_hwdb_seek(db, modalias) < 0)
                return false;
        while (sd_hwdb_enumerate(db, &key, &value) > 0)
                take(key, value, f);
        f->from_hwdb = f->model[0] != '\0';
        return f->from_hwdb;
}

static bool starts_with(const char *text, const char *prefix) {
        return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Sony's naming scheme: the letters before the dash identify the family. */
static const struct {
        const char *pattern;
        bool at_start;
        const char *family;
} names[] = {
        { "WH-", true, "over-ear" }, { "WF-", true, "earbuds" },       { "WI-", true, "neckband" },       { "MDR-", true, "" },
        { "YY-", true, "" },         { "LinkBuds", false, "earbuds" }, { "ULT WEAR", false, "over-ear" }, { "INZONE", false, "" },
        { "Float Run", false, "" },
};

static bool by_pattern(const char *name, struct model_facts *f) {
        if (strcasestr(name, "mouse") || strcasestr(name, "kbd") || strcasestr(name, "keyboard"))
                return false;
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
                if (names[i].at_start ? !starts_with(name, names[i].pattern) : !strstr(name, names[i].pattern))
                        continue;
                text_make_safe(f->model, sizeof(f->model), name, strlen(name));
                text_make_safe(f->family, sizeof(f->family), names[i].family, strlen(names[i].family));
                return true;
        }
        return false;
}

/* The key of a name: "sonycharge:WH-1000XM5". */
static bool by_key(const char *name, struct model_facts *f) {
        char key[64] = "sonycharge:";
        size_t n = strlen(key);

        for (; *name != '\0'; name++) {
                if (n + 1 == sizeof(key))
                        return false;
                key[n++] = (char) toupper((unsigned char) *name);
        }
        key[n] = '\0';
        return by_id(key, f);
}

/* Sony's headsets put "LE_" before the name of their Bluetooth LE side. */
static const char *without_prefix(const char *name) {
        return starts_with(name, "LE_") ? name + 3 : name;
}

/* For a device of Sony: a model that the database knows by name, else one whose name follows Sony's scheme. */
static void by_name(const char *name, struct model_facts *f) {
        if (!by_key(without_prefix(name), f))
                (void) by_pattern(without_prefix(name), f);
}

static bool is_known_vendor(uint16_t vendor) {
        return vendor == VENDOR_SONY || vendor == VENDOR_SONY_LICENSEE;
}

static bool by_ids(const char *bus, const struct modalias *ids, struct model_facts *f) {
        char modalias[40];

        snprintf(modalias, sizeof(modalias), "%s:v%04Xp%04Xd%04X", bus, ids->vendor, ids->product, ids->version);
        return by_id(modalias, f);
}

void hwdb_lookup(uint16_t vendor, uint16_t product, uint16_t bcd_device, const char *name, struct model_facts *ret) {
        struct modalias ids = { vendor, product, bcd_device };

        *ret = MODEL_FACTS_UNKNOWN;
        if (is_known_vendor(vendor) && !by_ids("usb", &ids, ret) && vendor == VENDOR_SONY)
                by_name(name, ret);
}

void hwdb_lookup_bluetooth(const char *modalias, const char *name, struct model_facts *ret, char *ret_firmware, size_t size) {
        char firmware[FIRMWARE_MAX] = "";
        struct modalias ids;

        *ret = MODEL_FACTS_UNKNOWN;
        if (!modalias_parse(modalias, &ids))
                (void) by_key(without_prefix(name), ret);
        else if (is_known_vendor(ids.vendor) && !by_ids("bluetooth", &ids, ret) && ids.vendor == VENDOR_SONY)
                by_name(name, ret);
        if (ret->model[0] != '\0')
                (void) modalias_firmware(ids.version, firmware);
        if (ret_firmware)
                snprintf(ret_firmware, size, "%s", firmware);
}

/* Characters other than letters and digits are ignored. */
static bool same_letters(const char *a, const char *b) {
        for (;; a++, b++) {
                while (*a != '\0' && !isalnum((unsigned char) *a))
                        a++;
                while (*b != '\0' && !isalnum((unsigned char) *b))
                        b++;
                if (toupper((unsigned char) *a) != toupper((unsigned char) *b))
                        return false;
                if (*a == '\0')
                        return true;
        }
}

bool hwdb_lookup_model(const char *name, struct model_facts *ret) {
        char models[HWDB_MODELS_MAX][sizeof(ret->model)];

        *ret = MODEL_FACTS_UNKNOWN;
        if (by_key(name, ret))
                return true;
        size_t n = hwdb_models(models, HWDB_MODELS_MAX);
        for (size_t i = 0; i < n; i++)
                if (same_letters(name, models[i]))
                        return by_key(models[i], ret);
        return false;
}

/* Splits "A;B;C". */
static size_t add_names(const char *list, char (*ret)[sizeof(((struct model_facts *) 0)->model)], size_t n, size_t max) {
        while (*list != '\0' && n < max) {
                size_t len = strcspn(list, ";");

                if (len > 0)
                        text_make_safe(ret[n++], sizeof(*ret), list, len);
                list += len + (list[len] == ';');
        }
        return n;
}

/* sd-hwdb can look up entries but not list them, so one entry of the file names all models. */
size_t hwdb_models(char (*ret)[sizeof(((struct model_facts *) 0)->model)], size_t max) {
        static const char *const keys[] = { "SONYCHARGE_OVER_EAR", "SONYCHARGE_NECKBANDS", "SONYCHARGE_EARBUDS",
                                            "SONYCHARGE_GAMES", "SONYCHARGE_OTHERS" };
        _cleanup_(sd_hwdb_unrefp) sd_hwdb *db = NULL;
        const char *list;
        size_t n = 0;

        if (hwdb_open(&db) < 0)
                return 0;
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
                if (sd_hwdb_get(db, MODELS_ID, keys[i], &list) >= 0)
                        n = add_names(list, ret, n, max);
        return n;
}
