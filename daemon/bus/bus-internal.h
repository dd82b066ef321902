/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Declarations shared by the files of the bus outlet.
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
        sd_bus *system; /* the system bus, used to ask polkit when the API is served on another bus; opened on first use */
        bool is_system, live;
        struct json_object *manager; /* values of the Manager's properties, by D-Bus name, as last signalled */
        struct record_client *record_clients;
        struct share *share;
        struct request *requests; /* calls that wait for polkit's answer */
};

/* Starts and stops the accounting of daemon time per caller (see bus-share.c). Returns 0 or a negative errno. */
int bus_share_start(struct bus *b);
void bus_share_stop(struct bus *b);

/* bus_share_user() returns whether the user of the connection is already known and stores it. bus_share_note_user() records it.
 */
bool bus_share_user(const struct bus *b, const char *sender, uint32_t *ret);
void bus_share_note_user(struct bus *b, const char *sender, uint32_t uid);

/* Charges the caller for work that was done for it outside the loop. */
void bus_share_charge(struct bus *b, const char *sender, uint64_t usec);

/* Registers all objects on the connection. Returns 0 or a negative errno. */
int bus_add_objects(struct bus *b, sd_bus *connection);

/* Builds the Manager's vtable and its first values. Returns 0 or a negative errno. */
int bus_add_manager(struct bus *b, sd_bus *connection);

/* Stops all recordings of clients. */
void bus_stop_recordings(struct bus *b);

/* Texts in method calls that are kept while something is waited for are shorter than this. */
#define BUS_TEXT_MAX 256

/* Reads the value that belongs to the key. Returns -ENOENT if the key is not known, or another negative errno. */
typedef int bus_read_value(sd_bus_message *message, const char *key, void *userdata);

/* Reads a dictionary (a{sv}). Values with unknown keys are skipped. Returns a negative errno if there are too many entries, or
 * one is too long or has a wrong type. */
int bus_read_dictionary(sd_bus_message *message, bus_read_value *read, void *userdata);

/* Sets the error for arguments that bus_read_dictionary() refused, -ENAMETOOLONG being a headset's name. */
int bus_refuse_options(int r, sd_bus_error *error);

/* Reads a variant that contains a text. Returns -ENAMETOOLONG if it is not shorter than BUS_TEXT_MAX. */
int bus_read_short_text(sd_bus_message *message, const char **ret);

/* Methods of the Manager that concern the history. */
int bus_get_history(sd_bus_message *message, void *userdata, sd_bus_error *error);
int bus_get_last(sd_bus_message *message, void *userdata, sd_bus_error *error);
int bus_set_cable(sd_bus_message *message, void *userdata, sd_bus_error *error);

/* Methods of the Manager that store a person's answers and look up a model. */
int bus_tell_answers(sd_bus_message *message, void *userdata, sd_bus_error *error);
int bus_get_model(sd_bus_message *message, void *userdata, sd_bus_error *error);

/* Finds a headset by its id or model, or the only one if the name is empty. *ret is NULL when none fits. Returns 0, or a negative
 * errno with the error set when several fit. */
int bus_find_headset(const struct bus *b, const char *name, const struct object **ret, sd_bus_error *error);

/* Reads the state that headsets report themselves (bus-read.c). */
int bus_read_headsets(sd_bus_message *message, void *userdata, sd_bus_error *error);

/* `id` is the one that was passed to bus_ask_permission(). */
typedef void bus_permission(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id);

/* Calls `granted`, immediately or later, if the caller is authorized for the action, and otherwise replies with NotAuthorized.
 * root is always authorized; without polkit nobody else is. `action` must be a string literal. `id` is copied for the callback
 * and may be NULL. The number of open requests per user is limited. Returns 1 if the method call is being handled, or a
 * negative errno. */
int bus_ask_permission(struct bus *b, sd_bus_message *message, const char *action, bus_permission *granted, const char *id);

/* Drops all pending permission requests. */
void bus_drop_requests(struct bus *b);
