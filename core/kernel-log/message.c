/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/message.h"

#include <stddef.h>
#include <string.h>

#include "kernel-log/pattern.h"
#include "common/text.h"

/* The source of the message: the part of the line before ": ". */
enum place {
        PLACE_DEVICE = 1 << 0,     /* "usb 1-2.3", "usb usb1" */
        PLACE_PORT = 1 << 1,       /* "usb usb1-port2" */
        PLACE_HUB = 1 << 2,        /* "hub 1-2:1.0" */
        PLACE_CONTROLLER = 1 << 3, /* "xhci_hcd 0000:00:14.0" */
        PLACE_RAIL = 1 << 4,       /* "hwmon hwmon1" */
        PLACE_KERNEL = 1 << 5,     /* none: "PM: suspend exit" */
        PLACE_TYPEC = 1 << 6,      /* "ucsi_acpi USBC000:00" */
        PLACE_INTERFACE = 1 << 7,  /* "usb-storage 1-1:1.0" */
};

struct message {
        uint8_t places;
        uint8_t message;                 /* enum kernel_message */
        char format[PATTERN_LENGTH_MAX]; /* inside the table, so that a search stays within one block of memory */
};

/* Sorted by frequency as far as the order does not matter. An old wording with a port number is next to the new one. */
static const struct message messages[] = {
        { PLACE_DEVICE, KERNEL_CONNECT, "new %v USB device n|umber %d" },
        { PLACE_DEVICE, KERNEL_CONNECT, "new %v USB device using %w and |address %d" },
        { PLACE_DEVICE, KERNEL_CONNECT, "new %v| USB device number %d" },
        { PLACE_DEVICE, KERNEL_READ_FAILED, "device descriptor read/|%w, error %e" },
        { PLACE_DEVICE, KERNEL_NO_SETUP_ANSWER, "Device not responding to set|up" },
        { PLACE_DEVICE, KERNEL_NO_ADDRESS, "device not accepting a|ddress %d, error %e" },
        { PLACE_DEVICE, KERNEL_FOUND, "New USB device found|, idVendor=%x, idProduct=%x" },
        { PLACE_DEVICE, KERNEL_NONE, "New USB device strings: |" },
        { PLACE_DEVICE, KERNEL_PRODUCT, "Product: " },
        { PLACE_DEVICE, KERNEL_MANUFACTURER, "Manufacturer: " },
        { PLACE_DEVICE, KERNEL_SERIAL, "SerialNumber: " },
        { PLACE_DEVICE, KERNEL_RESET, "reset %v USB device using %w and |address %d" },
        { PLACE_DEVICE, KERNEL_RESET, "reset %v| USB device number %d" },
        { PLACE_DEVICE, KERNEL_DISCONNECT, "USB disco|nnect, device number %d" },
        { PLACE_DEVICE, KERNEL_CONFIG_CHOSEN, "configuration #%d chosen| from" },
        { PLACE_DEVICE, KERNEL_ENABLE_FAILED, "hub failed to enable d|evice, error %e" },
        { PLACE_DEVICE, KERNEL_FIRMWARE_CHANGED, "device firmware ch|anged" },
        { PLACE_DEVICE, KERNEL_NO_BANDWIDTH, "Not enough bandwidth f|or" },
        { PLACE_DEVICE, KERNEL_NO_BANDWIDTH, "Not enough host controller resources f|or" },
        { PLACE_DEVICE, KERNEL_WRONG_DESCRIPTOR, "got a wrong device d|escriptor" },
        { PLACE_DEVICE, KERNEL_WRONG_DESCRIPTOR, "device reset changed ep0| maxpacket size!" },
        { PLACE_DEVICE, KERNEL_WRONG_DESCRIPTOR, "Invalid ep0 max|packet: " },
        { PLACE_DEVICE, KERNEL_CONFIG_UNREADABLE, "can't read configur|ations, error %e" },
        { PLACE_DEVICE, KERNEL_CONFIG_UNREADABLE, "unable to read config index %d descriptor/%w: %e" },
        { PLACE_DEVICE, KERNEL_CONFIG_UNREADABLE, "unable to read config i|ndex" },
        { PLACE_DEVICE, KERNEL_SET_CONFIG_FAILED, "can't set config #|%d, error %e" },
        { PLACE_DEVICE, KERNEL_POWER_REJECTED, "rejected %d configuration|" },
        { PLACE_DEVICE, KERNEL_NO_CONFIG, "no configuration ch|osen" },
        { PLACE_DEVICE | PLACE_PORT, KERNEL_OVER_BUDGET, "%dmA is over %dmA b|udget!" },
        { PLACE_DEVICE | PLACE_PORT, KERNEL_OVER_BUDGET, "%dmA over %dmA b|udget!" },
        { PLACE_DEVICE, KERNEL_HUB_REFUSED, "can't connect bus-p|owered hub to this port" },
        { PLACE_DEVICE, KERNEL_NOT_AUTHORIZED, "Device is not auth|orized" },
        { PLACE_DEVICE, KERNEL_AUTHORIZED, "authorized to c|onnect" },
        { PLACE_DEVICE, KERNEL_ROOT_HUB_LOST_POWER, "root hub lost p|ower" },
        { PLACE_DEVICE, KERNEL_AUTO_SUSPEND, "usb auto-s|uspend" },
        { PLACE_DEVICE, KERNEL_AUTO_RESUME, "usb auto-r|esume" },
        { PLACE_DEVICE, KERNEL_AUTO_RESUME, "usb wakeup-r|esume" },
        { PLACE_DEVICE, KERNEL_RESUME_FAILED, "can't resume|, status %e" },
        { PLACE_DEVICE, KERNEL_RESUME_FAILED, "Waited %dms for C|ONNECT" },
        { PLACE_PORT, KERNEL_CANNOT_ENABLE, "Cannot ena|ble." },
        { PLACE_HUB, KERNEL_CANNOT_ENABLE, "Cannot enable port %p.|" },
        { PLACE_PORT, KERNEL_POWER_CYCLE, "attempt power c|ycle" },
        { PLACE_PORT, KERNEL_GAVE_UP, "unable to enum|erate USB device" },
        { PLACE_HUB, KERNEL_GAVE_UP, "unable to enumerate USB device on port %p" },
        { PLACE_PORT, KERNEL_EMI, "disabled by h|ub (EMI?)" },
        { PLACE_HUB, KERNEL_EMI, "port %p disabled by h|ub (EMI?)" },
        { PLACE_PORT, KERNEL_DEBOUNCE_FAILED, "connect-debounce f|ailed" },
        { PLACE_HUB, KERNEL_DEBOUNCE_FAILED, "connect-debounce failed, port %p d|isabled" },
        { PLACE_PORT, KERNEL_OVER_CURRENT, "over-current con|dition" },
        { PLACE_HUB, KERNEL_OVER_CURRENT, "over-current condition on port %p" },
        { PLACE_HUB, KERNEL_OVER_CURRENT, "port %p over-current con|dition" },
        { PLACE_HUB, KERNEL_HUB_OVER_CURRENT, "over-current condition$" },
        { PLACE_PORT, KERNEL_OVER_CURRENT_CHANGE, "over-current cha|nge #%d" },
        { PLACE_HUB, KERNEL_OVER_CURRENT_CHANGE, "over-current change on port %p" },
        { PLACE_PORT, KERNEL_CANNOT_RESET, "cannot reset (|err = %e)" },
        { PLACE_PORT, KERNEL_CANNOT_RESET, "cannot warm reset (|err = %e)" },
        { PLACE_HUB, KERNEL_CANNOT_RESET, "cannot reset port %p (|err = %e)" },
        { PLACE_HUB, KERNEL_CANNOT_RESET, "cannot warm reset port %p (|err = %e)" },
        { PLACE_PORT, KERNEL_LOGICAL_DISCONNECT, "logical d|isconnect" },
        { PLACE_HUB, KERNEL_LOGICAL_DISCONNECT, "logical disconnect on port %p" },
        { PLACE_HUB, KERNEL_HUB_FOUND, "USB hub f|ound" },
        { PLACE_HUB, KERNEL_HUB_PORTS, "%d port|s detected" },
        { PLACE_HUB, KERNEL_HUB_SILENT, "hub_ext_port_status failed (|err = %e" },
        { PLACE_HUB, KERNEL_HUB_SILENT, "hub_port_status failed (|err = %e" },
        { PLACE_HUB, KERNEL_HUB_SILENT, "get_port_status failed: |err = %e" },
        { PLACE_HUB, KERNEL_HUB_SILENT, "get_hub_status failed|" },
        { PLACE_HUB, KERNEL_HUB_SILENT, "cannot disable port %w (err = |%e" },
        { PLACE_HUB, KERNEL_HUB_SILENT, "activate --> |%e" },
        { PLACE_HUB, KERNEL_HUB_UNUSABLE, "config failed, |%w(err %e" },
        { PLACE_HUB, KERNEL_HUB_UNUSABLE, "bad descriptor, |ignoring hub" },
        { PLACE_HUB, KERNEL_HUB_POOR, "insufficient power av|ailable" },
        { PLACE_HUB, KERNEL_HUB_OVER_BUDGET, "%dmA over power b|udget!" },
        { PLACE_CONTROLLER, KERNEL_BUS_REGISTERED, "new USB bus registered, assigned bus number %d" },
        { PLACE_CONTROLLER, KERNEL_BUS_GONE, "USB bus %d dereg|istered" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_TIMEOUT, "Timeout while waiting for setup d|evice command" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_TIMEOUT, "Timeout while waiting for address d|evice command" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_DEAD, "HC died|; cleaning up" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_DEAD, "xHCI host controller not responding, as|sume dead" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_DEAD, "xHCI host not responding to stop e|ndpoint command" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_DEAD, "Assuming host is dying|, halting host." },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_DEAD, "OHCI Unrecoverable Error, dis|abled" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_FAILED, "can't setup: |%e" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_FAILED, "init %w fail, |%e" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_FAILED, "startup error |%e" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_FAILED, "probe with driver %w failed with error |%e" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_REMOVED, "remove, st|ate" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_RESUME, "xHC error in resume|, USBSTS" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_RESUME, "PCI post-resume err|or %e" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_RESUME, "port %d resume error |%e" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_RESUME, "port %w resume PLC t|imeout" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_RESUME, "Port resume timed out|, port" },
        { PLACE_CONTROLLER, KERNEL_CONTROLLER_RESUME, "xHC restore state t|imeout" },
        { PLACE_KERNEL, KERNEL_SLEEP_ENTRY, "PM: suspend ent|ry (" },
        { PLACE_KERNEL, KERNEL_SLEEP_EXIT, "PM: suspend exi|t" },
        { PLACE_KERNEL, KERNEL_SLEEP_ENTRY, "PM: hibernation: hibernation ent|ry" },
        { PLACE_KERNEL, KERNEL_SLEEP_EXIT, "PM: hibernation: hibernation exi|t" },
        { PLACE_KERNEL, KERNEL_SLEEP_ENTRY, "PM: hibernation ent|ry" },
        { PLACE_KERNEL, KERNEL_SLEEP_EXIT, "PM: hibernation exi|t" },
        { PLACE_KERNEL, KERNEL_SLEEP_ENTRY, "PM: Preparing system for sleep| (" },
        { PLACE_KERNEL, KERNEL_SLEEP_ENTRY, "PM: Preparing system for mem sleep" },
        { PLACE_KERNEL, KERNEL_SLEEP_EXIT, "PM: Finishing wakeup" },
        { PLACE_RAIL | PLACE_KERNEL, KERNEL_UNDER_VOLTAGE, "Undervoltage d|etected!" },
        { PLACE_RAIL | PLACE_KERNEL, KERNEL_UNDER_VOLTAGE, "Under-voltage d|etected!" },
        { PLACE_RAIL | PLACE_KERNEL, KERNEL_VOLTAGE_NORMAL, "Voltage normali|sed" },
        { PLACE_TYPEC, KERNEL_TYPEC_SILENT, "ucsi_handle_connector_change: GET_CONNECTOR_STATUS failed (|%e" },
        { PLACE_TYPEC, KERNEL_TYPEC_SILENT, "ucsi_handle_connector_change: ACK failed (|%e" },
        { PLACE_TYPEC, KERNEL_TYPEC_SILENT, "con%w: failed to get st|atus" },
        { PLACE_TYPEC, KERNEL_TYPEC_SILENT, "GET_CONNECTOR_STATUS failed (|%e" },
        { PLACE_TYPEC, KERNEL_TYPEC_SILENT, "PPM init failed| (%e" },
        { PLACE_TYPEC, KERNEL_TYPEC_SILENT, "failed to reset PPM|!" },
        { PLACE_KERNEL, KERNEL_BOOT, "Linux version %d." },
};

