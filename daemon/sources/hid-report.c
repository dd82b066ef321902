/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "daemon/sources/hid-report.h"

#include <stdio.h>
#include <string.h>

#define VENDOR_SONY 0x054c

/* Product ids; the sources are in this project's hwdb file. */
static const struct {
        uint16_t product;
        enum hid_kind kind;
        const char *model;
} receivers[] = {
        { 0x0ebf, HID_INZONE, "INZONE H5" },        { 0x0ec0, HID_INZONE, "INZONE H5" },
        { 0x0ec2, HID_INZONE_BUDS, "INZONE Buds" }, { 0x0ec3, HID_INZONE_BUDS, "INZONE Buds" },
        { 0x0fa8, HID_INZONE, "INZONE H9 II" },     { 0x0fa9, HID_INZONE, "INZONE H9 II" },
        { 0x0d5e, HID_PULSE, "PULSE 3D" },
};

enum hid_kind hid_kind_of(uint16_t vendor, uint16_t product, const char **ret_model) {
        for (size_t i = 0; vendor == VENDOR_SONY && i < sizeof(receivers) / sizeof(receivers[0]); i++)
                if (receivers[i].product == product) {
                        *ret_model = receivers[i].model;
                        return receivers[i].kind;
                }
        return HID_NONE;
}

static bool is_node(const char *name, size_t len) {
        static const char prefix[] = "hidraw";

        if (len <= strlen(prefix) || strncmp(name, prefix, strlen(prefix)) != 0)
                return false;
        for (size_t i = strlen(prefix); i < len; i++)
                if (name[i] < '0' || name[i] > '9')
                        return false;
        return true;
}

/* "0003:054C:0EC2.0007" (kernel hid-core.c, hid_add_device()). */
static bool take_ids(const char *part, size_t len, struct hid_place *p) {
        unsigned bus, vendor, product;
        char text[32];
        int end = 0;

        if (len >= sizeof(text))
                return false;
        memcpy(text, part, len);
        text[len] = '\0';
        if (sscanf(text, "%4x:%4x:%4x.%n", &bus, &vendor, &product, &end) != 3 || end != 15)
                return false;
        p->bus = (uint16_t) bus;
        p->vendor = (uint16_t) vendor;
        p->product = (uint16_t) product;
        return true;
}

bool hid_place_parse(const char *syspath, struct hid_place *ret) {
        struct hid_place p = {};
        bool ids = false;

        for (const char *part = syspath; *part != '\0';) {
                size_t len = strcspn(part, "/");
                struct address a;

                if (take_ids(part, len, &p))
                        ids = true;
                else if (!ids && address_parse(part, len, &a) && a.depth > 0)
                        p.where = a;
                else if (is_node(part, len) && len < sizeof(p.node)) {
                        memcpy(p.node, part, len);
                        p.node[len] = '\0';
                }
                part += len + (part[len] == '/');
        }
        if (!ids || p.node[0] == '\0')
                return false;
        *ret = p;
        return true;
}

/* HID 1.11 §6.2.2: a prefix byte (tag, type, size) and 0, 1, 2 or 4 bytes; 0xfe begins a long item. */
#define ITEM_LONG 0xfe
#define ITEM_SIZE_MASK 0x03
#define ITEM_USAGE_PAGE 0x04 /* global item, tag 0; without its size bits */

bool hid_descriptor_fits(enum hid_kind kind, const uint8_t *descriptor, size_t size) {
        uint32_t wanted = kind == HID_PULSE ? 0xff01 : 0xff04;

        for (size_t i = 0; i < size;) {
                size_t n = descriptor[i] & ITEM_SIZE_MASK;
                uint32_t value = 0;

                if (descriptor[i] == ITEM_LONG) {
                        if (i + 1 >= size)
                                return false;
                        i += 3u + descriptor[i + 1];
                        continue;
                }
                n = n == 3 ? 4 : n;
                if (n >= size - i)
                        return false;
                for (size_t k = n; k > 0; k--)
                        value = value << 8 | descriptor[i + k];
                if ((descriptor[i] & ~ITEM_SIZE_MASK) == ITEM_USAGE_PAGE && value == wanted)
                        return true;
                i += 1 + n;
        }
        return false;
}

/* A Sony frame, at the offsets that both directions share. Command: [3..5] are opcode 0xfc00 and the length; event: event code
 * 0xff, length and 0. */
enum {
        AT_ID,
        AT_LENGTH, /* length of the rest without the checksum: 12 and the payload */
        AT_TYPE,
        AT_EVENT_CODE,
        AT_EVENT_LENGTH, /* 8 and the payload */
        AT_COMMAND_LENGTH,
        AT_KEY,                  /* 96 c3 */
        AT_ADDRESS = AT_KEY + 2, /* to << 4 | from */
        AT_WHAT,
        AT_HOW,
        AT_TRANSACTION, /* little endian */
        AT_PAYLOAD = AT_TRANSACTION + 2,
};

#define REPORT_ID 0x02
#define TYPE_COMMAND 0x01
#define TYPE_EVENT 0x04
#define EVENT_VENDOR 0xff
#define OPCODE_HIGH 0xfc
#define KEY_LOW 0x96
#define KEY_HIGH 0xc3
#define COMPUTER_TO_HEADSET 0x41
#define WHAT_BATTERY 0x04
#define HOW_GET 0x01
#define HOW_RETURN 0x10
#define HOW_PUSHED 0xa0
/* Bytes that AT_LENGTH counts before the payload. */
#define LENGTH_BASE 12
#define EVENT_LENGTH_BASE 8

static uint8_t checksum(const uint8_t *report, size_t end) {
        uint8_t sum = 0;

        for (size_t i = AT_KEY; i < end; i++)
                sum = (uint8_t) (sum + report[i]);
        return sum;
}

