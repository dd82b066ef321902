/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A USB device as its descriptors and its answers to control requests.
 *
 * Numbers are those of USB 2.0 chapter 9 (devices), chapter 11 (hubs) and HID 1.11.
 */
#include "usb-device.h"

#include <stdio.h>
#include <string.h>

enum {
        REQUEST_GET_STATUS = 0,
        REQUEST_CLEAR_FEATURE = 1,
        REQUEST_SET_FEATURE = 3,
        REQUEST_GET_DESCRIPTOR = 6,
        REQUEST_HID_GET_REPORT = 1,

        DIRECTION_IN = 0x80,
        TYPE_MASK = 0x60,
        TYPE_STANDARD = 0x00,
        TYPE_CLASS = 0x20,
        RECIPIENT_MASK = 0x1f,
        RECIPIENT_DEVICE = 0,
        RECIPIENT_INTERFACE = 1,
        RECIPIENT_OTHER = 3,

        DESCRIPTOR_DEVICE = 1,
        DESCRIPTOR_CONFIG = 2,
        DESCRIPTOR_STRING = 3,
        DESCRIPTOR_INTERFACE = 4,
        DESCRIPTOR_ENDPOINT = 5,
        DESCRIPTOR_HID = 0x21,
        DESCRIPTOR_HID_REPORT = 0x22,
        DESCRIPTOR_HUB = 0x29,

        CLASS_CODE_HID = 3,
        CLASS_CODE_HUB = 9,
        CLASS_CODE_VENDOR = 0xff,

        STRING_MANUFACTURER = 1,
        STRING_NAME = 2,
        STRING_SERIAL = 3,

        PORT_CONNECTION = 0x0001,
        PORT_ENABLE = 0x0002,
        PORT_OVER_CURRENT = 0x0008,
        PORT_RESET = 0x0010,
        PORT_POWER = 0x0100,

        FEATURE_PORT_RESET = 4,
        FEATURE_PORT_POWER = 8,
        FEATURE_C_PORT_CONNECTION = 16, /* the other change bits are 17 to 20 */
        FEATURE_C_PORT_RESET = 20,
        FEATURE_C_HUB_LOCAL_POWER = 0,
        FEATURE_C_HUB_OVER_CURRENT = 1,

        HUB_OVER_CURRENT = 0x0002,
};

/* One vendor-defined report of 8 bytes: Sony's headsets show a HID interface without
 * any input device behind it. */
static const uint8_t hid_report_descriptor[] = {
        0x06, 0x00, 0xff, /* usage page: vendor-defined */
        0x09, 0x01,       /* usage 1 */
        0xa1, 0x01,       /* collection: application */
        0x09, 0x02,       /*   usage 2 */
        0x15, 0x00,       /*   logical minimum 0 */
        0x26, 0xff, 0x00, /*   logical maximum 255 */
        0x75, 0x08,       /*   report size 8 bit */
        0x95, 0x08,       /*   report count 8 */
        0x81, 0x02,       /*   input: data, variable, absolute */
        0xc0,             /* end collection */
};

void usb_device_init(struct usb_device *device) {
        *device = (struct usb_device){
                .class = CLASS_HID,
                .speed = SPEED_FULL,
                .vendor = 0x054c,
                .product = 0x0d58,
                .release = 0x0100,
                .manufacturer = "Sony",
                .name = "WH-1000XM4",
                .max_power = 500,
                .attributes = 0x80,
        };
}

static void put(struct usb_answer *answer, uint8_t byte) {
        answer->data[answer->length++] = byte;
}

static void put16(struct usb_answer *answer, uint16_t word) {
        put(answer, (uint8_t) (word & 0xff));
        put(answer, (uint8_t) (word >> 8));
}

static uint8_t string_index(const char *string, uint8_t index) {
        return string[0] ? index : 0;
}

uint8_t usb_device_device_class(const struct usb_device *device) {
        return device->class == CLASS_HUB ? CLASS_CODE_HUB : 0;
}

