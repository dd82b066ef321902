/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's connection to the daemon: reads the status, follows its changes and sends the answers.
 */
#include "client/doctor/doctor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "client/changes.h"
#include "client/ask.h"
#include "client/connection.h"
#include "hwdb/facts-json.h"
#include "hwdb/hwdb.h"
#include "client/show/show.h"
#include "common/answer.h"
#include "common/text.h"

/* The same time as for `wait` (docs/api.md). */
#define REST_USEC (2 * UINT64_C(1000000))

/* Intervals between lines of progress. They become longer. */
#define FIRST_PROGRESS_USEC (20 * UINT64_C(1000000))
#define PROGRESS_USEC (60 * UINT64_C(1000000))

/* The daemon answers at once or hangs, so a longer timeout does not help. */
#define CALL_USEC (5 * UINT64_C(1000000))

static int on_rest(sd_event_source *s, uint64_t usec, void *userdata) {
        struct doctor *d = userdata;

        d->news = true;
        return 0;
}

static void start_timer(sd_event_source *s, uint64_t usec) {
        if (!s)
                return;
        sd_event_source_set_time(s, now_usec(CLOCK_MONOTONIC) + usec);
        sd_event_source_set_enabled(s, SD_EVENT_ONESHOT);
}

/* Returns true unless the change is known to be about another headset. */
static bool is_ours(struct doctor *d, const struct status_change *c) {
        const char *id = json_text(c->object, "id");

        for (unsigned i = 0; i < d->subject.n_others; i++)
                if (strcmp(d->subject.others[i], id) == 0)
                        return false;
        return c->is_headset;
}

/* A program that shows the check is told, too. */
static void say_news(struct doctor *d, const char *text) {
        if (d->lines)
                lines_seen(text, NULL, STEP_NONE);
        else
                talk_say(d, 2, text);
}

static void say_change(struct doctor *d, const struct status_change *c) {
        char time[32], text[1024];

        show_time(now_usec(CLOCK_REALTIME), time, sizeof time);
        if (c->kind == CHANGE_REMOVED)
                snprintf(text, sizeof text, _("%s: %s was unplugged."), time, json_text(c->object, "model"));
        else if (c->kind == CHANGE_ADDED)
                snprintf(text, sizeof text, _("%s: %s came; a moment, please."), time, json_text(c->object, "model"));
        else
                return;
        say_news(d, text);
}

static void on_change(void *userdata, const struct status_change *c) {
        struct doctor *d = userdata;
        bool moves = c->kind == CHANGE_ADDED || c->kind == CHANGE_REMOVED ||
                     (c->kind == CHANGE_CHANGED && (json_list(c->data, "seen_by") || json_list(c->data, "path")));

        if (!moves || !is_ours(d, c))
                return;
        d->moved = true;
        if (d->follow)
                say_change(d, c);
}

static void on_event(void *userdata, enum follow_event event) {
        struct doctor *d = userdata;

        if (event == FOLLOW_GONE)
                say_news(d, _("sonycharged went away; until it is back nothing can be watched."));
        else if (event == FOLLOW_BACK)
                say_news(d, _("sonycharged is back."));
        else
                changes_tell(d->watch.before, d->watch.state, on_change, d);
        start_timer(d->rest, REST_USEC);
}

static int on_progress(sd_event_source *s, uint64_t usec, void *userdata) {
        struct doctor *d = userdata;
        uint64_t seconds = (now_usec(CLOCK_MONOTONIC) - d->waited_since + 500000) / 1000000;

        if (seconds < 60)
                talk_sayf(d, 2, _("%u seconds; nothing new yet."), (unsigned) seconds);
        else
                talk_sayf(d, 2, _("%u min; nothing new yet."), (unsigned) (seconds / 60));
        start_timer(s, seconds < 60 ? PROGRESS_USEC - FIRST_PROGRESS_USEC : PROGRESS_USEC);
        return 0;
}

