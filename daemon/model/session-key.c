/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What ports and devices are called across boots.
 */
#include "session.h"

#include <stdio.h>
#include <string.h>

#include "model.h"
#include "path.h"

/* The two halves of a connector are one port under the USB 2 half's name. */
static const struct port *usb2_half(const struct model *m, const struct port *p) {
        const struct port *peer = NULL;

        if (p->in_sysfs && p->facts.peer.bus != 0 && p->hub && speed_is_super(p->hub->device.speed))
                peer = model_find(m, &p->facts.peer);
        return peer ? peer : p;
}

static bool is_pci_name(const char *name) {
        return strlen(name) == 12 && name[4] == ':' && name[7] == ':' && name[10] == '.';
}

const char *port_key(const struct model *m, const struct port *p, char buf[static SESSION_PORT_MAX]) {
        const struct port *half = usb2_half(m, p);
        const struct controller *c = model_controller_of_bus(m, half->address.bus);
        const struct port *root = half;
        size_t n;

        while (root->hub)
                root = root->hub;
        if (c)
                n = (size_t) snprintf(buf, SESSION_PORT_MAX, "%s%s-usb%s-0:", is_pci_name(c->name) ? "pci-" : "", c->name,
                                      speed_is_super(root->device.speed) ? "v3" : "");
        else
                n = (size_t) snprintf(buf, SESSION_PORT_MAX, "usb%u-0:", half->address.bus);
        for (unsigned i = 0; i < half->address.depth && n < SESSION_PORT_MAX; i++)
                n += (size_t) snprintf(buf + n, SESSION_PORT_MAX - n, "%s%u", i > 0 ? "." : "", half->address.port[i]);
        return buf;
}

static char *write_hex(char *to, uint16_t n) {
        for (int shift = 12; shift >= 0; shift -= 4)
                *to++ = "0123456789abcdef"[n >> shift & 0xf];
        return to;
}

/* Asked for with every event: "054c:0d58" by hand. */
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
