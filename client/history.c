/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl history: earlier plug sessions, and the name of the cable in use.
 */
#include "history.h"

#include <string.h>
#include <time.h>

#include "bus.h"
#include "show.h"
#include "span.h"
#include "terminal.h"

#define LIMIT_DEFAULT 30
/* The daemon gives no more in one answer. */
#define PAGE 500

/* "2026-01-31", "2026-01-31 18:00", "yesterday", or how long ago ("7d"). Returns whether it is a time. */
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
        complain("\"%s\" is no time; write for example --%s=2026-01-31, \"2026-01-31 18:00\", yesterday or 7d", text, option);
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
                r = sd_bus_call(bus, call, bus_timeout(o), &error, &reply);
        if (r >= 0)
                r = sd_bus_message_read(reply, "s", &text);
        if (r < 0)
                return bus_complain(&error, r);
        *ret = parse_json_object(text);
        if (*ret)
                return STATUS_OK;
        complain("sonycharged gave an answer that is no JSON object");
        return STATUS_FAILED;
}

/* Adds the sessions of a page; returns how many. */
static size_t add_page(struct json_object *to, struct json_object *page, uint64_t *before) {
        struct json_object *from = json_list(page, "sessions"), *all = json_list(to, "sessions");
        size_t n = json_length(from);

        for (size_t i = 0; i < n && all; i++)
                json_object_array_add(all, json_object_get(json_object_array_get_idx(from, i)));
        if (n > 0)
                *before = json_number(json_object_array_get_idx(from, n - 1), "id");
        return n;
}

static int fetch(const struct options *o, sd_bus *bus, struct request *q, uint32_t limit, struct json_object **ret) {
        uint32_t left = limit > 0 ? limit : UINT32_MAX;
        int r;

        q->health = true;
        q->limit = left < PAGE ? left : PAGE;
        r = fetch_page(o, bus, q, ret);
        if (r != STATUS_OK)
                return r;
        left -= (uint32_t) json_length(json_list(*ret, "sessions"));
        if (json_length(json_list(*ret, "sessions")) > 0)
                q->before = json_number(
                        json_object_array_get_idx(json_list(*ret, "sessions"), json_length(json_list(*ret, "sessions")) - 1),
                        "id");
        q->health = false;
        while (left > 0 && json_truth(*ret, "more")) {
                _cleanup_json_ struct json_object *page = NULL;
                size_t n;

                q->limit = left < PAGE ? left : PAGE;
                r = fetch_page(o, bus, q, &page);
                if (r != STATUS_OK)
                        return r;
                n = add_page(*ret, page, &q->before);
                left -= (uint32_t) n;
                json_object_object_add(*ret, "more", json_object_new_boolean(n > 0 && json_truth(page, "more")));
        }
        return STATUS_OK;
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
                tell(o, "from now on the cable in use is called \"%s\"", o->cable);
        else
                tell(o, "the cable in use has no name any more");
        return STATUS_OK;
}

int verb_history(const struct options *o, int argc, char **argv) {
        _cleanup_bus_ sd_bus *bus = NULL;
        _cleanup_json_ struct json_object *history = NULL;
        struct request q = { .headset = argc > 1 ? argv[1] : NULL };
        FILE *out;
        int r;

        r = read_time("since", o->since, &q.since);
        if (r == STATUS_OK)
                r = read_time("until", o->until, &q.until);
        if (r == STATUS_OK)
                r = bus_connect(&bus);
        if (r == STATUS_OK && o->cable)
                return name_cable(o, bus);
        if (r == STATUS_OK)
                r = fetch(o, bus, &q, o->limit_set ? o->limit : LIMIT_DEFAULT, &history);
        if (r != STATUS_OK)
                return r;
        if (o->json)
                return show_json(history);
        out = output_begin(o);
        show_history(out, o, history);
        r = output_end(o, out);
        if (r < 0)
                complain("cannot write: %s", strerror(-r));
        return r < 0 ? STATUS_FAILED : STATUS_OK;
}

int history_last(const struct options *o, const char *headset) {
        _cleanup_bus_ sd_bus *bus = NULL;
        _cleanup_json_ struct json_object *last = NULL;
        FILE *out;
        int r = bus_connect(&bus);

        if (r == STATUS_OK)
                r = bus_get_json(o, bus, "GetLast", headset ? headset : "", &last);
        if (r != STATUS_OK)
                return r;
        if (json_length(json_list(last, "sessions")) + json_length(json_list(last, "unidentified")) == 0) {
                if (o->json)
                        (void) show_json(last);
                else if (headset)
                        complain("no plug session of \"%s\" is remembered", headset);
                else
                        complain("no plug session of a headset is remembered");
                return STATUS_NOTHING;
        }
        if (o->json)
                return show_json(last);
        out = output_begin(o);
        show_last(out, o, last);
        r = output_end(o, out);
        if (r < 0)
                complain("cannot write: %s", strerror(-r));
        return r < 0 ? STATUS_FAILED : STATUS_OK;
}
