/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * sonychargectl monitor: prints changes as they happen.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "model/address.h"
#include "client/changes.h"
#include "client/connection.h"
#include "client/follow.h"
#include "client/match.h"
#include "client/sessions.h"
#include "view/path-words.h"
#include "client/show/show.h"
#include "client/show/terminal.h"
#include "common/finding-json.h"
#include "common/language.h"
#include "words/words.h"

struct monitor {
        struct follow follow;
        const struct options *options;
};

static const char *const kind_names[] = {
        [CHANGE_ADDED] = "added",    [CHANGE_CHANGED] = "changed", [CHANGE_REMOVED] = "removed",
        [CHANGE_RAISED] = "finding", [CHANGE_CLEARED] = "cleared",
};

/* Returns the id of the port that the object is or is connected to; "" if there is none. */
static const char *port_of(const struct status_change *c, char buf[static ADDRESS_NAME_MAX]) {
        const char *device;
        struct address where;

        if (!c->is_headset)
                return json_text(c->object, "id");
        device = headset_device(c->object);
        return address_parse(device, strlen(device), &where) ? address_port_id(&where, buf) : "";
}

static void put_event_json(const struct status_change *c) {
        _cleanup_json_ struct json_object *line = json_api_object();
        const char *id = json_text(c->object, "id");
        char port[ADDRESS_NAME_MAX];

        json_object_object_add(line, "at", json_object_new_uint64(now_usec(CLOCK_REALTIME)));
        json_object_object_add(line, "event", json_object_new_string(kind_names[c->kind]));
        json_object_object_add(line, "headset", json_text_or_null(c->is_headset ? id : ""));
        json_object_object_add(line, "port", json_text_or_null(port_of(c, port)));
        json_object_object_add(line, "data", json_object_get(c->data));
        puts(json_object_to_json_string_ext(line, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
}

/* The date is printed once before the changes of a day, not on each line. */
static void put_day(const struct options *o, const struct tm *tm) {
        static int last = -1;
        char day[32];

        if (last >= 0 && last != tm->tm_yday) {
                strftime(day, sizeof day, _("%Y-%m-%d %a"), tm);
                printf("%s%s%s\n", style(o, STYLE_DIM), day, style(o, STYLE_PLAIN));
        }
        last = tm->tm_yday;
}

/* Stores the name of the object. If there is room, the kernel's name stands beside that of a port, as ports of two hubs may have
 * the same name. */
static void name_of(const struct status_change *c, bool wide, char *buf, size_t size) {
        const char *model = json_text(c->object, "model");

        if (c->is_host)
                snprintf(buf, size, _("this computer"));
        else if (c->is_headset)
                snprintf(buf, size, "%.200s", *model ? model : json_text(c->object, "id"));
        else
                port_words(json_text(c->object, "name"), wide ? json_text(c->object, "sysname") : "", buf, size);
}

/* "12:03:04  WH-1000XM4  ", for a port "12:03:04  USB port 3 (1-2-port3)  ". Returns the column after it. */
static size_t put_head(const struct options *o, const struct status_change *c) {
        bool wide = o->columns >= 72;
        size_t columns = wide ? 24 : 13;
        time_t now = time(NULL);
        struct tm tm = {};
        char at[16], name[420];

        localtime_r(&now, &tm);
        strftime(at, sizeof at, "%H:%M:%S", &tm);
        put_day(o, &tm);
        printf("%s%s%s  %s", style(o, STYLE_DIM), at, style(o, STYLE_PLAIN), style(o, STYLE_BOLD));
        name_of(c, wide, name, sizeof name);
        put_column(stdout, o, name, columns);
        printf("%s  ", style(o, STYLE_PLAIN));
        return 10 + columns + 2;
}

static void put_line(const struct options *o, const struct status_change *c, const char *text) {
        size_t column = put_head(o, c);

        put_wrapped(stdout, o, text, column, column);
        putchar('\n');
}

static void put_finding(const struct options *o, const struct status_change *c) {
        size_t column = put_head(o, c);
        char line[2400];

        if (c->kind == CHANGE_CLEARED) {
                snprintf(line, sizeof line, _("no longer: %s"), json_text(c->data, "code"));
                put_wrapped(stdout, o, line, column, column);
                putchar('\n');
                return;
        }
        put_severity(stdout, o, c->data);
        putchar(' ');
        snprintf(line, sizeof line, "%s (%s)", json_text(c->data, "cause"), json_text(c->data, "code"));
        put_wrapped(stdout, o, line, column + 2, column + 2);
        putchar('\n');
        if (!finding_needs_action(c->data) || !*json_text(c->data, "action"))
                return;
        put_spaces(stdout, column);
        printf("%s ", symbol(o, SYMBOL_ARROW));
        put_wrapped(stdout, o, json_text(c->data, "action"), column + 3, column + 3);
        putchar('\n');
}

/* Prints a change of a verdict or a state in words. Returns false for other keys. */
static bool put_transition(const struct options *o, const struct status_change *c, const char *key, const char *words) {
        char line[2400];

        if (!json_object_object_get_ex(c->data, key, NULL))
                return false;
        snprintf(line, sizeof line, "%s: %s %s %s", words,
                 *json_text(c->old, key) ? words_value(json_text(c->old, key)) : _("none"), symbol(o, SYMBOL_ARROW),
                 *json_text(c->data, key) ? words_value(json_text(c->data, key)) : _("none"));
        put_line(o, c, line);
        return true;
}

/* Prints a number that has changed: "granted: 100 -> 500 mA". */
static void put_number(const struct options *o, const struct status_change *c, const char *key, const char *words,
                       const char *unit) {
        char line[240], before[48], now[48];

        if (!json_object_object_get_ex(c->data, key, NULL))
                return;
        snprintf(before, sizeof before, "%s", words_value("unknown"));
        snprintf(now, sizeof now, "%s", words_value("unknown"));
        if (json_number(c->old, key) > 0)
                snprintf(before, sizeof before, "%llu", (unsigned long long) json_number(c->old, key));
        if (json_number(c->data, key) > 0)
                snprintf(now, sizeof now, "%llu", (unsigned long long) json_number(c->data, key));
        snprintf(line, sizeof line, "%s: %s %s %s%s", words, before, symbol(o, SYMBOL_ARROW), now, unit);
        put_line(o, c, line);
}

/* Prints faults of a port that are counted. */
static void put_count(const struct options *o, const struct status_change *c, const char *key, const char *words) {
        unsigned long long n = json_number(c->data, key);
        char line[120];

        if (n <= json_number(c->old, key))
                return;
        snprintf(line, sizeof line, ngettext("%s (%llu time so far)", "%s (%llu times so far)", n), words, n);
        put_line(o, c, line);
}

static void put_charging(const struct options *o, const struct status_change *c) {
        const char *now = json_text(json_child(c->data, "charging"), "state"),
                   *before = json_text(json_child(c->old, "charging"), "state");
        char line[2400];

        if (!*now || strcmp(now, before) == 0)
                return;
        snprintf(line, sizeof line, _("charging: %s"), words_value(now));
        put_line(o, c, line);
}

static void put_battery(const struct options *o, const struct status_change *c) {
        int now = battery_level(json_child(c->data, "battery")), before = battery_level(json_child(c->old, "battery"));
        char line[80];

        if (now < 0 || now == before)
                return;
        if (before < 0)
                snprintf(line, sizeof line, _("battery: %d %%"), now);
        else
                snprintf(line, sizeof line, _("battery: %d %s %d %%"), before, symbol(o, SYMBOL_ARROW), now);
        put_line(o, c, line);
}

static void put_bluetooth(const struct options *o, const struct status_change *c) {
        struct json_object *now = json_child(c->data, "bluetooth"), *before = json_child(c->old, "bluetooth");

        if (now && json_truth(now, "connected") != json_truth(before, "connected"))
                put_line(o, c, json_truth(now, "connected") ? _("Bluetooth: connected") : _("Bluetooth: the link ended"));
}

static void put_changed_port(const struct options *o, const struct status_change *c) {
        put_transition(o, c, "state", _("state"));
        put_transition(o, c, "child", _("device"));
        put_count(o, c, "over_currents", _("over-current was reported"));
        put_count(o, c, "failures", _("recognising what is in it failed"));
}

static void put_changed(const struct options *o, const struct status_change *c) {
        char line[2400];

        put_transition(o, c, "verdict", _("verdict"));
        if (!c->is_headset) {
                put_changed_port(o, c);
                return;
        }
        put_charging(o, c);
        put_battery(o, c);
        put_bluetooth(o, c);
        put_number(o, c, "negotiated_ma", _("granted"), _(" mA"));
        if (json_list(c->data, "path") && *headset_device(c->object)) {
                snprintf(line, sizeof line, _("is now %s"), headset_device(c->object));
                put_line(o, c, line);
        }
}

static void came_words(const char *device, const char *verdict, const char *id, char *buf, size_t size) {
        if (*device)
                snprintf(buf, size, _("came as %s: %s (%s)"), device, verdict, id);
        else
                snprintf(buf, size, _("came: %s (%s)"), verdict, id);
}

static void put_added(const struct options *o, const struct status_change *c) {
        const char *device = headset_device(c->object), *child = json_text(c->object, "child");
        char line[2400];

        if (c->is_headset)
                came_words(device, words_value(json_text(c->object, "verdict")), json_text(c->object, "id"), line, sizeof line);
        else
                snprintf(line, sizeof line, _("device: %s"), child);
        if (c->is_headset || *child) /* a hub adds many empty ports */
                put_line(o, c, line);
}

static void put_event(const struct options *o, const struct status_change *c) {
        switch (c->kind) {
        case CHANGE_ADDED:
                put_added(o, c);
                break;
        case CHANGE_CHANGED:
                put_changed(o, c);
                break;
        case CHANGE_REMOVED:
                if (c->is_headset || *json_text(c->object, "child"))
                        put_line(o, c, C_("event", "left"));
                break;
        case CHANGE_RAISED:
        case CHANGE_CLEARED:
                put_finding(o, c);
                break;
        }
}

static void on_change(void *userdata, const struct status_change *c) {
        struct monitor *m = userdata;

        if (m->options->json)
                put_event_json(c);
        else
                put_event(m->options, c);
}

static void on_event(void *userdata, enum follow_event event) {
        struct monitor *m = userdata;

        if (event == FOLLOW_GONE || event == FOLLOW_BACK)
                follow_tell(m->options, event);
        else
                changes_tell(m->follow.before, m->follow.state, on_change, m);
        if (fflush(stdout) == EOF)
                sd_event_exit(m->follow.event, output_failed(errno));
}

int verb_monitor(const struct options *o, int argc, char **argv) {
        struct monitor m = { .options = o };
        int r;

        r = follow_state(&m.follow, o, FOLLOW_PORTS, STATUS_OK, on_event, &m);
        if (r == STATUS_OK) {
                (void) loop_end_with_output(m.follow.event);
                tell(o, _("following headsets and ports; Ctrl-C ends"));
                r = follow_run(&m.follow);
        }
        follow_done(&m.follow);
        return r;
}
