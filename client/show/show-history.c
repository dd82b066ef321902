/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Shows earlier plug sessions: a table of them by days, and one session in full.
 */
#include <string.h>
#include <time.h>

#include "client/sessions.h"
#include "common/clock.h"
#include "model/address.h"
#include "view/path-words.h"
#include "client/show/show.h"
#include "client/show/text-table.h"
#include "client/show/terminal.h"
#include "words/words.h"
#include "common/language.h"

/* Returns whether only a Type-C port saw the session. */
static bool is_partner(struct json_object *s) {
        return strcmp(json_text(s, "seen_by"), "typec") == 0;
}

const char *session_who(struct json_object *s) {
        static const char *const keys[] = { "model", "headset", "device" };

        /* The link of a headset ended when the power came. */
        if (is_partner(s) && *json_text(s, "probably"))
                return json_text(s, "probably");
        /* An unidentified device is not called a headset. */
        if (json_truth(s, "device_guessed"))
                return _("a USB device");
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
                if (*json_text(s, keys[i]))
                        return json_text(s, keys[i]);
        return _("a USB device");
}

/* Returns the kernel's name of a port from its id; an id without such a name is returned unchanged. */
static const char *port_sysname(const char *id, char buf[static ADDRESS_NAME_MAX]) {
        struct address where;

        if (strncmp(id, "typec_", 6) == 0)
                return id + 6;
        return address_parse_id(id, &where) ? address_port_name(&where, buf) : id;
}

const char *session_where(struct json_object *s, char buf[static SESSION_WHERE_MAX]) {
        const char *id = json_text(s, "port"), *place = json_text(s, "place");
        char name[ADDRESS_NAME_MAX];

        port_words(*place ? place : json_text(s, "port_key"), port_sysname(id, name), buf, SESSION_WHERE_MAX);
        return buf;
}

/* "35 s", "42 min", "7 h", "3 days"; "-" for 0. Returns buf. */
static const char *show_span(uint64_t usec, char *buf, size_t size) {
        unsigned long long seconds = usec / 1000000;

        if (usec == 0)
                snprintf(buf, size, "-");
        else if (seconds < 120)
                snprintf(buf, size, _("%llu s"), seconds);
        else if (seconds < 7200)
                snprintf(buf, size, _("%llu min"), seconds / 60);
        else if (seconds < 172800)
                snprintf(buf, size, _("%llu h"), seconds / 3600);
        else
                snprintf(buf, size, _("%llu days"), seconds / 86400);
        return buf;
}

const char *session_outcome_words(struct json_object *s) {
        const char *outcome = json_text(s, "outcome");

        if (is_partner(s))
                return *json_text(s, "probably") ? _("probably it, power but not on USB") : _("power but not on USB");
        if (strcmp(outcome, "good") == 0)
                return _("fine");
        if (strcmp(outcome, "shaky") == 0)
                return _("with errors");
        if (strcmp(outcome, "bad") == 0)
                return *json_text(s, "device") && !json_truth(s, "device_guessed") ? _("unstable or lost") : _("not recognised");
        return json_number(s, "end") == 0 && strcmp(json_text(s, "ended"), "open") == 0 ? _("still going on")
                                                                                        : _("too short to tell");
}

static enum style outcome_style(struct json_object *s) {
        const char *outcome = json_text(s, "outcome");

        if (strcmp(outcome, "good") == 0)
                return STYLE_GOOD;
        return strcmp(outcome, "bad") == 0 || strcmp(outcome, "shaky") == 0 ? STYLE_WARNING : STYLE_PLAIN;
}

/* Returns the code of the most important finding of the session. */
const char *session_first_code(struct json_object *s) {
        struct json_object *findings = json_list(s, "findings"), *first = NULL;

        for (size_t i = 0; i < json_length(findings); i++) {
                struct json_object *f = json_object_array_get_idx(findings, i);

                if (!first || (finding_needs_action(f) && !finding_needs_action(first)))
                        first = f;
        }
        return first ? json_text(first, "code") : "";
}

