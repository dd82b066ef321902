/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log feed: the lines of a kernel log, of any form, as events into a model.
 */

#include "kernel-log/line.h"
#include "model/model.h"

struct log_feed {
        struct model *model; /* borrowed */
        struct log_reader_state state;
        struct moment now;          /* of the newest line */
        unsigned long long records; /* lines that came from a log, whatever they say */
        char boot_id[40];           /* journalctl -o json: of the newest line */
};

/* Takes in one line. It may be changed (colours are taken out). */
void log_feed_line(struct log_feed *f, char *line, size_t len);

/* The log is at its end. */
void log_feed_end(struct log_feed *f);
