/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the arguments of the daemon's methods. The input is a program that makes a method call as any user may send it, with the
 * keys of the API and others, and values of any type. Whatever is passed on to the daemon is valid, and a call that waits for
 * polkit or the disk is small.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../daemon/bus/bus-manager.c"
#include "common/answer.h"
#include "recording/event-json.h"
#include "status/properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What may be kept of a call: its entries, each with a key and a text. */
#define KEPT_MAX (64 * 2 * (BUS_TEXT_MAX + 16) + 1024)

struct input {
        const uint8_t *data;
        size_t left;
};

static size_t sent; /* bytes of text in the message */

static const char *const words[] = {
        "headset",      "port",        "cable", "since", "until",   "limit", "others",  "health",     "before",
        "own-protocol", "with-serial", "led",   "dark",  "charges", "no",    "symptom", "WH-1000XM4", "wh_1000xm4_123456",
        "1-2",          "usb1_port2",  "usb1",  "",
};

static void must(bool holds) {
        if (!holds)
                abort();
}

static uint8_t byte(struct input *in) {
        if (in->left == 0)
                return 0;
        in->left--;
        return *in->data++;
}

/* A word of the table, the name of a question or an answer to one, or bytes of the input, sometimes very many. */
static const char *text(struct input *in, char buf[static 2048]) {
        uint8_t kind = byte(in);
        size_t n = 0;

        if (kind < sizeof(words) / sizeof(*words))
                return words[kind];
        if (kind < 100 && question_name((enum question)(kind % _QUESTION_MAX)))
                return question_name((enum question)(kind % _QUESTION_MAX));
        if (kind < 180) {
                const char *word = answer_word((enum question)(byte(in) % _QUESTION_MAX), 1 + kind % 4);

                return word ? word : "";
        }
        for (n = 0; n < kind - 180u; n++)
                buf[n] = (char) (byte(in) & 0x7f);
        if (kind == 255) {
                memset(buf, 'x', 2047);
                n = 2047;
        }
        buf[n] = '\0';
        return buf;
}

static void append_text(struct input *in, sd_bus_message *m, bool in_variant) {
        char buf[2048];
        const char *t = text(in, buf);

        sent += strlen(t);
        must((in_variant ? sd_bus_message_append(m, "v", "s", t) : sd_bus_message_append(m, "s", t)) >= 0);
}

static void append_value(struct input *in, sd_bus_message *m) {
        static const uint8_t large[4096];
        uint64_t number = (uint64_t) byte(in) << (byte(in) % 64);
        int r = 0;

        switch (byte(in) % 8) {
        case 0:
                append_text(in, m, true);
                break;
        case 1:
                r = sd_bus_message_append(m, "v", "b", (int) (number & 1));
                break;
        case 2:
                r = sd_bus_message_append(m, "v", "t", number);
                break;
        case 3:
                r = sd_bus_message_append(m, "v", "u", (uint32_t) number);
                break;
        case 4:
                r = sd_bus_message_append(m, "v", "d", (double) number);
                break;
        case 5:
                must(sd_bus_message_open_container(m, 'v', "ay") >= 0);
                must(sd_bus_message_append_array(m, 'y', large, sizeof(large)) >= 0);
                r = sd_bus_message_close_container(m);
                sent += sizeof(large);
                break;
        case 6:
                r = sd_bus_message_append(m, "v", "v", "s", "within");
                break;
        default:
                r = sd_bus_message_append(m, "v", "a{sv}", 1, "headset", "s", "within");
                break;
        }
        must(r >= 0);
}

/* `value`: 'v' or 's'. */
static void append_dictionary(struct input *in, sd_bus_message *m, char value) {
        const char *entry = value == 'v' ? "sv" : "ss";

        must(sd_bus_message_open_container(m, 'a', value == 'v' ? "{sv}" : "{ss}") >= 0);
        for (unsigned n = byte(in); n > 0; n--) {
                must(sd_bus_message_open_container(m, 'e', entry) >= 0);
                append_text(in, m, false);
                if (value == 'v')
                        append_value(in, m);
                else
                        append_text(in, m, false);
                must(sd_bus_message_close_container(m) >= 0);
        }
        must(sd_bus_message_close_container(m) >= 0);
}

/* Stands for the history: nothing that it is asked is longer than what the bus promises. */
static bool is_short(const char *t) {
        return !t || strlen(t) < BUS_TEXT_MAX;
}

int history_ask(struct history *h, const struct history_filter *filter, history_answer *answer, void *userdata) {
        must(is_short(filter->headset) && is_short(filter->port) && is_short(filter->cable) && filter->before >= 0);
        must(sent < KEPT_MAX);
        answer(userdata, NULL, 0);
        return 0;
}

int history_ask_last(struct history *h, const char *headset, history_answer *answer, void *userdata) {
        must(is_short(headset) && sent < KEPT_MAX);
        answer(userdata, NULL, 0);
        return 0;
}

void history_name_cable(struct history *h, const char *name) {
        must(strlen(name) < SESSION_CABLE_MAX);
}

void bus_share_charge(struct bus *b, const char *sender, uint64_t usec) {
}