/* Splits a time into "2026-01-31 Sat" and the time of day. */
static void split_time(uint64_t at, char *day, char *hour, size_t size) {
        time_t seconds = clock_second(at);
        struct tm tm = {};

        *day = *hour = '\0';
        if (at == 0 || !localtime_r(&seconds, &tm))
                return;
        strftime(day, size, _("%Y-%m-%d %a"), &tm);
        strftime(hour, size, "%H:%M", &tm);
}

/* "34 to 80 %", "80 %", "". */
static const char *battery_words(struct json_object *s, char *buf, size_t size) {
        struct json_object *points = json_list(s, "battery");
        int first = -1, last = -1;

        for (size_t i = 0; i < json_length(points); i++) {
                int level = battery_level(json_object_array_get_idx(points, i));

                if (level >= 0 && first < 0)
                        first = level;
                last = level >= 0 ? level : last;
        }
        *buf = '\0';
        if (first >= 0 && first != last)
                snprintf(buf, size, _("%d to %d %%"), first, last);
        else if (first >= 0)
                snprintf(buf, size, _("%d %%"), first);
        return buf;
}

static bool any_battery(struct json_object *sessions) {
        for (size_t i = 0; i < json_length(sessions); i++)
                if (json_length(json_list(json_object_array_get_idx(sessions, i), "battery")) > 0)
                        return true;
        return false;
}

/* A shorter session only shows that the device was seen. */
#define SEEN_USEC 10000000

const char *session_length_words(struct json_object *s, char buf[static SESSION_LENGTH_MAX]) {
        char span[SESSION_LENGTH_MAX];
        unsigned long long exactly = json_number(s, "lasted_usec"), at_least = json_number(s, "lasted_at_least_usec");

        if (exactly > 0 || (at_least == 0 && strcmp(json_text(s, "ended"), "lost") != 0))
                return show_span(exactly, buf, SESSION_LENGTH_MAX);
        if (at_least < SEEN_USEC)
                return _("not known");
        snprintf(buf, SESSION_LENGTH_MAX, _("%s or more"), show_span(at_least, span, sizeof span));
        return buf;
}

static void add_session(struct table *t, struct json_object *s, bool battery) {
        char day[32], hour[32], span[SESSION_LENGTH_MAX], level[32], where[SESSION_WHERE_MAX];
        const char *code = session_first_code(s), *cable = json_text(s, "cable");

        split_time(json_number(s, "start"), day, hour, sizeof hour);
        table_cell(t, STYLE_PLAIN, hour);
        table_cell(t, STYLE_PLAIN, session_who(s));
        table_cell(t, STYLE_PLAIN, session_where(s, where));
        table_cell(t, STYLE_PLAIN, json_number(s, "end") > 0 ? session_length_words(s, span) : _("now"));
        if (battery)
                table_cell(t, STYLE_PLAIN, battery_words(s, level, sizeof level));
        table_cellf(t, outcome_style(s), "%s%s%s%s%s%s", session_outcome_words(s), *code ? ", " : "", code, *cable ? " [" : "",
                    cable, *cable ? "]" : "");
}

/* Prints the sessions below the days on which they began. */
static void put_sessions(FILE *out, const struct options *o, struct json_object *sessions) {
        static const struct table_column plain[] = { { N_("FROM") },
                                                     { N_("HEADSET"), .min = 10 },
                                                     { N_("PORT"), .min = 9 },
                                                     { N_("FOR"), .right = true },
                                                     { N_("HOW IT WENT") } },
                                         with_battery[] = { { N_("FROM") },
                                                            { N_("HEADSET"), .min = 10 },
                                                            { N_("PORT"), .min = 9 },
                                                            { N_("FOR"), .right = true },
                                                            { N_("BATTERY"), .right = true },
                                                            { N_("HOW IT WENT") } };
        bool battery = any_battery(sessions);
        char day[32], hour[32], before[32] = "";
        _cleanup_table_ struct table t = {};

        table_init(&t, o, battery ? with_battery : plain, battery ? 6 : 5, 2);
        for (size_t i = 0; i < json_length(sessions); i++)
                add_session(&t, json_object_array_get_idx(sessions, i), battery);
        table_fit(&t);
        table_put_titles(out, &t);
        for (size_t i = 0; i < json_length(sessions); i++) {
                split_time(json_number(json_object_array_get_idx(sessions, i), "start"), day, hour, sizeof day);
                if (strcmp(day, before) != 0)
                        fprintf(out, "%s%s%s\n", style(o, STYLE_BOLD), *day ? day : _("at an unknown time"),
                                style(o, STYLE_PLAIN));
                snprintf(before, sizeof before, "%s", day);
                table_put_rows(out, &t, i, 1);
        }
}

