/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Commands that change a setting of the kernel. The daemon may not do this itself, so the user gets the exact command.
 */
#include "causes/cause.h"

#include <stdio.h>
#include <string.h>

static const char *write_command(const char *file, const char *value, char *buf) {
        snprintf(buf, COMMAND_MAX, "echo %.15s | sudo tee %.159s", value, file);
        return buf;
}

const char *command_for_device(const struct port *p, const char *attribute, const char *value, char buf[static COMMAND_MAX]) {
        char name[ADDRESS_NAME_MAX], file[128];

        snprintf(file, sizeof file, "/sys/bus/usb/devices/%s/%s", address_device_name(&p->address, name), attribute);
        return write_command(file, value, buf);
}

/* The directory of a port is in that of the first interface of its hub: "1-0:1.0/usb1-port2", "1-2:1.0/1-2-port3". */
const char *command_for_port(const struct port *p, const char *attribute, const char *value, char buf[static COMMAND_MAX]) {
        char hub[ADDRESS_NAME_MAX], name[ADDRESS_NAME_MAX], file[128];
        struct address up;

        if (address_parent(&p->address, &up) && up.depth > 0)
                address_device_name(&up, hub);
        else
                snprintf(hub, sizeof hub, "%u-0", p->address.bus);
        snprintf(file, sizeof file, "/sys/bus/usb/devices/%s:1.0/%s/%s", hub, address_port_name(&p->address, name), attribute);
        return write_command(file, value, buf);
}

/* A recording may come from anybody, and what it names is shown as a command. Only letters that no shell interprets are taken. */
static bool is_plain(const char *text) {
        return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_.:-")] == '\0';
}

const char *command_for_switch(const struct switch_facts *w, char buf[static COMMAND_MAX]) {
        if (strncmp(w->file, "/sys/", 5) != 0 || strstr(w->file, "..") || !is_plain(w->file) || !is_plain(w->value))
                return NULL;
        return write_command(w->file, w->value, buf);
}
