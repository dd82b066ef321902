/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Bus: the D-Bus API, org.sonycharge1.
 */

#include <systemd/sd-bus.h>

#include "daemon/history/history.h"
#include "registry/registry.h"

struct bus;

/* Called once when an operation that takes time has finished. r is 0 or a negative errno. */
typedef void bus_done(void *userdata, int r);

/* The operations of the daemon that the bus uses. All are called from the event loop. */
struct bus_backend {
        const struct registry *registry;
        const struct model *model;
        struct history *history;
        /* Called before every call of a client is handled: shows changes that are still being gathered. */
        void (*catch_up)(void *userdata);
        /* Called before an answer that shows the whole state: reads again what the kernel changes without an event, also for
         * the device at `asked` (may be NULL). */
        void (*refresh)(void *userdata, const struct address *asked);
        /* Looks up the facts of a model by its name. Returns false if the model is not known. */
        bool (*find_model)(void *userdata, const char *name, struct model_facts *ret);
        /* A person gave answers about a headset. `where` and `typec` identify where the headset is plugged in. */
        void (*tell)(void *userdata, const struct answers *answers);
        /* Starts to read the state that this headset reports itself, or that all report (NULL); with `own_protocol` also over
         * the protocol of Sony's app. Returns 0 and calls `done` when all have answered, possibly before this call returns; or
         * returns a negative errno, -EPERM if the configuration forbids it. */
        int (*read_headsets)(void *userdata, const struct headset *headset, bool own_protocol, bus_done *done, void *cookie);
        /* Starts a recording to the descriptor for this user. Takes ownership of the descriptor. Returns 0 and a handle, or a
         * negative errno. */
        int (*record)(void *userdata, int fd, bool with_serial, uint32_t uid, void **ret);
        void (*record_stop)(void *userdata, void *recording);
        /* The connection is lost. No client can be served any more. */
        void (*lost)(void *userdata);
        void *userdata;
};

/* Connects to the bus named by SONYCHARGE_BUS (`otherwise` if it is not set: "system" or "session"), acquires the name and
 * registers the objects. Returns 0 or a negative errno; the cause of a failure is logged. */
int bus_new(sd_event *event, const struct bus_backend *backend, const char *otherwise, struct bus **ret);

/* Releases the name, sends pending messages and closes the connection. */
struct bus *bus_free(struct bus *b);

/* Signals a change of the registry. Nothing is signalled before bus_go_live(), because clients that connect later request the
 * whole state. */
void bus_tell(struct bus *b, const struct change *change);
void bus_go_live(struct bus *b);

/* To be called after the changes of one update, and after a source became readable or unreadable. Computes the Manager's
 * properties again and signals those that differ. */
void bus_tell_manager(struct bus *b);

/* A client's recording can no longer be written: reports this to the client and stops the recording. */
void bus_recording_failed(struct bus *b, const void *recording, int error);

/* Prints the interfaces of an object path as introspection XML on stdout. Returns 0 or a negative errno. */
int bus_introspect(const char *path);
