/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl ports: the computer's power map.
 */
#include <string.h>

#include "client/connection.h"
#include "client/show/chart.h"
#include "view/path-words.h"
#include "client/show/show.h"
#include "client/show/text-table.h"
#include "client/live-view.h"
#include "common/language.h"
#include "words/words.h"

/* Returns the budget of a hub. A hub that draws from the bus has one budget for all its ports; otherwise it is the sum of what
 * its ports allow. Describes how it is composed in `words`. */
static uint64_t budget_of(struct json_object *hub, char *words, size_t size) {
        struct json_object *ports = json_list(hub, "ports");
        uint64_t own = json_number(hub, "budget_ma"), sum = 0, first = 0;
        bool same = true;

        for (size_t i = 0; i < json_length(ports); i++) {
                uint64_t ma = json_number(json_object_array_get_idx(ports, i), "budget_ma");

                first = i == 0 ? ma : first;
                same &= ma == first;
                sum += ma;
        }
        *words = '\0';
        if (own == 0 && same)
                snprintf(words, size, _(", %zu ports of %llu mA"), json_length(ports), (unsigned long long) first);
        else if (own == 0)
                snprintf(words, size, _(", all its ports together"));
        return own > 0 ? own : sum;
}

static void put_hub_name(FILE *out, const struct options *o, struct json_object *hub) {
        const char *name = json_text(hub, "name"), *sysname = json_text(hub, "sysname");
        bool named = *name && strcmp(name, sysname) != 0;
        char line[2600];
        size_t n;

        fputs(style(o, STYLE_BOLD), out);
        n = put_wrapped(out, o, sysname, 0, 2);
        fprintf(out, "%s  ", style(o, STYLE_PLAIN));
        snprintf(line, sizeof line, "%s%s%s", named ? name : "", named ? ", " : "", hub_supply_words(hub));
        put_wrapped(out, o, line, n + 2, 4);
        fputc('\n', out);
}

/* Prints what the devices on the hub declare, in proportion to its budget. */
static void put_hub_budget(FILE *out, const struct options *o, struct json_object *hub) {
        char line[160], parts[60];
        uint64_t budget = budget_of(hub, parts, sizeof parts), declared = json_number(hub, "declared_sum_ma");
        size_t columns = o->columns >= 120 ? 40 : o->columns >= 76 ? 24 : 14;

        fputs("  ", out);
        if (budget > 0) {
                put_bar(out, o, declared, budget, columns);
                fputs("  ", out);
                snprintf(line, sizeof line, _("%llu of %llu mA declared%s%s"), (unsigned long long) declared,
                         (unsigned long long) budget, parts, declared > budget ? _(": more than it may give") : "");
        } else
                snprintf(line, sizeof line, _("%llu mA declared, budget not known"), (unsigned long long) declared);
        put_wrapped(out, o, line, budget > 0 ? columns + 4 : 2, budget > 0 ? columns + 4 : 2);
        fputc('\n', out);
}

static void add_milliamps(struct table *t, uint64_t ma, const char *unknown) {
        if (ma > 0)
                table_cellf(t, STYLE_PLAIN, _("%llu mA"), (unsigned long long) ma);
        else
                table_cell(t, STYLE_PLAIN, unknown);
}

/* Adds what a device declares, marked if the port may not give that much. */
static void add_declared(struct table *t, const struct options *o, struct json_object *port, struct json_object *device) {
        uint64_t declared = json_number(device, "declared_ma"), budget = json_number(port, "budget_ma");

        if (budget > 0 && declared > budget)
                table_cellf(t, STYLE_WARNING, _("%s %llu mA"), symbol(o, SYMBOL_WARNING), (unsigned long long) declared);
        else
                add_milliamps(t, declared, device ? "?" : symbol(o, SYMBOL_DOT));
}

static void add_count(struct table *t, const struct options *o, uint64_t n) {
        if (n > 0)
                table_cellf(t, STYLE_WARNING, "%llu", (unsigned long long) n);
        else
                table_cell(t, STYLE_PLAIN, symbol(o, SYMBOL_DOT));
}

