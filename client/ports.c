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
        snprintf(line, sizeof line, "%s%s%s", strcmp(name, sysname) == 0 ? "" : name,
                 *name && strcmp(name, sysname) != 0 ? ", " : "",
                 !self_powered                     ? "supply not known"
                 : json_truth(hub, "self_powered") ? "own supply"
                                                   : "bus-powered");
        if (budget > 0)
                snprintf(line + strlen(line), sizeof line - strlen(line), ", %llu mA for all its ports", budget);
        snprintf(line + strlen(line), sizeof line - strlen(line), ", devices declare %llu mA", declared);
        fputs("  ", out);
        put_wrapped(out, o, line, n + 2, 4);
        fputc('\n', out);
}

static bool is_calm(const char *state) {
        return !*state || strcmp(state, "connected") == 0 || strcmp(state, "empty") == 0;
}

/* "WH-1000XM4 (1-2.3)"; before it, the state when that is worth a word. */
static void device_words(struct json_object *port, char *buf, size_t size) {
        struct json_object *device = json_child(port, "device");
        const char *name = json_text(device, "name"), *sysname = json_text(device, "sysname"), *state = json_text(port, "state");
        bool calm = is_calm(state);

        if (!device)
                snprintf(buf, size, "%s", calm ? "" : state);
        else
                snprintf(buf, size, "%s%s%s%s%s%s", calm ? "" : state, calm ? "" : ": ", *name ? name : "a USB device",
                         *sysname ? " (" : "", sysname, *sysname ? ")" : "");
}

static void put_milliamps(FILE *out, const struct options *o, uint64_t ma, const char *unknown, size_t columns) {
        char text[32];

        snprintf(text, sizeof text, "%llu mA", (unsigned long long) ma);
        put_column(out, o, ma > 0 ? text : unknown, columns);
}

static void put_count(FILE *out, const struct options *o, uint64_t n, size_t columns) {
        char text[24];

        snprintf(text, sizeof text, "%llu", (unsigned long long) n);
        fputs(n > 0 ? style(o, STYLE_WARNING) : "", out);
        put_column(out, o, n > 0 ? text : symbol(o, SYMBOL_DOT), columns);
        fputs(n > 0 ? style(o, STYLE_PLAIN) : "", out);
}

static void put_port(FILE *out, const struct options *o, struct json_object *port) {
        struct json_object *device = json_child(port, "device");
        char words[2600];

        device_words(port, words, sizeof words);
        fputs("  ", out);
        put_column(out, o, json_text(port, "sysname"), 14);
        put_milliamps(out, o, json_number(port, "budget_ma"), "?", 8);
        put_milliamps(out, o, json_number(device, "declared_ma"), device ? "?" : symbol(o, SYMBOL_DOT), 9);
        put_count(out, o, json_number(port, "over_currents"), 9);
        put_count(out, o, json_number(port, "failures"), *words ? 7 : 1);
        fputs(is_calm(json_text(port, "state")) ? "" : style(o, STYLE_WARNING), out);
        put_wrapped(out, o, words, 49, 49);
        fprintf(out, "%s\n", is_calm(json_text(port, "state")) ? "" : style(o, STYLE_PLAIN));
}

static void show_hub(FILE *out, const struct options *o, struct json_object *hub) {
        struct json_object *ports = json_list(hub, "ports");

        put_hub(out, o, hub);
        if (json_length(ports) > 0)
                fprintf(out, "  %s%-14s%-8s%-9s%-9s%-7s%s%s\n", style(o, STYLE_DIM), "PORT", "ALLOWS", "DECLARED", "OVER-CUR",
                        "FAILED", "DEVICE", style(o, STYLE_PLAIN));
        for (size_t i = 0; i < json_length(ports); i++)
                put_port(out, o, json_object_array_get_idx(ports, i));
}

/* "source, 1.5 A, usb1-port2": what the firmware tells, and that it is not believed when it is not. */
static void connector_words(struct json_object *port, char *buf, size_t size) {
        struct json_object *typec = json_child(port, "typec");
        const char *role = json_text(typec, "power_role"), *mode = json_text(typec, "mode"), *peer = json_text(port, "peer");

        if (!json_truth(typec, "partner"))
                snprintf(buf, size, "empty");
        else
                snprintf(buf, size, "%s, %s%s", *role ? role : "role not known", *mode ? mode : "mode not known",
                         json_truth(typec, "counts") || strcmp(role, "source") != 0 ? "" : " (contradictory, not counted)");
        if (*peer)
                snprintf(buf + strlen(buf), size - strlen(buf), ", %s", peer);
}

static void show_connectors(FILE *out, const struct options *o, struct json_object *connectors) {
        char words[400];

        if (json_length(connectors) == 0)
                return;
        fprintf(out, "\n%sType-C%s\n", style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        for (size_t i = 0; i < json_length(connectors); i++) {
                struct json_object *port = json_object_array_get_idx(connectors, i);

                connector_words(port, words, sizeof words);
                fputs("  ", out);
                put_column(out, o, json_text(port, "sysname"), 14);
                put_milliamps(out, o, json_number(port, "budget_ma"), symbol(o, SYMBOL_DOT), 8);
                put_wrapped(out, o, words, 24, 24);
                fputc('\n', out);
        }
}

static int ports_text(const struct options *o, struct json_object *ports) {
        struct json_object *hubs = json_list(ports, "hubs");
        FILE *out = output_begin(o);
        int r;

        for (size_t i = 0; i < json_length(hubs); i++) {
                if (i > 0)
                        fputc('\n', out);
                show_hub(out, o, json_object_array_get_idx(hubs, i));
        }
        show_connectors(out, o, json_list(ports, "typec"));
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
                return ports_text(o, ports);
        tell(o, "this computer has no USB ports that can be seen");
        return STATUS_OK;
}
