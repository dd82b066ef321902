/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes the names that the kernel gives to devices, ports and interfaces, and the ids of the API: what is taken for a name is
 * the name of what was read.
 */
#include "../../daemon/sources/device.c"
#include "fuzz.h"

static void check_address(const struct address *a) {
        expect(a->bus > 0 && a->depth <= ADDRESS_DEPTH_MAX);
        for (unsigned i = 0; i < ADDRESS_DEPTH_MAX; i++)
                expect((a->port[i] > 0) == (i < a->depth));
}

static void try_address(const char *text) {
        char device[ADDRESS_NAME_MAX], port[ADDRESS_NAME_MAX];
        struct address a;

        if (!address_parse(text, strlen(text), &a))
                return;
        check_address(&a);
        expect(strcmp(text, address_device_name(&a, device)) == 0 || strcmp(text, address_port_name(&a, port)) == 0);
}

static void try_id(const char *text) {
        char id[ADDRESS_NAME_MAX];
        struct address a;

        if (!address_parse_id(text, &a))
                return;
        check_address(&a);
        expect(strcmp(text, address_port_id(&a, id)) == 0);
}

static void try_device(const char *text) {
        unsigned configuration;
        struct address a;

        if (!device_name_parse(text, &a, &configuration))
                return;
        check_address(&a);
        expect(configuration <= 999);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        char *text = strndup((const char *) data, size), controller[EVENT_NAME_MAX];

        expect(text);
        try_address(text);
        try_id(text);
        try_device(text);
        controller_name(text, controller);
        expect(memchr(controller, '\0', sizeof controller));
        free(text);
        return 0;
}
