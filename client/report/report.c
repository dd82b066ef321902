/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl report: the state, the history and the computer in one file, for remote support.
 */
#include "client/report/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "client/ask.h"
#include "client/connection.h"
#include "client/kept-check.h"
#include "client/any-device.h"
#include "common/finding-json.h"
#include "client/sessions.h"
#include "client/match.h"
#include "client/show/show.h"
#include "common/language.h"

/* More plug sessions do not fit on a page. */
#define SESSIONS_MAX 30

static void add(struct json_object *o, const char *key, struct json_object *value) {
        json_object_object_add(o, key, value);
}

static void miss(struct json_object *report, const char *sentence) {
        json_object_array_add(json_list(report, "missing"), json_object_new_string(sentence));
}

/* Reads the texts of a dictionary as an object. Values of other types are skipped. */
static struct json_object *read_texts(sd_bus_message *m) {
        struct json_object *o = json_object_new_object();
        int r = sd_bus_message_enter_container(m, 'a', "{sv}");

        while (r >= 0 && (r = sd_bus_message_enter_container(m, 'e', "sv")) > 0) {
                const char *key, *value, *type = NULL;

                r = sd_bus_message_read(m, "s", &key);
                if (r >= 0)
                        r = sd_bus_message_peek_type(m, NULL, &type);
                if (r >= 0 && type && strcmp(type, "s") == 0) {
                        r = sd_bus_message_read(m, "v", "s", &value);
                        if (r >= 0)
                                add(o, key, json_object_new_string(value));
                } else if (r >= 0)
                        r = sd_bus_message_skip(m, "v");
                if (r >= 0)
                        r = sd_bus_message_exit_container(m);
        }
        return o;
}

static int gather_identifiers(const struct options *o, sd_bus *bus, struct json_object *report, struct json_object *all) {
        struct json_object *headsets = json_list(json_child(report, "status"), "headsets");

        for (size_t i = 0; i < json_length(headsets); i++) {
                const char *id = json_text(json_object_array_get_idx(headsets, i), "id");
                _cleanup_message_ sd_bus_message *reply = NULL;
                _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
                char path[256];

                snprintf(path, sizeof path, BUS_PATH "/headset/%s", id);
                if (!sd_bus_object_path_is_valid(path))
                        continue;
                int r = sd_bus_call_method(bus, BUS_NAME, path, BUS_HEADSET, "GetIdentifiers", &error, &reply, NULL);
                if (r >= 0)
                        add(all, id, read_texts(reply));
                else if (sd_bus_error_has_name(&error, BUS_NAME ".Error.NotAuthorized"))
                        return bus_complain(&error, r);
        }
        json_make_safe(all);
        return STATUS_OK;
}

static int gather_history(const struct options *o, sd_bus *bus, const char *name, struct json_object *report) {
        struct json_object *headsets = json_list(json_child(report, "status"), "headsets");
        const char *id = name && json_length(headsets) == 1 ? json_text(json_object_array_get_idx(headsets, 0), "id") : NULL;
        _cleanup_json_ struct json_object *history = NULL;

        int r = history_fetch(o, bus, id, SESSIONS_MAX, &history);
        if (r != STATUS_OK)
                return r;
        add(report, "sessions", json_object_get(json_list(history, "sessions")));
        add(report, "headset_health", json_object_get(json_list(history, "headsets")));
        add(report, "port_health", json_object_get(json_list(history, "ports")));
        return STATUS_OK;
}

/* Keeps only the named object. A headset that is not present may still have a history. */
static int keep_named(const struct options *o, sd_bus *bus, const char *name, struct json_object *status) {
        int r = match_status(status, name);

        if (r < 0)
                return STATUS_FAILED;
        if (r > 0)
                return STATUS_OK;
        r = device_into_status(o, bus, name, status);
        if (r == STATUS_NOTHING)
                complain(_("nothing here is called \"%s\""), name);
        return r;
}

static struct json_object *report_new(const struct options *o) {
        struct json_object *report = json_api_object();

        add(report, "created_at", json_object_new_int64((int64_t) time(NULL) * 1000000));
        add(report, "version", json_object_new_string(VERSION));
        add(report, "with_serial", json_object_new_boolean(o->with_serial));
        add(report, "missing", json_object_new_array());
        add(report, "ports", NULL);
        return report;
}

static bool is_on_a_path(struct json_object *headsets, const char *sysname) {
        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *path = json_list(json_object_array_get_idx(headsets, i), "path");

                for (size_t k = 0; k < json_length(path); k++)
                        if (strcmp(json_text(json_object_array_get_idx(path, k), "sysname"), sysname) == 0)
                                return true;
        }
        return false;
}

/* The vendor and product ids identify the device as well as its name. */
static void hide_identity(struct json_object *device) {
        static const char *const keys[] = { "name", "vid", "pid" };

        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                add(device, keys[i], NULL);
}

/* Other devices are private: only hubs and what the report is about keep their names. */
static void hide_others(struct json_object *report, struct json_object *ports) {
        struct json_object *hubs = json_list(ports, "hubs"), *headsets = json_list(json_child(report, "status"), "headsets");

        for (size_t i = 0; i < json_length(hubs); i++) {
                struct json_object *list = json_list(json_object_array_get_idx(hubs, i), "ports");

                for (size_t k = 0; k < json_length(list); k++) {
                        struct json_object *device = json_child(json_object_array_get_idx(list, k), "device");

                        if (device && !json_truth(device, "hub") && !is_on_a_path(headsets, json_text(device, "sysname")))
                                hide_identity(device);
                }
        }
}

