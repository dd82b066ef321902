/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl ports: the computer's power map.
 */
#include <string.h>

#include "bus.h"
#include "show.h"
#include "terminal.h"

static void put_hub(FILE *out, const struct options *o, struct json_object *hub) {
        unsigned long long budget = json_number(hub, "budget_ma"), declared = json_number(hub, "declared_sum_ma");
        struct json_object *self_powered = NULL;
        const char *name = json_text(hub, "name"), *sysname = json_text(hub, "sysname");
        char line[2600];
        size_t n;

        json_object_object_get_ex(hub, "self_powered", &self_powered);
        fputs(style(o, STYLE_BOLD), out);
        n = put_wrapped(out, o, sysname, 0, 2);
        fputs(style(o, STYLE_PLAIN), out);
        snprintf(line, sizeof line, "%s%s%s", strcmp(name, sysname) == 0 ? "" : name, *name && strcmp(name, sysname) != 0 ? ", " : "",
                 !self_powered                     ? "supply not known"
                 : json_truth(hub, "self_powered") ? "own supply"
                                                   : "powered by the computer");
        if (budget > 0)
                snprintf(line + strlen(line), sizeof line - strlen(line), ", %llu mA for all its ports", budget);
        snprintf(line + strlen(line), sizeof line - strlen(line), ", devices declare %llu mA", declared);
        fputs("  ", out);
        put_wrapped(out, o, line, n + 2, 4);
        fputc('\n', out);
}

/* "no-name (1-2.3), declares 500 mA"; "" when nothing is there. */
static void device_words(struct json_object *device, char *buf, size_t size) {
        const char *name = json_text(device, "name"), *sysname = json_text(device, "sysname");
        unsigned long long declared = json_number(device, "declared_ma");

        *buf = '\0';
        if (!device)
                return;
        snprintf(buf, size, "%s%s%s%s", *name ? name : "a USB device", *sysname ? " (" : "", sysname, *sysname ? ")" : "");
        if (declared > 0)
                snprintf(buf + strlen(buf), size - strlen(buf), ", declares %llu mA", declared);
}

static void put_count(FILE *out, const struct options *o, uint64_t n, size_t columns) {
        char text[24];

        snprintf(text, sizeof text, "%llu", (unsigned long long) n);
        fputs(n > 0 ? style(o, STYLE_WARNING) : "", out);
        put_column(out, o, n > 0 ? text : symbol(o, SYMBOL_DOT), columns);
        fputs(n > 0 ? style(o, STYLE_PLAIN) : "", out);
}

static void put_port(FILE *out, const struct options *o, struct json_object *port) {
        unsigned long long budget = json_number(port, "budget_ma");
        char words[2600], allows[32] = "?";

        if (budget > 0)
                snprintf(allows, sizeof allows, "%llu mA", budget);
        device_words(json_child(port, "device"), words, sizeof words);
        fputs("  ", out);
        put_column(out, o, json_text(port, "sysname"), 15);
        fputc(' ', out);
        put_column(out, o, allows, 8);
        put_count(out, o, json_number(port, "over_currents"), 6);
        put_count(out, o, json_number(port, "failures"), 7);
        put_column(out, o, json_text(port, "state"), 13);
        if (*words)
                put_wrapped(out, o, words, 52, 52);
        fputc('\n', out);
}

static void show_hub(FILE *out, const struct options *o, struct json_object *hub) {
        struct json_object *ports = json_list(hub, "ports");

        put_hub(out, o, hub);
        if (json_length(ports) > 0)
                fprintf(out, "  %s%-15s %-8s%-6s%-7s%-13s%s%s\n", style(o, STYLE_DIM), "PORT", "ALLOWS", "OVER", "FAILED", "STATE",
                        "DEVICE", style(o, STYLE_PLAIN));
        for (size_t i = 0; i < json_length(ports); i++)
                put_port(out, o, json_object_array_get_idx(ports, i));
}

static int ports_text(const struct options *o, struct json_object *hubs) {
        FILE *out = output_begin(o);
        int r;

        for (size_t i = 0; i < json_length(hubs); i++) {
                if (i > 0)
                        fputc('\n', out);
                show_hub(out, o, json_object_array_get_idx(hubs, i));
        }
        r = output_end(o, out);
        if (r < 0)
                complain("cannot write: %s", strerror(-r));
        return r < 0 ? STATUS_FAILED : STATUS_OK;
}

int verb_ports(const struct options *o, int argc, char **argv) {
        _cleanup_json_ struct json_object *ports = NULL;
        int r;

        (void) argc;
        (void) argv;
        r = bus_fetch_json(o, "GetPorts", &ports);
        if (r != STATUS_OK)
                return r;
        if (o->json)
                return show_json(ports);
        if (json_length(json_list(ports, "hubs")) > 0)
                return ports_text(o, json_list(ports, "hubs"));
        tell(o, "this computer has no USB ports that can be seen");
        return STATUS_OK;
}
