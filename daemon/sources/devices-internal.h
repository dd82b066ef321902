/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the register share among themselves.
 */

#include "daemon/sources/devices.h"
#include "daemon/sources/helper.h"
#include "daemon/sources/watch.h"

struct entry {
        struct address where;
        bool is_port;
        bool seen;  /* in the sweep */
        bool doubt; /* it has no configuration: being set up, being unplugged, or really so? Time tells. */
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
        bool deciding; /* the time of doubt is over */
        uint64_t power_look;
        size_t n, allocated;
        struct entry **entries; /* in the order in which they were told */
        source_emit *emit;
        void *userdata;
};

struct entry *devices_find(const struct devices *d, const struct address *where, bool is_port);

/* Stamps the event and tells it. */
void devices_tell(struct devices *d, struct event *e);
void devices_tell_port(struct devices *d, const struct entry *e);

/* Reads power/ of the device and tells what changed. */
void devices_update_power(struct devices *d, struct entry *e);
void devices_arm_power_timer(struct devices *d, const struct entry *e);

/* The user wrote one of the watched files. */
watch_written devices_on_written;

/* Looks at the device again after a moment. */
void devices_doubt(struct devices *d, struct entry *e);
