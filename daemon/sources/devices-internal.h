/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations shared by the files of the device register.
 */

#include "daemon/sources/devices.h"
#include "daemon/sources/helper.h"
#include "daemon/sources/watch.h"

struct entry {
        struct address where;
        bool is_port;
        bool seen;  /* found by the current sweep */
        bool doubt; /* it has no configuration, and it is not yet clear whether it is being set up, being unplugged, or really has
                       none */
        char *syspath;
        union {
                struct {
                        unsigned devnum;
                        bool chosen; /* the kernel has chosen a configuration, or none */
                        bool power_known;
                        enum autosuspend_by by; /* who made power/control "auto" */
                        struct device_facts facts;
                        struct power_facts power;
                } device;
                struct port_facts port;
        } u;
};

struct devices {
        sd_event *event;
        struct watch *watch;
        sd_event_source *power_timer, *doubt_timer;
        struct helpers helpers;
        bool deciding; /* the time to wait is over */
        uint64_t power_look;
        size_t n, allocated;
        struct entry **entries; /* in the order in which they were emitted */
        source_emit *emit;
        void *userdata;
};

struct entry *devices_find(const struct devices *d, const struct address *where, bool is_port);

/* Adds the time to the event and emits it. */
void devices_tell(struct devices *d, struct event *e);
void devices_tell_port(struct devices *d, const struct entry *e);

/* Reads power/ of the device and emits what changed. */
void devices_update_power(struct devices *d, struct entry *e);
void devices_arm_power_timer(struct devices *d, const struct entry *e);

/* Called when a user wrote one of the watched files. */
watch_written devices_on_written;

/* Reads the device again after a short delay. */
void devices_doubt(struct devices *d, struct entry *e);
