/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Show path: from the computer to the device as a tree, with the weak place marked.
 */
#include <string.h>

#include "address.h"
#include "show.h"
#include "terminal.h"

static bool kind_is(struct json_object *node, const char *kind) {
        return strcmp(json_text(node, "kind"), kind) == 0;
}

static bool same_place(const char *a, const char *b) {
        struct address x, y;

        return address_parse(a, strlen(a), &x) && address_parse(b, strlen(b), &y) && address_equal(&x, &y);
}

/* The last node of a kind, or -1. */
static ssize_t last_of(struct json_object *path, const char *kind) {
        ssize_t n = (ssize_t) json_length(path);

        while (--n >= 0)
                if (kind_is(json_object_array_get_idx(path, (size_t) n), kind))
                        break;
        return n;
}

/* The node with the finding's subject: by name, else at the same place in the tree; -1 when there is none. */
static ssize_t node_of_subject(struct json_object *path, const char *subject) {
        for (size_t i = 0; i < json_length(path); i++)
                if (strcmp(json_text(json_object_array_get_idx(path, i), "sysname"), subject) == 0)
                        return (ssize_t) i;
        for (size_t i = 0; i < json_length(path); i++)
                if (same_place(json_text(json_object_array_get_idx(path, i), "sysname"), subject))
                        return (ssize_t) i;
        return -1;
}

/* Where a finding points in the path: a finding about a hub that is told of the device behind it points at the hub. */
static ssize_t weak_place(struct json_object *path, struct json_object *finding) {
        const char *segment = json_text(finding, "segment");
        ssize_t i = node_of_subject(path, json_text(finding, "subject"));
        bool at_device = i >= 0 && i == last_of(path, "device");

        if (strcmp(segment, "hub") == 0 && (i < 0 || at_device))
                return last_of(path, "hub") >= 0 ? last_of(path, "hub") : last_of(path, "port");
        if (strcmp(segment, "port") == 0 && (i < 0 || at_device) && last_of(path, "port") >= 0)
                return last_of(path, "port");
        if (strcmp(segment, "host") == 0 && i < 0)
                return last_of(path, "controller") >= 0 ? last_of(path, "controller") : 0;
        return i >= 0 ? i : (ssize_t) json_length(path) - 1;
}

/* What the mark says is weak there, from the finding's segment. */
static const char *weak_part(struct json_object *finding) {
        static const struct {
                const char *segment, *words;
        } parts[] = {
                { "host", "the computer" }, { "port", "the port" },       { "hub", "the hub" },
                { "cable", "the cable" },   { "link", "the connection" }, { "device", "the device" },
        };
        const char *segment = json_text(finding, "segment");

        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                if (strcmp(parts[i].segment, segment) == 0)
                        return parts[i].words;
        return "here";
}

/* What is worth a mark: the first finding, unless it is mere information. */
static struct json_object *marked_finding(struct json_object *findings) {
        struct json_object *first = json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL;
        const char *severity = json_text(first, "severity");

        return *severity && strcmp(severity, "info") != 0 ? first : NULL;
}

static const char *supply_words(struct json_object *hub) {
        struct json_object *self_powered = NULL;

        if (!kind_is(hub, "hub") || !json_object_object_get_ex(hub, "self_powered", &self_powered) || !self_powered)
                return "";
        return json_truth(hub, "self_powered") ? ", own supply" : ", bus-powered";
}

/* "hub USB2.0 Hub (1-2), powered by the computer". */
static void node_label(struct json_object *node, char *buf, size_t size) {
        const char *name = json_text(node, "name"), *sysname = json_text(node, "sysname"), *before = "";

        if (kind_is(node, "hub"))
                before = json_truth(node, "internal") ? "built-in hub " : "hub ";
        else if (kind_is(node, "controller"))
                before = "USB controller ";
        if (!*name)
                name = *sysname ? sysname : kind_is(node, "host") ? "this computer" : "?";
        if (*sysname && strcmp(name, sysname) != 0)
                snprintf(buf, size, "%s%s (%s)%s", before, name, sysname, supply_words(node));
        else
                snprintf(buf, size, "%s%s%s", before, name, supply_words(node));
}

static void port_label(struct json_object *port, char *buf, size_t size) {
        uint64_t budget = json_number(port, "budget_ma");
        const char *sysname = json_text(port, "sysname");
        char allows[48] = "";

        if (budget > 0)
                snprintf(allows, sizeof allows, ", %llu mA", (unsigned long long) budget);
        snprintf(buf, size, "%s%s%s", strncmp(sysname, "port", 4) == 0 ? "" : "port ", sysname, allows);
}

static void put_mark(FILE *out, const struct options *o, struct json_object *finding, size_t column, size_t indent) {
        char text[64];

        snprintf(text, sizeof text, "%s weak place: %s", symbol(o, SYMBOL_MARK), weak_part(finding));
        if (column + 2 + text_columns(o, text) > o->width) {
                fputc('\n', out);
                put_spaces(out, indent);
        } else
                put_spaces(out, 2);
        fprintf(out, "%s%s%s", style(o, finding_needs_action(finding) ? STYLE_WARNING : STYLE_NOTICE), text,
                style(o, STYLE_PLAIN));
}

/* One line: the port (NULL: none told) and what is in it (NULL: only the port is known). */
static void put_node(FILE *out, const struct options *o, struct json_object *port, struct json_object *node, size_t depth,
                     struct json_object *weak) {
        size_t indent = 2 + (depth == 0 ? 0 : 3 * depth);
        char label[2400] = "", text[4800];

        if (port)
                port_label(port, text, sizeof text);
        if (node)
                node_label(node, label, sizeof label);
        if (!port)
                snprintf(text, sizeof text, "%s", label);
        else if (node)
                snprintf(text + strlen(text), sizeof text - strlen(text), ": %s", label);
        put_spaces(out, depth == 0 ? indent : indent - 3);
        if (depth > 0)
                fprintf(out, "%s%s%s", style(o, STYLE_DIM), symbol(o, SYMBOL_BRANCH), style(o, STYLE_PLAIN));
        fputs(weak ? style(o, finding_needs_action(weak) ? STYLE_WARNING : STYLE_NOTICE) : "", out);
        size_t column = put_wrapped(out, o, text, indent, indent);
        fputs(weak ? style(o, STYLE_PLAIN) : "", out);
        if (weak)
                put_mark(out, o, weak, column, indent);
        fputc('\n', out);
}

void show_path(FILE *out, const struct options *o, struct json_object *path, struct json_object *findings) {
        struct json_object *finding = marked_finding(findings);
        ssize_t weak = finding ? weak_place(path, finding) : -1;
        size_t n = json_length(path), depth = 0;

        for (size_t i = 0; i < n; i++, depth++) {
                struct json_object *node = json_object_array_get_idx(path, i), *port = NULL;
                bool here = (ssize_t) i == weak;

                if (kind_is(node, "port")) { /* a port and what is in it share a line */
                        port = node;
                        node = i + 1 < n ? json_object_array_get_idx(path, ++i) : NULL;
                        here = here || (ssize_t) i == weak;
                }
                put_node(out, o, port, node, depth, here ? finding : NULL);
        }
}
