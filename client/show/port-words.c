/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Port words: a hub, a port and a connector of the power map in a few words.
 */
#include <string.h>

#include "client/show/show.h"
#include "common/language.h"
#include "words/words.h"

const char *hub_supply_words(struct json_object *hub) {
        struct json_object *self_powered = NULL;

        json_object_object_get_ex(hub, "self_powered", &self_powered);
        return !self_powered ? _("supply not known") : json_truth(hub, "self_powered") ? _("own supply") : _("bus-powered");
}

bool port_is_calm(const char *state) {
        return !*state || strcmp(state, "connected") == 0 || strcmp(state, "empty") == 0;
}

void port_device_words(struct json_object *port, char *buf, size_t size) {
        struct json_object *device = json_child(port, "device");
        const char *name = json_text(device, "name"), *sysname = json_text(device, "sysname"), *state = json_text(port, "state");
        bool calm = port_is_calm(state);

        if (!device)
                snprintf(buf, size, "%s", calm ? "" : words_value(state));
        else
                snprintf(buf, size, "%s%s%s%s%s%s", calm ? "" : words_value(state), calm ? "" : ": ",
                         *name ? name : _("a USB device"), *sysname ? " (" : "", sysname, *sysname ? ")" : "");
}

void connector_words(struct json_object *port, char *buf, size_t size) {
        struct json_object *typec = json_child(port, "typec");
        const char *role = json_text(typec, "power_role"), *mode = json_text(typec, "mode"), *peer = json_text(port, "peer");

        if (!json_truth(typec, "partner"))
                snprintf(buf, size, _("empty"));
        else
                snprintf(buf, size, "%s, %s%s", *role ? words_value(role) : _("role not known"),
                         *mode ? mode : _("mode not known"),
                         json_truth(typec, "counts") || strcmp(role, "source") != 0 ? "" : _(" (contradictory, not counted)"));
        if (*peer)
                snprintf(buf + strlen(buf), size - strlen(buf), ", %s", peer);
}
