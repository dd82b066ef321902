/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl version
 */
#include "common/finding-json.h"
#include "client/show/show.h"

int verb_version(const struct options *o, int argc, char **argv) {
        struct json_object *version;
        int r;

        if (!o->json) {
                puts("sonycharge " VERSION);
                return STATUS_OK;
        }
        version = json_api_object();
        json_object_object_add(version, "version", json_object_new_string(VERSION));
        r = show_json(version);
        json_object_put(version);
        return r;
}
