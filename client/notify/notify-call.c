/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Call: Notify and CloseNotification.
 */
#include "client/notify/notify-call.h"

#include "client/connection.h"
#include "common/language.h"

/* A fault of the port, or of what hangs on it. Of a battery, a firmware or the whole computer it does not help to hear nothing
 * more of one port. */
static bool is_of_port(const struct plug_state *s) {
        enum finding_code code = finding_code_from_name(s->main.code);

        if (!*s->port)
                return false;
        if (!*s->headset || code == _FINDING_CODE_MAX)
                return true;
        return finding_segment(code) != SEGMENT_HOST && finding_segment(code) != SEGMENT_DEVICE;
}

static int append_actions(sd_bus_message *call, struct abilities can, const struct message *m, const struct words *w) {
        int r = sd_bus_message_open_container(call, 'a', "s");

        if (r >= 0 && can.actions)
                r = sd_bus_message_append(call, "ss", ACTION_OPEN, _("Open"));
        if (r >= 0 && can.actions && w->ask_doctor)
                r = sd_bus_message_append(call, "ss", ACTION_CAUSE, _("Find the cause"));
        if (r >= 0 && can.actions && m->topic == TOPIC_SLEEP)
                r = sd_bus_message_append(call, "ss", ACTION_AWAKE, _("Keep the computer awake"));
        if (r >= 0 && can.actions && w->details)
                r = sd_bus_message_append(call, "ss", ACTION_DETAILS, _("Show details"));
        if (r >= 0 && can.actions && m->needs_human && is_of_port(&m->state))
                r = sd_bus_message_append(call, "ss", ACTION_FORGET, _("Not again for this port"));
        return r < 0 ? r : sd_bus_message_close_container(call);
}

/* GNOME can hide the text of "user" notifications on the lock screen. Which headset somebody owns is private. */
static int append_hints(sd_bus_message *call, const struct words *w) {
        return sd_bus_message_append(call, "a{sv}", 6, "urgency", "y", (uint8_t) w->urgency, "category", "s", w->category,
                                     "desktop-entry", "s", "sonycharge-notify", "image-path", "s", w->icon, "transient", "b",
                                     (int) w->transient, "x-gnome-privacy-scope", "s", "user");
}

int call_notify(sd_bus *bus, uint32_t replaces, const struct message *m, struct abilities can, sd_bus_message **ret) {
        _cleanup_message_ sd_bus_message *call = NULL;
        struct words w;
        int r;

        words_compose(m, can, &w);
        r = sd_bus_message_new_method_call(bus, &call, NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME, "Notify");
        if (r >= 0)
                r = sd_bus_message_append(call, "susss", _("Sony headset charging"), replaces, w.icon, w.title, w.body);
        if (r >= 0)
                r = append_actions(call, can, m, &w);
        if (r >= 0)
                r = append_hints(call, &w);
        if (r >= 0)
                r = sd_bus_message_append(call, "i", -1);
        if (r >= 0)
                *ret = TAKE_PTR(call);
        return r;
}

void call_notify_failure(sd_bus *bus) {
        const struct words w = {
                .icon = "dialog-error", .category = "device.error", .urgency = URGENCY_NORMAL, .transient = true
        };
        _cleanup_message_ sd_bus_message *call = NULL;
        int r;

        r = sd_bus_message_new_method_call(bus, &call, NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME, "Notify");
        if (r >= 0)
                r = sd_bus_message_append(call, "susssas", _("Sony headset charging"), 0, w.icon,
                                          _("The details cannot be shown"),
                                          _("In a terminal, \"sonychargectl status\" shows them."), 0);
        if (r >= 0)
                r = append_hints(call, &w);
        if (r >= 0)
                r = sd_bus_message_append(call, "i", -1);
        if (r >= 0)
                r = sd_bus_message_set_expect_reply(call, false);
        if (r >= 0)
                (void) sd_bus_send(bus, call, NULL);
}

void call_close(sd_bus *bus, uint32_t id) {
        _cleanup_message_ sd_bus_message *call = NULL;

        if (id != 0 &&
            sd_bus_message_new_method_call(bus, &call, NOTIFICATIONS_NAME, NOTIFICATIONS_PATH, NOTIFICATIONS_NAME,
                                           "CloseNotification") >= 0 &&
            sd_bus_message_append(call, "u", id) >= 0 && sd_bus_message_set_auto_start(call, false) >= 0 &&
            sd_bus_message_set_expect_reply(call, false) >= 0)
                (void) sd_bus_send(bus, call, NULL);
}
