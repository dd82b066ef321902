/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "app/picture.h"

#include <math.h>
#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "view/path-words.h"
#include "view/view.h"

/* --- the way of the power --- */

static const char *node_icon(struct json_object *node) {
        if (path_kind_is(node, "host"))
                return "computer-symbolic";
        if (path_kind_is(node, "port") || path_kind_is(node, "controller"))
                return "sonycharge-port-symbolic";
        return path_kind_is(node, "hub") ? "sonycharge-hub-symbolic" : "sonycharge-headset-symbolic";
}

static char *hub_name(struct json_object *node) {
        const char *name = *json_text(node, "name") ? json_text(node, "name") : json_text(node, "sysname");

        if (json_truth(node, "internal"))
                return g_strdup_printf(_("Hub inside the computer: %s"), name);
        return g_strdup_printf(_("Hub or dock: %s"), name);
}

static char *node_name(struct json_object *node) {
        const char *name = *json_text(node, "name") ? json_text(node, "name") : json_text(node, "sysname");

        if (path_kind_is(node, "host"))
                return g_strdup(*name ? name : _("This computer"));
        if (path_kind_is(node, "hub"))
                return hub_name(node);
        return g_strdup(*name ? name : _("Not known"));
}

static char *supply(struct json_object *node) {
        struct json_object *self_powered = NULL;

        if (!json_object_object_get_ex(node, "self_powered", &self_powered) || !self_powered)
                return g_strdup("");
        return g_strdup(json_truth(node, "self_powered") ? _("has a power supply of its own")
                                                         : _("has no power supply of its own"));
}

/* The current that a part may give, or was granted. The current that flows is not measured. */
static char *node_detail(struct json_object *node) {
        unsigned long budget = (unsigned long) json_number(node, "budget_ma");
        unsigned long granted = (unsigned long) json_number(node, "negotiated_ma");
        unsigned long declared = (unsigned long) json_number(node, "declared_ma");

        if (path_kind_is(node, "hub"))
                return supply(node);
        if (path_kind_is(node, "port") && budget > 0)
                return g_strdup_printf(_("may give up to %lu mA"), budget);
        if (path_kind_is(node, "device") && granted > 0)
                return g_strdup_printf(_("may take %lu mA now"), granted);
        if (path_kind_is(node, "device") && declared > 0)
                return g_strdup_printf(_("asks for %lu mA"), declared);
        return g_strdup("");
}

static GtkWidget *line(bool visible) {
        GtkWidget *l = gtk_separator_new(GTK_ORIENTATION_VERTICAL);

        gtk_widget_set_halign(l, GTK_ALIGN_CENTER);
        gtk_widget_set_vexpand(l, TRUE);
        gtk_widget_add_css_class(l, "wire");
        gtk_widget_set_opacity(l, visible ? 1 : 0);
        return l;
}

static GtkWidget *node_sign(const char *icon, bool first, bool last) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0), *image = part_icon(icon, 16);

        gtk_image_set_pixel_size(GTK_IMAGE(image), 24);
        gtk_box_append(GTK_BOX(box), line(!first));
        gtk_box_append(GTK_BOX(box), image);
        gtk_box_append(GTK_BOX(box), line(!last));
        return box;
}

static GtkWidget *make_node(const char *icon, const char *name, const char *detail, const char *weak, bool first, bool last) {
        GtkWidget *box = g_object_new(GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, "spacing", 12, NULL);
        GtkWidget *words = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
        g_autofree char *all = g_strjoin(*detail ? ", " : "", name, detail, NULL);
        g_autofree char *spoken = weak ? g_strdup_printf("%s. %s", all, weak) : g_strdup(all);

        gtk_widget_add_css_class(box, "node");
        gtk_box_append(GTK_BOX(box), node_sign(icon, first, last));
        gtk_box_append(GTK_BOX(words), part_label(name, NULL));
        if (*detail)
                gtk_box_append(GTK_BOX(words), part_label(detail, "caption dim-label"));
        if (weak) {
                GtkWidget *mark = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);

                gtk_box_append(GTK_BOX(mark), part_icon("dialog-warning-symbolic", 16));
                gtk_box_append(GTK_BOX(mark), part_label(weak, "caption-heading"));
                gtk_widget_add_css_class(mark, "weak");
                gtk_box_append(GTK_BOX(words), mark);
                gtk_widget_add_css_class(box, "weak-node");
        }
        gtk_widget_set_valign(words, GTK_ALIGN_CENTER);
        gtk_box_append(GTK_BOX(box), words);
        part_name(box, spoken);
        return box;
}

static const char *weak_words(struct json_object *finding) {
        const char *segment = json_text(finding, "segment");

        if (strcmp(segment, "cable") == 0)
                return _("The weak place: the cable");
        if (strcmp(segment, "link") == 0)
                return _("The weak place: the connection, plug or socket");
        return _("The weak place");
}

