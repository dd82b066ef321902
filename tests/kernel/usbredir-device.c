/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * An emulated USB device on the host's side of QEMU's usb-redir.
 *
 * usage: usbredir-device SOCKET
 *
 * Connects to the chardev socket of a usb-redir and takes one command a line from
 * stdin; says "ok" or "error: ..." to each on stdout, and "event ..." for what the
 * guest does. Ends at the end of stdin or of the connection.
 *
 *   id VENDOR PRODUCT [RELEASE]       hexadecimal
 *   manufacturer | name | serial TEXT  \xNN stands for a byte; no TEXT, no string
 *   speed low|full|high
 *   class hid|vendor|hub
 *   power MILLIAMPERES
 *   attributes BYTE                    bmAttributes: 80 bus-powered, c0 self-powered, +20 remote wake-up
 *   fault POINT KIND [COUNT [LENGTH]]  COUNT 0 or none: for ever; LENGTH for `short`
 *       POINT device-descriptor|config-descriptor|string-descriptor|set-configuration|hub-request
 *       KIND  none|silent|io-error|stall|babble|short|vanish (unplugged at the request)
 *   plug | unplug
 *   flap COUNT UP DOWN                 plugged for UP ms, out for DOWN ms, COUNT times; ends plugged
 *   connect PORT on|off                class hub: something silent is plugged into a port of it
 *   over-current PORT|all on|off       class hub
 */
#include "usb-device.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>
#include <usbredirparser.h>

enum { LINE_MAX_BYTES = 1024, ENDPOINT_IN = 0x81, ENDPOINT_IN_INDEX = 16 + 1 };

struct program {
        struct usb_device device;
        struct usbredirparser *parser;
        int socket, timer;
        bool greeted;   /* the hello of the peer was received; a device may be announced only then */
        bool wanted;    /* the device is to be plugged */
        bool plugged;   /* the peer knows of it */
        bool receiving; /* the guest polls the interrupt endpoint */
        unsigned flaps_left;
        unsigned flap_up, flap_down; /* ms */
        char line[LINE_MAX_BYTES];
        size_t line_length;
        bool ended;
};

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...) {
        va_list arguments;

        va_start(arguments, format);
        vprintf(format, arguments);
        va_end(arguments);
        putchar('\n');
        fflush(stdout);
}

/* ---- the device on the wire ---- */

static uint8_t redir_speed(enum usb_speed speed) {
        switch (speed) {
        case SPEED_LOW:
                return usb_redir_speed_low;
        case SPEED_HIGH:
                return usb_redir_speed_high;
        case SPEED_FULL:
                break;
        }
        return usb_redir_speed_full;
}

static uint8_t redir_status(enum fault_kind fault) {
        switch (fault) {
        case FAULT_IO_ERROR:
        case FAULT_VANISH:
                return usb_redir_ioerror;
        case FAULT_STALL:
                return usb_redir_stall;
        case FAULT_BABBLE:
                return usb_redir_babble;
        case FAULT_NONE:
        case FAULT_SHORT:
        case FAULT_SILENT:
                break;
        }
        return usb_redir_success;
}

static void send_endpoints(struct program *program) {
        struct usb_redir_ep_info_header endpoints = { 0 };

        memset(endpoints.type, usb_redir_type_invalid, sizeof endpoints.type);
        endpoints.type[0] = endpoints.type[16] = usb_redir_type_control;
        endpoints.max_packet_size[0] = endpoints.max_packet_size[16] = 64;
        endpoints.type[ENDPOINT_IN_INDEX] = usb_redir_type_interrupt;
        endpoints.interval[ENDPOINT_IN_INDEX] = usb_device_endpoint_interval(&program->device);
        endpoints.max_packet_size[ENDPOINT_IN_INDEX] = usb_device_endpoint_size(&program->device);
        usbredirparser_send_ep_info(program->parser, &endpoints);
}

static void send_interfaces(struct program *program) {
        struct usb_redir_interface_info_header interfaces = { .interface_count = 1 };

        interfaces.interface_class[0] = usb_device_interface_class(&program->device);
        usbredirparser_send_interface_info(program->parser, &interfaces);
}

static void plug(struct program *program) {
        struct usb_redir_device_connect_header connect = {
                .speed = redir_speed(program->device.speed),
                .device_class = usb_device_device_class(&program->device),
                .vendor_id = program->device.vendor,
                .product_id = program->device.product,
                .device_version_bcd = program->device.release,
        };

        program->wanted = true;
        if (!program->greeted || program->plugged)
                return;
        program->plugged = true;
        program->device.configuration = 0;
        send_endpoints(program);
        send_interfaces(program);
        usbredirparser_send_device_connect(program->parser, &connect);
}

