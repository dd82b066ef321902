/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Computer: all ports, the current that each may give, and what is plugged in. */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "view/view.h"

struct computer {
        GtkWidget *column;
        char *shown;
        bool asking;
};

static void computer_free(void *p) {
        struct computer *c = p;

        g_free(c->shown);
        g_free(c);
}

static const char *state_words(const char *state) {
        static const struct name_text states[] = {
                { "empty", N_("nothing is seen") },
                { "connected", N_("in use") },
                { "failed", N_("something is plugged in that was not recognised") },
                { "unstable", N_("the connection comes and goes") },
                { "over-current", N_("too much current") },
                { "off", N_("switched off") },
                { "partner", N_("something is plugged in, without a name") },
        };

        return TEXT_OF_NAME(states, state, state);
}

static const char *port_icon(struct json_object *port) {
        struct json_object *findings = json_list(port, "findings"), *device = json_child(port, "device");

        if (findings_need_action(findings))
                return "dialog-warning-symbolic";
        if (!device)
                return "sonycharge-port-symbolic";
        return json_truth(device, "hub") ? "sonycharge-hub-symbolic" : "drive-harddisk-usb-symbolic";
}

/* The current that the port may give, and the failures there. */
static char *port_detail(struct json_object *port) {
        unsigned long budget = (unsigned long) json_number(port, "budget_ma"),
                      over = (unsigned long) json_number(port, "over_currents");
        unsigned long failures = (unsigned long) json_number(port, "failures");
        struct json_object *device = json_child(port, "device"), *findings = json_list(port, "findings");
        GString *words = g_string_new(device ? json_text(device, "name") : state_words(json_text(port, "state")));

        if (words->len == 0)
                g_string_append(words, _("a USB device"));
        if (budget > 0)
                g_string_append_printf(words, _("; may give up to %lu mA"), budget);
        if (device && json_number(device, "declared_ma") > 0)
                g_string_append_printf(words, _("; the device asks for %lu mA"),
                                       (unsigned long) json_number(device, "declared_ma"));
        if (over > 0)
                g_string_append_printf(words, ngettext("; too much current %lu time", "; too much current %lu times", over),
                                       over);
        if (failures > 0)
                g_string_append_printf(words, ngettext("; not recognised %lu time", "; not recognised %lu times", failures),
                                       failures);
        if (findings_need_action(findings)) {
                g_autofree char *cause = part_sentence(json_object_array_get_idx(findings, 0), "cause");

                g_string_append_printf(words, "\n%s", cause);
        }
        return g_string_free(words, FALSE);
}

static char *hub_title(struct json_object *hub) {
        const char *name = *json_text(hub, "name") ? json_text(hub, "name") : json_text(hub, "sysname");

        if (g_str_has_prefix(json_text(hub, "sysname"), "usb"))
                return g_strdup_printf(_("Ports of the computer (%s)"), json_text(hub, "sysname"));
        return g_strdup_printf(json_truth(hub, "internal") ? _("Hub inside the computer: %s") : _("Hub or dock: %s"), name);
}

static void add_hub(GtkWidget *column, struct json_object *hub) {
        struct json_object *ports = json_list(hub, "ports"), *self_powered = NULL;
        g_autofree char *title = hub_title(hub);
        GtkWidget *list = part_list(title), *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);

        gtk_box_append(GTK_BOX(box), part_heading(title, "heading"));
        if (!g_str_has_prefix(json_text(hub, "sysname"), "usb") &&
            json_object_object_get_ex(hub, "self_powered", &self_powered) && self_powered && !json_truth(hub, "self_powered"))
                gtk_box_append(GTK_BOX(box),
                               part_label(_("It has no power supply of its own: each port gives little."), "caption warning"));
        for (size_t i = 0; i < json_length(ports); i++) {
                struct json_object *port = json_object_array_get_idx(ports, i);
                g_autofree char *detail = port_detail(port);
                const char *name = *json_text(port, "name") ? json_text(port, "name") : json_text(port, "sysname");

                gtk_list_box_append(GTK_LIST_BOX(list), part_row_icon(port_icon(port), name, detail));
        }
        gtk_box_append(GTK_BOX(box), list);
        gtk_box_append(GTK_BOX(column), box);
}

static void show(struct computer *c, struct json_object *answer) {
        struct json_object *hubs = json_list(answer, "hubs");

        part_clear(c->column);
        if (json_length(hubs) == 0) {
                gtk_box_append(GTK_BOX(c->column), part_note("computer-symbolic", _("No USB port can be seen"),
                                                             _("A virtual machine often has none."), NULL));
                return;
        }
        gtk_box_append(GTK_BOX(c->column),
                       part_label(_("What each port may give. What really flows, a plain port does not tell."), "dim-label"));
        for (size_t i = 0; i < json_length(hubs); i++)
                if (json_length(json_list(json_object_array_get_idx(hubs, i), "ports")) > 0)
                        add_hub(c->column, json_object_array_get_idx(hubs, i));
}

static void on_answer(const char *text, const char *problem, void *userdata) {
        struct computer *c = userdata;
        _cleanup_(json_putp) struct json_object *answer = text ? json_tokener_parse(text) : NULL;

        c->asking = false;
        if (text && g_strcmp0(text, c->shown) == 0)
                return;
        g_free(c->shown);
        c->shown = g_strdup(text);
        if (json_object_is_type(answer, json_type_object)) {
                json_make_safe(answer);
                show(c, answer);
                return;
        }
        part_clear(c->column);
        gtk_box_append(GTK_BOX(c->column), part_note("dialog-warning-symbolic", _("The ports cannot be shown"), problem, NULL));
}

static void update(struct app *app, GtkWidget *page) {
        struct computer *c = g_object_get_data(G_OBJECT(page), "page");

        if (c->asking || service_state(app->service) == SERVICE_ASKING)
                return;
        c->asking = true;
        service_call(app->service, "GetPorts", NULL, G_OBJECT(page), on_answer, c);
}

static GtkWidget *make(struct app *app) {
        struct computer *c = g_new0(struct computer, 1);
        GtkWidget *page = part_page(&c->column);

        g_object_set_data_full(G_OBJECT(page), "page", c, computer_free);
        return page;
}

const struct page page_computer = { "computer", N_("Computer"), "computer-symbolic", make, update };