/* An older daemon has no port map. */
static void gather_ports(const struct options *o, sd_bus *bus, struct json_object *report) {
        struct json_object *ports = NULL;

        if (bus_get_json(o, bus, "GetPorts", NULL, &ports) != STATUS_OK)
                return;
        hide_others(report, ports);
        add(report, "ports", ports);
}

static int gather_from_daemon(const struct options *o, const char *name, struct json_object *report,
                              struct json_object *identifiers) {
        _cleanup_bus_ sd_bus *bus = NULL;
        struct json_object *status = NULL;

        int r = bus_connect(&bus);
        if (r == STATUS_OK)
                r = ask_headsets(o, bus, NULL, false);
        if (r == STATUS_OK)
                r = bus_get_json(o, bus, "GetStatus", NULL, &status);
        if (r == STATUS_OK)
                add(report, "status", status);
        if (r == STATUS_OK && name)
                r = keep_named(o, bus, name, status);
        if (r == STATUS_OK)
                r = gather_history(o, bus, name, report);
        if (r == STATUS_OK)
                gather_ports(o, bus, report);
        if (r == STATUS_OK && o->with_serial)
                r = gather_identifiers(o, bus, report, identifiers);
        return r;
}

/* Without the daemon there is no status and no history, but there may be a check that was made with questions alone. */
static int gather(const struct options *o, const char *name, struct json_object **ret) {
        _cleanup_json_ struct json_object *report = report_new(o), *identifiers = json_object_new_object();
        struct json_object *check = kept_check_read();
        const char *missing;
        int r;

        add(report, "check", check);
        r = gather_from_daemon(o, name, report, identifiers);
        if (r == STATUS_NO_DAEMON && check) {
                miss(report, _(REPORT_NO_STATUS));
                add(report, "status", NULL);
                add(report, "sessions", json_object_new_array());
                add(report, "headset_health", NULL);
                add(report, "port_health", NULL);
                r = STATUS_OK;
        }
        if (r != STATUS_OK)
                return r;
        add(report, "identifiers", json_object_get(identifiers));
        add(report, "computer", report_computer());
        add(report, "kernel_lines", report_kernel_lines(&missing));
        if (missing)
                miss(report, missing);
        add(report, "summary", report_summary(report));
        *ret = json_object_get(report);
        return STATUS_OK;
}

/* Creates a file with the default name. An existing file is not overwritten. */
static int create_file(char *name, size_t size) {
        char stamp[32];
        time_t now = time(NULL);
        struct tm tm = {};

        strftime(stamp, sizeof stamp, "%Y-%m-%d", localtime_r(&now, &tm));
        for (unsigned i = 1; i < 100; i++) {
                if (i == 1)
                        snprintf(name, size, "sonycharge-report-%s.html", stamp);
                else
                        snprintf(name, size, "sonycharge-report-%s-%u.html", stamp, i);
                int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
                if (fd >= 0 || errno != EEXIST)
                        return fd;
        }
        return -1;
}

static FILE *open_output(const struct options *o, char *name, size_t size) {
        bool page = !o->json && !o->text;
        int fd;

        if (o->output ? strcmp(o->output, "-") == 0 : !page || !isatty(STDOUT_FILENO))
                return stdout;
        if (o->output) {
                snprintf(name, size, "%s", o->output);
                fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        } else
                fd = create_file(name, size);
        if (fd < 0)
                return NULL;
        return fdopen(fd, "w");
}

static void write_report(const struct options *o, FILE *out, struct json_object *report) {
        if (o->json)
                fprintf(out, "%s\n",
                        json_object_to_json_string_ext(report, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
        else if (o->text)
                report_text(out, report);
        else
                report_html(out, report);
}

static int close_output(const struct options *o, FILE *out, const char *name) {
        bool failed = fflush(out) != 0 || ferror(out);

        if (out != stdout)
                failed |= fclose(out) != 0;
        if (failed) {
                complain(_("cannot write %s: %s"), out == stdout ? _("the report") : name, strerror(errno));
                return STATUS_FAILED;
        }
        if (out != stdout)
                tell(o,
                     o->with_serial ? _("the report is in %s; it holds serial numbers, mind who sees it")
                                    : _("the report is in %s"),
                     name);
        return STATUS_OK;
}

int verb_report(const struct options *o, int argc, char **argv) {
        _cleanup_json_ struct json_object *report = NULL;
        char name[4096] = "";

        if (o->json && o->text) {
                complain("--json and --text exclude each other");
                return STATUS_USAGE;
        }
        int r = gather(o, argc > 1 ? argv[1] : NULL, &report);
        if (r != STATUS_OK)
                return r;
        FILE *out = open_output(o, name, sizeof name);
        if (!out) {
                complain(_("cannot write %s: %s"), *name ? name : _("the report"), strerror(errno));
                return STATUS_FAILED;
        }
        write_report(o, out, report);
        return close_output(o, out, name);
}
