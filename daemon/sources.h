/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Sources: those of what USB itself does not show: the computer's sleep, Type-C connectors, firmware switches,
 * the receivers of wireless headsets, and Bluetooth.
 *
 * Each of them may be missing: then what it would tell is not known, and nothing else is lost.
 */

#include <systemd/sd-event.h>

#include "daemon/sources/source.h"

struct sources {
        sd_event *event; /* borrowed */
        struct clocks *clocks;
        struct logind_source *logind;
        struct typec_source *typec;
        struct switches *switches;
        struct hid_source *hid;
        struct bluetooth_source *bluetooth;
        sd_event_source *after_sleep;
        source_emit *emit;
        void *userdata;
};

/* First of all sources, so that they can be asked for sleeps from the first event on. */
void sources_watch_clocks(struct sources *b, sd_event *event, source_emit *emit, void *userdata);

/* Begins with the others and tells what is there. */
void sources_start(struct sources *b);
void sources_stop(struct sources *b);

/* Tells what USB meters measure now. */
void sources_measure(struct sources *b);

/* Something that may be a headset was plugged in. */
void sources_note_plug(struct sources *b);

/* Tells a sleep that nobody told yet; to be called before an event of another source is taken in. */
void sources_look(struct sources *b);
