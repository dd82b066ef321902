/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Journal JSON: one line of `journalctl -o json` (systemd.journal-fields(7)).
 */

#include <stdbool.h>
#include <stddef.h>

#include "kernel-log/stamp.h"

struct journal_record {
        bool from_kernel;  /* the journal itself says so, not the message */
        struct stamp real; /* STAMP_NONE: not told */
        struct stamp uptime;
        char boot_id[40];   /* empty: not told */
        char message[2048]; /* longer ones are cut; kernel records are not longer */
        size_t message_len;
};

/* Returns true and fills *ret when the line is such a record, else false; then *ret is undefined. */
bool journal_json_parse(const char *line, size_t len, struct journal_record *ret);
