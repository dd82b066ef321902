/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The port map of a report, as nested lists of hubs and ports. It is readable at every width and by a screen reader.
 */
#include <string.h>

#include "client/report/html.h"
#include "client/report/report.h"
#include "client/show/show.h"
#include "common/language.h"
#include "view/path-words.h"

/* USB allows five hubs in a row. Deeper nesting is not trusted. */
#define DEPTH_MAX 7u

static struct json_object *at(struct json_object *list, size_t i) {
        return json_object_array_get_idx(list, i);
}

static bool is_root(struct json_object *hub) {
        return strncmp(json_text(hub, "sysname"), "usb", 3) == 0;
}

static struct json_object *hub_of(struct json_object *hubs, const char *sysname) {
        for (size_t i = 0; *sysname && i < json_length(hubs); i++)
                if (strcmp(json_text(at(hubs, i), "sysname"), sysname) == 0)
                        return at(hubs, i);
        return NULL;
}

static void put_hub_ports(FILE *out, struct json_object *hubs, struct json_object *hub, unsigned depth);

/* "USB port 2 (usb1-port2), 500 mA: USB2.0 Hub (1-2), bus-powered; over-currents: 2" */
static void put_port(FILE *out, struct json_object *hubs, struct json_object *port, unsigned depth) {
        struct json_object *hub = hub_of(hubs, json_text(json_child(port, "device"), "sysname"));
        uint64_t declared = json_number(json_child(port, "device"), "declared_ma");
        char words[2600];

        path_port_label(port, words, sizeof words);
        fputs("<li><strong>", out);
        html_text(out, words);
        fputs("</strong>: ", out);
        port_device_words(port, words, sizeof words);
        /* A device that takes power without data may still be plugged in. */
        html_text(out, *words ? words : _("nothing is seen"));
        if (hub) {
                fputs(", ", out);
                html_text(out, hub_supply_words(hub));
        }
        if (declared > 0)
                fprintf(out, _("; the device asks for %lu mA"), (unsigned long) declared);
        if (json_number(port, "over_currents") > 0)
                fprintf(out,
                        ngettext("; too much current %lu time", "; too much current %lu times",
                                 (unsigned long) json_number(port, "over_currents")),
                        (unsigned long) json_number(port, "over_currents"));
        if (json_number(port, "failures") > 0)
                fprintf(out,
                        ngettext("; not recognised %lu time", "; not recognised %lu times",
                                 (unsigned long) json_number(port, "failures")),
                        (unsigned long) json_number(port, "failures"));
        if (hub && depth < DEPTH_MAX)
                put_hub_ports(out, hubs, hub, depth + 1);
        fputs("</li>\n", out);
}

static void put_hub_ports(FILE *out, struct json_object *hubs, struct json_object *hub, unsigned depth) {
        struct json_object *ports = json_list(hub, "ports");

        if (json_length(ports) == 0)
                return;
        fputs("\n<ul>\n", out);
        for (size_t i = 0; i < json_length(ports); i++)
                put_port(out, hubs, at(ports, i), depth);
        fputs("</ul>\n", out);
}

static void put_connectors(FILE *out, struct json_object *connectors) {
        char name[420], words[400];

        if (json_length(connectors) == 0)
                return;
        html_element(out, "h3", "Type-C");
        fputs("<ul>\n", out);
        for (size_t i = 0; i < json_length(connectors); i++) {
                path_port_label(at(connectors, i), name, sizeof name);
                connector_words(at(connectors, i), words, sizeof words);
                fputs("<li><strong>", out);
                html_text(out, name);
                fputs("</strong>: ", out);
                html_text(out, words);
                fputs("</li>\n", out);
        }
        fputs("</ul>\n", out);
}

void report_ports(FILE *out, struct json_object *ports) {
        struct json_object *hubs = json_list(ports, "hubs");

        if (json_length(hubs) == 0)
                return;
        fputs("<section>\n", out);
        html_element(out, "h2", _("Ports of this computer"));
        for (size_t i = 0; i < json_length(hubs); i++)
                if (is_root(at(hubs, i)) && json_length(json_list(at(hubs, i), "ports")) > 0) {
                        html_element(out, "h3", json_text(at(hubs, i), "sysname"));
                        put_hub_ports(out, hubs, at(hubs, i), 0);
                }
        put_connectors(out, json_list(ports, "typec"));
        fputs("</section>\n", out);
}
