/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl history: earlier plug sessions, and the name of the cable in use.
 */
#include "client/sessions.h"

#include <string.h>
#include <time.h>

#include "client/connection.h"
#include "client/show/progress.h"
#include "client/show/show.h"
#include "client/span.h"
#include "client/live-view.h"
#include "common/language.h"

#define LIMIT_DEFAULT 30
/* Maximum number of sessions in one answer of the daemon. */
#define PAGE 500

/* Parses "2026-01-31", "2026-01-31 18:00", "yesterday", or an age ("7d"). Returns whether it is a time. */
static bool parse_time(const char *text, uint64_t *ret) {
        static const char *const formats[] = { "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d" };
        time_t now = time(NULL);
        struct tm tm;
        uint64_t ago;

        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
                const char *end;

                tm = (struct tm){ .tm_isdst = -1 };
                end = strptime(text, formats[i], &tm);
                if (end && !*end) {
                        *ret = (uint64_t) mktime(&tm) * 1000000;
                        return true;
                }
        }
        localtime_r(&now, &tm);
        tm.tm_sec = tm.tm_min = tm.tm_hour = 0;
        tm.tm_isdst = -1;
        tm.tm_mday -= strcmp(text, "yesterday") == 0;
        if (strcmp(text, "today") == 0 || strcmp(text, "yesterday") == 0) {
                *ret = (uint64_t) mktime(&tm) * 1000000;
                return true;
        }
        if (span_parse(*text == '-' ? text + 1 : text, &ago) < 0 || ago / 1000000 >= (uint64_t) now)
                return false;
        *ret = (uint64_t) now * 1000000 - ago;
        return true;
}

struct request {
        const char *headset;
        uint64_t since, until, before;
        uint32_t limit;
        bool health;
};

static int read_time(const char *option, const char *text, uint64_t *ret) {
        if (!text || parse_time(text, ret))
                return STATUS_OK;
        complain(_("\"%s\" is no time; write for example --%s=2026-01-31, \"2026-01-31 18:00\", yesterday or 7d"), text, option);
        return STATUS_USAGE;
}

static int append_text(sd_bus_message *m, const char *key, const char *text) {
        return text ? sd_bus_message_append(m, "{sv}", key, "s", text) : 0;
}

static int append_time(sd_bus_message *m, const char *key, uint64_t at) {
        return at > 0 ? sd_bus_message_append(m, "{sv}", key, "t", at) : 0;
}

static int append_filter(sd_bus_message *m, const struct options *o, const struct request *q) {
        int r = sd_bus_message_open_container(m, 'a', "{sv}");

        if (r >= 0)
                r = append_text(m, "headset", q->headset);
        if (r >= 0)
                r = append_text(m, "port", o->port);
        if (r >= 0)
                r = append_time(m, "since", q->since);
        if (r >= 0)
                r = append_time(m, "until", q->until);
        if (r >= 0)
                r = append_time(m, "before", q->before);
        if (r >= 0)
                r = sd_bus_message_append(m, "{sv}{sv}{sv}", "limit", "u", q->limit, "others", "b", o->all, "health", "b",
                                          q->health);
        return r < 0 ? r : sd_bus_message_close_container(m);
}

static int fetch_page(const struct options *o, sd_bus *bus, const struct request *q, struct json_object **ret) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        const char *text = NULL;
        int r = sd_bus_message_new_method_call(bus, &call, BUS_NAME, BUS_PATH, BUS_MANAGER, "GetHistory");

        if (r >= 0)
                r = append_filter(call, o, q);
        if (r >= 0)
                r = bus_call(o, bus, call, &error, &reply);
        if (r >= 0)
                r = sd_bus_message_read(reply, "s", &text);
        if (r < 0)
                return bus_complain(&error, r);
        *ret = parse_json_object(text);
        if (*ret)
                return STATUS_OK;
        return bus_complain_answer();
}

static bool has_finding(struct json_object *session, const char *code) {
        struct json_object *findings = json_list(session, "findings");

        for (size_t i = 0; i < json_length(findings); i++)
                if (strcmp(json_text(json_object_array_get_idx(findings, i), "code"), code) == 0)
                        return true;
        return false;
}

/* Adds the matching sessions of a page, at most `room`; returns how many. *more is set if some did not fit. */
static uint32_t add_page(const struct options *o, struct json_object *to, struct json_object *from, uint32_t room, bool *more) {
        uint32_t added = 0;

        for (size_t i = 0; i < json_length(from); i++) {
                struct json_object *session = json_object_array_get_idx(from, i);

                if (o->finding && !has_finding(session, o->finding))
                        continue;
                if (added == room) {
                        *more = true;
                        break;
                }
                json_object_array_add(to, json_object_get(session));
                added++;
        }
        return added;
}

