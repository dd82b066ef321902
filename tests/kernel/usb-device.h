/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A USB device: its descriptors and its answers to control requests.
 *
 * It does no I/O. The program around it (usbredir-device.c) passes on requests and answers. The device is a headset (HID or
 * vendor class) or a hub whose ports report what they are told to, and it can be made to fail at chosen requests.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        USB_ANSWER_MAX = 1024, /* bytes; the longest answer of this device */
        USB_STRING_MAX = 126,  /* characters that fit a string descriptor (USB 2.0 9.6.7) */
        HUB_PORTS = 4,
};

enum usb_class { CLASS_HID, CLASS_VENDOR, CLASS_HUB };

enum usb_speed { SPEED_LOW, SPEED_FULL, SPEED_HIGH };

/* How a request fails. SILENT: no answer at all; SHORT: the answer is cut; VANISH: an
 * I/O error, and the device is gone. */
enum fault_kind {
        FAULT_NONE,
        FAULT_SILENT,
        FAULT_IO_ERROR,
        FAULT_STALL,
        FAULT_BABBLE,
        FAULT_SHORT,
        FAULT_VANISH,
};

/* Which request fails. */
enum fault_point {
        AT_DEVICE_DESCRIPTOR,
        AT_CONFIG_DESCRIPTOR,
        AT_STRING_DESCRIPTOR,
        AT_SET_CONFIGURATION,
        AT_HUB_REQUEST,
        FAULT_POINTS,
};

struct fault {
        enum fault_kind kind;
        unsigned left;   /* how many more times; 0 = for ever */
        unsigned length; /* FAULT_SHORT: bytes that are left of the answer */
};

/* wPortStatus and wPortChange (USB 2.0 11.24.2.7) */
struct hub_port {
        uint16_t status;
        uint16_t change;
};

struct usb_device {
        enum usb_class class;
        enum usb_speed speed;
        uint16_t vendor, product, release;
        char manufacturer[USB_STRING_MAX + 1];
        char name[USB_STRING_MAX + 1];
        char serial[USB_STRING_MAX + 1]; /* "" = no such string */
        unsigned max_power;              /* mA */
        uint8_t attributes;              /* bmAttributes */
        uint8_t configuration;           /* the active one, 0 = none */
        struct fault faults[FAULT_POINTS];
        struct hub_port ports[HUB_PORTS];
        uint16_t hub_status, hub_change;
};

struct usb_request {
        uint8_t type, request;
        uint16_t value, index, length;
};

/* The result of a request: an answer of `length` bytes, or a fault. */
struct usb_answer {
        enum fault_kind fault;
        size_t length;
        uint8_t data[USB_ANSWER_MAX];
};

/* A WH-1000XM4 as far as its descriptors are known: full speed, one HID interface. */
void usb_device_init(struct usb_device *device);

/* Answers one control request (both directions; SET_CONFIGURATION has its own below). */
void usb_device_control(struct usb_device *device, const struct usb_request *request, struct usb_answer *answer);

/* Handles SET_CONFIGURATION. Returns the fault, or FAULT_NONE when `device` accepted it. */
enum fault_kind usb_device_configure(struct usb_device *device, uint8_t configuration);

/* The interface's class code, and how many endpoints it has besides endpoint 0. */
uint8_t usb_device_interface_class(const struct usb_device *device);
uint8_t usb_device_device_class(const struct usb_device *device);

/* Size in bytes and polling interval of the interrupt IN endpoint 0x81. */
uint16_t usb_device_endpoint_size(const struct usb_device *device);
uint8_t usb_device_endpoint_interval(const struct usb_device *device);

/* For a hub: begins or ends over-current on `port` (1..HUB_PORTS), or for the whole hub. */
void usb_hub_over_current(struct usb_device *device, unsigned port, bool on);
void usb_hub_over_current_all(struct usb_device *device, bool on);

/* For a hub: plugs something that draws power into `port` (1..HUB_PORTS) or takes it out. It never answers, because nothing
 * behind this hub can be emulated. */
void usb_hub_connect(struct usb_device *device, unsigned port, bool on);

/* For a hub: returns the status change bitmap (bit 0 the hub, bit N port N), or 0 when nothing has changed. */
uint8_t usb_hub_changes(const struct usb_device *device);