static int on_limit(sd_event_source *s, uint64_t usec, void *userdata) {
        struct doctor *d = userdata;

        d->late = true;
        return 0;
}

void watch_look_again(struct doctor *d, uint64_t usec) {
        start_timer(d->rest, usec);
}

void watch_step_begin(struct doctor *d, uint64_t limit_usec) {
        d->waited_since = now_usec(CLOCK_MONOTONIC);
        d->steady_since = 0;
        d->announced = EFFECT_NOTHING;
        d->follow = true;
        d->news = d->late = false;
        start_timer(d->clock, FIRST_PROGRESS_USEC);
        if (limit_usec != UINT64_MAX)
                start_timer(d->limit, limit_usec);
}

void watch_step_end(struct doctor *d) {
        d->follow = d->news = d->late = false;
        sd_event_source_set_enabled(d->clock, SD_EVENT_OFF);
        sd_event_source_set_enabled(d->limit, SD_EVENT_OFF);
}

static int add_timer(struct doctor *d, sd_event_source **ret, sd_event_time_handler_t on_time) {
        int r = sd_event_add_time(d->event, ret, CLOCK_MONOTONIC, UINT64_MAX, 0, on_time, d);

        return r < 0 ? r : sd_event_source_set_enabled(*ret, SD_EVENT_OFF);
}

static int add_sources(struct doctor *d) {
        int r = add_timer(d, &d->rest, on_rest);

        if (r >= 0)
                r = add_timer(d, &d->clock, on_progress);
        if (r >= 0)
                r = add_timer(d, &d->limit, on_limit);
        return r;
}

/* No message in JSON mode, because the window shows by itself that the daemon does not answer. Other messages are shown. */
static bool get_status(struct doctor *d, struct json_object **ret) {
        bool in_window = d->lines && getenv("SONYCHARGE_TRANSLATE_JSON");
        char message[1024];
        int r = STATUS_OK;

        if (in_window)
                complain_into(message, sizeof message);
        if (!d->bus)
                r = bus_connect(&d->bus);
        if (r == STATUS_OK)
                r = bus_get_json(&d->watch_options, d->bus, "GetStatus", NULL, ret);
        if (in_window)
                complain_into(NULL, 0);
        if (in_window && r != STATUS_OK && r != STATUS_NO_DAEMON)
                complain("%s", message);
        return r == STATUS_OK;
}

int watch_doctor_start(struct doctor *d) {
        int r;

        d->watch_options = *d->options;
        d->watch_options.timeout_usec = CALL_USEC; /* --timeout is about steps */
        d->reached = get_status(d, &d->status);
        d->watch_options.timeout_usec = UINT64_MAX; /* of the connection that follows changes, which lasts as long as the check */
        d->watching = d->reached && follow_state(&d->watch, &d->watch_options, FOLLOW_PORTS, STATUS_OK, on_event, d) == STATUS_OK;
        d->watch_options.timeout_usec = CALL_USEC;
        /* The headset is asked in the background, because its own report counts more than any answer. */
        if (d->watching)
                ask_headsets_meanwhile(d->bus);
        if (d->watching)
                d->event = sd_event_ref(d->watch.event);
        else if ((r = loop_new(NULL, UINT64_MAX, STATUS_OK, &d->event)) < 0)
                return r;
        return add_sources(d);
}

void watch_doctor_done(struct doctor *d) {
        sd_event_source_disable_unref(d->rest);
        sd_event_source_disable_unref(d->clock);
        sd_event_source_disable_unref(d->limit);
        sd_event_source_disable_unref(d->input);
        follow_done(&d->watch);
        sd_bus_flush_close_unref(d->bus);
        sd_event_unref(d->event);
        json_object_put(d->status);
        json_object_put(d->model_facts);
}

