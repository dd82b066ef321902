/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl metrics: what is wrong on this computer as numbers, for the textfile collector of node_exporter.
 *
 * The text is valid for readers of the Prometheus text format and of OpenMetrics. Therefore all metrics are gauges: the two
 * formats name counters differently. docs/fleet.md lists the metrics; they change only by addition.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/sessions.h"
#include "client/show/show.h"
#include "common/cleanup.h"
#include "common/language.h"
#include "model/names.h"

/* Sessions that are asked for. The current ones are the newest. */
#define SESSIONS 64

enum metric {
        UP,
        BUILD_INFO,
        SOURCE_AVAILABLE,
        DATABASE_UP,
        LOST_RECORDS,
        HEADSETS,
        UNIDENTIFIED,
        VERDICT,
        FINDINGS,
        PORT_FAILURES,
        PORT_OVER_CURRENTS,
        SESSION_SLEEP,
        _METRIC_MAX
};

static const struct {
        const char *name, *help;
} metrics[_METRIC_MAX] = {
        [UP] = { "sonycharge_up", "Whether the service answered: 1 or 0. At 0 nothing else is known." },
        [BUILD_INFO] = { "sonycharge_build_info", "Version of the program that wrote this file. The value is always 1." },
        [SOURCE_AVAILABLE] = { "sonycharge_source_available", "Whether the service can read a source of information: 1 or 0." },
        [DATABASE_UP] = { "sonycharge_database_up", "Whether the history of plug sessions can be written: 1 or 0." },
        [LOST_RECORDS] = { "sonycharge_lost_log_records", "Kernel log records that were overwritten before they were read." },
        [HEADSETS] = { "sonycharge_headsets", "Headsets that are seen." },
        [UNIDENTIFIED] = { "sonycharge_unidentified_devices", "Ports with a device that never told what it is." },
        [VERDICT] = { "sonycharge_verdict", "Number of headsets (or unidentified devices, without model) with this verdict." },
        [FINDINGS] = { "sonycharge_findings", "Number of findings with this code at this port." },
        [PORT_FAILURES] = { "sonycharge_port_failures", "How often the kernel gave up on a device at this port since boot." },
        [PORT_OVER_CURRENTS] = { "sonycharge_port_over_currents", "How often this port reported over-current since boot, without "
                                                                  "reports while the computer starts or wakes up." },
        [SESSION_SLEEP] = { "sonycharge_session_sleep_seconds",
                            "How long the computer slept while what is in this port now was plugged in." },
};

/* One line: name, labels and value. */
struct sample {
        enum metric metric;
        char labels[512];
        uint64_t value;
};

struct samples {
        struct sample *items;
        size_t n;
        bool out_of_memory;
};

static void samples_done(struct samples *s) {
        free(s->items);
}

static struct sample *samples_find(struct samples *s, enum metric metric, const char *labels) {
        for (size_t i = 0; i < s->n; i++)
                if (s->items[i].metric == metric && strcmp(s->items[i].labels, labels) == 0)
                        return &s->items[i];
        return NULL;
}

/* Two lines with equal labels would make the whole file invalid, so their values are added up. */
static void add_sample(struct samples *s, enum metric metric, const char *labels, uint64_t value) {
        struct sample *same = samples_find(s, metric, labels), *grown;

        if (same) {
                same->value += value;
                return;
        }
        grown = reallocarray(s->items, s->n + 1, sizeof *grown);
        if (!grown) {
                s->out_of_memory = true;
                return;
        }
        s->items = grown;
        s->items[s->n] = (struct sample){ .metric = metric, .value = value };
        snprintf(s->items[s->n].labels, sizeof s->items[s->n].labels, "%s", labels);
        s->n++;
}

/* Texts come from devices. Quotes, backslashes and line ends would end the value. */
static size_t append_escaped(char *to, size_t room, const char *text) {
        size_t n = 0;

        for (; *text && n + 3 < room; text++) {
                if (*text == '"' || *text == '\\' || *text == '\n')
                        to[n++] = '\\';
                to[n++] = *text == '\n' ? 'n' : *text;
        }
        to[n] = '\0';
        return n;
}

#define LABEL_MAX 96

/* Adds a sample with labels, which are pairs of name and value up to NULL. A value that does not fit is cut. */
#define add(s, metric, value, ...) add_labelled(s, metric, value, (const char *const[]){ __VA_ARGS__ })

static void add_labelled(struct samples *s, enum metric metric, uint64_t value, const char *const *pairs) {
        char labels[sizeof s->items->labels] = "", text[LABEL_MAX];
        size_t n = 0;

        for (; *pairs; pairs += 2) {
                append_escaped(text, sizeof text, pairs[1]);
                if (n + strlen(pairs[0]) + strlen(text) + 5 < sizeof labels)
                        n += (size_t) snprintf(labels + n, sizeof labels - n, "%s%s=\"%s\"", n > 0 ? "," : "", pairs[0], text);
        }
        add_sample(s, metric, labels, value);
}

