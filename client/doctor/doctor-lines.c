/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's lines: a check in JSON lines, for programs (sonychargectl(1), "Doctor protocol").
 */
#include "client/doctor/doctor.h"

#include <string.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "common/finding-json.h"

static void put_line(struct json_object *o) {
        puts(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE));
        fflush(stdout);
}

static void add_text(struct json_object *o, const char *key, const char *text) {
        json_object_object_add(o, key, text ? json_object_new_string(text) : NULL);
}

static struct json_object *option_json(const char *id, const char *text) {
        struct json_object *o = json_object_new_object();

        add_text(o, "id", id);
        add_text(o, "text", text);
        return o;
}

/* Adds the visible headsets by id. */
static void add_choices(struct doctor *d, struct json_object *options) {
        struct json_object *headsets = json_list(d->status, "headsets");

        for (size_t i = 0; i < json_length(headsets); i++) {
                struct json_object *h = json_object_array_get_idx(headsets, i);

                json_object_array_add(options, option_json(json_text(h, "id"), json_text(h, "model")));
        }
}

static struct json_object *options_json(struct doctor *d, enum doctor_step s) {
        struct json_object *options = json_object_new_array();

        if (s == ASK_WHICH)
                add_choices(d, options);
        for (unsigned i = 1; i <= doctor_n_options(s); i++)
                if (doctor_offers(&d->check, s, i))
                        json_object_array_add(options, option_json(doctor_steps[s].options[i - 1].id, doctor_option_text(s, i)));
        return options;
}

void lines_show(struct doctor *d, enum doctor_step s, const char *error) {
        _cleanup_json_ struct json_object *o = json_object_new_object();
        unsigned minutes = doctor_minutes(&d->check, s);
        char text[1024];

        add_text(o, "type", doctor_steps[s].change ? "do" : "ask");
        add_text(o, "step", doctor_step_id(s));
        json_object_object_add(o, "number", json_object_new_int((int) d->shown));
        json_object_object_add(o, "taken", json_object_new_int((int) d->check.n));
        add_text(o, "text", doctor_text(&d->check, s, text, sizeof text));
        add_text(o, "why", doctor_why(s));
        json_object_object_add(o, "options", options_json(d, s));
        json_object_object_add(o, "minutes", minutes ? json_object_new_int((int) minutes) : NULL);
        if (error)
                add_text(o, "error", error);
        put_line(o);
}

void lines_seen(const char *text, const char *code, enum doctor_step settles) {
        _cleanup_json_ struct json_object *o = json_object_new_object();

        add_text(o, "type", "seen");
        add_text(o, "text", text);
        add_text(o, "code", code);
        add_text(o, "settles", settles < _STEP_MAX ? doctor_step_id(settles) : NULL);
        put_line(o);
}

static struct json_object *tried_json(const struct doctor *d) {
        struct json_object *list = json_object_new_array();
        enum doctor_step tried[DOCTOR_STEPS_MAX];
        size_t n = doctor_tried(&d->check, tried);

        for (size_t i = 0; i < n; i++) {
                struct json_object *o = json_object_new_object();

                add_text(o, "step", doctor_step_id(tried[i]));
                add_text(o, "text", doctor_change_text(tried[i]));
                add_text(o, "outcome", doctor_outcome_text(&d->check, tried[i]));
                json_object_object_add(o, "seen", json_object_new_boolean(d->seen[tried[i]]));
                json_object_array_add(list, o);
        }
        return list;
}

struct json_object *lines_result(struct doctor *d, const struct doctor_conclusion *r) {
        struct json_object *o = json_object_new_object(), *c = json_object_new_object(), *also = json_object_new_array();
        char text[2048];

        add_text(c, "code", r->code);
        add_text(c, "segment", r->segment);
        add_text(c, "severity", severity_name(r->severity));
        add_text(c, "confidence", confidence_name(r->confidence));
        add_text(c, "cause", r->sentence);
        add_text(c, "action", r->action);
        json_object_object_add(c, "service", json_object_new_boolean(r->service));
        for (unsigned i = 0; i < sizeof r->also / sizeof *r->also && r->also[i]; i++)
                json_object_array_add(also, json_object_new_string(r->also[i]));
        add_text(o, "type", "end");
        add_text(o, "api_version", API_VERSION);
        json_object_object_add(o, "conclusion", c);
        json_object_object_add(o, "also", also);
        json_object_object_add(o, "steps", json_object_new_int((int) d->shown));
        add_text(o, "sure", doctor_sure_text(r, text, sizeof text));
        json_object_object_add(o, "tried", tried_json(d));
        add_text(o, "said", *d->notes ? d->notes : NULL);
        add_text(o, "service_text", r->service ? doctor_service_text(&d->check, r, text, sizeof text) : NULL);
        add_text(o, "support", r->service ? doctor_support_address(&d->check) : NULL);
        return o;
}

void lines_end(struct json_object *result) {
        put_line(result);
}

static enum go again(struct doctor *d, enum doctor_step s, const char *error) {
        lines_show(d, s, error);
        return GO_AGAIN;
}

/* Returns the value of a key, or NULL when it is no text. */
static const char *text_of(struct json_object *o, const char *key) {
        struct json_object *value;

        return json_object_object_get_ex(o, key, &value) && json_object_is_type(value, json_type_string)
                       ? json_object_get_string(value)
                       : NULL;
}

static enum go take_reply(struct doctor *d, enum doctor_step s, struct json_object *o) {
        const char *step = text_of(o, "step"), *answer = text_of(o, "answer"), *text = text_of(o, "text");
        bool free_text = doctor_n_options(s) == 0 && s != ASK_WHICH;

        if (step && strcmp(step, doctor_step_id(s)) != 0)
                return GO_AGAIN; /* an answer to an older step is ignored, and nothing is shown again */
        if (json_truth(o, "quit"))
                return GO_QUIT;
        if (json_truth(o, "back"))
                return GO_BACK;
        if (json_truth(o, "restart"))
                return GO_RESTART;
        if (text_of(o, "note")) {
                doctor_note(d, s, text_of(o, "note"));
                return GO_AGAIN;
        }
        if (json_truth(o, "skip"))
                return check_take(d, s, NULL, false) ? GO_ON : GO_FAIL;
        if (text && free_text)
                return check_take(d, s, text, false) ? GO_ON : again(d, s, _("A text is wanted."));
        if (answer && !free_text)
                return check_take(d, s, answer, false) ? GO_ON : again(d, s, _("That is none of the options."));
        return again(d, s,
                     free_text ? _("A text is wanted: {\"text\":\"...\"}, or {\"skip\":true}.")
                               : _("One of the options is wanted: {\"answer\":\"ID\"}, or {\"skip\":true}."));
}

enum go lines_take(struct doctor *d, enum doctor_step s) {
        _cleanup_json_ struct json_object *o = NULL;

        if (d->line_too_long)
                return again(d, s, _("The line is far too long."));
        o = parse_json_object(d->line);
        return o ? take_reply(d, s, o) : again(d, s, _("The line is no JSON object."));
}
