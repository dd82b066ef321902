/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * What the files of the bus outlet share among themselves.
 */

#include "daemon/bus/bus.h"

#define BUS_NAME "org.sonycharge1"
#define BUS_ROOT "/org/sonycharge1"
#define BUS_HEADSET_PREFIX BUS_ROOT "/headset"
#define BUS_PORT_PREFIX BUS_ROOT "/port"
#define BUS_MANAGER_INTERFACE "org.sonycharge1.Manager"
#define BUS_HEADSET_INTERFACE "org.sonycharge1.Headset"
#define BUS_PORT_INTERFACE "org.sonycharge1.Port"

#define ERROR_NO_SUCH_HEADSET "org.sonycharge1.Error.NoSuchHeadset"
#define ERROR_NOT_AUTHORIZED "org.sonycharge1.Error.NotAuthorized"
#define ERROR_UNAVAILABLE "org.sonycharge1.Error.Unavailable"

#define BUS_PROPERTIES_MAX 24

struct bus {
        struct bus_backend backend;
        sd_event *event;
        sd_bus *bus;
        sd_bus *system; /* polkit's, where the API is served elsewhere; opened when it is needed */
        bool is_system, live;
        struct json_object *manager; /* values of the Manager's properties, by D-Bus name, as signalled last */
        struct record_client *record_clients;
        struct share *share;
        struct request *requests; /* that polkit has not answered yet */
};

/* Begins and ends to keep account of whose calls take how much of the daemon's time. Returns 0 or a negative errno. */
int bus_share_start(struct bus *b);
void bus_share_stop(struct bus *b);

/* Whose connection it is, as far as that is known already; and that it is known now. */
bool bus_share_user(const struct bus *b, const char *sender, uint32_t *ret);
void bus_share_note_user(struct bus *b, const char *sender, uint32_t uid);

/* What was done for a caller beside the loop. */
void bus_share_charge(struct bus *b, const char *sender, uint64_t usec);

/* Puts all objects on the connection. Returns 0 or a negative errno. */
int bus_add_objects(struct bus *b, sd_bus *connection);

/* Makes the Manager's vtable and its first values. Returns 0 or a negative errno. */
int bus_add_manager(struct bus *b, sd_bus *connection);

/* Ends all recordings of clients. */
void bus_stop_recordings(struct bus *b);

/* Methods of the Manager about the past. */
int bus_get_history(sd_bus_message *message, void *userdata, sd_bus_error *error);
int bus_get_last(sd_bus_message *message, void *userdata, sd_bus_error *error);
int bus_set_cable(sd_bus_message *message, void *userdata, sd_bus_error *error);

/* What a person tells, and what is known of a model. */
int bus_tell_answers(sd_bus_message *message, void *userdata, sd_bus_error *error);
int bus_get_model(sd_bus_message *message, void *userdata, sd_bus_error *error);

/* Asks headsets for their own word (bus-read.c). */
int bus_read_headsets(sd_bus_message *message, void *userdata, sd_bus_error *error);

/* `id`: as it was given to bus_ask_permission(). */
typedef void bus_permission(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id);

/* Calls `granted` now or later when the caller may do the action, else answers with NotAuthorized. root may do everything;
 * without polkit nobody else may. `action` is a string literal; `id` is copied for the call back, may be NULL. A user has few
 * questions open at a time. Returns 1 (the method is being answered) or a negative errno. */
int bus_ask_permission(struct bus *b, sd_bus_message *message, const char *action, bus_permission *granted, const char *id);

/* Forgets those who wait for a permission. */
void bus_drop_requests(struct bus *b);
