/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Configuration of the agent: $XDG_CONFIG_HOME/sonycharge/notify.conf (~/.config/sonycharge/notify.conf), else
 * /etc/xdg/sonycharge/notify.conf.
 */

#include "client/notify/notify-story.h"

/* Sets the defaults (all of it is told) and then what the file says. A value that cannot be used is named and its default
 * kept. */
void notify_config_load(struct story_settings *ret);
