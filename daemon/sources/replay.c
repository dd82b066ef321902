/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reads recordings. */

#include "daemon/sources/replay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/cleanup.h"
#include "recording/event-json.h"
#include "common/log.h"

/* The longest event has about 3 KB; a longer line is not part of a recording. */
#define LINE_MAX_LENGTH 65536
/* Number of errors in single lines that are logged; further ones are only counted. */
#define COMPLAINTS_MAX 5

struct reader {
        FILE *file;
        const char *path;
        unsigned line, skipped;
        char *buf;
};

/* Reads one line. If it is too long, the rest is dropped and *ret_len is 0. Returns false at the end. */
static bool next_line(struct reader *r, size_t *ret_len) {
        size_t n = 0;
        int c;

        r->line++;
        while ((c = getc_unlocked(r->file)) != EOF && c != '\n')
                if (n <= LINE_MAX_LENGTH)
                        r->buf[n++] = (char) c;
        *ret_len = n > LINE_MAX_LENGTH ? 0 : n;
        r->buf[*ret_len] = '\0';
        return c != EOF || n > 0;
}

static int read_header(struct reader *r, char kernel[static EVENT_TEXT_MAX]) {
        size_t len;

        int version = next_line(r, &len) ? recording_header_from_line(r->buf, len, kernel) : -EBADMSG;
        if (version == -EPROTONOSUPPORT)
                log_error("%s is a recording of another version; this program reads version %d.", r->path, RECORDING_VERSION);
        else if (version < 0)
                log_error("%s is no recording of sonycharged.", r->path);
        return version < 0 ? version : 0;
}

static void complain(struct reader *r) {
        if (r->skipped++ < COMPLAINTS_MAX)
                log_warning("%s:%u: no event of a recording, skipped.", r->path, r->line);
}

static void read_events(struct reader *r, source_emit *emit, void *userdata) {
        struct event e;
        size_t len;

        while (next_line(r, &len)) {
                int k = event_from_line(r->buf, len, &e);

                if (k > 0)
                        emit(userdata, &e);
                else if (k < 0)
                        complain(r);
        }
        if (r->skipped > COMPLAINTS_MAX)
                log_warning("%s: %u lines were skipped in all.", r->path, r->skipped);
}

int replay_file(const char *path, char kernel[static EVENT_TEXT_MAX], source_emit *emit, void *userdata) {
        _cleanup_fclose_ FILE *file = fopen(path, "re");
        _cleanup_free_ char *buf = malloc(LINE_MAX_LENGTH + 2);
        struct reader r = { .file = file, .path = path, .buf = buf };

        if (!file) {
                int error = -errno;

                log_error("Cannot open %s: %s", path, strerror(errno));
                return error;
        }
        if (!buf)
                return -ENOMEM;
        int k = read_header(&r, kernel);
        if (k < 0)
                return k;
        read_events(&r, emit, userdata);
        return ferror(file) ? -EIO : 0;
}