/* The computer does not see the cable, but people do, so it is drawn above the device. */
static void add_cable(GtkWidget *box, struct json_object *finding) {
        const char *segment = json_text(finding, "segment");
        bool weak = strcmp(segment, "cable") == 0 || strcmp(segment, "link") == 0;

        gtk_box_append(GTK_BOX(box),
                       make_node("sonycharge-cable-symbolic", _("Cable"), weak ? "" : _("cannot be seen by the computer"),
                                 weak ? weak_words(finding) : NULL, false, false));
}

GtkWidget *picture_path(struct json_object *headset) {
        GtkWidget *box = g_object_new(GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "accessible-role",
                                      GTK_ACCESSIBLE_ROLE_LIST, NULL);
        struct json_object *path = json_list(headset, "path");
        struct json_object *finding =
                strcmp(json_text(headset, "verdict"), "ok") == 0 ? NULL : path_marked_finding(json_list(headset, "findings"));
        const char *segment = json_text(finding, "segment");
        bool at_cable = strcmp(segment, "cable") == 0 || strcmp(segment, "link") == 0;
        ssize_t weak = finding && !at_cable ? path_weak_node(path, finding) : -1;

        gtk_widget_add_css_class(box, "path");
        gtk_widget_set_vexpand(box, FALSE); /* the lines in it grow only as far as the words beside them */
        part_name(box, _("The way of the power"));
        for (size_t i = 0; i < json_length(path); i++) {
                struct json_object *node = json_object_array_get_idx(path, i);
                g_autofree char *name = node_name(node), *detail = node_detail(node);

                if (path_kind_is(node, "controller") && (ssize_t) i != weak)
                        continue; /* no part that a person can look at */
                if (path_kind_is(node, "device"))
                        add_cable(box, finding);
                gtk_box_append(GTK_BOX(box),
                               make_node(node_icon(node), name, detail, (ssize_t) i == weak ? weak_words(finding) : NULL, i == 0,
                                         i + 1 == json_length(path)));
        }
        return box;
}

/* --- a battery's curve --- */

struct curve {
        unsigned n;
        struct {
                double at, level;
        } points[];
};

static void draw_curve(GtkDrawingArea *area, cairo_t *cairo, int width, int height, void *userdata) {
        const struct curve *c = userdata;
        double begin = c->points[0].at, span = c->points[c->n - 1].at - begin;
        GdkRGBA colour;

        gtk_style_context_get_color(gtk_widget_get_style_context(GTK_WIDGET(area)), &colour);
        colour.alpha = 0.25f;
        gdk_cairo_set_source_rgba(cairo, &colour);
        for (int i = 0; i <= 4; i++) {
                cairo_move_to(cairo, 0, 4 + (height - 8) * i / 4.0);
                cairo_line_to(cairo, width, 4 + (height - 8) * i / 4.0);
        }
        cairo_set_line_width(cairo, 1);
        cairo_stroke(cairo);
        colour.alpha = 1;
        gdk_cairo_set_source_rgba(cairo, &colour);
        for (unsigned i = 0; i < c->n; i++) {
                double x = 4 + (width - 8) * (span > 0 ? (c->points[i].at - begin) / span : 0);
                double y = height - 4 - (height - 8) * c->points[i].level / 100;

                if (i == 0)
                        cairo_move_to(cairo, x, y);
                else
                        cairo_line_to(cairo, x, y);
        }
        cairo_set_line_width(cairo, 2.5);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        cairo_stroke(cairo);
}

static struct curve *read_curve(struct json_object *battery) {
        size_t n = json_length(battery);
        struct curve *c = g_malloc0(sizeof *c + n * sizeof *c->points);

        for (size_t i = 0; i < n; i++) {
                struct json_object *point = json_object_array_get_idx(battery, i), *level;

                if (!json_object_object_get_ex(point, "level", &level) || !json_object_is_type(level, json_type_int) ||
                    json_object_get_int(level) < 0 || json_object_get_int(level) > 100)
                        continue;
                c->points[c->n].at = (double) json_number(point, "at");
                c->points[c->n++].level = json_object_get_int(level);
        }
        return c;
}

GtkWidget *picture_curve(struct json_object *battery) {
        struct curve *c = read_curve(battery);
        GtkWidget *area;
        g_autofree char *begin = NULL, *end = NULL, *words = NULL;

        if (c->n < 2) {
                g_free(c);
                return NULL;
        }
        begin = part_time((uint64_t) c->points[0].at);
        end = part_time((uint64_t) c->points[c->n - 1].at);
        words = g_strdup_printf(_("Battery level: %.0f %% at %s, %.0f %% at %s"), c->points[0].level, begin,
                                c->points[c->n - 1].level, end);
        area = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, "content-height", 96, "hexpand",
                            TRUE, "tooltip-text", words, NULL);
        part_name(area, words);
        gtk_widget_add_css_class(area, "curve");
        gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(area), draw_curve, c, g_free);
        return area;
}