void hid_question(uint8_t ret[static HID_REPORT_SIZE], uint16_t transaction) {
        memset(ret, 0, HID_REPORT_SIZE);
        ret[AT_ID] = REPORT_ID;
        ret[AT_LENGTH] = LENGTH_BASE;
        ret[AT_TYPE] = TYPE_COMMAND;
        ret[AT_EVENT_LENGTH] = OPCODE_HIGH;
        ret[AT_COMMAND_LENGTH] = EVENT_LENGTH_BASE;
        ret[AT_KEY] = KEY_LOW;
        ret[AT_KEY + 1] = KEY_HIGH;
        ret[AT_ADDRESS] = COMPUTER_TO_HEADSET;
        ret[AT_WHAT] = WHAT_BATTERY;
        ret[AT_HOW] = HOW_GET;
        ret[AT_TRANSACTION] = (uint8_t) transaction;
        ret[AT_TRANSACTION + 1] = (uint8_t) (transaction >> 8);
        ret[AT_PAYLOAD] = checksum(ret, AT_PAYLOAD);
}

static void nothing_known(struct hid_report *r) {
        *r = (struct hid_report){};
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                r->parts[i].percent = BATTERY_UNKNOWN;
}

/* [charger, percent]; 0xff in either: not known. The meaning of charger values other than 0 and 1 is not known. */
static void take_part(struct battery_state *part, const uint8_t pair[static 2]) {
        part->percent = pair[1] <= 100 ? pair[1] : BATTERY_UNKNOWN;
        part->charging = pair[0] == 0 ? CHARGING_NO : pair[0] == 1 ? CHARGING_YES : CHARGING_UNKNOWN;
        if (part->percent == BATTERY_UNKNOWN)
                part->charging = CHARGING_UNKNOWN;
}

static bool take_parts(enum hid_kind kind, const uint8_t *payload, size_t size, struct hid_report *ret) {
        nothing_known(ret);
        if (size < (kind == HID_INZONE ? 2 : 6))
                return false;
        if (kind == HID_INZONE)
                take_part(&ret->parts[BATTERY_WHOLE], payload);
        else {
                take_part(&ret->parts[BATTERY_RIGHT], payload);
                take_part(&ret->parts[BATTERY_LEFT], payload + 2);
                take_part(&ret->parts[BATTERY_CASE], payload + 4);
        }
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                ret->on |= ret->parts[i].percent != BATTERY_UNKNOWN;
        return true;
}

static bool is_sony_event(const uint8_t *r, size_t size) {
        size_t end;

        if (size <= AT_PAYLOAD || r[AT_ID] != REPORT_ID || r[AT_TYPE] != TYPE_EVENT || r[AT_EVENT_CODE] != EVENT_VENDOR ||
            r[AT_KEY] != KEY_LOW || r[AT_KEY + 1] != KEY_HIGH || r[AT_LENGTH] < LENGTH_BASE)
                return false;
        end = (size_t) r[AT_LENGTH] + 1;
        return end < size && r[AT_EVENT_LENGTH] == r[AT_LENGTH] - (LENGTH_BASE - EVENT_LENGTH_BASE) && r[end] == checksum(r, end);
}

static enum hid_word parse_inzone(enum hid_kind kind, const uint8_t *r, size_t size, struct hid_report *ret) {
        struct hid_report report;

        if (!is_sony_event(r, size))
                return HID_NOTHING;
        if (r[AT_WHAT] != WHAT_BATTERY || (r[AT_HOW] != HOW_RETURN && r[AT_HOW] != HOW_PUSHED))
                return HID_OTHER;
        if (!take_parts(kind, r + AT_PAYLOAD, (size_t) r[AT_LENGTH] - LENGTH_BASE, &report))
                return HID_NOTHING;
        report.transaction = (uint16_t) (r[AT_TRANSACTION] | r[AT_TRANSACTION + 1] << 8);
        *ret = report;
        return r[AT_HOW] == HOW_RETURN ? HID_ANSWER : HID_BATTERY;
}

#define PULSE_REPORT_ID 0xb0
#define PULSE_SIZE 8
#define PULSE_LEVEL 3 /* 0 to 100 in tens */
#define PULSE_CHARGING 0x80
#define PULSE_FLAGS 4
#define PULSE_ON 0x04
#define PULSE_EVENT 5
#define PULSE_POWER_CHANGES 0x59
#define PULSE_SWITCHED_ON 0x5a

static enum hid_word parse_pulse(const uint8_t *r, size_t size, struct hid_report *ret) {
        struct battery_state *whole = &ret->parts[BATTERY_WHOLE];
        uint8_t level;

        if (size < PULSE_SIZE || r[0] != PULSE_REPORT_ID)
                return HID_NOTHING;
        level = r[PULSE_LEVEL];
        if (level > 100 && level != PULSE_CHARGING)
                return HID_NOTHING;
        nothing_known(ret);
        ret->on = (r[PULSE_FLAGS] & PULSE_ON) != 0;
        ret->fresh = r[PULSE_EVENT] == PULSE_POWER_CHANGES || r[PULSE_EVENT] == PULSE_SWITCHED_ON;
        whole->charging = level == PULSE_CHARGING ? CHARGING_YES : CHARGING_NO;
        if (level != PULSE_CHARGING)
                whole->percent = level;
        return HID_BATTERY;
}

enum hid_word hid_report_parse(enum hid_kind kind, const uint8_t *report, size_t size, struct hid_report *ret) {
        if (kind == HID_NONE)
                return HID_NOTHING;
        return kind == HID_PULSE ? parse_pulse(report, size, ret) : parse_inzone(kind, report, size, ret);
}
