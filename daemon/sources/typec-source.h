/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Type-C: connectors, their partners, cables and power data objects as udev reports them.
 *
 * The supply objects of the power_supply class are read together with them but not monitored: every relevant change is
 * accompanied by one in the typec class, and batteries would wake the daemon all day.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct typec_source;

/* Starts to monitor. Nothing is emitted before typec_source_cold_plug(). Returns 0 or a negative errno. */
int typec_source_new(sd_event *event, source_emit *emit, void *userdata, struct typec_source **ret);
struct typec_source *typec_source_free(struct typec_source *s);

/* Reads all connectors and emits what is new. To be called at start, when uevents were lost, and after a sleep, because
 * firmware does not report what changed during it. Also emits whether there is a Type-C controller that shows no connector.
 * Returns 0 or a negative errno. */
int typec_source_cold_plug(struct typec_source *s);