/* --- lights --- */

/* When the light is lit, as parts of the time that is shown: on, off, on, ... in percent. */
static const struct light {
        const char *step, *option;
        float red, green, blue, strength;
        unsigned char times[12];
} lights[] = {
        { "light", "dark", .5f, .5f, .5f, 0, { 0 } },
        { "light", "steady", .9f, .3f, .1f, 1, { 100 } },
        { "light", "double", .9f, .3f, .1f, 1, { 8, 8, 8, 26, 8, 8, 8, 26 } },
        { "light", "blinks", .9f, .3f, .1f, 1, { 12, 13, 12, 13, 12, 13, 12, 13 } },
        { "light", "seconds", .9f, .3f, .1f, 1, { 15, 85 } },
        { "light", "went-off", .9f, .3f, .1f, 1, { 70, 30 } },
        { "light", "always", .9f, .3f, .1f, 1, { 100 } },
        { "light", "dim", .9f, .3f, .1f, .4f, { 7, 3, 12, 4, 9, 5, 20, 3, 11, 4, 22 } },
        { "colour", "red", .85f, .1f, .1f, 1, { 100 } },
        { "colour", "orange", .95f, .5f, .05f, 1, { 100 } },
        { "colour", "other", .2f, .5f, .9f, 1, { 100 } },
};

static void draw_line(cairo_t *cairo, const struct light *l, int width, int height) {
        double x = height + 6, length = width - x - 2;

        for (size_t i = 0; i < sizeof l->times && l->times[i]; i++) {
                double part = length * l->times[i] / 100;

                if (i % 2 == 0)
                        cairo_rectangle(cairo, x, height * 0.3, part, height * 0.4);
                x += part;
        }
        cairo_fill(cairo);
}

static void draw_light(GtkDrawingArea *area, cairo_t *cairo, int width, int height, void *userdata) {
        const struct light *l = userdata;
        double radius = height / 2.0 - 3;
        GdkRGBA edge;

        gtk_style_context_get_color(gtk_widget_get_style_context(GTK_WIDGET(area)), &edge);
        cairo_arc(cairo, height / 2.0, height / 2.0, radius, 0, 2 * G_PI);
        cairo_set_source_rgba(cairo, l->red, l->green, l->blue, l->strength);
        cairo_fill_preserve(cairo);
        gdk_cairo_set_source_rgba(cairo, &edge);
        cairo_set_line_width(cairo, 1.5);
        cairo_stroke(cairo);
        if (strcmp(l->step, "light") != 0)
                return;
        cairo_move_to(cairo, height + 6, height / 2.0);
        cairo_line_to(cairo, width - 2, height / 2.0);
        cairo_set_line_width(cairo, 1);
        cairo_stroke(cairo);
        cairo_set_source_rgba(cairo, edge.red, edge.green, edge.blue, l->strength * edge.alpha);
        draw_line(cairo, l, width, height);
}

GtkWidget *picture_light(const char *step, const char *option) {
        for (size_t i = 0; i < G_N_ELEMENTS(lights); i++)
                if (strcmp(lights[i].step, step) == 0 && strcmp(lights[i].option, option) == 0) {
                        /* The text beside it has the same meaning. */
                        GtkWidget *area = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                                       "content-height", 28, "content-width",
                                                       strcmp(step, "light") == 0 ? 110 : 28, "valign", GTK_ALIGN_CENTER, NULL);

                        gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(area), draw_light, (void *) &lights[i], NULL);
                        return area;
                }
        return NULL;
}

const char *picture_icon(const char *step, const char *option) {
        static const struct {
                const char *step, *option, *icon;
        } icons[] = {
                { "family", "over-ear", "sonycharge-headset-symbolic" }, { "family", "neckband", "sonycharge-neckband-symbolic" },
                { "family", "earbuds", "sonycharge-earbuds-symbolic" },  { "source", "computer", "computer-symbolic" },
                { "source", "hub", "sonycharge-hub-symbolic" },          { "source", "adapter", "sonycharge-adapter-symbolic" },
                { "source", "fast", "sonycharge-adapter-symbolic" },     { "source", "bank", "battery-symbolic" },
                { "source", "console", "input-gaming-symbolic" },        { "source", "pad", "sonycharge-pad-symbolic" },
                { "source", "stand", "sonycharge-pad-symbolic" },        { "cable", "supplied", "sonycharge-cable-symbolic" },
                { "cable", "other-a", "sonycharge-plug-a-symbolic" },    { "cable", "other-c", "sonycharge-plug-c-symbolic" },
                { "danger", "swollen", "dialog-error-symbolic" },        { "danger", "hot", "dialog-error-symbolic" },
                { "danger", "smoke", "dialog-error-symbolic" },          { "danger", "wet", "dialog-warning-symbolic" },
                { "danger", "was-wet", "dialog-warning-symbolic" },      { "danger", "no", "emblem-ok-symbolic" },
                { "socket", "clean", "sonycharge-plug-c-symbolic" },
        };

        for (size_t i = 0; i < G_N_ELEMENTS(icons); i++)
                if (strcmp(icons[i].step, step) == 0 && strcmp(icons[i].option, option) == 0)
                        return icons[i].icon;
        return NULL;
}

