/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl explain: what a kernel log or a recording shows about the USB devices in it, without the daemon.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "client/client.h"
#include "recording/event-json.h"
#include "client/explain/explain.h"
#include "client/show/progress.h"
#include "common/finding-json.h"
#include "hwdb/hwdb.h"
#include "kernel-log/kernel-log.h"
#include "client/explain/log-reader.h"
#include "client/show/show.h"
#include "common/language.h"

DEFINE_CLEANUP(struct model *, model_free);

/* The clock is read once per this many lines, which take a fraction of a second. */
#define PROGRESS_LINES 65536

static bool is_recording(const char *line, size_t len) {
        return len > 0 && line[0] == '{' && recording_header_from_line(line, len, NULL) != -EBADMSG;
}

static int64_t utc_offset(void) {
        time_t now = time(NULL);
        struct tm tm = {};

        return localtime_r(&now, &tm) ? tm.tm_gmtoff : 0;
}

static bool is_same_model(const struct device_facts *a, const struct device_facts *b) {
        return a->vendor == b->vendor && a->product == b->product && a->bcd_device == b->bcd_device &&
               strcmp(a->name, b->name) == 0;
}

/* A log contains only the names of devices, so the facts of their models are looked up. A recording contains them. The same
 * device is often seen at many ports, and a look-up is slow. */
static void add_model_facts(struct model *model) {
        const struct device_facts *last = NULL;

        for (size_t i = 0; i < model->n_ports; i++) {
                struct device_facts *d = &model->ports[i]->device;

                if (d->facts.model[0] != '\0')
                        continue;
                if (last && is_same_model(d, last))
                        d->facts = last->facts;
                else
                        hwdb_lookup(d->vendor, d->product, d->bcd_device, d->name, &d->facts);
                last = d;
        }
}

static void into_model(void *userdata, const struct event *e) {
        model_apply(userdata, e);
}

/* Reads a log to its end. Returns STATUS_OK, or STATUS_FAILED after complaining. */
static int read_log(const struct options *o, struct log_reader *reader, const char *name, struct model *model,
                    struct explain_read *ret) {
        _cleanup_(kernel_log_done) struct kernel_log log = { .emit = into_model,
                                                             .userdata = model,
                                                             .state.clock.utc_offset = utc_offset() };
        const char *program = NULL;
        unsigned long long lines = 0;
        struct progress progress;
        char *line;
        size_t len;
        int r;

        progress_begin(&progress, o);
        while ((r = log_reader_next(reader, &line, &len)) > 0) {
                if (lines++ % PROGRESS_LINES == PROGRESS_LINES - 1)
                        progress_say(&progress, _("reading %s (%llu million lines)"), name, lines / 1000000);
                if (lines == 1) {
                        if (is_recording(line, len))
                                return explain_recording(reader, line, len, name, model);
                        program = log_reader_compression(line, len);
                }
                kernel_log_line(&log, line, len);
        }
        progress_end(&progress);
        if (r < 0) {
                complain(_("cannot read %s: %s"), name, strerror(-r));
                return STATUS_FAILED;
        }
        kernel_log_end(&log);
        model_close_log(model);
        add_model_facts(model);
        *ret = (struct explain_read){ .lines = log.lines, .records = log.records, .messages = log.messages };
        /* An empty file is a log without events. */
        if (log.records > 0 || reader->at_start)
                return STATUS_OK;
        if (program)
                complain(_("%s is compressed; try: %s -dc FILE | sonychargectl explain -"), name, program);
        else
                complain(_("none of the %llu lines of %s is one of a kernel log; taken is what dmesg, journalctl, a syslog, "
                           "logcat, a "
                           "console or /dev/kmsg gives, also quoted or copied from a page, and recordings"),
                         lines, name);
        return STATUS_FAILED;
}

static int explain_fd(const struct options *o, int fd, const char *name) {
        _cleanup_(model_freep) struct model *model = model_new();
        struct explain_read read = {};
        struct json_object *answer;
        struct log_reader reader;
        int r;

        r = log_reader_init(&reader, fd);
        if (r < 0 || !model) {
                complain(_("out of memory"));
                return STATUS_FAILED;
        }
        model->drops_ended = true;
        r = read_log(o, &reader, name, model, &read);
        log_reader_done(&reader);
        if (r != STATUS_OK)
                return r;
        answer = explain_answer(model);
        r = o->json ? show_json(answer) : explain_show(o, answer, &read);
        if (r == STATUS_OK && explain_needs_action(answer))
                r = STATUS_FINDING;
        json_object_put(answer);
        return r;
}

int verb_explain(const struct options *o, int argc, char **argv) {
        const char *path = argc > 1 ? argv[1] : "-";
        _cleanup_close_ int fd = -EBADF;

        if (strcmp(path, "-") == 0) {
                if (argc < 2 && isatty(STDIN_FILENO)) {
                        complain(_("which log? For example: journalctl -k -b | sonychargectl explain -"));
                        return STATUS_USAGE;
                }
                if (isatty(STDIN_FILENO))
                        tell(o, _("reading the terminal; Ctrl-D ends"));
                return explain_fd(o, STDIN_FILENO, _("standard input"));
        }
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0) {
                complain(_("cannot open %s: %s"), path, strerror(errno));
                return STATUS_FAILED;
        }
        return explain_fd(o, fd, path);
}