static void put_health(FILE *out, const struct options *o, struct json_object *list, const char *title, bool ports) {
        const struct table_column columns[] = {
                { title, .min = 12 }, { N_("FINE"), .right = true }, { N_("WITH ERRORS"), .right = true }, { N_("FAILED") }
        };
        _cleanup_table_ struct table t = {};

        if (json_length(list) == 0)
                return;
        table_init(&t, o, columns, sizeof columns / sizeof *columns, 2);
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *h = json_object_array_get_idx(list, i);
                unsigned long long good = json_number(h, "good"), shaky = json_number(h, "shaky"), bad = json_number(h, "bad");
                char where[SESSION_WHERE_MAX];

                table_cell(&t, STYLE_PLAIN, ports ? session_where(h, where) : json_text(h, "headset"));
                table_cellf(&t, STYLE_PLAIN, _("%llu of %llu"), good, good + shaky + bad);
                table_cellf(&t, shaky > 0 ? STYLE_WARNING : STYLE_PLAIN, "%llu", shaky);
                table_cellf(&t, bad > 0 ? STYLE_WARNING : STYLE_PLAIN, "%llu", bad);
        }
        fputc('\n', out);
        table_put(out, &t);
}

void show_history(FILE *out, const struct options *o, struct json_object *history) {
        struct json_object *sessions = json_list(history, "sessions");

        if (json_length(sessions) == 0) {
                fprintf(out, "%s\n", _("No plug session is remembered that fits."));
                return;
        }
        show_timeline(out, o, sessions);
        put_sessions(out, o, sessions);
        if (json_truth(history, "more"))
                fprintf(out, "%s%s%s\n", style(o, STYLE_DIM), _("(older ones with --limit=N; 0 shows all)"),
                        style(o, STYLE_PLAIN));
        put_health(out, o, json_list(history, "headsets"), N_("HEADSET"), false);
        put_health(out, o, json_list(history, "ports"), N_("PORT"), true);
        if (*json_text(history, "cable")) {
                fprintf(out, "\n%s", _("Cable in use: "));
                put_wrapped(out, o, json_text(history, "cable"), text_columns(o, _("Cable in use: ")), 2);
                fputc('\n', out);
        }
}

static const char *session_end_words(struct json_object *s) {
        static const struct name_text ends[] = {
                { "open", N_("still plugged in") },
                { "unplugged", N_("unplugged") },
                { "over-current", N_("the port's protection switched it off") },
                { "asleep", N_("it left while the computer slept") },
                { "silent", N_("nothing more was heard of it") },
                { "boot", N_("the computer was started anew") },
                { "lost", N_("the end was not seen") },
                { "identified", N_("it appeared on USB") },
        };

        return TEXT_OF_NAME(ends, json_text(s, "ended"), json_text(s, "ended"));
}

/* The device was there when the service started. */
static bool was_there_before(struct json_object *s) {
        return json_object_object_get(s, "start_seen") && !json_truth(s, "start_seen");
}

static void put_duration(FILE *out, const struct options *o, struct json_object *s) {
        char begin[32], end[32], span[SESSION_LENGTH_MAX], line[200];

        show_time(json_number(s, "start"), begin, sizeof begin);
        show_time(json_number(s, "end"), end, sizeof end);
        snprintf(line, sizeof line,
                 was_there_before(s) ? _("before %s, up to %s (%s), then: %s") : _("from %s to %s (%s), then: %s"),
                 *begin ? begin : "?", *end ? end : _("now"), session_length_words(s, span), session_end_words(s));
        put_row(out, o, _("Plugged"), line);
}