static const struct table_column columns[] = {
        { N_("PORT"), .min = 10 },         { N_("ALLOWS"), .right = true }, { N_("DECLARED"), .right = true },
        { N_("OVER-CUR"), .right = true }, { N_("FAILED"), .right = true }, { N_("DEVICE") },
};

static void add_port(struct table *t, const struct options *o, struct json_object *port) {
        struct json_object *device = json_child(port, "device");
        bool calm = port_is_calm(json_text(port, "state"));
        char words[2600];

        /* Without brackets both names fit into 80 columns with the other columns; a narrower table shows only the kernel's
         * name. */
        if (o->columns >= 80 && *json_text(port, "name"))
                snprintf(words, sizeof words, "%.2000s %.500s", json_text(port, "name"), json_text(port, "sysname"));
        else
                snprintf(words, sizeof words, "%.500s", json_text(port, "sysname"));
        table_cell(t, STYLE_PLAIN, words);
        port_device_words(port, words, sizeof words);
        add_milliamps(t, json_number(port, "budget_ma"), "?");
        add_declared(t, o, port, device);
        add_count(t, o, json_number(port, "over_currents"));
        add_count(t, o, json_number(port, "failures"));
        table_cell(t, calm ? STYLE_PLAIN : STYLE_WARNING, words);
}

/* All hubs are in one table, so that their columns are aligned. */
static void show_hubs(FILE *out, const struct options *o, struct json_object *hubs) {
        _cleanup_table_ struct table t = {};
        size_t row = 0;

        table_init(&t, o, columns, sizeof columns / sizeof *columns, 2);
        for (size_t i = 0; i < json_length(hubs); i++) {
                struct json_object *ports = json_list(json_object_array_get_idx(hubs, i), "ports");

                for (size_t k = 0; k < json_length(ports); k++)
                        add_port(&t, o, json_object_array_get_idx(ports, k));
        }
        table_fit(&t);
        for (size_t i = 0; i < json_length(hubs); i++) {
                struct json_object *hub = json_object_array_get_idx(hubs, i);
                size_t n = json_length(json_list(hub, "ports"));

                fputs(i > 0 ? "\n" : "", out);
                put_hub_name(out, o, hub);
                put_hub_budget(out, o, hub);
                if (n > 0)
                        table_put_titles(out, &t);
                table_put_rows(out, &t, row, n);
                row += n;
        }
}

static void show_connectors(FILE *out, const struct options *o, struct json_object *connectors) {
        static const struct table_column connector_columns[] = { { N_("CONNECTOR"), .min = 10 },
                                                                 { N_("OFFERS"), .right = true },
                                                                 { N_("ROLE") } };
        _cleanup_table_ struct table t = {};
        char words[400], name[420];

        if (json_length(connectors) == 0)
                return;
        fprintf(out, "\n%sType-C%s\n", style(o, STYLE_BOLD), style(o, STYLE_PLAIN));
        table_init(&t, o, connector_columns, sizeof connector_columns / sizeof *connector_columns, 2);
        for (size_t i = 0; i < json_length(connectors); i++) {
                struct json_object *port = json_object_array_get_idx(connectors, i);

                connector_words(port, words, sizeof words);
                port_words(json_text(port, "name"), json_text(port, "sysname"), name, sizeof name);
                table_cell(&t, STYLE_PLAIN, name);
                add_milliamps(&t, json_number(port, "budget_ma"), symbol(o, SYMBOL_DOT));
                table_cell(&t, STYLE_PLAIN, words);
        }
        table_put(out, &t);
}

static int fetch_ports(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret) {
        return bus_get_json(o, bus, "GetPorts", NULL, ret);
}

static void draw_ports(FILE *out, const struct options *o, struct json_object *ports, void *userdata) {
        struct json_object *hubs = json_list(ports, "hubs");

        if (json_length(hubs) == 0) {
                put_nothing(out, o, _("this computer has no USB ports that can be seen"));
                return;
        }
        show_hubs(out, o, hubs);
        show_connectors(out, o, json_list(ports, "typec"));
}

int verb_ports(const struct options *o, int argc, char **argv) {
        static const struct live_view view = { .fetch = fetch_ports, .draw = draw_ports };

        return live_view_run(o, &view);
}
