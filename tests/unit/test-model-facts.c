/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The model facts of this tree, compiled by systemd-hwdb, as the two programs look them up.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "database.h"
#include "hwdb/hwdb.h"
#include "run.h"

START_TEST(test_available) {
        ck_assert(hwdb_available());
}
END_TEST

static const struct {
        const char *modalias, *name, *model, *family, *firmware;
} bluetooth[] = {
        { "usb:v054Cp0DF0d0251", "My headphones", "WH-1000XM5", "over-ear", "2.5.1" },
        { "bluetooth:v054Cp0DF0d0251", "", "WH-1000XM5", "over-ear", "2.5.1" },
        { "usb:v054cp0cd3d0452", "WH-1000XM3", "WH-1000XM3", "over-ear", "4.5.2" },
        { "usb:v054Cp0EADd1000", "WH-CH520", "WH-CH520", "over-ear", "1.0.0.0" },
        { "usb:v054Cp0DF4d0431", "LinkBuds S", "LinkBuds S", "earbuds", "4.3.1" },
        { "usb:v054Cp0FFFd0105", "WF-C710N", "WF-C710N", "earbuds", "1.0.5" },
        { "usb:v054Cp0FFFd0105", "LE_WF-C710N", "WF-C710N", "earbuds", "1.0.5" },
        { "usb:v054Cp0FFFd0100", "WF-9999", "WF-9999", "earbuds", "1.0.0" },
        { NULL, "WF-1000XM6", "WF-1000XM6", "earbuds", "" },
        { "garbage", "1000X THE COLLEXION", "1000X THE COLLEXION", "over-ear", "" },
        { NULL, "WF-9999", "", "", "" },
        { "usb:v05ACp0DF0d0251", "WH-1000XM5", "", "", "" },
};

START_TEST(test_bluetooth) {
        struct model_facts f;
        char firmware[16];

        hwdb_lookup_bluetooth(bluetooth[_i].modalias, bluetooth[_i].name, &f, firmware, sizeof firmware);
        ck_assert_str_eq(f.model, bluetooth[_i].model);
        ck_assert_str_eq(f.family, bluetooth[_i].family);
        ck_assert_str_eq(firmware, bluetooth[_i].firmware);
}
END_TEST

static const struct {
        const char *name, *model;
} names[] = {
        { "WH-1000XM5", "WH-1000XM5" },
        { "wh-1000xm5", "WH-1000XM5" },
        { "wh_1000xm5", "WH-1000XM5" },
        { "WH1000XM5", "WH-1000XM5" },
        { "linkbuds", "LinkBuds" },
        { "LinkBuds-S", "LinkBuds S" },
        { "WF-LS900N", "LinkBuds S" },
        { "1000x_the_collexion", "1000X THE COLLEXION" },
        { "inzone h9", "INZONE H9" },
        { "inzone_h9_ii", "INZONE H9 II" },
        { "WH-ULT900N", "ULT WEAR" },
        { "LinkBuds UC", "LinkBuds UC" },
        { "MDR-XB950B1", "MDR-XB950B1" },
        { "MDR-XB950N1", "MDR-XB950N1" },
        { "MDR-XB950BT", "MDR-XB950BT" },
        { "WF-SP900", "WF-SP900" },
        { "WI-H700", "WI-H700" },
        { "WF-L910", "LinkBuds Open" },
        { "WF-LS910N", "LinkBuds Fit" },
        { "WF-LC900", "LinkBuds Clip" },
        { "WH-1000XX", "1000X THE COLLEXION" },
        { "INZONE H6 Air", "INZONE H6 Air" },
        { "INZONE E9", "INZONE E9" },
        { "", NULL },
        { "-", NULL },
        { "WH", NULL },
        { "WH-1000XM*", NULL },
        { "XM5", NULL },
        { "a name that is far longer than any model of any maker has ever had in the world", NULL },
};

START_TEST(test_name) {
        struct model_facts f;

        ck_assert_int_eq(hwdb_lookup_model(names[_i].name, &f), names[_i].model != NULL);
        ck_assert_str_eq(f.model, names[_i].model ?: "");
}
END_TEST

START_TEST(test_every_model_is_found_by_name) {
        char models[HWDB_MODELS_MAX][32];
        struct model_facts f;
        size_t n;

        n = hwdb_models(models, HWDB_MODELS_MAX);
        ck_assert_uint_gt(n, 50);
        ck_assert_uint_lt(n, HWDB_MODELS_MAX);
        ck_assert_uint_eq(hwdb_models(models, 3), 3);
        for (size_t i = 0; i < n; i++) {
                ck_assert_msg(hwdb_lookup_model(models[i], &f), "%s", models[i]);
                ck_assert_str_eq(f.model, models[i]);
                ck_assert(f.from_hwdb);
                ck_assert_str_ne(f.family, "dongle");
        }
}
END_TEST