/* The port of a headset is the last one in its path. */
static const char *port_of(struct json_object *headset) {
        struct json_object *path = json_list(headset, "path");
        const char *port = "";

        for (size_t i = 0; i < json_length(path); i++) {
                struct json_object *node = json_object_array_get_idx(path, i);

                if (strcmp(json_text(node, "kind"), "port") == 0)
                        port = json_text(node, "sysname");
        }
        return port;
}

static void add_findings(struct samples *s, struct json_object *findings, const char *port, const char *model) {
        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                add(s, FINDINGS, 1, "code", json_text(f, "code"), "model", model, "port", port, "severity",
                    json_text(f, "severity"), NULL);
        }
}

static void add_verdicts(struct samples *s, const char *verdict, const char *port, const char *model) {
        static const char *const verdicts[] = { "ok", "slow", "at-risk", "blocked", "unknown" };

        /* All of them, so that a rule sees the old one go to 0. */
        for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
                add(s, VERDICT, strcmp(verdict, verdicts[i]) == 0, "model", model, "port", port, "verdict", verdicts[i], NULL);
}

static void add_sources(struct samples *s, struct json_object *degraded) {
        for (size_t i = 0; source_names[i]; i++) {
                bool available = true;

                for (size_t k = 0; k < json_length(degraded); k++) {
                        const char *name = json_object_get_string(json_object_array_get_idx(degraded, k));

                        available &= !name || strcmp(name, source_names[i]) != 0;
                }
                add(s, SOURCE_AVAILABLE, available, "source", source_names[i], NULL);
                if (strcmp(source_names[i], "history") == 0)
                        add(s, DATABASE_UP, available, NULL);
        }
}

static void add_status(struct samples *s, struct json_object *status) {
        struct json_object *headsets = json_list(status, "headsets"), *unidentified = json_list(status, "unidentified");
        struct json_object *host = json_child(status, "host");

        add_sources(s, json_list(status, "degraded"));
        add(s, LOST_RECORDS, json_number(host, "lost_log_records"), NULL);
        add(s, HEADSETS, json_length(headsets), NULL);
        add(s, UNIDENTIFIED, json_length(unidentified), NULL);
        add_findings(s, json_list(host, "findings"), "", "");
        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *h = json_object_array_get_idx(headsets, i);

                add_verdicts(s, json_text(h, "verdict"), port_of(h), json_text(h, "model"));
                add_findings(s, json_list(h, "findings"), port_of(h), json_text(h, "model"));
        }
        for (size_t i = 0; i < json_length(unidentified); i++) {
                struct json_object *u = json_object_array_get_idx(unidentified, i);

                add_verdicts(s, json_text(u, "verdict"), json_text(u, "sysname"), "");
                add_findings(s, json_list(u, "findings"), json_text(u, "sysname"), "");
        }
}

static void add_ports(struct samples *s, struct json_object *ports) {
        struct json_object *hubs = json_list(ports, "hubs");

        for (size_t i = 0; i < json_length(hubs); i++) {
                struct json_object *list = json_list(json_object_array_get_idx(hubs, i), "ports");

                for (size_t k = 0; k < json_length(list); k++) {
                        struct json_object *port = json_object_array_get_idx(list, k);
                        const char *name = json_text(port, "sysname");

                        add(s, PORT_FAILURES, json_number(port, "failures"), "port", name, NULL);
                        add(s, PORT_OVER_CURRENTS, json_number(port, "over_currents"), "port", name, NULL);
                }
        }
}

/* History names a port by its id, "usb1_port2". The other metrics have the kernel's name. */
static const char *sysname_of(struct json_object *ports, const char *id) {
        struct json_object *hubs = json_list(ports, "hubs");

        for (size_t i = 0; i < json_length(hubs); i++) {
                struct json_object *list = json_list(json_object_array_get_idx(hubs, i), "ports");

                for (size_t k = 0; k < json_length(list); k++)
                        if (strcmp(json_text(json_object_array_get_idx(list, k), "id"), id) == 0)
                                return json_text(json_object_array_get_idx(list, k), "sysname");
        }
        return id;
}

static void add_sessions(struct samples *s, struct json_object *history, struct json_object *ports) {
        struct json_object *sessions = json_list(history, "sessions");

        for (size_t i = 0; i < json_length(sessions); i++) {
                struct json_object *session = json_object_array_get_idx(sessions, i);

                if (strcmp(json_text(session, "ended"), "open") == 0)
                        add(s, SESSION_SLEEP, json_number(session, "slept_usec") / 1000000, "port",
                            sysname_of(ports, json_text(session, "port")), NULL);
        }
}

