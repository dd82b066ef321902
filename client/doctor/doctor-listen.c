/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's input: waits for lines of a terminal, a pipe or a file, and for changes that the daemon reports.
 */
#include "client/doctor/doctor.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/text.h"

static bool has_line(const struct doctor *d) {
        return memchr(d->input_bytes, '\n', d->n_input) || (d->eof && d->n_input > 0);
}

/* A line that is too long is dropped, and line_too_long is set. */
static void make_room(struct doctor *d) {
        if (d->n_input < sizeof d->input_bytes || memchr(d->input_bytes, '\n', d->n_input))
                return;
        d->input_too_long = true;
        d->n_input = 0;
}

/* A closed terminal is read as an error or as the end of the input. */
static int take_bytes(struct doctor *d, sd_event_source *s, int fd) {
        ssize_t n;

        make_room(d);
        if (d->n_input == sizeof d->input_bytes)
                return 0;
        n = read(fd, d->input_bytes + d->n_input, sizeof d->input_bytes - d->n_input);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
                return 0;
        if (n <= 0) {
                d->eof = true;
                return sd_event_source_set_enabled(s, SD_EVENT_OFF);
        }
        d->n_input += (size_t) n;
        return 0;
}

static int on_input(sd_event_source *s, int fd, uint32_t revents, void *userdata) {
        return take_bytes(userdata, s, fd);
}

static int on_file(sd_event_source *s, void *userdata) {
        struct doctor *d = userdata;

        return has_line(d) ? 0 : take_bytes(d, s, STDIN_FILENO);
}

int listen_start(struct doctor *d) {
        int r;

        if (d->script)
                return 0;
        r = sd_event_add_io(d->event, &d->input, STDIN_FILENO, EPOLLIN, on_input, d);
        if (r != -EPERM)
                return r;
        /* A regular file is always ready, and epoll refuses it. */
        r = sd_event_add_defer(d->event, &d->input, on_file, d);
        return r < 0 ? r : sd_event_source_set_enabled(d->input, SD_EVENT_ON);
}

/* Takes the first line out of what was read, safe to show. */
static void next_line(struct doctor *d) {
        char *end = memchr(d->input_bytes, '\n', d->n_input);
        size_t len = end ? (size_t) (end - d->input_bytes) : d->n_input, used = end ? len + 1 : len;

        d->line_too_long = d->input_too_long || len >= sizeof d->line;
        d->input_too_long = false;
        text_make_safe(d->line, sizeof d->line, d->input_bytes, len < sizeof d->line ? len : sizeof d->line - 1);
        memmove(d->input_bytes, d->input_bytes + used, d->n_input - used);
        d->n_input -= used;
        d->at_prompt = false; /* the terminal showed it */
}

static bool ended(struct doctor *d) {
        return sd_event_get_state(d->event) == SD_EVENT_FINISHED;
}

enum heard listen_for(struct doctor *d) {
        while (!ended(d) && !has_line(d) && !d->eof && !d->news && !d->late)
                if (sd_event_run(d->event, UINT64_MAX) < 0)
                        break;
        if (has_line(d)) {
                next_line(d);
                return HEARD_LINE;
        }
        if (d->eof)
                return HEARD_EOF;
        if (d->news) {
                d->news = false;
                return HEARD_NEWS;
        }
        if (d->late) {
                d->late = false;
                return HEARD_LATE;
        }
        return HEARD_END;
}