static void unplug(struct program *program) {
        program->wanted = false;
        if (!program->plugged)
                return;
        program->plugged = program->receiving = false;
        usbredirparser_send_device_disconnect(program->parser);
}

static void send_hub_changes(struct program *program) {
        uint8_t changes = usb_hub_changes(&program->device);
        struct usb_redir_interrupt_packet_header header = {
                .endpoint = ENDPOINT_IN,
                .status = usb_redir_success,
                .length = 1,
        };

        if (program->receiving && changes)
                usbredirparser_send_interrupt_packet(program->parser, 0, &header, &changes, 1);
}

/* ---- what the guest asks ---- */

static void on_hello(void *priv, struct usb_redir_hello_header *hello) {
        struct program *program = priv;

        program->greeted = true;
        if (program->wanted)
                plug(program);
}

static void on_reset(void *priv) {
        struct program *program = priv;

        program->device.configuration = 0;
        program->receiving = false;
}

static void vanish(struct program *program) {
        unplug(program);
        say("event vanished");
}

static void on_control(void *priv, uint64_t id, struct usb_redir_control_packet_header *header, uint8_t *data, int data_length) {
        struct program *program = priv;
        const struct usb_request request = { header->requesttype, header->request, header->value, header->index, header->length };
        struct usb_answer answer;

        usbredirparser_free_packet_data(program->parser, data);
        usb_device_control(&program->device, &request, &answer);
        if (answer.fault == FAULT_SILENT)
                return;
        header->status = redir_status(answer.fault);
        if (answer.fault != FAULT_NONE)
                answer.length = 0;
        /* Data that the guest sent count as accepted; data that it asked for are returned. */
        if (answer.fault != FAULT_NONE || (request.type & 0x80))
                header->length = (uint16_t) answer.length;
        usbredirparser_send_control_packet(program->parser, id, header, (request.type & 0x80) ? answer.data : NULL,
                                           (request.type & 0x80) ? (int) answer.length : 0);
        if (answer.fault == FAULT_VANISH)
                vanish(program);
        send_hub_changes(program);
}

static void on_set_configuration(void *priv, uint64_t id, struct usb_redir_set_configuration_header *header) {
        struct program *program = priv;
        const enum fault_kind fault = usb_device_configure(&program->device, header->configuration);
        struct usb_redir_configuration_status_header answer = {
                .status = redir_status(fault),
                .configuration = program->device.configuration,
        };

        if (fault == FAULT_SILENT)
                return;
        if (fault == FAULT_NONE) {
                send_interfaces(program);
                send_endpoints(program);
                say("event configured %u", answer.configuration);
        }
        usbredirparser_send_configuration_status(program->parser, id, &answer);
        if (fault == FAULT_VANISH)
                vanish(program);
}

static void on_get_configuration(void *priv, uint64_t id) {
        struct program *program = priv;
        struct usb_redir_configuration_status_header answer = {
                .status = usb_redir_success,
                .configuration = program->device.configuration,
        };

        usbredirparser_send_configuration_status(program->parser, id, &answer);
}

static void on_set_alt_setting(void *priv, uint64_t id, struct usb_redir_set_alt_setting_header *header) {
        struct program *program = priv;
        struct usb_redir_alt_setting_status_header answer = {
                .status = header->alt == 0 ? usb_redir_success : usb_redir_stall,
                .interface = header->interface,
        };

        usbredirparser_send_alt_setting_status(program->parser, id, &answer);
}

static void on_get_alt_setting(void *priv, uint64_t id, struct usb_redir_get_alt_setting_header *header) {
        struct program *program = priv;
        struct usb_redir_alt_setting_status_header answer = {
                .status = usb_redir_success,
                .interface = header->interface,
        };

        usbredirparser_send_alt_setting_status(program->parser, id, &answer);
}

static void on_start_interrupt(void *priv, uint64_t id, struct usb_redir_start_interrupt_receiving_header *header) {
        struct program *program = priv;
        struct usb_redir_interrupt_receiving_status_header answer = {
                .status = usb_redir_success,
                .endpoint = header->endpoint,
        };

        program->receiving = true;
        usbredirparser_send_interrupt_receiving_status(program->parser, id, &answer);
        send_hub_changes(program);
}

static void on_stop_interrupt(void *priv, uint64_t id, struct usb_redir_stop_interrupt_receiving_header *header) {
        struct program *program = priv;
        struct usb_redir_interrupt_receiving_status_header answer = {
                .status = usb_redir_success,
                .endpoint = header->endpoint,
        };

        program->receiving = false;
        usbredirparser_send_interrupt_receiving_status(program->parser, id, &answer);
}

