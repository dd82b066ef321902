/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus: the D-Bus API, org.sonycharge1.
 */

#include <systemd/sd-bus.h>

#include "daemon/history/history.h"
#include "registry/registry.h"

struct bus;

/* Called once when something that takes time is over; r: 0 or a negative errno. */
typedef void bus_done(void *userdata, int r);

/* What the bus needs of the daemon. All calls come from the loop. */
struct bus_backend {
        const struct registry *registry;
        const struct model *model;
        struct history *history;
        /* Before an answer that shows everything: reads again what the kernel changes without an event, also of
         * the device at `asked` (may be NULL). */
        void (*refresh)(void *userdata, const struct address *asked);
        /* The facts of a model that somebody asks for by name; false when it is not known. */
        bool (*find_model)(void *userdata, const char *name, struct model_facts *ret);
        /* A person told something: `where` and `typec` say where the headset is plugged in. */
        void (*tell)(void *userdata, const struct answers *answers);
        /* Headsets are asked for their own word now; `own_protocol`: also over the protocol of Sony's app. Returns 0, and `done`
         * is called when they have answered, possibly before; or a negative errno, -EPERM if the configuration forbids it. */
        int (*read_headsets)(void *userdata, bool own_protocol, bus_done *done, void *cookie);
        /* Starts a recording to the descriptor (which is taken over), for this user. Returns 0 and a handle, or a negative errno.
         */
        int (*record)(void *userdata, int fd, bool with_serial, uint32_t uid, void **ret);
        void (*record_stop)(void *userdata, void *recording);
        /* The connection is lost: nobody can be served any more. */
        void (*lost)(void *userdata);
        void *userdata;
};

/* Connects to where SONYCHARGE_BUS says (`otherwise` when it is not set: "system" or "session"), owns the name and
 * serves the objects. Returns 0 or a negative errno; what went wrong is in the log. */
int bus_new(sd_event *event, const struct bus_backend *backend, const char *otherwise, struct bus **ret);

/* Lets go of the name, sends what is pending and closes. */
struct bus *bus_free(struct bus *b);

/* A change of the registry becomes signals. Before bus_go_live() nothing is signalled: whoever comes asks for all. */
void bus_tell(struct bus *b, const struct change *change);
void bus_go_live(struct bus *b);

/* After the changes of one update, and after a source became readable or unreadable: what the Manager says of the whole is made
 * anew, and what differs is signalled. */
void bus_tell_manager(struct bus *b);

/* A recording that was started for a client cannot be written any more: tells that client and stops the recording. */
void bus_recording_failed(struct bus *b, const void *recording, int error);

/* Prints the interfaces of an object path as introspection XML on stdout. Returns 0 or a negative errno. */
int bus_introspect(const char *path);