uint8_t usb_device_interface_class(const struct usb_device *device) {
        switch (device->class) {
        case CLASS_HID:
                return CLASS_CODE_HID;
        case CLASS_HUB:
                return CLASS_CODE_HUB;
        case CLASS_VENDOR:
                break;
        }
        return CLASS_CODE_VENDOR;
}

uint16_t usb_device_endpoint_size(const struct usb_device *device) {
        return device->class == CLASS_HUB ? 1 : 8;
}

uint8_t usb_device_endpoint_interval(const struct usb_device *device) {
        /* High speed counts in powers of two microframes: 2^(9-1) = 32 ms. */
        return device->speed == SPEED_HIGH ? 9 : 32;
}

static void answer_device_descriptor(const struct usb_device *device, struct usb_answer *answer) {
        /* Low and full speed devices here have endpoint 0 of 8 bytes, so that the
         * kernel's first read of 64 bytes comes in one packet of descriptor's start. */
        const uint8_t max_packet = device->speed == SPEED_LOW ? 8 : 64;

        put(answer, 18);
        put(answer, DESCRIPTOR_DEVICE);
        put16(answer, device->speed == SPEED_HIGH ? 0x0200 : 0x0110);
        put(answer, usb_device_device_class(device));
        put(answer, 0);
        put(answer, 0);
        put(answer, max_packet);
        put16(answer, device->vendor);
        put16(answer, device->product);
        put16(answer, device->release);
        put(answer, string_index(device->manufacturer, STRING_MANUFACTURER));
        put(answer, string_index(device->name, STRING_NAME));
        put(answer, string_index(device->serial, STRING_SERIAL));
        put(answer, 1);
}

static void put_interface(const struct usb_device *device, struct usb_answer *answer) {
        put(answer, 9);
        put(answer, DESCRIPTOR_INTERFACE);
        put(answer, 0);
        put(answer, 0);
        put(answer, 1);
        put(answer, usb_device_interface_class(device));
        put16(answer, 0);
        put(answer, 0);
}

static void put_hid(struct usb_answer *answer) {
        put(answer, 9);
        put(answer, DESCRIPTOR_HID);
        put16(answer, 0x0111);
        put(answer, 0);
        put(answer, 1);
        put(answer, DESCRIPTOR_HID_REPORT);
        put16(answer, sizeof hid_report_descriptor);
}

static void put_endpoint(const struct usb_device *device, struct usb_answer *answer) {
        put(answer, 7);
        put(answer, DESCRIPTOR_ENDPOINT);
        put(answer, 0x81);
        put(answer, 3);
        put16(answer, usb_device_endpoint_size(device));
        put(answer, usb_device_endpoint_interval(device));
}

static void answer_config_descriptor(const struct usb_device *device, struct usb_answer *answer) {
        put(answer, 9);
        put(answer, DESCRIPTOR_CONFIG);
        put16(answer, 0); /* total length, known at the end */
        put(answer, 1);
        put(answer, 1);
        put(answer, 0);
        put(answer, device->attributes);
        put(answer, (uint8_t) (device->max_power / 2)); /* unit 2 mA (USB 2.0 9.6.3) */
        put_interface(device, answer);
        if (device->class == CLASS_HID)
                put_hid(answer);
        put_endpoint(device, answer);
        answer->data[2] = (uint8_t) answer->length;
}

static void answer_string(const char *string, struct usb_answer *answer) {
        const size_t length = strlen(string);

        put(answer, (uint8_t) (2 + 2 * length));
        put(answer, DESCRIPTOR_STRING);
        for (size_t i = 0; i < length; i++)
                put16(answer, (uint8_t) string[i]);
}

static void answer_string_descriptor(const struct usb_device *device, uint8_t index, struct usb_answer *answer) {
        const char *string = NULL;

        switch (index) {
        case 0: /* the list of languages: US English */
                put(answer, 4);
                put(answer, DESCRIPTOR_STRING);
                put16(answer, 0x0409);
                return;
        case STRING_MANUFACTURER:
                string = device->manufacturer;
                break;
        case STRING_NAME:
                string = device->name;
                break;
        case STRING_SERIAL:
                string = device->serial;
                break;
        default:
                break;
        }
        if (!string || !string[0])
                answer->fault = FAULT_STALL;
        else
                answer_string(string, answer);
}