/* Returns the number of failures at the port, which `unidentified` does not contain. */
static uint64_t failures_on(const struct doctor *d, const char *id) {
        struct json_object *ports = json_list(d->watch.state, "ports");

        for (size_t i = 0; i < json_length(ports); i++) {
                struct json_object *port = json_object_array_get_idx(ports, i);

                if (strcmp(json_text(port, "id"), id) == 0)
                        return json_number(port, "failures");
        }
        return 0;
}

/* Returns true when the person has said that the device that failed there is not the headset. */
static bool is_strange(const struct doctor *d, const struct doctor_facts *f) {
        return f->nameless && d->check.answers[ASK_THIS_ONE] == ANSWER_NO && strcmp(f->port, d->start.port) == 0;
}

static void forget_nameless(struct doctor_facts *f) {
        f->nameless = false;
        f->trouble = TROUBLE_NONE;
        *f->port = '\0';
}

bool watch_doctor_look(struct doctor *d) {
        struct json_object *status = NULL;

        if (!d->watching || (d->follow && !d->watch.present) || !get_status(d, &status))
                return false;
        json_object_put(d->status);
        d->status = status;
        doctor_read_facts(&d->subject, status, &d->now);
        doctor_read_model(d->model_facts, &d->now);
        d->now.failures = failures_on(d, d->now.port);
        if (is_strange(d, &d->now))
                forget_nameless(&d->now);
        if (is_strange(d, &d->there))
                d->was_there = false;
        if (*d->now.id)
                snprintf(d->subject.id, sizeof d->subject.id, "%s", d->now.id);
        if (d->now.on_cable || d->now.nameless) {
                d->there = d->now;
                d->was_there = true;
        }
        return true;
}

/* Calls a method that the daemon may not know or may refuse. Returns a negative errno, and *error, on failure. */
static int call(struct doctor *d, sd_bus_message *m, sd_bus_message **ret, sd_bus_error *error) {
        return d->watching ? sd_bus_call(d->bus, m, CALL_USEC, error, ret) : -ENOTCONN;
}

/* Returns the facts of the model from the daemon. The caller owns them. */
static struct json_object *ask_model(struct doctor *d, const char *name) {
        _cleanup_message_ sd_bus_message *m = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        _cleanup_json_ struct json_object *answer = NULL;
        const char *text = NULL;
        int r;

        if (!d->watching)
                return NULL;
        r = sd_bus_message_new_method_call(d->bus, &m, BUS_NAME, BUS_PATH, BUS_MANAGER, "GetModel");
        if (r >= 0)
                r = sd_bus_message_append(m, "s", name);
        if (r >= 0)
                r = call(d, m, &reply, &error);
        if (r >= 0)
                r = sd_bus_message_read(reply, "s", &text);
        answer = r < 0 ? NULL : parse_json_object(text);
        return json_object_get(json_child(answer, "model"));
}

/* Looks the model up in the hardware database, when there is no daemon. */
static struct json_object *look_up_model(const char *name) {
        struct model_facts facts;

        return hwdb_lookup_model(name, &facts) ? model_facts_to_json(&facts) : NULL;
}

bool watch_doctor_model(struct doctor *d, const char *name) {
        struct json_object *model = ask_model(d, name);

        if (!model && !d->watching)
                model = look_up_model(name);
        if (!*json_text(model, "model")) {
                json_object_put(model);
                return false;
        }
        json_object_put(d->model_facts);
        d->model_facts = model;
        doctor_read_model(model, &d->start);
        doctor_read_model(model, &d->now);
        return true;
}

/* --- what the daemon is told --- */

/* The answers in the older words of the API, which status and report show to people. A change is shown as the question how it
 * went. The daemon reads the words with core/doctor/table-older.c. */
