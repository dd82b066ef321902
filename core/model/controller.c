/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * USB controllers: which of them there are, the buses that each of them has, and what the kernel log says of them.
 */
#include "model/model-internal.h"

#include <string.h>

struct controller *model_controller(const struct model *m, const char *name) {
        for (size_t i = 0; i < m->n_controllers; i++)
                if (strcmp(m->controllers[i].name, name) == 0)
                        return (struct controller *) &m->controllers[i];
        return NULL;
}

struct controller *model_controller_of_bus(const struct model *m, uint16_t bus) {
        for (size_t i = 0; i < m->n_controllers; i++)
                for (size_t b = 0; b < CONTROLLER_BUSES_MAX; b++)
                        if (m->controllers[i].buses[b] == bus && bus != 0)
                                return (struct controller *) &m->controllers[i];
        return NULL;
}

/* Returns the controller, after creating it if necessary. Returns NULL when there are too many. */
static struct controller *add_controller(struct model *m, const char *name) {
        struct controller *c = model_controller(m, name);

        if (c || m->n_controllers == MODEL_CONTROLLERS_MAX)
                return c;
        c = &m->controllers[m->n_controllers++];
        *c = (struct controller){};
        memcpy(c->name, name, strnlen(name, sizeof c->name - 1));
        return c;
}

void controller_drop_bus(struct model *m, uint16_t bus) {
        struct controller *c = model_controller_of_bus(m, bus);

        for (size_t b = 0; c && b < CONTROLLER_BUSES_MAX; b++)
                if (c->buses[b] == bus)
                        c->buses[b] = 0;
}

static void add_bus(struct model *m, struct controller *c, uint16_t bus) {
        if (!c || model_controller_of_bus(m, bus) == c)
                return;
        controller_drop_bus(m, bus);
        for (size_t b = 0; b < CONTROLLER_BUSES_MAX; b++)
                if (c->buses[b] == 0) {
                        c->buses[b] = bus;
                        return;
                }
}

void controller_add_bus(struct model *m, const char *name, uint16_t bus) {
        add_bus(m, add_controller(m, name), bus);
}

/* A controller that was removed with a dock is not dead. It is deleted from the array, which has no gaps. */
void controller_remove_if_idle(struct model *m, const char *name) {
        struct controller *c = model_controller(m, name);

        if (!c)
                return;
        for (size_t b = 0; b < CONTROLLER_BUSES_MAX; b++)
                if (c->buses[b] != 0)
                        return;
        *c = m->controllers[--m->n_controllers];
}

static void note_controller_dead(struct controller *c, struct moment now) {
        if (!c->dead)
                c->died = now;
        c->dead = true;
}

/* When a dock with a controller is unplugged, the controller stops responding, and the driver reports it dead before or while it
 * is removed (kernel xhci-ring.c xhci_hc_died(), xhci-pci.c xhci_pci_remove()). Such a controller has left and is not broken. A
 * controller whose initialisation failed loses its bus, too, and this is a fault. */
static void note_controller_left(struct controller *c) {
        if (c->failed)
                return;
        c->dead = false;
        c->removed = true;
}

void controller_apply_line(struct model *m, const struct event *e) {
        struct controller *c = add_controller(m, e->u.kernel.controller);

        if (!c)
                return;
        switch (e->u.kernel.message) {
        case KERNEL_BUS_REGISTERED:
                if (!model_is_starting(m, e)) {
                        m->boot = e->time;
                        m->boot_seen = true;
                }
                c->dead = c->failed = c->removed = false;
                add_bus(m, c, (uint16_t) e->u.kernel.number);
                break;
        case KERNEL_BUS_GONE:
                controller_drop_bus(m, (uint16_t) e->u.kernel.number);
                note_controller_left(c);
                break;
        case KERNEL_CONTROLLER_REMOVED:
                note_controller_left(c);
                break;
        case KERNEL_CONTROLLER_DEAD:
                if (!c->removed)
                        note_controller_dead(c, e->time);
                break;
        case KERNEL_CONTROLLER_FAILED:
                note_controller_dead(c, e->time);
                c->failed = true;
                break;
        case KERNEL_CONTROLLER_RESUME:
                note_wake(m, e->time);
                break;
        default:
                break;
        }
}