/* Returns the fault for a request at `point`, and counts it down. */
static struct fault meet_fault(struct usb_device *device, enum fault_point point) {
        struct fault *fault = &device->faults[point];
        const struct fault met = *fault;

        if (fault->kind != FAULT_NONE && fault->left > 0 && --fault->left == 0)
                fault->kind = FAULT_NONE;
        return met;
}

static void apply_fault(struct usb_device *device, enum fault_point point, struct usb_answer *answer) {
        const struct fault fault = meet_fault(device, point);

        if (fault.kind == FAULT_SHORT) {
                if (answer->length > fault.length)
                        answer->length = fault.length;
        } else if (fault.kind != FAULT_NONE) {
                answer->fault = fault.kind;
        }
}

static void get_standard_descriptor(struct usb_device *device, const struct usb_request *request, struct usb_answer *answer) {
        switch (request->value >> 8) {
        case DESCRIPTOR_DEVICE:
                answer_device_descriptor(device, answer);
                apply_fault(device, AT_DEVICE_DESCRIPTOR, answer);
                return;
        case DESCRIPTOR_CONFIG:
                answer_config_descriptor(device, answer);
                apply_fault(device, AT_CONFIG_DESCRIPTOR, answer);
                return;
        case DESCRIPTOR_STRING:
                answer_string_descriptor(device, (uint8_t) request->value, answer);
                apply_fault(device, AT_STRING_DESCRIPTOR, answer);
                return;
        case DESCRIPTOR_HID_REPORT:
                memcpy(answer->data, hid_report_descriptor, sizeof hid_report_descriptor);
                answer->length = sizeof hid_report_descriptor;
                return;
        default: /* among others the device qualifier: none of these devices has two speeds */
                answer->fault = FAULT_STALL;
        }
}

static void standard_request(struct usb_device *device, const struct usb_request *request, struct usb_answer *answer) {
        if (request->request == REQUEST_GET_DESCRIPTOR) {
                get_standard_descriptor(device, request, answer);
        } else if (request->request == REQUEST_GET_STATUS) {
                const bool device_status = (request->type & RECIPIENT_MASK) == RECIPIENT_DEVICE;
                put16(answer, device_status && (device->attributes & 0x40) ? 1 : 0);
        }
        /* SET_FEATURE and CLEAR_FEATURE (remote wake-up, halt) are accepted without effect. */
}

static void answer_hub_descriptor(struct usb_answer *answer) {
        put(answer, 9);
        put(answer, DESCRIPTOR_HUB);
        put(answer, HUB_PORTS);
        put16(answer, 0x0009); /* power and over-current per port */
        put(answer, 10);       /* power good after 20 ms */
        put(answer, 100);      /* the hub itself: 100 mA */
        put(answer, 0);        /* every port removable */
        put(answer, 0xff);
}

static struct hub_port *hub_port(struct usb_device *device, uint16_t index) {
        const unsigned port = index & 0xff;

        return port >= 1 && port <= HUB_PORTS ? &device->ports[port - 1] : NULL;
}

static void set_port_feature(struct hub_port *port, uint16_t feature) {
        /* A port with over-current cannot be powered, because its power switch is open. */
        if (feature == FEATURE_PORT_POWER && !(port->status & PORT_OVER_CURRENT))
                port->status |= PORT_POWER;
        /* A reset ends at once, and enables the port (USB 2.0 11.24.2.7.2.5). */
        if (feature == FEATURE_PORT_RESET && (port->status & PORT_CONNECTION)) {
                port->status |= PORT_ENABLE;
                port->change |= PORT_RESET;
        }
}

static void clear_port_feature(struct hub_port *port, uint16_t feature) {
        if (feature == FEATURE_PORT_POWER)
                port->status &= (uint16_t) ~PORT_POWER;
        else if (feature >= FEATURE_C_PORT_CONNECTION && feature <= FEATURE_C_PORT_RESET)
                port->change &= (uint16_t) ~(1u << (feature - FEATURE_C_PORT_CONNECTION));
}

