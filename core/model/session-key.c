/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Identifiers of ports and devices that are the same in every boot.
 */
#include "model/session.h"

#include <stdio.h>
#include <string.h>

#include "model/model.h"
#include "model/path.h"

/* Both halves of a connector are one port with the name of the USB 2 half. */
static const struct port *usb2_half(const struct model *m, const struct port *p) {
        const struct port *peer = NULL;

        if (p->in_sysfs && p->facts.peer.bus != 0 && p->hub && speed_is_super(p->hub->device.speed))
                peer = model_find(m, &p->facts.peer);
        return peer ? peer : p;
}

static bool is_pci_name(const char *name) {
        return strlen(name) == 12 && name[4] == ':' && name[7] == ':' && name[10] == '.';
}

/* These helpers avoid printf(), because an identifier is made for every plug. Both leave room for the terminator. */
static char *write_text(char *to, const char *end, const char *text) {
        while (*text != '\0' && to < end - 1)
                *to++ = *text++;
        return to;
}

static char *write_number(char *to, const char *end, unsigned n) {
        if (n >= 10)
                to = write_number(to, end, n / 10);
        return write_text(to, end, (const char[]){ (char) ('0' + n % 10), '\0' });
}

const char *port_key(const struct model *m, const struct port *p, char buf[static SESSION_PORT_MAX]) {
        const struct port *half = usb2_half(m, p);
        const struct controller *c = model_controller_of_bus(m, half->address.bus);
        const struct port *root = half;
        char *to = buf, *end = buf + SESSION_PORT_MAX;

        while (root->hub)
                root = root->hub;
        if (c) {
                to = write_text(to, end, is_pci_name(c->name) ? "pci-" : "");
                to = write_text(to, end, c->name);
                to = write_text(to, end, speed_is_super(root->device.speed) ? "-usbv3" : "-usb");
        } else
                to = write_number(write_text(to, end, "usb"), end, half->address.bus);
        to = write_text(to, end, "-0:");
        for (unsigned i = 0; i < half->address.depth; i++)
                to = write_number(write_text(to, end, i > 0 ? "." : ""), end, half->address.port[i]);
        *to = '\0';
        return buf;
}

static void rename_port(char port[static SESSION_PORT_MAX], const char *from, const char *to) {
        char chain[SESSION_PORT_MAX];

        if (strncmp(port, from, strlen(from)) != 0)
                return;
        snprintf(chain, sizeof chain, "%s", port + strlen(from));
        snprintf(port, SESSION_PORT_MAX, "%.75s%.28s", to, chain);
}

/* The kernel log is read before udev reports controllers, and the messages about controllers may be lost. */
void session_note_bus(struct model *m, const struct port *root) {
        char from[SESSION_PORT_MAX], to[SESSION_PORT_MAX];

        snprintf(from, sizeof from, "usb%u-0:", root->address.bus);
        port_key(m, root, to);
        for (size_t i = 0; i < m->n_ports; i++)
                if (m->ports[i]->address.bus == root->address.bus)
                        rename_port(m->ports[i]->session.port, from, to);
        for (size_t i = 0; i < m->ended.n; i++)
                rename_port(m->ended.sessions[i].port, from, to);
}

static char *write_hex(char *to, uint16_t n) {
        for (int shift = 12; shift >= 0; shift -= 4)
                *to++ = "0123456789abcdef"[n >> shift & 0xf];
        return to;
}

/* Called for every event, so it formats "054c:0d58" without printf(). */
const char *device_key(const struct port *p, char buf[static SESSION_DEVICE_MAX]) {
        const struct device_facts *d = &p->device;
        char *to = buf;

        if ((p->present || p->known) && d->vendor != 0) {
                to = write_hex(to, d->vendor);
                *to++ = ':';
                to = write_hex(to, d->product);
                if (d->mark[0] != '\0') {
                        *to++ = '-';
                        memcpy(to, d->mark, sizeof d->mark);
                        to += strnlen(d->mark, sizeof d->mark);
                }
        }
        *to = '\0';
        return buf;
}

bool device_is_marked(const char *device) {
        return strchr(device, '-') != NULL;
}