static const struct {
        uint8_t step, answer;
        enum question question;
        const char *word;
} older_words[] = {
        { ASK_DANGER, DANGER_NO, ASKED_WET, "no" },
        { ASK_DANGER, DANGER_SWOLLEN, ASKED_WET, "no" },
        { ASK_DANGER, DANGER_SMOKE, ASKED_WET, "no" },
        { ASK_DANGER, DANGER_HOT, ASKED_TEMPERATURE, "hot" },
        { ASK_DANGER, DANGER_WET, ASKED_WET, "yes" },
        { ASK_DANGER, DANGER_WAS_WET, ASKED_WET, "no" },
        { ASK_TESTER, TESTER_BETWEEN, ASKED_TESTER, "between" },
        { ASK_TESTER, TESTER_ELSEWHERE, ASKED_TESTER, "elsewhere" },
        { ASK_LIGHT, LIGHT_DARK, ASKED_LED, "dark" },
        { ASK_LIGHT, LIGHT_STEADY, ASKED_LED, "steady" },
        { ASK_LIGHT, LIGHT_ALWAYS, ASKED_LED, "steady" },
        { ASK_LIGHT, LIGHT_DOUBLE, ASKED_LED, "flashing" },
        { ASK_LIGHT, LIGHT_BLINKS, ASKED_LED, "flashing" },
        { ASK_LIGHT, LIGHT_SECONDS, ASKED_LED, "went-off" },
        { ASK_LIGHT, LIGHT_WENT_OFF, ASKED_LED, "went-off" },
        { ASK_COLOUR, COLOUR_RED, ASKED_LED_COLOUR, "red" },
        { ASK_COLOUR, COLOUR_ORANGE, ASKED_LED_COLOUR, "orange" },
        { ASK_SINCE, SINCE_MINUTES, ASKED_PLUGGED_FOR, "moments" },
        { ASK_SINCE, SINCE_STORED, ASKED_PLUGGED_FOR, "longer" },
        { ASK_SINCE, SINCE_LONG, ASKED_PLUGGED_FOR, "longer" },
        { ASK_SINCE, SINCE_STORED, ASKED_STORED, "yes" },
        { ASK_PLACE, PLACE_COLD, ASKED_TEMPERATURE, "cold" },
        { ASK_PLACE, PLACE_NORMAL, ASKED_TEMPERATURE, "normal" },
        { ASK_PLACE, PLACE_HOT, ASKED_TEMPERATURE, "hot" },
        { ASK_SOURCE, SOURCE_COMPUTER, ASKED_POWER_FROM, "computer" },
        { ASK_SOURCE, SOURCE_HUB, ASKED_POWER_FROM, "hub" },
        { ASK_SOURCE, SOURCE_ADAPTER, ASKED_POWER_FROM, "adapter" },
        { ASK_SOURCE, SOURCE_FAST, ASKED_POWER_FROM, "adapter" },
        { ASK_SOURCE, SOURCE_BANK, ASKED_POWER_FROM, "adapter" },
        { ASK_SOURCE, SOURCE_CONSOLE, ASKED_POWER_FROM, "adapter" },
        { ASK_SOURCE, SOURCE_PAD, ASKED_POWER_FROM, "pad" },
        { ASK_SOURCE, SOURCE_STAND, ASKED_POWER_FROM, "pad" },
        { ASK_CABLE, CABLE_SUPPLIED, ASKED_CABLE, "supplied" },
        { ASK_CABLE, CABLE_OTHER_A, ASKED_CABLE, "other" },
        { ASK_CABLE, CABLE_OTHER_C, ASKED_CABLE, "other" },
        { ASK_PHONE, ANSWER_YES, ASKED_CABLE_ELSEWHERE, "works" },
        { ASK_SOCKET, SOCKET_CLEAN, ASKED_SOCKET, "clean" },
        { ASK_SOCKET, SOCKET_DIRT, ASKED_SOCKET, "dirty" },
        { ASK_SOCKET, SOCKET_LOOSE, ASKED_SOCKET, "clean" },
        { ASK_CONTACTS, CONTACTS_CLEAN, ASKED_CONTACTS, "clean" },
        { ASK_CONTACTS, CONTACTS_DIRT, ASKED_CONTACTS, "dirty" },
        { ASK_CONTACTS, CONTACTS_CRUST, ASKED_CONTACTS, "dirty" },
        { ASK_CASE, CASE_OK, ASKED_CASE_CHARGED, "yes" },
        { ASK_CASE, CASE_NO_LIGHT, ASKED_CASE_CHARGED, "no" },
        { ASK_CASE, CASE_DRAINS, ASKED_CASE_CHARGED, "yes" },
        { ASK_CASE, CASE_ONLY_CABLE, ASKED_CASE_CHARGED, "no" },
        { ASK_RUNS, RUNS_DIES, ASKED_ONLY_PLUGGED, "yes" },
        { ASK_LEVEL, LEVEL_FULL, ASKED_LEVEL, "full" },
        { ASK_LEVEL, LEVEL_EIGHTY, ASKED_LEVEL, "low" },
        { ASK_LEVEL, LEVEL_LOW, ASKED_LEVEL, "low" },
        { ASK_LEVEL, LEVEL_STUCK, ASKED_LEVEL, "low" },
        { ASK_LEVEL, LEVEL_NONE, ASKED_LEVEL, "unknown" },
        { DO_TRY_CABLE, CHANGE_WORKS, ASKED_OTHER_CABLE, "works" },
        { DO_TRY_CABLE, CHANGE_FAILS, ASKED_OTHER_CABLE, "fails" },
        { DO_RESEAT, CHANGE_WORKS, ASKED_SEATED_HELPED, "works" },
        { DO_RESEAT, CHANGE_FAILS, ASKED_SEATED_HELPED, "fails" },
        { DO_CHARGE_CASE, CHANGE_WORKS, ASKED_CASE_HELPED, "works" },
        { DO_CHARGE_CASE, CHANGE_FAILS, ASKED_CASE_HELPED, "fails" },
        { DO_RESET, CHANGE_WORKS, ASKED_RESET, "helped" },
        { DO_RESET, CHANGE_FAILS, ASKED_RESET, "failed" },
        { DO_INITIALISE, CHANGE_WORKS, ASKED_INITIALISED, "helped" },
        { DO_INITIALISE, CHANGE_FAILS, ASKED_INITIALISED, "failed" },
};

