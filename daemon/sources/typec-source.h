/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Type-C: connectors, their partners, cables and power data objects as udev tells them.
 *
 * The supply objects of the power_supply class are read along with them and not listened to: every change of theirs that
 * matters comes with one of the typec class, and batteries would wake the daemon all day.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct typec_source;

/* Begins to listen; nothing is told before typec_source_cold_plug(). Returns 0 or a negative errno. */
int typec_source_new(sd_event *event, source_emit *emit, void *userdata, struct typec_source **ret);
struct typec_source *typec_source_free(struct typec_source *s);

/* Looks at all connectors and tells what is new; also after a sleep, as firmware forgets to tell what changed in it, and
 * when uevents were lost. Tells as well when there is a Type-C controller that shows no connector. Returns 0 or a negative
 * errno. */
int typec_source_cold_plug(struct typec_source *s);
