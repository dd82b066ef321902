/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Model facts by USB id, else by product name; never by the vendor alone. */

#include "hwdb.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-hwdb.h>

#include "cleanup.h"
#include "log.h"
#include "text.h"

#define VENDOR_SONY 0x054c
#define VENDOR_SONY_LICENSEE 0x12ba /* PlayStation accessories */

/* Known to be in the project's file: it tells whether that is part of the database at all. */
#define PROBE_ID "usb:v054Cp0D58d0100"

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

/* Currents end at 5 A (the most a USB cable carries), times at a day: what is above is a typing error in the file. */
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

/* Sony's own naming: the letters before the dash tell the shape. */
static const struct {
        const char *pattern;
        bool at_start;
        const char *family;
} names[] = {
        { "WH-", true, "over-ear" }, { "WF-", true, "earbuds" },       { "WI-", true, "neckband" },       { "MDR-", true, "" },
        { "YY-", true, "" },         { "LinkBuds", false, "earbuds" }, { "ULT WEAR", false, "over-ear" }, { "INZONE", false, "" },
        { "Float Run", false, "" },
};

static bool by_name(const char *name, struct model_facts *f) {
        if (strstr(name, "Mouse") || strstr(name, "KBD") || strstr(name, "Keyboard"))
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

void hwdb_lookup(uint16_t vendor, uint16_t product, uint16_t bcd_device, const char *name, struct model_facts *ret) {
        char modalias[32];

        *ret = MODEL_FACTS_UNKNOWN;
        if (vendor != VENDOR_SONY && vendor != VENDOR_SONY_LICENSEE)
                return;
        snprintf(modalias, sizeof(modalias), "usb:v%04Xp%04Xd%04X", vendor, product, bcd_device);
        if (!by_id(modalias, ret) && vendor == VENDOR_SONY)
                (void) by_name(name, ret);
}

bool hwdb_lookup_model(const char *name, struct model_facts *ret) {
        char key[64] = "sonycharge:";
        size_t n = strlen(key);

        *ret = MODEL_FACTS_UNKNOWN;
        for (; *name != '\0'; name++) {
                if (n + 1 == sizeof(key))
                        return false;
                key[n++] = (char) toupper((unsigned char) *name);
        }
        key[n] = '\0';
        return by_id(key, ret);
}