/* Needs no answer, because only transfers that this device does not answer are cancelled. */
static void on_cancel(void *priv, uint64_t id) {
}

static void on_filter(void *priv, struct usbredirfilter_rule *rules, int count) {
        free(rules);
}

static void on_disconnect_ack(void *priv) {
}

/* ---- the connection ---- */

static void on_log(void *priv, int level, const char *message) {
        if (level <= usbredirparser_warning)
                fprintf(stderr, "usbredir-device: %s\n", message);
}

static int on_read(void *priv, uint8_t *data, int count) {
        struct program *program = priv;
        const ssize_t n = recv(program->socket, data, (size_t) count, 0);

        if (n > 0)
                return (int) n;
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
                return 0;
        program->ended = true;
        return -1;
}

static int on_write(void *priv, uint8_t *data, int count) {
        struct program *program = priv;
        const ssize_t n = send(program->socket, data, (size_t) count, MSG_NOSIGNAL);

        if (n >= 0)
                return (int) n;
        if (errno == EAGAIN || errno == EINTR)
                return 0;
        program->ended = true;
        return -1;
}

static struct usbredirparser *new_parser(struct program *program) {
        static const int capabilities[] = {
                usb_redir_cap_connect_device_version,  usb_redir_cap_filter,     usb_redir_cap_device_disconnect_ack,
                usb_redir_cap_ep_info_max_packet_size, usb_redir_cap_64bits_ids, usb_redir_cap_32bits_bulk_length,
        };
        uint32_t caps[USB_REDIR_CAPS_SIZE] = { 0 };
        char version[] = "sonycharge usbredir-device";
        struct usbredirparser *parser = usbredirparser_create();

        if (!parser)
                return NULL;
        for (size_t i = 0; i < sizeof capabilities / sizeof *capabilities; i++)
                usbredirparser_caps_set_cap(caps, capabilities[i]);
        parser->priv = program;
        parser->log_func = on_log;
        parser->read_func = on_read;
        parser->write_func = on_write;
        parser->hello_func = on_hello;
        parser->reset_func = on_reset;
        parser->control_packet_func = on_control;
        parser->set_configuration_func = on_set_configuration;
        parser->get_configuration_func = on_get_configuration;
        parser->set_alt_setting_func = on_set_alt_setting;
        parser->get_alt_setting_func = on_get_alt_setting;
        parser->start_interrupt_receiving_func = on_start_interrupt;
        parser->stop_interrupt_receiving_func = on_stop_interrupt;
        parser->cancel_data_packet_func = on_cancel;
        parser->filter_filter_func = on_filter;
        parser->device_disconnect_ack_func = on_disconnect_ack;
        usbredirparser_init(parser, version, caps, USB_REDIR_CAPS_SIZE, usbredirparser_fl_usb_host);
        return parser;
}

static int connect_to(const char *path) {
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd;

        if (strlen(path) >= sizeof address.sun_path) {
                errno = ENAMETOOLONG;
                return -1;
        }
        memcpy(address.sun_path, path, strlen(path));
        fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (fd < 0)
                return -1;
        if (connect(fd, (struct sockaddr *) &address, sizeof address) < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) < 0) {
                close(fd);
                return -1;
        }
        return fd;
}

/* ---- flapping ---- */

static void set_timer(struct program *program, unsigned milliseconds) {
        const struct itimerspec when = { .it_value = { .tv_sec = milliseconds / 1000,
                                                       .tv_nsec = (long) (milliseconds % 1000) * 1000000 } };

        timerfd_settime(program->timer, 0, &when, NULL);
}

static void on_timer(struct program *program) {
        uint64_t expirations;

        if (read(program->timer, &expirations, sizeof expirations) < 0)
                return;
        if (program->plugged) {
                unplug(program);
                set_timer(program, program->flap_down);
                return;
        }
        plug(program);
        if (--program->flaps_left > 0)
                set_timer(program, program->flap_up);
        else
                say("event flapped");
}

/* ---- commands; each returns NULL or what is wrong ---- */

static int named(const char *word, const char *const names[], int count) {
        for (int i = 0; word && i < count; i++)
                if (strcmp(word, names[i]) == 0)
                        return i;
        return -1;
}

static bool number(const char *word, int base, unsigned long most, unsigned long *ret_number) {
        char *end;

        if (!word || !*word)
                return false;
        errno = 0;
        *ret_number = strtoul(word, &end, base);
        return errno == 0 && *end == 0 && *ret_number <= most;
}

