/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl monitor: what changes, as it changes.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "model/address.h"
#include "client/connection.h"
#include "common/finding-json.h"
#include "client/sessions.h"
#include "client/match.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "client/watch.h"

struct monitor {
        struct watch watch;
        const struct options *options;
};

static const char *const kind_names[] = {
        [WATCH_ADDED] = "added",     [WATCH_CHANGED] = "changed", [WATCH_REMOVED] = "removed",
        [WATCH_FINDING] = "finding", [WATCH_CLEARED] = "cleared",
};

/* Id of the port that the object is, or hangs on; "" when it hangs on none. */
static const char *port_of(const struct watch_object *object, char buf[static ADDRESS_NAME_MAX]) {
        const char *device;
        struct address where;

        if (!object->is_headset)
                return json_text(object->properties, "id");
        device = headset_device(object->properties);
        return address_parse(device, strlen(device), &where) ? address_port_id(&where, buf) : "";
}

static void put_event_json(const struct watch_event *e) {
        _cleanup_json_ struct json_object *line = json_api_object();
        const char *id = json_text(e->object->properties, "id");
        char port[ADDRESS_NAME_MAX];

        json_object_object_add(line, "at", json_object_new_uint64(now_usec(CLOCK_REALTIME)));
        json_object_object_add(line, "event", json_object_new_string(kind_names[e->kind]));
        json_object_object_add(line, "headset", json_text_or_null(e->object->is_headset ? id : ""));
        json_object_object_add(line, "port", json_text_or_null(port_of(e->object, port)));
        json_object_object_add(line, "data", json_object_get(e->data));
        puts(json_object_to_json_string_ext(line, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

/* The date stands once before what happened on it, not on each line. */
static void put_day(const struct options *o, const struct tm *tm) {
        static int last = -1;
        char day[32];

        if (last >= 0 && last != tm->tm_yday) {
                strftime(day, sizeof day, "%Y-%m-%d %a", tm);
                printf("%s%s%s\n", style(o, STYLE_DIM), day, style(o, STYLE_PLAIN));
        }
        last = tm->tm_yday;
}

static const char *name_of(const struct watch_object *object) {
        const char *name;

        if (object->is_host)
                return "this computer";
        name = json_text(object->properties, object->is_headset ? "model" : "name");
        return *name ? name : json_text(object->properties, "id");
}

/* "12:03:04  WH-1000XM4  ", for a port "12:03:04  1-2-port3  ". Returns the column after it. */
static size_t put_head(const struct options *o, const struct watch_object *object) {
        size_t columns = o->columns >= 100 ? 22 : 13;
        time_t now = time(NULL);
        struct tm tm = {};
        char at[16];

        localtime_r(&now, &tm);
        strftime(at, sizeof at, "%H:%M:%S", &tm);
        put_day(o, &tm);
        printf("%s%s%s  %s", style(o, STYLE_DIM), at, style(o, STYLE_PLAIN), style(o, STYLE_BOLD));
        put_column(stdout, o, name_of(object), columns);
        printf("%s  ", style(o, STYLE_PLAIN));
        return 10 + columns + 2;
}

static void put_line(const struct options *o, const struct watch_object *object, const char *text) {
        size_t column = put_head(o, object);

        put_wrapped(stdout, o, text, column, column);
        putchar('\n');
}

static void put_finding(const struct options *o, const struct watch_event *e) {
        size_t column = put_head(o, e->object);
        char line[2400];

        if (e->kind == WATCH_CLEARED) {
                snprintf(line, sizeof line, "no longer: %s", json_text(e->data, "code"));
                put_wrapped(stdout, o, line, column, column);
                putchar('\n');
                return;
        }
        put_severity(stdout, o, e->data);
        putchar(' ');
        snprintf(line, sizeof line, "%s (%s)", json_text(e->data, "cause"), json_text(e->data, "code"));
        put_wrapped(stdout, o, line, column + 2, column + 2);
        putchar('\n');
        if (!finding_needs_action(e->data) || !*json_text(e->data, "action"))
                return;
        put_spaces(stdout, column);
        printf("%s ", symbol(o, SYMBOL_ARROW));
        put_wrapped(stdout, o, json_text(e->data, "action"), column + 3, column + 3);
        putchar('\n');
}

/* A change of a verdict or a state in words; false when it is none of these. */
static bool put_transition(const struct options *o, const struct watch_event *e, const char *key, const char *words) {
        char line[2400];

        if (!json_object_object_get_ex(e->data, key, NULL))
                return false;
        snprintf(line, sizeof line, "%s: %s %s %s", words, *json_text(e->old, key) ? json_text(e->old, key) : "none",
                 symbol(o, SYMBOL_ARROW), *json_text(e->data, key) ? json_text(e->data, key) : "none");
        put_line(o, e->object, line);
        return true;
}

/* A number that is now another one: "granted: 100 -> 500 mA". */
static void put_number(const struct options *o, const struct watch_event *e, const char *key, const char *words,
                       const char *unit) {
        char line[200], before[24] = "unknown", now[24] = "unknown";

        if (!json_object_object_get_ex(e->data, key, NULL))
                return;
        if (json_number(e->old, key) > 0)
                snprintf(before, sizeof before, "%llu", (unsigned long long) json_number(e->old, key));
        if (json_number(e->data, key) > 0)
                snprintf(now, sizeof now, "%llu", (unsigned long long) json_number(e->data, key));
        snprintf(line, sizeof line, "%s: %s %s %s%s", words, before, symbol(o, SYMBOL_ARROW), now, unit);
        put_line(o, e->object, line);
}

/* Faults of a port that are counted. */
static void put_count(const struct options *o, const struct watch_event *e, const char *key, const char *words) {
        unsigned long long n = json_number(e->data, key);
        char line[120];

        if (n <= json_number(e->old, key))
                return;
        snprintf(line, sizeof line, "%s (%llu time%s so far)", words, n, n == 1 ? "" : "s");
        put_line(o, e->object, line);
}

static void put_charging(const struct options *o, const struct watch_event *e) {
        const char *now = json_text(json_child(e->data, "charging"), "state"),
                   *before = json_text(json_child(e->old, "charging"), "state");
        char line[2400];

        if (!*now || strcmp(now, before) == 0)
                return;
        snprintf(line, sizeof line, "charging: %s", now);
        put_line(o, e->object, line);
}

static void put_battery(const struct options *o, const struct watch_event *e) {
        int now = battery_level(json_child(e->data, "battery")), before = battery_level(json_child(e->old, "battery"));
        char line[80];

        if (now < 0 || now == before)
                return;
        if (before < 0)
                snprintf(line, sizeof line, "battery: %d %%", now);
        else
                snprintf(line, sizeof line, "battery: %d %s %d %%", before, symbol(o, SYMBOL_ARROW), now);
        put_line(o, e->object, line);
}

static void put_bluetooth(const struct options *o, const struct watch_event *e) {
        struct json_object *now = json_child(e->data, "bluetooth"), *before = json_child(e->old, "bluetooth");

        if (now && json_truth(now, "connected") != json_truth(before, "connected"))
                put_line(o, e->object, json_truth(now, "connected") ? "Bluetooth: connected" : "Bluetooth: the link ended");
}

static void put_changed_port(const struct options *o, const struct watch_event *e) {
        put_transition(o, e, "state", "state");
        put_transition(o, e, "child", "device");
        put_count(o, e, "over_currents", "over-current was reported");
        put_count(o, e, "failures", "recognising what is in it failed");
}

static void put_changed(const struct options *o, const struct watch_event *e) {
        char line[2400];

        put_transition(o, e, "verdict", "verdict");
        if (!e->object->is_headset) {
                put_changed_port(o, e);
                return;
        }
        put_charging(o, e);
        put_battery(o, e);
        put_bluetooth(o, e);
        put_number(o, e, "negotiated_ma", "granted", " mA");
        if (json_list(e->data, "path") && *headset_device(e->object->properties)) {
                snprintf(line, sizeof line, "is now %s", headset_device(e->object->properties));
                put_line(o, e->object, line);
        }
}

static void put_added(const struct options *o, const struct watch_object *object) {
        const char *device = headset_device(object->properties), *id = json_text(object->properties, "id");
        char line[2400];

        if (object->is_headset) {
                snprintf(line, sizeof line, "came%s%s: %s (%s)", *device ? " as " : "", device,
                         json_text(object->properties, "verdict"), id);
                put_line(o, object, line);
                return;
        }
        if (!*json_text(object->properties, "child")) /* a hub brings many empty ports */
                return;
        snprintf(line, sizeof line, "device: %s", json_text(object->properties, "child"));
        put_line(o, object, line);
}

static void put_event(const struct options *o, const struct watch_event *e) {
        switch (e->kind) {
        case WATCH_ADDED:
                put_added(o, e->object);
                break;
        case WATCH_CHANGED:
                put_changed(o, e);
                break;
        case WATCH_REMOVED:
                if (e->object->is_headset || *json_text(e->object->properties, "child"))
                        put_line(o, e->object, "left");
                break;
        case WATCH_FINDING:
        case WATCH_CLEARED:
                put_finding(o, e);
                break;
        case WATCH_GONE:
        case WATCH_BACK:
        case WATCH_SYNCED:
        case WATCH_REWORDED:
                break;
        }
}

/* Being seen once more is no news. */
static bool is_chatter(const struct watch_event *e) {
        return e->kind == WATCH_CHANGED && json_object_object_length(e->data) == 1 &&
               json_object_object_get_ex(e->data, "last_seen", NULL);
}

static void on_event(void *userdata, const struct watch_event *e) {
        struct monitor *m = userdata;

        if (e->kind == WATCH_GONE)
                tell(m->options, "sonycharged went away; waiting for it to come back");
        else if (e->kind == WATCH_BACK)
                tell(m->options, "sonycharged is back");
        else if (e->kind == WATCH_SYNCED || e->kind == WATCH_REWORDED || is_chatter(e))
                return;
        else if (m->options->json)
                put_event_json(e);
        else
                put_event(m->options, e);
        if (fflush(stdout) == EOF)
                sd_event_exit(m->watch.event, output_failed(errno));
}

int verb_monitor(const struct options *o, int argc, char **argv) {
        struct monitor m = { .options = o };
        int r;

        (void) argc;
        (void) argv;
        r = watch_start(&m.watch, o, STATUS_OK, on_event, &m);
        if (r == STATUS_OK) {
                (void) loop_end_with_output(m.watch.event);
                tell(o, "following headsets and ports; Ctrl-C ends");
                r = watch_run(&m.watch);
        }
        watch_done(&m.watch);
        return r;
}
