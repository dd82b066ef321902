/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Parses the descriptors from sysfs. */

#include "daemon/sources/descriptors.h"

#include <errno.h>

#define DEVICE_LENGTH 18 /* USB 2.0 table 9-8 */
#define CONFIG_LENGTH 9  /* USB 2.0 table 9-10 */
#define TYPE_DEVICE 1
#define TYPE_CONFIG 2
#define SELF_POWERED 0x40 /* bmAttributes bit 6 */

static uint16_t little_endian(const uint8_t *p) {
        return (uint16_t) (p[0] | p[1] << 8);
}

uint16_t max_power_ma(uint8_t units, enum usb_speed speed) {
        return (uint16_t) (units * (speed >= SPEED_SUPER ? 8 : 2));
}

/* The kernel stores the configurations one after the other, each wTotalLength long. One that it had to shorten is truncated. */
static void parse_configurations(const uint8_t *p, size_t len, struct device_facts *facts) {
        facts->n_configurations = 0;
        while (len >= CONFIG_LENGTH && facts->n_configurations < EVENT_CONFIGS_MAX) {
                size_t total = little_endian(p + 2);

                if (p[0] < CONFIG_LENGTH || p[1] != TYPE_CONFIG || total < CONFIG_LENGTH)
                        return;
                facts->configurations[facts->n_configurations++] = (struct usb_configuration){
                        .value = p[5],
                        .self_powered = p[7] & SELF_POWERED,
                        .max_ma = max_power_ma(p[8], facts->speed),
                };
                if (total >= len)
                        return;
                p += total;
                len -= total;
        }
}

int descriptors_parse(const uint8_t *bytes, size_t len, struct device_facts *facts) {
        if (len < DEVICE_LENGTH || bytes[0] < DEVICE_LENGTH || bytes[1] != TYPE_DEVICE)
                return -EBADMSG;
        facts->device_class = bytes[4];
        facts->vendor = little_endian(bytes + 8);
        facts->product = little_endian(bytes + 10);
        facts->bcd_device = little_endian(bytes + 12);
        parse_configurations(bytes + DEVICE_LENGTH, len - DEVICE_LENGTH, facts);
        return 0;
}