/* Without a history the rest is still worth knowing, and the database metric says that it is missing. */
static void add_history(const struct options *o, sd_bus *bus, struct samples *s, struct json_object *ports) {
        _cleanup_json_ struct json_object *history = NULL;
        struct sample *database = samples_find(s, DATABASE_UP, "");

        if (database && database->value > 0 && history_fetch(o, bus, NULL, SESSIONS, &history) == STATUS_OK)
                add_sessions(s, history, ports);
}

static int gather(const struct options *o, struct samples *s) {
        _cleanup_bus_ sd_bus *bus = NULL;
        _cleanup_json_ struct json_object *status = NULL, *ports = NULL;
        int r = bus_connect(&bus);

        if (r == STATUS_OK)
                r = bus_get_json(o, bus, "GetStatus", NULL, &status);
        if (r == STATUS_OK)
                r = bus_get_json(o, bus, "GetPorts", NULL, &ports);
        add(s, UP, r == STATUS_OK, NULL);
        add(s, BUILD_INFO, 1, "version", VERSION, NULL);
        if (r != STATUS_OK)
                return r;
        add_status(s, status);
        add_ports(s, ports);
        add_history(o, bus, s, ports);
        return STATUS_OK;
}

/* All lines of a metric stand together, after its description. */
static void write_samples(FILE *out, const struct samples *s) {
        for (enum metric m = 0; m < _METRIC_MAX; m++) {
                bool begun = false;

                for (size_t i = 0; i < s->n; i++) {
                        const struct sample *item = &s->items[i];

                        if (item->metric != m)
                                continue;
                        if (!begun)
                                fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", metrics[m].name, metrics[m].help,
                                        metrics[m].name);
                        begun = true;
                        if (*item->labels)
                                fprintf(out, "%s{%s} %" PRIu64 "\n", metrics[m].name, item->labels, item->value);
                        else
                                fprintf(out, "%s %" PRIu64 "\n", metrics[m].name, item->value);
                }
        }
        fputs("# EOF\n", out);
}

static int write_all(int fd, const char *text, size_t size) {
        while (size > 0) {
                ssize_t n = write(fd, text, size);

                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return n < 0 ? -errno : -EIO;
                text += n;
                size -= (size_t) n;
        }
        return fsync(fd) < 0 ? -errno : 0;
}

/* The collector may read at any moment. It takes files named *.prom, so the new one has another name until it is complete. On
 * failure the old file stays as it is. */
static int replace_file(const char *name, const char *text, size_t size) {
        _cleanup_free_ char *fresh = NULL;
        int r, fd;

        if (asprintf(&fresh, "%s.new", name) < 0) {
                fresh = NULL;
                return -ENOMEM;
        }
        (void) unlink(fresh);
        /* The collector is another user. */
        fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (fd < 0)
                return -errno;
        r = fchmod(fd, 0644) < 0 ? -errno : write_all(fd, text, size);
        if (close(fd) < 0 && r == 0)
                r = -errno;
        if (r == 0 && rename(fresh, name) < 0)
                r = -errno;
        if (r < 0)
                (void) unlink(fresh);
        return r;
}

static int put_text(const struct options *o, const char *text, size_t size) {
        int r;

        if (!o->output || strcmp(o->output, "-") == 0) {
                if (fwrite(text, 1, size, stdout) == size && fflush(stdout) == 0)
                        return STATUS_OK;
                complain(_("cannot write %s: %s"), "-", strerror(errno));
                return STATUS_FAILED;
        }
        r = replace_file(o->output, text, size);
        if (r == 0)
                return STATUS_OK;
        complain(_("cannot write %s: %s"), o->output, strerror(-r));
        return STATUS_FAILED;
}

int verb_metrics(const struct options *given, int argc, char **argv) {
        __attribute__((cleanup(samples_done))) struct samples samples = {};
        _cleanup_free_ char *text = NULL;
        struct options o = *given;
        size_t size = 0;
        FILE *out;
        int r, written;

        if (o.json) {
                complain(_("metrics have a text format of their own; without --json, please"));
                return STATUS_USAGE;
        }
        /* Whoever watches a service does not start it. */
        o.no_start = true;
        r = gather(&o, &samples);
        out = samples.out_of_memory ? NULL : open_memstream(&text, &size);
        if (!out) {
                complain(_("out of memory"));
                return STATUS_FAILED;
        }
        write_samples(out, &samples);
        if (fclose(out) != 0) {
                complain(_("out of memory"));
                return STATUS_FAILED;
        }
        /* The timer's service counts as well that sonycharged does not run, but not that nothing could be written. */
        written = put_text(&o, text, size);
        return written != STATUS_OK ? written : r;
}
