/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the model share among themselves.
 */

#include "model.h"

struct port *model_port(struct model *m, const struct address *where);
struct controller *model_add_controller(struct model *m, const char *name);
void controller_add_bus(struct model *m, struct controller *c, uint16_t bus);
void controller_drop_bus(struct model *m, uint16_t bus);

/* One line of the kernel log. */
struct port *model_apply_kernel(struct model *m, const struct event *e);

/* Over-current on a port, by uevent or line; decides whether it counts. `stood`: it still stood after 100 ms. */
void port_over_current(struct model *m, struct port *p, struct moment now, bool stood);