static void port_request(struct hub_port *port, const struct usb_request *request, struct usb_answer *answer) {
        switch (request->request) {
        case REQUEST_GET_STATUS:
                put16(answer, port->status);
                put16(answer, port->change);
                return;
        case REQUEST_SET_FEATURE:
                set_port_feature(port, request->value);
                return;
        case REQUEST_CLEAR_FEATURE:
                clear_port_feature(port, request->value);
                return;
        default:
                answer->fault = FAULT_STALL;
        }
}

static void hub_request(struct usb_device *device, const struct usb_request *request, struct usb_answer *answer) {
        switch (request->request) {
        case REQUEST_GET_DESCRIPTOR:
                answer_hub_descriptor(answer);
                return;
        case REQUEST_GET_STATUS:
                put16(answer, device->hub_status);
                put16(answer, device->hub_change);
                return;
        case REQUEST_CLEAR_FEATURE:
                if (request->value == FEATURE_C_HUB_OVER_CURRENT)
                        device->hub_change &= (uint16_t) ~HUB_OVER_CURRENT;
                return;
        default:
                answer->fault = FAULT_STALL;
        }
}

static void class_request(struct usb_device *device, const struct usb_request *request, struct usb_answer *answer) {
        if (device->class == CLASS_HUB) {
                struct hub_port *port = hub_port(device, request->index);

                if ((request->type & RECIPIENT_MASK) == RECIPIENT_DEVICE)
                        hub_request(device, request, answer);
                else if (port)
                        port_request(port, request, answer);
                else
                        answer->fault = FAULT_STALL;
                apply_fault(device, AT_HUB_REQUEST, answer);
        } else if (request->type & DIRECTION_IN) {
                /* HID GET_REPORT: the only report, all zero. */
                if (request->request == REQUEST_HID_GET_REPORT)
                        answer->length = 8;
                else
                        answer->fault = FAULT_STALL;
        }
        /* HID SET_IDLE and similar requests are accepted without effect. */
}

void usb_device_control(struct usb_device *device, const struct usb_request *request, struct usb_answer *answer) {
        memset(answer, 0, sizeof *answer);
        switch (request->type & TYPE_MASK) {
        case TYPE_STANDARD:
                standard_request(device, request, answer);
                break;
        case TYPE_CLASS:
                class_request(device, request, answer);
                break;
        default:
                answer->fault = FAULT_STALL;
        }
        if (answer->length > request->length)
                answer->length = request->length;
}

enum fault_kind usb_device_configure(struct usb_device *device, uint8_t configuration) {
        const struct fault fault = meet_fault(device, AT_SET_CONFIGURATION);

        if (fault.kind == FAULT_NONE)
                device->configuration = configuration;
        return fault.kind;
}

void usb_hub_over_current(struct usb_device *device, unsigned port, bool on) {
        struct hub_port *p = &device->ports[port - 1];

        if (on)
                p->status = (uint16_t) ((p->status | PORT_OVER_CURRENT) & ~PORT_POWER);
        else
                p->status &= (uint16_t) ~PORT_OVER_CURRENT;
        p->change |= PORT_OVER_CURRENT;
}

void usb_hub_over_current_all(struct usb_device *device, bool on) {
        if (on)
                device->hub_status |= HUB_OVER_CURRENT;
        else
                device->hub_status &= (uint16_t) ~HUB_OVER_CURRENT;
        device->hub_change |= HUB_OVER_CURRENT;
}

void usb_hub_connect(struct usb_device *device, unsigned port, bool on) {
        struct hub_port *p = &device->ports[port - 1];

        if (on)
                p->status |= PORT_CONNECTION;
        else
                p->status &= (uint16_t) ~(PORT_CONNECTION | PORT_ENABLE);
        p->change |= PORT_CONNECTION;
}

uint8_t usb_hub_changes(const struct usb_device *device) {
        uint8_t changes = device->hub_change ? 1 : 0;

        for (unsigned port = 1; port <= HUB_PORTS; port++)
                if (device->ports[port - 1].change)
                        changes |= (uint8_t) (1u << port);
        return changes;
}
