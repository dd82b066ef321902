/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * HID source: finds the USB receivers of wireless headsets among the hidraw devices and keeps one `receiver` for each.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct hid_source;

/* Returns 0 or a negative errno. */
int hid_source_new(sd_event *event, source_emit *emit, void *userdata, struct hid_source **ret);
struct hid_source *hid_source_free(struct hid_source *s);

/* Looks for receivers, and queries all of them again. `found`: they were present before the daemon started to look. */
int hid_source_look(struct hid_source *s, bool found);