/* Stands for polkit: the call would be kept now, and is granted. */
int bus_ask_permission(struct bus *b, sd_bus_message *message, const char *action, bus_permission *granted, const char *id) {
        must(sent < KEPT_MAX && strncmp(action, "org.sonycharge1.", 16) == 0);
        granted(b, message, 1000, id);
        return 1;
}

static void on_tell(void *userdata, const struct answers *t) {
        must(memchr(t->id, '\0', sizeof(t->id)) && t->id[0] != '\0' && t->facts.model[0] != '\0');
        for (enum question q = 0; q < _QUESTION_MAX; q++)
                must(t->by_question[q] == 0 || t->by_question[q] == ANSWER_TAKEN_BACK || answer_word(q, t->by_question[q]));
}

static int on_read_headsets(void *userdata, const struct headset *headset, bool own_protocol, bus_done *done, void *cookie) {
        done(cookie, 0);
        return 0;
}

static bool on_find_model(void *userdata, const char *name, struct model_facts *ret) {
        *ret = (struct model_facts){};
        if (strcmp(name, "WH-1000XM4") != 0)
                return false;
        strcpy(ret->model, name);
        return true;
}

static void on_refresh(void *userdata, const struct address *asked) {
}

static const char *const story[] = {
        "{\"event\":\"device\",\"at\":5400000000,\"where\":\"usb1\",\"vendor\":\"1d6b\",\"product\":\"0002\",\"speed\":\"high\","
        "\"class\":9,\"ports\":4}",
        "{\"event\":\"port\",\"at\":5400000000,\"where\":\"1-2\",\"connect_type\":\"hotplug\"}",
        "{\"event\":\"settled\",\"at\":5400000000}",
        "{\"event\":\"device\",\"at\":5700000000,\"where\":\"1-2\",\"vendor\":\"054c\",\"product\":\"0d58\",\"speed\":\"full\","
        "\"name\":\"WH-1000XM4\","
        "\"facts\":{\"model\":\"WH-1000XM4\",\"family\":\"over-ear\"}}",
};

static void on_change(void *userdata, const struct change *c) {
}

/* A bus that nothing is sent on, only because messages belong to one, and a computer with a headset. */
static struct bus *some_bus(void) {
        static const struct mark_key key = { .machine = { 1, 2, 3 } };
        static struct registry registry;
        static struct bus bus;
        int fds[2];

        if (bus.bus)
                return &bus;
        must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) >= 0);
        must(sd_bus_new(&bus.bus) >= 0 && sd_bus_set_fd(bus.bus, fds[0], fds[0]) >= 0 && sd_bus_start(bus.bus) >= 0);
        struct model *model = model_new();
        must(model != NULL);
        registry_init(&registry, &key, on_change, NULL);
        registry.show = object_to_json;
        for (size_t i = 0; i < sizeof(story) / sizeof(*story); i++) {
                struct event e;

                must(event_from_line(story[i], strlen(story[i]), &e) == 1);
                registry_note(&registry, model_apply(model, &e));
                (void) registry_update(&registry, model);
        }
        bus.backend = (struct bus_backend){ .registry = &registry,
                                            .model = model,
                                            .refresh = on_refresh,
                                            .find_model = on_find_model,
                                            .tell = on_tell,
                                            .read_headsets = on_read_headsets };
        return &bus;
}

/* Record has a descriptor before its options; the options alone are read here. */
static int read_record_options(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        bool with_serial;
        int r = read_options(message, &with_serial);

        must(r < 0 || sent < KEPT_MAX);
        return r;
}

static const struct {
        const char *name;
        sd_bus_message_handler_t call;
        char first, dictionary; /* its arguments */
} targets[] = {
        { "GetHistory", bus_get_history, 0, 'v' }, { "ReadHeadsets", bus_read_headsets, 0, 'v' },
        { "Record", read_record_options, 0, 'v' }, { "Tell", bus_tell_answers, 's', 's' },
        { "GetLast", bus_get_last, 's', 0 },       { "SetCable", bus_set_cable, 's', 0 },
        { "GetModel", bus_get_model, 's', 0 },     { "GetDevice", method_get_device, 's', 0 },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct input in = { .data = data, .left = size };
        size_t k = byte(&in) % (sizeof(targets) / sizeof(*targets));
        sd_bus_error error = SD_BUS_ERROR_NULL;
        struct bus *b = some_bus();
        sd_bus_message *m = NULL;

        sent = 0;
        must(sd_bus_message_new_method_call(b->bus, &m, NULL, BUS_ROOT, BUS_MANAGER_INTERFACE, targets[k].name) >= 0);
        must(sd_bus_message_set_expect_reply(m, false) >= 0);
        if (targets[k].first)
                append_text(&in, m, false);
        if (targets[k].dictionary)
                append_dictionary(&in, m, targets[k].dictionary);
        must(sd_bus_message_seal(m, 1, 0) >= 0 && sd_bus_message_rewind(m, true) >= 0);
        (void) targets[k].call(m, b, &error);
        sd_bus_error_free(&error);
        sd_bus_message_unref(m);
        return 0;
}
