/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Fuzzes what sysfs tells of a Type-C port and its partner. A line of the input is the content of a file or the name of one;
 * the files are real ones in a folder of their own.
 */
#include <sys/stat.h>

#include "../../daemon/sources/typec-read.c"
#include "fuzz.h"

static char folder[] = "/tmp/fuzz-typec-XXXXXX";

static const char *const folders[] = {
        "identity",
        "usb_power_delivery",
        "usb_power_delivery/source-capabilities",
        "usb_power_delivery/source-capabilities/1:fixed_supply",
        "usb_power_delivery/sink-capabilities",
        "usb_power_delivery/sink-capabilities/2:programmable_supply",
};

static const char *const files[] = {
        "power_role",
        "data_role",
        "power_operation_mode",
        "usb_power_delivery/source-capabilities/1:fixed_supply/voltage",
        "usb_power_delivery/source-capabilities/1:fixed_supply/maximum_current",
        "supports_usb_power_delivery",
        "accessory_mode",
        "number_of_alternate_modes",
        "identity/id_header",
        "identity/cert_stat",
        "identity/product",
        "identity/product_type_vdo1",
        "usb_power_delivery/sink-capabilities/2:programmable_supply/minimum_voltage",
        "usb_power_delivery/sink-capabilities/2:programmable_supply/maximum_voltage",
        "usb_power_delivery/sink-capabilities/2:programmable_supply/operational_current",
        "status",
        "type",
};

#define N(list) (sizeof(list) / sizeof *(list))

static void remove_folder(void) {
        char path[PATH_MAX];

        for (size_t i = 0; i < N(files); i++) {
                snprintf(path, sizeof path, "%s/%s", folder, files[i]);
                (void) remove(path);
        }
        for (size_t i = N(folders); i > 0; i--) {
                snprintf(path, sizeof path, "%s/%s", folder, folders[i - 1]);
                (void) remove(path);
        }
        (void) remove(folder);
}

static void make_folder(void) {
        static bool made;
        char path[PATH_MAX];

        if (made)
                return;
        made = true;
        expect(mkdtemp(folder));
        atexit(remove_folder);
        for (size_t i = 0; i < N(folders); i++) {
                snprintf(path, sizeof path, "%s/%s", folder, folders[i]);
                expect(mkdir(path, 0700) == 0);
        }
}

static void write_file(const char *file, const char *text, size_t len) {
        char path[PATH_MAX];

        snprintf(path, sizeof path, "%s/%s", folder, file);
        FILE *f = fopen(path, "we");
        expect(f && fwrite(text, 1, len, f) == len && fclose(f) == 0);
}

static void check_pdos(const struct typec_pdo *list, uint8_t n) {
        expect(n <= 1);
        for (uint8_t i = 0; i < n; i++)
                expect(list[i].kind == TYPEC_PDO_FIXED || list[i].kind == TYPEC_PDO_PROGRAMMABLE);
}

static void check(const struct typec_facts *f) {
        expect(f->power_role == TYPEC_POWER_UNKNOWN || f->power_role == TYPEC_SOURCE || f->power_role == TYPEC_SINK);
        expect(f->data_role == TYPEC_DATA_UNKNOWN || f->data_role == TYPEC_HOST || f->data_role == TYPEC_DEVICE);
        expect(f->partner_pd == UNKNOWN || f->partner_pd == YES || f->partner_pd == NO);
        expect(f->n_usb == 0);
        check_pdos(f->source, f->n_source);
        check_pdos(f->sink, f->n_sink);
}

/* Nothing of that name is there, but names come before contents. */
static void try_name(const char *name) {
        struct typec_pdo pdo;
        unsigned number, place;

        if (typec_name_parse(name, &number)) {
                expect(number <= NUMBER_MAX);
                expect(typec_part(name) <= (TYPEC_PORT_GONE | TYPEC_PARTNER_GONE | TYPEC_CABLE_GONE));
        }
        if (pdo_read(folder, name, false, &pdo, &place))
                expect(place <= 99);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        const char *at = (const char *) data, *end = at + size;
        struct typec_facts f = { .partner_pd = UNKNOWN, .partner_model = MODEL_FACTS_UNKNOWN };

        make_folder();
        for (size_t i = 0; i < N(files); i++) {
                const char *newline = at < end ? memchr(at, '\n', (size_t) (end - at)) : NULL;
                size_t len = at < end ? (size_t) ((newline ? newline + 1 : end) - at) : 0;
                char name[64];

                write_file(files[i], at, len);
                snprintf(name, sizeof name, "%.*s", (int) (newline ? len - 1 : len), at);
                try_name(name);
                at += len;
        }
        port_facts_read(folder, &f);
        partner_read(folder, &f);
        check(&f);
        (void) feeds_read(folder);
        (void) word_read(folder, "type", cable_types);
        return 0;
}
