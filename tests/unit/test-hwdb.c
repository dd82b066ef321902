/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Modaliases, the firmware in them, and look-ups in a database that is not there. The file itself is tested with the real
 * systemd-hwdb (test-model-facts).
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "database.h"
#include "hwdb/facts-json.h"
#include "hwdb/hwdb.h"
#include "hwdb/modalias.h"
#include "run.h"

static const struct {
        const char *text;
        uint16_t vendor, product, version;
} modaliases[] = {
        { "usb:v054Cp0DF0d0251", 0x054c, 0x0df0, 0x0251 },
        { "bluetooth:v054Cp0D58d0301", 0x054c, 0x0d58, 0x0301 },
        { "usb:v054cp0df0d0251", 0x054c, 0x0df0, 0x0251 },
        { "usb:v054Cp0DF0d0251dc00dsc00dp00ic03isc00ip00in00", 0x054c, 0x0df0, 0x0251 },
        { "usb:vFFFFpFFFFdFFFF", 0xffff, 0xffff, 0xffff },
};

START_TEST(test_modalias) {
        struct modalias m;

        ck_assert(modalias_parse(modaliases[_i].text, &m));
        ck_assert_uint_eq(m.vendor, modaliases[_i].vendor);
        ck_assert_uint_eq(m.product, modaliases[_i].product);
        ck_assert_uint_eq(m.version, modaliases[_i].version);
}
END_TEST

static const char *const garbage[] = {
        NULL,
        "",
        "usb:",
        "usb:v",
        "usb:v054",
        "usb:v054C",
        "usb:v054Cp0DF0",
        "usb:v054Cp0DF0d",
        "usb:v054Cp0DF0d025",
        "usb:v054Cp0DF0d02G1",
        "usb:v054Cp0DF\xff"
        "d0251",
        "usb:p0DF0v054Cd0251",
        "USB:v054Cp0DF0d0251",
        "v054Cp0DF0d0251",
        " usb:v054Cp0DF0d0251",
        "usb:v*p*d*",
        "pci:v0000054Cd00000DF0",
        "\x1b[2Jusb:v054Cp0DF0d0251",
};

START_TEST(test_garbage) {
        struct modalias m = { 1, 2, 3 };

        ck_assert(!modalias_parse(garbage[_i], &m));
        ck_assert_uint_eq(m.vendor | m.product | m.version, 0);
}
END_TEST

/* The first ten were seen on real headsets, beside the names of Sony's firmware files. */
static const struct {
        uint16_t version;
        const char *firmware;
} versions[] = {
        { 0x0452, "4.5.2" },   { 0x0422, "4.2.2" },   { 0x0250, "2.5.0" }, { 0x0301, "3.0.1" }, { 0x0251, "2.5.1" },
        { 0x0300, "3.0.0" },   { 0x0201, "2.0.1" },   { 0x0610, "6.1.0" }, { 0x0112, "1.1.2" }, { 0x1000, "1.0.0.0" },
        { 0x1006, "1.0.0.6" }, { 0x9999, "9.9.9.9" }, { 0x0001, "0.0.1" }, { 0x0000, "" },      { 0x0A00, "" },
        { 0x1F00, "" },        { 0x02B1, "" },        { 0xffff, "" },      { 0xA000, "" },
};

START_TEST(test_firmware) {
        char buf[FIRMWARE_MAX] = "before";

        ck_assert_int_eq(modalias_firmware(versions[_i].version, buf), versions[_i].firmware[0] != '\0');
        ck_assert_str_eq(buf, versions[_i].firmware);
}
END_TEST

START_TEST(test_names_without_database) {
        struct model_facts f;

        use_no_database();
        hwdb_lookup(0x054c, 0x0df0, 0x0100, "WH-1000XM5", &f);
        ck_assert_str_eq(f.model, "WH-1000XM5");
        ck_assert_str_eq(f.family, "over-ear");
        ck_assert(!f.from_hwdb);
        hwdb_lookup(0x054c, 0x0fae, 0x0100, "INZONE Mouse-A", &f);
        ck_assert_str_eq(f.model, "");
        hwdb_lookup(0x054c, 0x0ce6, 0x0100, "DualSense Wireless Controller", &f);
        ck_assert_str_eq(f.model, "");
        hwdb_lookup(0x046d, 0x0df0, 0x0100, "WH-1000XM5", &f);
        ck_assert_str_eq(f.model, "");
        ck_assert(!hwdb_lookup_model("WH-1000XM5", &f));
        ck_assert_uint_eq(hwdb_models(NULL, 0), 0);
}
END_TEST

START_TEST(test_bluetooth_without_database) {
        struct model_facts f;
        char firmware[16];

        use_no_database();
        hwdb_lookup_bluetooth("usb:v054Cp0DF0d0251", "LE_WH-1000XM5", &f, firmware, sizeof firmware);
        ck_assert_str_eq(f.model, "WH-1000XM5");
        ck_assert_str_eq(firmware, "2.5.1");
        hwdb_lookup_bluetooth("usb:v054Cp0CE6d0100", "Wireless Controller", &f, firmware, sizeof firmware);
        ck_assert_str_eq(f.model, "");
        ck_assert_str_eq(firmware, "");
        hwdb_lookup_bluetooth("usb:v1234p0DF0d0251", "WH-1000XM5", &f, NULL, 0);
        ck_assert_str_eq(f.model, "");
        /* Without an id the beginning of a name proves nothing. */
        hwdb_lookup_bluetooth(NULL, "WI-FI SPEAKER", &f, firmware, sizeof firmware);
        ck_assert_str_eq(f.model, "");
        ck_assert_str_eq(firmware, "");
}
END_TEST

START_TEST(test_facts_json) {
        struct model_facts f = MODEL_FACTS_UNKNOWN;

        struct json_object *o = model_facts_to_json(&f);
        ck_assert_str_eq(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN),
                         "{\"model\":null,\"family\":null,\"connector\":null,\"needed_ma\":null,\"least_ma\":null,"
                         "\"full_minutes\":null,\"enumerates\":null,\"powers_down\":null,\"wireless\":null,"
                         "\"limit_percent\":null,\"firmware\":null,\"firmware_date\":null,\"help\":null}");
        json_object_put(o);
        f.enumerates = NO;
        f.wireless = YES;
        o = model_facts_to_json(&f);
        ck_assert(!json_object_get_boolean(json_object_object_get(o, "enumerates")));
        ck_assert(json_object_get_boolean(json_object_object_get(o, "wireless")));
        json_object_put(o);
}
END_TEST

int main(void) {
        Suite *s = suite_create("hwdb");
        TCase *t = tcase_create("hwdb");

        tcase_add_loop_test(t, test_modalias, 0, sizeof modaliases / sizeof *modaliases);
        tcase_add_loop_test(t, test_garbage, 0, sizeof garbage / sizeof *garbage);
        tcase_add_loop_test(t, test_firmware, 0, sizeof versions / sizeof *versions);
        tcase_add_test(t, test_names_without_database);
        tcase_add_test(t, test_bluetooth_without_database);
        tcase_add_test(t, test_facts_json);
        suite_add_tcase(s, t);
        return run_suite(s);
}