static const struct message driver_line = { PLACE_INTERFACE, KERNEL_DRIVER, "" };

/* First letters of the messages of controllers and of the kernel itself in the table. */
static const char controller_letters[] = "nUTHxAOcipPrs", kernel_letters[] = "PUVL", typec_letters[] = "GPfuce";

struct speaker {
        enum place place;
        struct address where;
        const char *name; /* PLACE_CONTROLLER */
        size_t name_len;
};

static bool is_alnum(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

/* Driver names of the kernel: a letter, then letters, digits, "-", "_" and ".", at most 32 characters. */
static bool looks_like_driver(const char *s, const char *end) {
        if (end - s < 2 || end - s > 32 || !is_alnum(*s) || is_digit(*s))
                return false;
        while (++s < end)
                if (!is_alnum(*s) && *s != '-' && *s != '_' && *s != '.')
                        return false;
        return true;
}

/* "1-2.3:1.0" or, for a root hub, "1-0:1.0": the hub of this interface. */
static bool hub_address(const char *s, const char *end, struct address *ret) {
        const char *colon = memchr(s, ':', (size_t) (end - s));
        char name[ADDRESS_NAME_MAX];
        size_t n;

        if (!colon || end - colon < 4)
                return false;
        n = (size_t) (colon - s);
        if (n > 2 && memcmp(colon - 2, "-0", 2) == 0 && n + 1 < sizeof name) {
                memcpy(name, "usb", 3);
                memcpy(name + 3, s, n - 2);
                return address_parse(name, n + 1, ret) && ret->depth == 0;
        }
        return address_parse(s, n, ret) && ret->depth > 0;
}

/* "1-2:1.0": device, configuration and interface. */
static bool interface_address(const char *s, const char *end, struct address *ret) {
        const char *colon = memchr(s, ':', (size_t) (end - s)), *dot;

        if (!colon || !hub_address(s, end, ret) || ret->depth == 0)
                return false;
        dot = memchr(colon, '.', (size_t) (end - colon));
        return dot && dot > colon + 1 && dot + 1 < end && is_digit(colon[1]) && is_digit(dot[1]);
}

static bool starts_with(const char *s, const char *end, const char *word) {
        size_t n = strlen(word);

        return (size_t) (end - s) >= n && memcmp(s, word, n) == 0;
}

/* Drivers of host controllers: xhci_hcd, ehci-pci, ohci-platform, xhci-pci-renesas, dummy_hcd, tegra-xusb, ci_hdrc, ... */
static bool drives_a_host(const char *s, const char *end) {
        for (; end - s >= 3; s++) {
                if (*s == 'h' && s[1] == 'c' && (s[2] == 'i' || s[2] == 'd'))
                        return true;
                if (*s == 'x'   ? starts_with(s, end, "xusb")
                    : *s == 'm' ? starts_with(s, end, "musb")
                                : *s == 'd' && starts_with(s, end, "dwc"))
                        return true;
                if (*s == 'c' && (starts_with(s, end, "ci_hdrc") || starts_with(s, end, "cdns")))
                        return true;
        }
        return false;
}

static bool looks_like_bus_name(const char *s, const char *end) {
        if (s == end || end - s >= EVENT_NAME_MAX)
                return false;
        for (; s < end; s++)
                if (!is_alnum(*s) && *s != '-' && *s != '_' && *s != '.' && *s != ':')
                        return false;
        return true;
}

static bool name_is(const char *s, const char *end, const char *word) {
        return (size_t) (end - s) == strlen(word) && memcmp(s, word, strlen(word)) == 0;
}

/* Identifies the device, port, hub or controller of "driver name". */
static bool identify(const char *driver, const char *space, const char *colon, const char *text, struct speaker *ret) {
        const char *name = space + 1;

        if (!looks_like_driver(driver, space))
                return false;
        if (address_parse(name, (size_t) (colon - name), &ret->where)) {
                ret->place = memmem(name, (size_t) (colon - name), "-port", 5) ? PLACE_PORT : PLACE_DEVICE;
                return true;
        }
        if (name_is(driver, space, "hub") && hub_address(name, colon, &ret->where)) {
                ret->place = PLACE_HUB;
                return true;
        }
        if (interface_address(name, colon, &ret->where)) {
                ret->place = PLACE_INTERFACE;
                return true;
        }
        if (name_is(driver, space, "hwmon") || name_is(driver, space, "rpi_volt") ||
            name_is(driver, space, "raspberrypi-hwmon")) {
                ret->place = PLACE_RAIL;
                return true;
        }
        if (memchr(typec_letters, *text, sizeof typec_letters - 1) && memmem(driver, (size_t) (space - driver), "ucsi", 4)) {
                ret->place = PLACE_TYPEC;
                return true;
        }
        /* All messages of controllers begin with one of these letters. Most messages of other drivers are rejected here. */
        if (!memchr(controller_letters, *text, sizeof controller_letters - 1) || !drives_a_host(driver, space) ||
            !looks_like_bus_name(name, colon))
                return false;
        ret->place = PLACE_CONTROLLER;
        ret->name = name;
        ret->name_len = (size_t) (colon - name);
        return true;
}

/* Skips what is between the name and the text: ": ", with spaces or a process number 0 before it as printed by logcat. Returns
 * the text, or NULL. */
static const char *after_name(const char *s, const char *end) {
        const char *p = s;

        if (p < end && *p != ':') {
                while (p < end && *p == ' ')
                        p++;
                if (p < end && *p == '(') {
                        p++;
                        while (p < end && *p == ' ')
                                p++;
                        if (end - p < 2 || p[0] != '0' || p[1] != ')')
                                return NULL;
                        p += 2;
                }
        }
        return end - p >= 2 && p[0] == ':' && p[1] == ' ' ? p + 2 : NULL;
}

/* "usbhid: probe of 1-2:1.0 failed with error -71" */
static bool is_probe_of_interface(const char *s, const char *end, struct speaker *ret) {
        static const char words[] = "probe of ";
        const char *name = s + sizeof words - 1, *stop;

        if (end - s < 16 || memcmp(s, words, sizeof words - 1) != 0)
                return false;
        stop = memchr(name, ' ', (size_t) (end - name));
        if (!stop || !interface_address(name, stop, &ret->where))
                return false;
        ret->place = PLACE_INTERFACE;
        return true;
}

/* Parses "usb 1-2.3: " and "usb usb1-port2: ", with which most messages begin. Returns the text after it, or NULL. */
static const char *find_usb_speaker(const char *s, const char *end, struct speaker *ret) {
        const char *colon;
        bool port;

        if (end - s < 8 || memcmp(s, "usb ", 4) != 0)
                return NULL;
        colon = address_scan(s + 4, end, &ret->where, &port);
        if (!colon || end - colon < 3 || colon[0] != ':' || colon[1] != ' ')
                return NULL;
        ret->place = port ? PLACE_PORT : PLACE_DEVICE;
        return colon + 2;
}

/* Finds "driver name: " at the beginning and returns the text after it. For a message without a device it returns `s` itself. */
static const char *find_speaker(const char *s, const char *end, struct speaker *ret) {
        const char *limit = end - s > 80 ? s + 80 : end, *space, *stop, *text;

        text = find_usb_speaker(s, end, ret);
        if (text)
                return text;
        ret->place = PLACE_KERNEL;
        space = memchr(s, ' ', (size_t) (limit - s));
        if (!space || space == s)
                return s;
        if (space[-1] == ':') {
                (void) is_probe_of_interface(space + 1, end, ret);
                return s;
        }
        stop = space + 1;
        while (stop < limit && *stop != ' ')
                stop++;
        if (stop - space < 3 || stop == end)
                return s;
        if (stop[-1] != ':') {
                /* The name of an interface may be followed by that of a device that was made of it: "cdc_ether 1-4.3:2.0 eth1:
                 * ". */
                if (looks_like_driver(s, space) && interface_address(space + 1, stop, &ret->where)) {
                        ret->place = PLACE_INTERFACE;
                        return stop + 1;
                }
                text = after_name(stop, end);
        } else {
                stop--;
                text = stop + 2;
        }
        return text && text < end && identify(s, space, stop, text, ret) ? text : s;
}

/* dev_err_probe() and %pe print the name of the error first: "error -ETIMEDOUT: ". Returns the text after it, or `s`. *ret is the
 * number when the name is known. */
static const char *skip_error_name(const char *s, const char *end, uint32_t *ret) {
        static const struct {
                const char *name;
                uint8_t number;
        } names[] = {
                { "EIO", 5 },     { "EAGAIN", 11 },     { "ENOMEM", 12 },     { "EBUSY", 16 },
                { "ENODEV", 19 }, { "EINVAL", 22 },     { "ENOSPC", 28 },     { "EPIPE", 32 },
                { "EPROTO", 71 }, { "EOPNOTSUPP", 95 }, { "ETIMEDOUT", 110 },
        };
        static const char words[] = "error -";
        const char *name = s + sizeof words - 1, *stop;

        if (end - s < 12 || memcmp(s, words, sizeof words - 1) != 0)
                return s;
        stop = memmem(name, (size_t) (end - name), ": ", 2);
        if (!stop)
                return s;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
                if (name_is(name, stop, names[i].name))
                        *ret = names[i].number;
        return stop + 2;
}

static void set_text(char ret[static EVENT_TEXT_MAX], const char *s, const char *end) {
        char raw[4 * 3 * EVENT_TEXT_MAX]; /* the longest string with every byte escaped */
        size_t n = (size_t) (end - s) < sizeof raw ? (size_t) (end - s) : sizeof raw;

        if (!memchr(s, '\\', n)) {
                text_make_safe(ret, EVENT_TEXT_MAX, s, n);
                return;
        }
        memcpy(raw, s, n);
        n = text_unescape(raw, n);
        text_make_safe(ret, EVENT_TEXT_MAX, raw, n);
}

/* Recordings contain this number, so it must not give the serial number away. With 12 bits, more than two thousand of the serial
 * numbers with seven digits have the same hash, but only one of 4095 devices is taken for the one before it. The hash is FNV-1a
 * with 32 bits, folded to 12 as its authors Fowler, Noll and Vo recommend for less than 16 bits. 0 means "not known". There is no
 * secret in it, because `explain` has none. */
#define SERIAL_BITS 12

static uint32_t serial_hash(const char *s, const char *end) {
        uint32_t hash = UINT32_C(2166136261);

        for (; s < end; s++)
                hash = (hash ^ (uint8_t) *s) * UINT32_C(16777619);
        hash = (hash ^ hash >> SERIAL_BITS) & ((UINT32_C(1) << SERIAL_BITS) - 1);
        return hash != 0 ? hash : 1;
}

/* Returns the end of the text without the spaces behind it, which a log may gain when it is copied. */
static const char *without_spaces(const char *s, const char *end) {
        while (end > s && end[-1] == ' ')
                end--;
        return end;
}

static void set_numbers(struct kernel_facts *k, const struct pattern_match *m, const char *end) {
        switch (k->message) {
        case KERNEL_FOUND:
                k->vendor = (uint16_t) m->number[0];
                k->product = (uint16_t) m->number[1];
                break;
        case KERNEL_OVER_BUDGET:
                k->milliamp = m->number[0];
                k->budget_ma = m->number[1];
                break;
        case KERNEL_HUB_OVER_BUDGET:
                k->milliamp = m->number[0];
                break;
        case KERNEL_NO_ADDRESS:
        case KERNEL_SET_CONFIG_FAILED:
                k->number = m->number[1];
                break;
        case KERNEL_CONFIG_UNREADABLE: /* "config index 0 ...: -71" or "configurations, error -71" */
                k->number = m->number[1] ? m->number[1] : m->number[0];
                break;
        case KERNEL_SERIAL:
                k->number = serial_hash(m->rest, without_spaces(m->rest, end));
                break;
        case KERNEL_DRIVER:
        case KERNEL_BOOT:
                break;
        default:
                k->number = m->number[0];
        }
}

static void set_words(struct kernel_facts *k, const struct message *message, const struct pattern_match *m, const char *end) {
        const char *s = m->rest, *close;

        if (k->message == KERNEL_PRODUCT || k->message == KERNEL_MANUFACTURER)
                set_text(k->text, s, end);
        else if (k->message == KERNEL_SLEEP_ENTRY && strstr(message->format, "hibernation"))
                strcpy(k->text, "hibernation");
        else if (k->message == KERNEL_SLEEP_ENTRY && (close = memchr(s, ')', (size_t) (end - s))))
                set_text(k->text, s, close);
}

static bool fill(const struct speaker *who, const struct message *m, const struct pattern_match *match, const char *end,
                 struct event *ret) {
        struct kernel_facts *k = &ret->u.kernel;
        struct address where =
                who->place & (PLACE_DEVICE | PLACE_PORT | PLACE_HUB | PLACE_INTERFACE) ? who->where : (struct address){};

        if (match->port) {
                if (where.depth == ADDRESS_DEPTH_MAX)
                        return false;
                where.port[where.depth++] = match->port;
        }
        ret->type = EVENT_KERNEL;
        ret->time = (struct moment){};
        ret->where = where;
        /* Most messages have no text. Clearing all of it would take as long as finding the message. */
        memset(k, 0, offsetof(struct kernel_facts, controller));
        k->controller[0] = k->text[0] = '\0';
        k->message = m->message;
        k->has_where = where.bus != 0;
        k->speed = match->speed;
        if (who->place == PLACE_CONTROLLER)
                *(char *) mempcpy(k->controller, who->name, who->name_len) = '\0';
        set_numbers(k, match, end);
        set_words(k, m, match, end);
        return true;
}

/* Removes the mark of a pager from the end: ">" of less -S and systemd, "…" of journalctl without --full. */
static const char *cut_end(const char *s, const char *end) {
        if (end > s && end[-1] == '>')
                return end - 1;
        if (end - s >= 3 && memcmp(end - 3, "\xe2\x80\xa6", 3) == 0)
                return end - 3;
        return end;
}

#define N_MESSAGES (sizeof messages / sizeof messages[0])

/* For each first letter the messages that begin with it or with a number, in the order of the table. Built at the first use. */
static uint8_t first_of[UINT8_MAX + 1], next_message[N_MESSAGES];
static struct pattern patterns[N_MESSAGES];
_Static_assert(N_MESSAGES < UINT8_MAX, "the index holds bytes");

static void make_index(void) {
        memset(first_of, N_MESSAGES, sizeof first_of);
        for (size_t i = N_MESSAGES; i-- > 0;) {
                uint8_t letter = (uint8_t) (messages[i].format[0] == '%' ? '0' : messages[i].format[0]);

                next_message[i] = first_of[letter];
                first_of[letter] = (uint8_t) i;
                pattern_init(&patterns[i], messages[i].format);
        }
        for (int digit = '1'; digit <= '9'; digit++)
                first_of[digit] = first_of['0'];
}

static size_t first_message(char letter) {
        static bool made;

        if (!made)
                make_index();
        made = true;
        return first_of[(uint8_t) letter];
}

enum message_match kernel_message_match(const char *text, size_t len, struct event *ret) {
        const char *end = text + len, *mark = cut_end(text, end), *s;
        struct speaker who = {};
        struct pattern_match match;
        bool cut = mark != end;
        uint32_t error = 0;

        s = find_speaker(text, mark, &who);
        if (who.place == PLACE_INTERFACE)
                return fill(&who, &driver_line, &(struct pattern_match){ .rest = mark }, mark, ret) ? MESSAGE_WHOLE
                                                                                                    : MESSAGE_NONE;
        if (who.place == PLACE_TYPEC)
                s = skip_error_name(s, mark, &error);
        if (s == mark || (who.place == PLACE_KERNEL && !memchr(kernel_letters, *s, sizeof kernel_letters - 1)))
                return MESSAGE_NONE;
        for (size_t i = first_message(*s); i < N_MESSAGES; i = next_message[i]) {
                const struct message *m = &messages[i];

                if (!(m->places & who.place))
                        continue;
                if (!pattern_match(&patterns[i], s, mark, cut, &match))
                        continue;
                if (m->message == KERNEL_NONE)
                        return MESSAGE_OTHER;
                /* A part of a serial number distinguishes nothing. */
                if (m->message == KERNEL_SERIAL && (cut || without_spaces(match.rest, mark) == match.rest))
                        return MESSAGE_OTHER;
                /* A truncated name is not used. */
                if (cut && (m->message == KERNEL_PRODUCT || m->message == KERNEL_MANUFACTURER))
                        return MESSAGE_NONE;
                if (error != 0)
                        match.number[0] = error;
                return !fill(&who, m, &match, mark, ret) ? MESSAGE_NONE : match.whole ? MESSAGE_WHOLE : MESSAGE_PART;
        }
        return MESSAGE_NONE;
}

bool kernel_message_parse(const char *text, size_t len, struct event *ret) {
        enum message_match match = kernel_message_match(text, len, ret);

        return match == MESSAGE_PART || match == MESSAGE_WHOLE;
}

bool kernel_message_begins(const char *text, const char *end) {
        struct speaker who = {};

        find_speaker(text, end, &who);
        return who.place != PLACE_KERNEL;
}
