/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Describes the parts of a path in words, and finds the part that a finding points at.
 */
#include "view/path-words.h"

#include <stdio.h>
#include <string.h>

#include "model/address.h"
#include "common/language.h"
#include "view/view.h"

bool path_kind_is(struct json_object *node, const char *kind) {
        return strcmp(json_text(node, "kind"), kind) == 0;
}

static bool same_place(const char *a, const char *b) {
        struct address x, y;

        return address_parse(a, strlen(a), &x) && address_parse(b, strlen(b), &y) && address_equal(&x, &y);
}

/* Returns the index of the last node of a kind, or -1. */
static ssize_t last_of(struct json_object *path, const char *kind) {
        ssize_t n = (ssize_t) json_length(path);

        while (--n >= 0)
                if (path_kind_is(json_object_array_get_idx(path, (size_t) n), kind))
                        break;
        return n;
}

/* Returns the index of the node with the finding's subject: by name, else at the same place in the tree; -1 if there is none. */
static ssize_t node_of_subject(struct json_object *path, const char *subject) {
        for (size_t i = 0; i < json_length(path); i++)
                if (strcmp(json_text(json_object_array_get_idx(path, i), "sysname"), subject) == 0)
                        return (ssize_t) i;
        for (size_t i = 0; i < json_length(path); i++)
                if (same_place(json_text(json_object_array_get_idx(path, i), "sysname"), subject))
                        return (ssize_t) i;
        return -1;
}

/* A finding about a hub that is shown with the device behind it points at the hub. */
ssize_t path_weak_node(struct json_object *path, struct json_object *finding) {
        const char *segment = json_text(finding, "segment");
        ssize_t i = node_of_subject(path, json_text(finding, "subject"));
        bool at_device = i >= 0 && i == last_of(path, "device");

        if (strcmp(segment, "hub") == 0 && (i < 0 || at_device))
                return last_of(path, "hub") >= 0 ? last_of(path, "hub") : last_of(path, "port");
        if (strcmp(segment, "port") == 0 && (i < 0 || at_device) && last_of(path, "port") >= 0)
                return last_of(path, "port");
        if (strcmp(segment, "host") == 0 && i < 0)
                return last_of(path, "controller") >= 0 ? last_of(path, "controller") : 0;
        return i >= 0 ? i : (ssize_t) json_length(path) - 1;
}

const char *path_weak_part(struct json_object *finding) {
        static const struct name_text parts[] = {
                { "host", N_("the computer") }, { "port", N_("the port") },       { "hub", N_("the hub") },
                { "cable", N_("the cable") },   { "link", N_("the connection") }, { "device", N_("the device") },
        };
        const char *segment = json_text(finding, "segment");

        return TEXT_OF_NAME(parts, segment, _("here"));
}

struct json_object *path_marked_finding(struct json_object *findings) {
        struct json_object *first = json_length(findings) > 0 ? json_object_array_get_idx(findings, 0) : NULL;
        const char *severity = json_text(first, "severity");

        return *severity && strcmp(severity, "info") != 0 ? first : NULL;
}

static const char *supply_words(struct json_object *hub) {
        struct json_object *self_powered = NULL;

        if (!path_kind_is(hub, "hub") || !json_object_object_get_ex(hub, "self_powered", &self_powered) || !self_powered)
                return "";
        return json_truth(hub, "self_powered") ? _(", own supply") : _(", bus-powered");
}

void path_node_label(struct json_object *node, char *buf, size_t size) {
        const char *name = json_text(node, "name"), *sysname = json_text(node, "sysname"), *before = "";

        if (path_kind_is(node, "hub"))
                before = json_truth(node, "internal") ? _("built-in hub ") : _("hub ");
        else if (path_kind_is(node, "controller"))
                before = _("USB controller ");
        if (!*name)
                name = *sysname ? sysname : path_kind_is(node, "host") ? _("this computer") : "?";
        if (*sysname && strcmp(name, sysname) != 0)
                snprintf(buf, size, "%s%s (%s)%s", before, name, sysname, supply_words(node));
        else
                snprintf(buf, size, "%s%s%s", before, name, supply_words(node));
}

void port_words(const char *name, const char *sysname, char *buf, size_t size) {
        if (*name && *sysname)
                snprintf(buf, size, "%.200s (%.200s)", name, sysname);
        else
                snprintf(buf, size, "%.200s", *name ? name : *sysname ? sysname : _("a port"));
}

void path_port_label(struct json_object *port, char *buf, size_t size) {
        uint64_t budget = json_number(port, "budget_ma");
        char allows[48] = "", words[420];

        if (budget > 0)
                snprintf(allows, sizeof allows, _(", %llu mA"), (unsigned long long) budget);
        port_words(json_text(port, "name"), json_text(port, "sysname"), words, sizeof words);
        snprintf(buf, size, "%s%s", words, allows);
}