/* --- where the socket is --- */

/* All three are drawn in a square of 100; a ring is around the socket. */
static void ring_socket(cairo_t *cairo, double x, double y, double width, double height) {
        cairo_rectangle(cairo, x, y, width, height);
        cairo_fill(cairo);
        cairo_new_sub_path(cairo);
        cairo_arc(cairo, x + width / 2, y + height / 2, 11, 0, 2 * G_PI);
}

static void draw_over_ear(cairo_t *cairo) {
        cairo_arc(cairo, 50, 48, 34, G_PI, 2 * G_PI);
        cairo_stroke(cairo);
        cairo_rectangle(cairo, 9, 46, 16, 34);
        cairo_rectangle(cairo, 75, 46, 16, 34);
        cairo_stroke(cairo);
        ring_socket(cairo, 13, 77, 8, 4);
}

static void draw_case(cairo_t *cairo) {
        cairo_arc(cairo, 32, 52, 18, G_PI / 2, 3 * G_PI / 2);
        cairo_arc(cairo, 68, 52, 18, -G_PI / 2, G_PI / 2);
        cairo_close_path(cairo);
        cairo_move_to(cairo, 15, 47);
        cairo_line_to(cairo, 85, 47);
        cairo_stroke(cairo);
        ring_socket(cairo, 46, 67, 8, 4);
}

static void draw_neckband(cairo_t *cairo) {
        cairo_move_to(cairo, 18, 78);
        cairo_curve_to(cairo, 14, 8, 86, 8, 82, 78);
        cairo_stroke(cairo);
        cairo_rectangle(cairo, 13, 56, 10, 24);
        cairo_rectangle(cairo, 77, 56, 10, 24);
        cairo_stroke(cairo);
        ring_socket(cairo, 20, 64, 4, 8);
}

static void draw_socket(GtkDrawingArea *area, cairo_t *cairo, int width, int height, void *userdata) {
        void (*draw)(cairo_t * cairo) = userdata;
        GdkRGBA colour, ring;
        GtkStyleContext *style = gtk_widget_get_style_context(GTK_WIDGET(area));

        gtk_style_context_get_color(style, &colour);
        if (!gtk_style_context_lookup_color(style, "accent_color", &ring))
                ring = colour;
        cairo_scale(cairo, width / 100.0, height / 100.0);
        gdk_cairo_set_source_rgba(cairo, &colour);
        cairo_set_line_width(cairo, 3.5);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
        draw(cairo);
        gdk_cairo_set_source_rgba(cairo, &ring);
        cairo_set_line_width(cairo, 4.5);
        cairo_stroke(cairo);
}

static GtkWidget *socket_of(void (*draw)(cairo_t *cairo), const char *words) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 3), *label = part_label(words, "caption");
        GtkWidget *area = g_object_new(GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                       "content-height", 84, "content-width", 84, "halign", GTK_ALIGN_CENTER, NULL);

        gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(area), draw_socket, (void *) draw, NULL);
        gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
        gtk_label_set_xalign(GTK_LABEL(label), 0.5f);
        gtk_label_set_max_width_chars(GTK_LABEL(label), 22);
        gtk_box_append(GTK_BOX(box), area);
        gtk_box_append(GTK_BOX(box), label);
        return box;
}

GtkWidget *picture_socket(const char *step) {
        GtkWidget *flow;

        if (strcmp(step, "socket") != 0 && strcmp(step, "replug") != 0)
                return NULL;
        flow = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);
        gtk_box_set_homogeneous(GTK_BOX(flow), TRUE);
        gtk_box_append(GTK_BOX(flow), socket_of(draw_over_ear, _("Often at the lower edge of an ear cup")));
        gtk_box_append(GTK_BOX(flow), socket_of(draw_case, _("Often at the bottom or the back of the case")));
        gtk_box_append(GTK_BOX(flow), socket_of(draw_neckband, _("Often inside, near an end of the neckband")));
        return flow;
}
