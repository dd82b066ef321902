/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Path: the parts between the computer and a device (`path` of H) in words, for everything that draws them.
 */

#include <json.h>
#include <stdbool.h>
#include <sys/types.h>

/* Returns whether the part is of this kind ("host", "controller", "port", "hub", "device"). */
bool path_kind_is(struct json_object *node, const char *kind);

/* Returns the finding that is marked in the path: the first one, unless it is only informational; NULL: none. */
struct json_object *path_marked_finding(struct json_object *findings);

/* Index of the part that a finding points at; -1 only where the path is empty. */
ssize_t path_weak_node(struct json_object *path, struct json_object *finding);

/* Returns the name of the weak part, from the finding's segment: "the hub"; a static string. */
const char *path_weak_part(struct json_object *finding);

/* "hub USB2.0 Hub (1-2), bus-powered", "this computer". */
void path_node_label(struct json_object *node, char *buf, size_t size);

/* "USB port 2 (usb1-port2)": the port's name for people and the kernel's name. */
void port_words(const char *name, const char *sysname, char *buf, size_t size);

/* The same and what it allows: "USB port 2 (usb1-port2), 500 mA". */
void path_port_label(struct json_object *port, char *buf, size_t size);
