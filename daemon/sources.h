/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Sources: those that do not read USB itself: sleep of the computer, Type-C connectors, firmware switches, receivers of
 * wireless headsets, and Bluetooth.
 *
 * Each of them may be missing. What it would report is then not known, and the others are not affected.
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
        sd_event_source *look_again;
        source_emit *emit;
        void *userdata;
};

/* To be called before any other source is started, so that sleeps can be detected from the first event on. */
void sources_watch_clocks(struct sources *b, sd_event *event, source_emit *emit, void *userdata);

/* Starts the other sources and emits what is present. */
void sources_start(struct sources *b);
void sources_stop(struct sources *b);

/* Emits the current measurements of USB meters. */
void sources_measure(struct sources *b);

/* To be called when a device that may be a headset was plugged in. */
void sources_note_plug(struct sources *b);

/* Emits a sleep that was not reported yet. To be called before an event of another source is processed. */
void sources_look(struct sources *b);

/* Makes the sources that may have missed something read again. Deferred, because this may be called in the middle of a read by
 * one of them. */
void sources_look_again(struct sources *b);