/* Fetches page by page, so that the daemon is never busy for long. The first page also contains the data that is not a
 * session. */
static int fetch(const struct options *o, sd_bus *bus, struct request *q, uint32_t limit, struct json_object **ret) {
        struct json_object *sessions = json_object_new_array();
        uint32_t left = limit > 0 ? limit : UINT32_MAX;
        struct progress progress;
        bool more = true;
        int r = STATUS_OK;

        *ret = NULL;
        progress_begin(&progress, o);
        for (q->health = true; more && left > 0; q->health = false) {
                _cleanup_json_ struct json_object *page = NULL;
                struct json_object *rows;
                uint64_t oldest;

                q->limit = left < PAGE && !o->finding ? left : PAGE;
                r = fetch_page(o, bus, q, &page);
                if (r != STATUS_OK)
                        break;
                rows = json_list(page, "sessions");
                more = json_truth(page, "more");
                left -= add_page(o, sessions, rows, left, &more);
                oldest = json_length(rows) > 0 ? json_number(json_object_array_get_idx(rows, json_length(rows) - 1), "id") : 0;
                if (oldest == 0 || (q->before > 0 && oldest >= q->before)) /* no progress, stop */
                        more = false;
                q->before = oldest;
                if (!*ret)
                        *ret = json_object_get(page);
                progress_say(&progress, _("reading plug sessions (%zu)"), json_length(sessions));
        }
        progress_end(&progress);
        if (r == STATUS_OK && json_list(*ret, "sessions")) {
                json_object_object_add(*ret, "sessions", json_object_get(sessions));
                json_object_object_add(*ret, "more", json_object_new_boolean(more));
        }
        json_object_put(sessions);
        return r;
}

int history_fetch(const struct options *o, sd_bus *bus, const char *headset, uint32_t limit, struct json_object **ret) {
        struct request q = { .headset = headset };

        return fetch(o, bus, &q, limit, ret);
}

static int name_cable(const struct options *o, sd_bus *bus) {
        _cleanup_message_ sd_bus_message *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        int r = sd_bus_call_method(bus, BUS_NAME, BUS_PATH, BUS_MANAGER, "SetCable", &error, &reply, "s", o->cable);

        if (r < 0)
                return bus_complain(&error, r);
        if (*o->cable)
                tell(o, _("from now on the cable in use is called \"%s\""), o->cable);
        else
                tell(o, _("the cable in use has no name any more"));
        return STATUS_OK;
}

static int fetch_history(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret) {
        struct request q = *(struct request *) userdata;

        return fetch(o, bus, &q, o->limit_set ? o->limit : LIMIT_DEFAULT, ret);
}

static void draw_history(FILE *out, const struct options *o, struct json_object *history, void *userdata) {
        show_history(out, o, history);
}

int verb_history(const struct options *o, int argc, char **argv) {
        struct request q = { .headset = argc > 1 ? argv[1] : NULL };
        const struct live_view view = { .fetch = fetch_history, .draw = draw_history, .userdata = &q };
        _cleanup_bus_ sd_bus *bus = NULL;
        int r;

        r = read_time("since", o->since, &q.since);
        if (r == STATUS_OK)
                r = read_time("until", o->until, &q.until);
        if (r != STATUS_OK)
                return r;
        if (!o->cable)
                return live_view_run(o, &view);
        r = bus_connect(&bus);
        return r == STATUS_OK ? name_cable(o, bus) : r;
}

static int fetch_last(const struct options *o, sd_bus *bus, void *userdata, struct json_object **ret) {
        return bus_get_json(o, bus, "GetLast", userdata ? userdata : "", ret);
}

static void draw_last(FILE *out, const struct options *o, struct json_object *last, void *userdata) {
        char line[1200];

        if (userdata)
                snprintf(line, sizeof line, _("no plug session of \"%s\" is remembered"), (const char *) userdata);
        else
                snprintf(line, sizeof line, "%s", _("no plug session of a headset is remembered"));
        if (json_length(json_list(last, "sessions")) + json_length(json_list(last, "unidentified")) == 0)
                put_nothing(out, o, line);
        else
                show_last(out, o, last);
}

static int judge_last(struct json_object *last, void *userdata) {
        return json_length(json_list(last, "sessions")) + json_length(json_list(last, "unidentified")) == 0 ? STATUS_NOTHING
                                                                                                            : STATUS_OK;
}

int history_last(const struct options *o, const char *headset) {
        const struct live_view view = {
                .fetch = fetch_last, .draw = draw_last, .judge = judge_last, .userdata = (char *) headset
        };

        return live_view_run(o, &view);
}