static void put_numbers(FILE *out, const struct options *o, struct json_object *s) {
        unsigned long long asleep = json_number(s, "slept_usec"), suspended = json_number(s, "suspended_usec");
        char line[256], span[32];

        if (json_number(s, "offered_ma") > 0) {
                snprintf(line, sizeof line, _("the port offered %llu mA at most"),
                         (unsigned long long) json_number(s, "offered_ma"));
                put_row(out, o, _("Allowed"), line);
        }
        if (asleep > 0) {
                snprintf(line, sizeof line, _("the computer slept for %s of it"), show_span(asleep, span, sizeof span));
                put_row(out, o, _("Asleep"), line);
        }
        if (suspended > 1000000) {
                snprintf(line, sizeof line, _("the device was put to sleep for %s of it"),
                         show_span(suspended, span, sizeof span));
                put_row(out, o, _("Suspended"), line);
        }
        if (is_partner(s))
                return;
        snprintf(line, sizeof line, _("%llu failed tries, %llu errors, %llu breaks, %llu resets, %llu over-currents"),
                 (unsigned long long) json_number(s, "failed_tries"),
                 (unsigned long long) json_number(json_child(s, "enumeration"), "errors"),
                 (unsigned long long) json_number(s, "drops"), (unsigned long long) json_number(s, "resets"),
                 (unsigned long long) json_number(s, "over_currents"));
        put_row(out, o, _("Counted"), line);
}

static void put_full(FILE *out, const struct options *o, struct json_object *s) {
        struct json_object *findings = json_list(s, "findings");
        char line[2400], where[SESSION_WHERE_MAX];

        snprintf(line, sizeof line, _("%s on %s: %s"), session_who(s), session_where(s, where), session_outcome_words(s));
        fputs(style(o, STYLE_BOLD), out);
        put_wrapped(out, o, line, 0, 2);
        fprintf(out, "%s\n\n", style(o, STYLE_PLAIN));
        if (json_length(findings) > 0) {
                show_findings(out, o, findings, NULL);
                fputc('\n', out);
        }
        put_duration(out, o, s);
        put_numbers(out, o, s);
        if (*battery_words(s, line, sizeof line))
                put_row(out, o, _("Battery"), line);
        (void) show_battery(out, o, s);
        if (*json_text(s, "cable"))
                put_row(out, o, _("Cable"), json_text(s, "cable"));
        if (*json_text(s, "headset"))
                put_row(out, o, _("Id"), json_text(s, "headset"));
        if (json_length(findings) == 0)
                put_row(out, o, _("Findings"), words_text(SAY_NOTHING_FOUND));
}

static struct json_object *statistics_of(struct json_object *status, const char *headset) {
        struct json_object *statistics = json_list(status, "past");

        for (size_t i = 0; i < json_length(statistics); i++)
                if (strcmp(json_text(json_object_array_get_idx(statistics, i), "headset"), headset) == 0)
                        return json_object_array_get_idx(statistics, i);
        return NULL;
}

static void write_tally(char *buf, size_t size, struct json_object *tally, const char *place) {
        unsigned long long good = json_number(tally, "good"), shaky = json_number(tally, "shaky"),
                           bad = json_number(tally, "bad");

        if (good + shaky + bad == 0)
                snprintf(buf, size, _("never %s"), place);
        else if (bad > 0)
                snprintf(buf, size, _("failed %llu of %llu times %s"), bad, good + shaky + bad, place);
        else
                snprintf(buf, size, _("%llu of %llu fine %s"), good, good + shaky + bad, place);
}

void show_statistics(FILE *out, const struct options *o, struct json_object *status, const char *headset) {
        struct json_object *statistics = statistics_of(status, headset);
        char here[100], elsewhere[100], line[240];

        if (!statistics)
                return;
        write_tally(here, sizeof here, json_child(statistics, "here"), _("on this port"));
        write_tally(elsewhere, sizeof elsewhere, json_child(statistics, "elsewhere"), _("on others"));
        snprintf(line, sizeof line, _("%s, %s (see \"sonychargectl history\")"), here, elsewhere);
        put_row(out, o, _("Earlier"), line);
}

void show_last(FILE *out, const struct options *o, struct json_object *last) {
        static const char *const lists[] = { "sessions", "unidentified" };
        bool first = true;

        for (size_t k = 0; k < 2; k++)
                for (size_t i = 0; i < json_length(json_list(last, lists[k])); i++) {
                        if (!first)
                                fputc('\n', out);
                        first = false;
                        put_full(out, o, json_object_array_get_idx(json_list(last, lists[k]), i));
                }
}
