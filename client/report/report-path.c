/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The path of a report, from the computer to the headset.
 */
#include "client/report/html.h"
#include "client/report/report.h"
#include "common/language.h"
#include "view/path-words.h"
#include "view/view.h"

static void put_part(FILE *out, struct json_object *part, const char *weak) {
        char label[2400];

        if (path_kind_is(part, "port"))
                path_port_label(part, label, sizeof label);
        else
                path_node_label(part, label, sizeof label);
        fprintf(out, "<li%s>", weak ? " class=\"weak\"" : "");
        html_text(out, label);
        if (weak) {
                fputs(" <strong>", out);
                fprintf(out, _("▲ weak place: %s"), weak);
                fputs("</strong>", out);
        }
        fputs("</li>\n", out);
}

/* The path is text in boxes and not a drawing, so that it wraps, can be copied, and is read in the right order by screen
 * readers. */
void report_path(FILE *out, struct json_object *path, struct json_object *findings) {
        struct json_object *marked = path_marked_finding(findings);
        ssize_t weak = marked ? path_weak_node(path, marked) : -1;

        fputs("<ol class=\"path\" role=\"list\">\n", out);
        for (size_t i = 0; i < json_length(path); i++)
                put_part(out, json_object_array_get_idx(path, i), (ssize_t) i == weak ? path_weak_part(marked) : NULL);
        fputs("</ol>\n", out);
}
