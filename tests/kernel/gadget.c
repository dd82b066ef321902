/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Runs in the guest: a headset on dummy_hcd whose descriptors the kernel's gadget
 * layer does not smooth (configfs never lets a full or high speed device ask for more
 * than 500 mA). Speaks gadgetfs: descriptors are written once, what the kernel does
 * not answer itself comes as an event.
 *
 * usage: gadget MILLIAMPERES NAME
 *
 * Plugged while it runs. Needs gadgetfs mounted on /dev/gadget.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/usb/ch9.h>
#include <linux/usb/gadgetfs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STRING_MANUFACTURER = 1, STRING_NAME = 2, STRING_MAX = 126 };

/* Packed, because the kernel expects the headers without padding. */
struct configuration {
        struct usb_config_descriptor config;
        struct usb_interface_descriptor interface;
} __attribute__((packed));

struct descriptors {
        uint32_t tag; /* must be 0 */
        struct configuration full_speed, high_speed;
        struct usb_device_descriptor device;
} __attribute__((packed));

static struct configuration configuration(unsigned milliamperes) {
        return (struct configuration){
                .config = { .bLength = USB_DT_CONFIG_SIZE,
                            .bDescriptorType = USB_DT_CONFIG,
                            .wTotalLength = USB_DT_CONFIG_SIZE + USB_DT_INTERFACE_SIZE,
                            .bNumInterfaces = 1,
                            .bConfigurationValue = 1,
                            .bmAttributes = USB_CONFIG_ATT_ONE,
                            .bMaxPower = (uint8_t) (milliamperes / 2) },
                .interface = { .bLength = USB_DT_INTERFACE_SIZE,
                               .bDescriptorType = USB_DT_INTERFACE,
                               .bInterfaceClass = USB_CLASS_VENDOR_SPEC },
        };
}

static struct descriptors descriptors(unsigned milliamperes) {
        return (struct descriptors){
                .full_speed = configuration(milliamperes),
                .high_speed = configuration(milliamperes),
                .device = { .bLength = USB_DT_DEVICE_SIZE,
                            .bDescriptorType = USB_DT_DEVICE,
                            .bcdUSB = 0x0200,
                            .bMaxPacketSize0 = 64,
                            .idVendor = 0x054c,
                            .idProduct = 0x0bb5,
                            .bcdDevice = 0x0100,
                            .iManufacturer = STRING_MANUFACTURER,
                            .iProduct = STRING_NAME,
                            .bNumConfigurations = 1 },
        };
}

/* Writes a string descriptor to `data`; returns its length. */
static size_t string_descriptor(const char *string, uint8_t *data) {
        const size_t length = strnlen(string, STRING_MAX);

        data[0] = (uint8_t) (2 + 2 * length);
        data[1] = USB_DT_STRING;
        for (size_t i = 0; i < length; i++) {
                data[2 + 2 * i] = (uint8_t) string[i];
                data[3 + 2 * i] = 0;
        }
        return data[0];
}

/* A request is refused by a transfer in the wrong direction (gadgetfs). */
static void stall(int fd, const struct usb_ctrlrequest *setup) {
        char nothing = 0;
        ssize_t n = setup->bRequestType & USB_DIR_IN ? read(fd, &nothing, 0) : write(fd, &nothing, 0);

        (void) n; /* it always fails, which stalls the endpoint */
}

static void answer_string(int fd, const struct usb_ctrlrequest *setup, const char *name) {
        static const uint8_t languages[] = { 4, USB_DT_STRING, 0x09, 0x04 };
        uint8_t data[2 + 2 * STRING_MAX];
        size_t length;

        switch (setup->wValue & 0xff) {
        case 0:
                memcpy(data, languages, sizeof languages);
                length = sizeof languages;
                break;
        case STRING_MANUFACTURER:
                length = string_descriptor("Sony", data);
                break;
        case STRING_NAME:
                length = string_descriptor(name, data);
                break;
        default:
                stall(fd, setup);
                return;
        }
        if (length > setup->wLength)
                length = setup->wLength;
        if (write(fd, data, length) < 0)
                perror("gadget: string");
}

static void on_setup(int fd, const struct usb_ctrlrequest *setup, const char *name) {
        char nothing;

        if (setup->bRequest == USB_REQ_GET_DESCRIPTOR && setup->wValue >> 8 == USB_DT_STRING)
                answer_string(fd, setup, name);
        else if (setup->bRequest == USB_REQ_SET_CONFIGURATION) {
                if (read(fd, &nothing, 0) < 0)
                        perror("gadget: configuration");
        } else
                stall(fd, setup);
}

static int serve(int fd, const char *name) {
        struct usb_gadgetfs_event event;

        for (;;) {
                const ssize_t n = read(fd, &event, sizeof event);

                if (n < 0 && errno != EINTR)
                        return EXIT_FAILURE;
                if (n == sizeof event && event.type == GADGETFS_SETUP)
                        on_setup(fd, &event.u.setup, name);
        }
}

int main(int argc, char *argv[]) {
        struct descriptors all;
        int fd;

        if (argc != 3) {
                fprintf(stderr, "usage: %s MILLIAMPERES NAME\n", argv[0]);
                return 2;
        }
        all = descriptors((unsigned) strtoul(argv[1], NULL, 10));
        fd = open("/dev/gadget/dummy_udc", O_RDWR | O_CLOEXEC);
        if (fd < 0 || write(fd, &all, sizeof all) != sizeof all) {
                perror("gadget: /dev/gadget/dummy_udc");
                return EXIT_FAILURE;
        }
        return serve(fd, argv[2]);
}