static const char *do_id(struct program *program, char *words[]) {
        unsigned long vendor, product, release = program->device.release;

        if (!number(words[0], 16, 0xffff, &vendor) || !number(words[1], 16, 0xffff, &product))
                return "id VENDOR PRODUCT [RELEASE]";
        if (words[2] && !number(words[2], 16, 0xffff, &release))
                return "bad release";
        program->device.vendor = (uint16_t) vendor;
        program->device.product = (uint16_t) product;
        program->device.release = (uint16_t) release;
        return NULL;
}

static const char *do_speed(struct program *program, char *words[]) {
        static const char *const names[] = { "low", "full", "high" };
        const int speed = named(words[0], names, 3);

        if (speed < 0)
                return "speed low|full|high";
        program->device.speed = (enum usb_speed) speed;
        return NULL;
}

static const char *do_class(struct program *program, char *words[]) {
        static const char *const names[] = { "hid", "vendor", "hub" };
        const int class = named(words[0], names, 3);

        if (class < 0)
                return "class hid|vendor|hub";
        program->device.class = (enum usb_class) class;
        return NULL;
}

static const char *do_power(struct program *program, char *words[]) {
        unsigned long power;

        if (!number(words[0], 10, 510, &power)) /* 255 units of 2 mA */
                return "power 0..510";
        program->device.max_power = (unsigned) power;
        return NULL;
}

static const char *do_attributes(struct program *program, char *words[]) {
        unsigned long attributes;

        if (!number(words[0], 16, 0xff, &attributes))
                return "attributes BYTE";
        program->device.attributes = (uint8_t) attributes;
        return NULL;
}

static const char *do_fault(struct program *program, char *words[]) {
        static const char *const points[] = { "device-descriptor", "config-descriptor", "string-descriptor", "set-configuration",
                                              "hub-request" };
        static const char *const kinds[] = { "none", "silent", "io-error", "stall", "babble", "short", "vanish" };
        const int point = named(words[0], points, FAULT_POINTS), kind = named(words[1], kinds, 7);
        unsigned long count = 0, length = 0;

        if (point < 0 || kind < 0)
                return "fault POINT KIND [COUNT [LENGTH]]";
        if (words[2] && !number(words[2], 10, 1000, &count))
                return "bad count";
        if (words[2] && words[3] && !number(words[3], 10, USB_ANSWER_MAX, &length))
                return "bad length";
        program->device.faults[point] = (struct fault){ (enum fault_kind) kind, (unsigned) count, (unsigned) length };
        return NULL;
}

static const char *do_plug(struct program *program, char *words[]) {
        plug(program);
        return NULL;
}

static const char *do_unplug(struct program *program, char *words[]) {
        unplug(program);
        return NULL;
}

static const char *do_flap(struct program *program, char *words[]) {
        unsigned long count, up, down;

        if (!number(words[0], 10, 1000, &count) || count == 0 || !number(words[1], 10, 60000, &up) ||
            !number(words[2], 10, 60000, &down) || up == 0 || down == 0)
                return "flap COUNT UP DOWN";
        program->flaps_left = (unsigned) count;
        program->flap_up = (unsigned) up;
        program->flap_down = (unsigned) down;
        set_timer(program, program->plugged ? program->flap_up : 1);
        return NULL;
}

/* "PORT on|off" of a hub, where PORT "all" gives 0; returns whether it is that. */
static bool port_and_state(char *words[], unsigned *ret_port, bool *ret_on) {
        static const char *const states[] = { "off", "on" };
        const int on = words[0] ? named(words[1], states, 2) : -1;
        unsigned long port = 0;

        if (on < 0)
                return false;
        if (strcmp(words[0], "all") != 0 && (!number(words[0], 10, HUB_PORTS, &port) || port == 0))
                return false;
        *ret_port = (unsigned) port;
        *ret_on = on;
        return true;
}

static const char *do_connect(struct program *program, char *words[]) {
        unsigned port;
        bool on;

        if (!port_and_state(words, &port, &on) || port == 0)
                return "connect PORT on|off";
        usb_hub_connect(&program->device, port, on);
        send_hub_changes(program);
        return NULL;
}

static const char *do_over_current(struct program *program, char *words[]) {
        unsigned port;
        bool on;

        if (!port_and_state(words, &port, &on))
                return "over-current PORT|all on|off";
        if (port == 0)
                usb_hub_over_current_all(&program->device, on);
        else
                usb_hub_over_current(&program->device, port, on);
        send_hub_changes(program);
        return NULL;
}