static bool has_mended(const struct doctor *d) {
        for (unsigned s = 0; s < _STEP_MAX; s++)
                if (doctor_steps[s].change && d->check.answers[s] == CHANGE_WORKS)
                        return true;
        return false;
}

/* Answers that were true only before a change that helped are not sent. */
static bool was_before(const struct doctor *d, enum doctor_step s) {
        return has_mended(d) && (s == ASK_LIGHT || s == ASK_COLOUR || s == ASK_SINCE || s == ASK_LEVEL || s == ASK_PLACE ||
                                 s == ASK_CASE || s == ASK_CONTACTS || s == ASK_SOCKET);
}

/* Returns the word for another port or another supply. Which question it answers depends on what was changed. */
static const char *word_of_way(const struct doctor *d, enum question q) {
        const uint8_t *answers = d->check.answers;
        unsigned port = answers[DO_TRY_PORT], source = answers[DO_TRY_SOURCE], from = answers[ASK_SOURCE], answer = UNANSWERED;

        if (q == ASKED_WITHOUT_HUB && from == SOURCE_HUB)
                answer = port;
        if (q == ASKED_OTHER_PORT && from != SOURCE_HUB)
                answer = port;
        if (q == ASKED_ADAPTER && (from == SOURCE_COMPUTER || from == SOURCE_HUB))
                answer = source;
        return answer == CHANGE_WORKS ? "works" : answer == CHANGE_FAILS ? "fails" : NULL;
}

