/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Asking: where the user wants it, each headset is asked once after it was plugged in whether it charges.
 */

#include <json.h>
#include <stdbool.h>

#include "app/service.h"

struct asking;

struct asking *asking_new(struct service *service);
void asking_free(struct asking *a);

/* Something new of the daemon. */
void asking_update(struct asking *a, struct json_object *status);

bool asking_is_on(const struct asking *a);

/* Asks all headsets that are connected. `reply` is not called once `owner` is gone. */
void asking_now(struct service *service, GObject *owner, service_reply *reply, void *userdata);

/* Returns false if the setting cannot be kept. */
bool asking_switch(struct asking *a, bool on);