/* Copies `text` with its \xNN taken for bytes. */
static const char *set_string(char *string, const char *text) {
        size_t length = 0;

        for (; *text; length++) {
                char digits[3] = { 0 };
                unsigned long byte;

                if (length == USB_STRING_MAX)
                        return "string too long";
                if (text[0] == '\\' && text[1] == 'x' && text[2] && text[3]) {
                        memcpy(digits, text + 2, 2);
                        if (!number(digits, 16, 0xff, &byte) || byte == 0)
                                return "bad \\xNN";
                        string[length] = (char) byte;
                        text += 4;
                } else {
                        string[length] = *text++;
                }
        }
        string[length] = 0;
        return NULL;
}

static const char *do_string(struct program *program, const char *verb, const char *text) {
        if (strcmp(verb, "manufacturer") == 0)
                return set_string(program->device.manufacturer, text);
        if (strcmp(verb, "name") == 0)
                return set_string(program->device.name, text);
        return set_string(program->device.serial, text);
}

static const char *do_words(struct program *program, const char *verb, char *text) {
        static const struct {
                const char *verb;
                const char *(*run)(struct program *program, char *words[]);
        } commands[] = {
                { "id", do_id },
                { "speed", do_speed },
                { "class", do_class },
                { "power", do_power },
                { "attributes", do_attributes },
                { "fault", do_fault },
                { "plug", do_plug },
                { "unplug", do_unplug },
                { "flap", do_flap },
                { "connect", do_connect },
                { "over-current", do_over_current },
        };
        char *words[5] = { 0 }, *rest = NULL;

        for (size_t i = 0; i < 4; i++)
                words[i] = strtok_r(i == 0 ? text : NULL, " ", &rest);
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
                if (strcmp(verb, commands[i].verb) == 0)
                        return commands[i].run(program, words);
        return "no such command";
}

static void run_command(struct program *program, char *line) {
        const char *strings[] = { "manufacturer", "name", "serial" }, *wrong;
        char *text = line + strcspn(line, " ");

        if (*text)
                *text++ = 0;
        wrong = named(line, strings, 3) >= 0 ? do_string(program, line, text) : do_words(program, line, text);
        if (wrong)
                say("error: %s", wrong);
        else
                say("ok");
}

static void on_stdin(struct program *program) {
        const size_t room = sizeof program->line - program->line_length;
        const ssize_t n = read(STDIN_FILENO, program->line + program->line_length, room);
        char *end;

        if (n <= 0) {
                program->ended = true;
                return;
        }
        program->line_length += (size_t) n;
        while ((end = memchr(program->line, '\n', program->line_length))) {
                const size_t length = (size_t) (end - program->line) + 1;

                *end = 0;
                run_command(program, program->line);
                program->line_length -= length;
                memmove(program->line, program->line + length, program->line_length);
        }
        if (program->line_length == sizeof program->line) {
                say("error: line too long");
                program->line_length = 0;
        }
}

/* ---- the loop ---- */

static bool wait_for_events(struct program *program, struct pollfd fds[3]) {
        const bool writing = usbredirparser_has_data_to_write(program->parser) > 0;

        fds[0] = (struct pollfd){ .fd = program->socket, .events = (short) (POLLIN | (writing ? POLLOUT : 0)) };
        fds[1] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
        fds[2] = (struct pollfd){ .fd = program->timer, .events = POLLIN };
        return poll(fds, 3, -1) >= 0 || errno == EINTR;
}

static int run(struct program *program) {
        struct pollfd fds[3];

        while (!program->ended) {
                if (!wait_for_events(program, fds))
                        return EXIT_FAILURE;
                if (fds[0].revents & (POLLIN | POLLHUP | POLLERR))
                        usbredirparser_do_read(program->parser);
                if (!program->ended && fds[0].revents & POLLOUT)
                        usbredirparser_do_write(program->parser);
                if (fds[1].revents)
                        on_stdin(program);
                if (fds[2].revents)
                        on_timer(program);
        }
        return EXIT_SUCCESS;
}

int main(int argc, char *argv[]) {
        static struct program program;
        int status;

        if (argc != 2) {
                fprintf(stderr, "usage: %s SOCKET\n", argv[0]);
                return 2;
        }
        usb_device_init(&program.device);
        program.socket = connect_to(argv[1]);
        program.timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
        if (program.socket < 0 || program.timer < 0) {
                fprintf(stderr, "usbredir-device: %s: %s\n", argv[1], strerror(errno));
                return EXIT_FAILURE;
        }
        program.parser = new_parser(&program);
        if (!program.parser)
                return EXIT_FAILURE;
        status = run(&program);
        usbredirparser_destroy(program.parser);
        close(program.socket);
        close(program.timer);
        return status;
}