/* Returns the answer to the doctor's own question. With it the daemon draws the same conclusion as this program. */
static const char *word_of_step(const struct doctor *d, enum question q) {
        enum doctor_step s = doctor_step_from_id(question_name(q) + strlen("doctor-"));
        unsigned answer = s == STEP_NONE ? UNANSWERED : doctor_answer_to(&d->check, s);

        if (answer == UNANSWERED || answer == SKIPPED || answer > doctor_n_options(s))
                return NULL;
        return doctor_steps[s].options[answer - 1].id;
}

static const char *word_to_tell(const struct doctor *d, enum question q) {
        if (q >= ASKED_OF_DOCTOR)
                return word_of_step(d, q);
        for (size_t i = 0; i < sizeof older_words / sizeof *older_words; i++)
                if (older_words[i].question == q &&
                    doctor_answer_to(&d->check, (enum doctor_step) older_words[i].step) == older_words[i].answer &&
                    !d->check.settled[older_words[i].step] && !was_before(d, (enum doctor_step) older_words[i].step))
                        return older_words[i].word;
        return word_of_way(d, q);
}

/* Returns true when the daemon still has an answer to this question from an earlier check. */
static bool has_answer(struct doctor *d, enum question q) {
        struct json_object *told = json_child(doctor_headset(&d->subject, d->status), "told");

        return *json_text(json_child(told, "answers"), question_name(q));
}

/* Appends the answers as a{ss}. Answers of an earlier check that this one does not give are taken back, except for the place of a
 * meter, which is not asked again while it is known. Returns the number of entries, or a negative errno. */
static int append_answers(struct doctor *d, sd_bus_message *m, unsigned begin, unsigned end) {
        int n = 0, r = sd_bus_message_open_container(m, 'a', "{ss}");

        for (unsigned i = begin; r >= 0 && i < end; i++) {
                enum question q = (enum question) i;
                const char *word = word_to_tell(d, q);

                if (!word && (q == ASKED_TESTER || !has_answer(d, q)))
                        continue;
                r = sd_bus_message_append(m, "{ss}", question_name(q), word ? word : "");
                n++;
        }
        if (r >= 0)
                r = sd_bus_message_close_container(m);
        return r < 0 ? r : n;
}

/* Sends the answers to the questions from `begin` to before `end`. Returns a negative errno, and *error, on failure. */
static int tell_questions(struct doctor *d, unsigned begin, unsigned end, sd_bus_error *error) {
        _cleanup_message_ sd_bus_message *m = NULL;
        const char *who = *d->now.id ? d->now.id : d->start.model;
        int n = 0, r = sd_bus_message_new_method_call(d->bus, &m, BUS_NAME, BUS_PATH, BUS_MANAGER, "Tell");

        if (r >= 0)
                r = sd_bus_message_append(m, "s", who);
        if (r >= 0)
                r = n = append_answers(d, m, begin, end);
        return r < 0 || n == 0 ? r : call(d, m, NULL, error);
}

void watch_doctor_tell_one(struct doctor *d, enum question q) {
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;

        /* An error is ignored here. It is reported at the end, when all answers are sent. */
        (void) tell_questions(d, (unsigned) q, (unsigned) q + 1, &error);
}

bool watch_doctor_tell(struct doctor *d) {
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        char safe[256];
        int r;

        if (!d->watching || (!*d->now.id && !d->model_facts))
                return false;
        r = tell_questions(d, 0, _QUESTION_MAX, &error);
        if (r < 0 && sd_bus_error_has_name(&error, SD_BUS_ERROR_INVALID_ARGS)) {
                /* A daemon of an earlier version does not know the doctor's own questions. */
                sd_bus_error_free(&error);
                r = tell_questions(d, 0, ASKED_OF_DOCTOR, &error);
        }
        if (r >= 0)
                return true;
        text_make_safe(safe, sizeof safe, error.message ? error.message : strerror(-r),
                       strlen(error.message ? error.message : strerror(-r)));
        tell(d->options, _("sonycharged does not take what you told (%s)"), safe);
        return false;
}