/* The facts that causes rely on. */
START_TEST(test_facts) {
        struct model_facts f;

        hwdb_lookup(0x054c, 0x0df0, 0x0100, "", &f);
        ck_assert_uint_eq(f.needed_ma, 1500);
        ck_assert_uint_eq(f.full_minutes, 210);
        ck_assert_int_eq(f.powers_down, YES);
        ck_assert_int_eq(f.enumerates, UNKNOWN);
        ck_assert_str_eq(f.firmware, "2.5.1");
        ck_assert_str_eq(f.connector, "usb-c");
        ck_assert_str_eq(f.help, "https://helpguide.sony.net/mdr/wh1000xm5/v1/en/");
        hwdb_lookup(0x054c, 0x0f8a, 0x0100, "", &f);
        ck_assert_uint_eq(f.limit_percent, 80);
        ck_assert_int_eq(f.powers_down, NO);
        hwdb_lookup(0x054c, 0x0d58, 0x0100, "", &f);
        ck_assert_int_eq(f.enumerates, YES);
        ck_assert_uint_eq(f.needed_ma, 0);
        ck_assert_int_eq(f.powers_down, UNKNOWN);
        hwdb_lookup(0x054c, 0x0e63, 0x0100, "", &f);
        ck_assert_int_eq(f.wireless, YES);
        hwdb_lookup(0x054c, 0x0ec2, 0x0100, "", &f);
        ck_assert_str_eq(f.family, "dongle");
}
END_TEST

/* Other things of the same vendor: controllers, players, a DAC amplifier, a card reader, cameras, mice, a keyboard; and the
 * ids of headsets under other vendors. */
static const struct {
        uint16_t vendor, product;
        const char *name;
} others[] = {
        { 0x054c, 0x0ce6, "DualSense Wireless Controller" },
        { 0x054c, 0x0df2, "DualSense Edge Wireless Controller" },
        { 0x054c, 0x05c4, "Wireless Controller" },
        { 0x054c, 0x09cc, "Wireless Controller" },
        { 0x054c, 0x0ba0, "DUALSHOCK 4 USB Wireless Adaptor" },
        { 0x054c, 0x0e5f, "Access Controller" },
        { 0x054c, 0x0d00, "WALKMAN" },
        { 0x054c, 0x0b8c, "NW-A45 USB DAC" },
        { 0x054c, 0x088c, "Portable Headphone Amplifier" },
        { 0x054c, 0x0cf0, "MRW-G1" },
        { 0x054c, 0x0994, "ILCE-6000 in charging mode" },
        { 0x054c, 0x0c02, "ILCE-7M3" },
        { 0x054c, 0x0c34, "ILCE-7M3" },
        { 0x054c, 0x0fae, "INZONE Mouse-A" },
        { 0x054c, 0x0faf, "INZONE Mouse-A" },
        { 0x054c, 0x0fb1, "INZONE Mouse-A" },
        { 0x054c, 0x0fb2, "INZONE Mouse-A" },
        { 0x054c, 0x0fb0, "INZONE KBD-H75" },
        { 0x054c, 0x0fb3, "INZONE KBD-H75" },
        { 0x054c, 0x0000, "" },
        { 0x054c, 0xffff, "" },
        { 0x046d, 0x0df0, "WH-1000XM5" },
        { 0x12ba, 0x0df0, "WH-1000XM5" },
        { 0x12ba, 0x0100, "Guitar" },
        { 0x0000, 0x0000, "" },
};

START_TEST(test_others) {
        struct model_facts f;
        char modalias[40];

        hwdb_lookup(others[_i].vendor, others[_i].product, 0x0100, others[_i].name, &f);
        ck_assert_str_eq(f.model, "");
        for (unsigned bluetooth_form = 0; bluetooth_form < 2; bluetooth_form++) {
                snprintf(modalias, sizeof modalias, "%s:v%04Xp%04Xd0100", bluetooth_form ? "bluetooth" : "usb", others[_i].vendor,
                         others[_i].product);
                hwdb_lookup_bluetooth(modalias, others[_i].name, &f, NULL, 0);
                ck_assert_str_eq(f.model, "");
        }
}
END_TEST

int main(void) {
        Suite *s = suite_create("model-facts");
        TCase *t = tcase_create("model-facts");

        tcase_add_checked_fixture(t, use_database, NULL);
        tcase_add_test(t, test_available);
        tcase_add_loop_test(t, test_bluetooth, 0, sizeof bluetooth / sizeof *bluetooth);
        tcase_add_loop_test(t, test_name, 0, sizeof names / sizeof *names);
        tcase_add_test(t, test_every_model_is_found_by_name);
        tcase_add_test(t, test_facts);
        tcase_add_loop_test(t, test_others, 0, sizeof others / sizeof *others);
        suite_add_tcase(s, t);
        return run_suite(s);
}
