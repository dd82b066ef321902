/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows the path from the computer to the device as a tree, with the weak place marked.
 */
#include <string.h>

#include "view/path-words.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/language.h"

static void put_mark(FILE *out, const struct options *o, struct json_object *finding, size_t column, size_t indent) {
        char text[64];

        snprintf(text, sizeof text, _("%s weak place: %s"), symbol(o, SYMBOL_MARK), path_weak_part(finding));
        if (column + 2 + text_columns(o, text) > o->width) {
                fputc('\n', out);
                put_spaces(out, indent);
        } else
                put_spaces(out, 2);
        fprintf(out, "%s%s%s", style(o, finding_needs_action(finding) ? STYLE_WARNING : STYLE_NOTICE), text,
                style(o, STYLE_PLAIN));
}

/* Prints one line: the port (NULL: not known) and the device on it (NULL: only the port is known). */
static void put_node(FILE *out, const struct options *o, struct json_object *port, struct json_object *node, size_t depth,
                     struct json_object *weak) {
        size_t indent = 2 + (depth == 0 ? 0 : 3 * depth);
        char label[2400] = "", text[4800];

        if (port)
                path_port_label(port, text, sizeof text);
        if (node)
                path_node_label(node, label, sizeof label);
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
        struct json_object *finding = path_marked_finding(findings);
        ssize_t weak = finding ? path_weak_node(path, finding) : -1;
        size_t n = json_length(path), depth = 0;

        for (size_t i = 0; i < n; i++, depth++) {
                struct json_object *node = json_object_array_get_idx(path, i), *port = NULL;
                bool here = (ssize_t) i == weak;

                if (path_kind_is(node, "port")) { /* a port and the device on it share a line */
                        port = node;
                        node = i + 1 < n ? json_object_array_get_idx(path, ++i) : NULL;
                        here = here || (ssize_t) i == weak;
                }
                put_node(out, o, port, node, depth, here ? finding : NULL);
        }
}
