/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The native protocol of the journal (https://systemd.io/JOURNAL_NATIVE_PROTOCOL). */

#include "daemon/journal/journal-send.h"

#include <endian.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

/* Name, "\n", length, value, "\n" */
#define PIECES_MAX 5

/* A burst of entries may be faster than journald. This is how long the daemon waits for it, before it stops waiting until
 * journald accepts an entry again. */
#define PATIENCE_MSEC 100

static struct {
        int fd; /* 0: not opened yet */
        unsigned lost;
        bool stalled;
} journal;

static int open_socket(void) {
        if (journal.fd <= 0)
                journal.fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        return journal.fd;
}

/* A message in the pieces that it is sent from, without a copy. */
struct pieces {
        struct iovec list[PIECES_MAX * JOURNAL_FIELDS_MAX];
        uint64_t lengths[JOURNAL_FIELDS_MAX];
        size_t n;
};

static void add(struct pieces *p, const void *data, size_t length) {
        p->list[p->n++] = (struct iovec){ .iov_base = (void *) data, .iov_len = length };
}

/* A value with a newline is preceded by its length, instead of the "=". */
static bool add_field(struct pieces *p, const struct iovec *field, uint64_t *length) {
        const char *text = field->iov_base, *equals = memchr(text, '=', field->iov_len);
        size_t name = equals ? (size_t) (equals - text) : 0, value = field->iov_len - name - 1;

        if (!equals)
                return false;
        if (!memchr(equals, '\n', field->iov_len - name))
                add(p, text, field->iov_len);
        else {
                *length = htole64(value);
                add(p, text, name);
                add(p, "\n", 1);
                add(p, length, sizeof(*length));
                add(p, equals + 1, value);
        }
        add(p, "\n", 1);
        return true;
}

/* The send is retried, because poll(2) does not report when the peer of an unconnected socket has room. */
static int send_patiently(const struct msghdr *message) {
        const struct timespec pause = { .tv_nsec = 1000000 };

        for (unsigned n = 0;; n++) {
                if (sendmsg(journal.fd, message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) {
                        journal.stalled = false;
                        return 0;
                }
                if (errno != EAGAIN && errno != EINTR)
                        return -errno;
                if (journal.stalled || n >= PATIENCE_MSEC)
                        break;
                (void) nanosleep(&pause, NULL);
        }
        journal.stalled = true;
        return -EAGAIN;
}

static int send_entry(const struct iovec *fields, size_t n) {
        struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/run/systemd/journal/socket" };
        struct pieces pieces = {};
        struct msghdr message = { .msg_name = &address, .msg_namelen = sizeof(address), .msg_iov = pieces.list };

        for (size_t i = 0; i < n; i++)
                if (i >= JOURNAL_FIELDS_MAX || !add_field(&pieces, &fields[i], &pieces.lengths[i]))
                        return -EINVAL;
        message.msg_iovlen = pieces.n;
        if (open_socket() < 0)
                return -errno;
        return send_patiently(&message);
}

static int tell_lost(void) {
        char text[96], count[48];
        struct iovec fields[] = {
                { .iov_base = (char *) "PRIORITY=4", .iov_len = 10 },
                { .iov_base = (char *) "SYSLOG_IDENTIFIER=sonycharged", .iov_len = 29 },
                { .iov_base = text },
                { .iov_base = count },
        };

        fields[2].iov_len =
                (size_t) snprintf(text, sizeof(text), "MESSAGE=%u entries were lost, as the journal took none.", journal.lost);
        fields[3].iov_len = (size_t) snprintf(count, sizeof(count), "SONYCHARGE_LEFT_OUT=%u", journal.lost);
        return send_entry(fields, sizeof(fields) / sizeof(fields[0]));
}

/* Without a journal nothing counts as lost. */
static int note(int r) {
        if (r < 0 && r != -ENOENT && r != -ECONNREFUSED && journal.lost < UINT32_MAX)
                journal.lost++;
        return r;
}

void journal_send(const struct iovec *fields, size_t n) {
        if (journal.lost > 0 && tell_lost() < 0) {
                (void) note(-EAGAIN);
                return;
        }
        journal.lost = 0;
        (void) note(send_entry(fields, n));
}
