/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Configuration of the agent: $XDG_CONFIG_HOME/sonycharge/notify.conf (~/.config/sonycharge/notify.conf), else
 * /etc/xdg/sonycharge/notify.conf.
 */

#include "client/notify/notify-policy.h"

/* Sets the defaults (everything is shown) and then applies the file. An invalid value is reported and its default kept. */
void notify_config_load(struct policy_settings *ret);
