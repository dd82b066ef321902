/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * State: reads the objects' properties, any of which may be missing, too long or of another type.
 */
#include "client/notify/notify-state.h"

#include <string.h>

#include "client/show/show.h"
#include "common/params.h"
#include "common/text.h"
#include "words/words.h"
#include "common/language.h"

static void copy(char *to, size_t size, const char *text) {
        text_make_safe(to, size, text, strlen(text));
}

static enum verdict read_verdict(const char *name) {
        for (enum verdict v = 0; v < _VERDICT_MAX; v++)
                if (strcmp(verdict_name(v), name) == 0)
                        return v;
        return VERDICT_UNKNOWN;
}

static enum severity read_severity(const char *name) {
        for (enum severity s = 0; s < _SEVERITY_MAX; s++)
                if (strcmp(severity_name(s), name) == 0)
                        return s;
        return INFO;
}

static enum confidence read_confidence(const char *name) {
        for (enum confidence c = 0; c < _CONFIDENCE_MAX; c++)
                if (strcmp(confidence_name(c), name) == 0)
                        return c;
        return POSSIBLE;
}

static enum charging read_charging(const char *name) {
        static const char *const names[] = {
                [CHARGING_UNKNOWN] = "unknown",
                [CHARGING_NO] = "no",
                [CHARGING_YES] = "yes",
                [CHARGING_FULL] = "full",
        };

        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (strcmp(names[i], name) == 0)
                        return (enum charging) i;
        return CHARGING_UNKNOWN;
}

/* Whether a value of a sentence ("headset_words") stands for the words "the MODEL". */
static bool names_model(struct json_object *params, const char *name, struct json_object *value, const char *model) {
        static const char words[] = "_words";
        size_t length = strlen(name), own = sizeof words - 1;
        char key[64];

        if (*model == '\0' || length <= own || length >= sizeof key || strcmp(name + length - own, words) != 0 ||
            !json_object_is_type(value, json_type_string) || strcmp(json_object_get_string(value), "the-model") != 0)
                return false;
        snprintf(key, sizeof key, "%.*s_name", (int) (length - own), name);
        return strcmp(json_text(params, key), model) == 0;
}

/* Copies the values of a sentence, but "the headset" for "the MODEL". Returns whether there was such a place. */
static bool leave_model_out(struct json_object *given, const char *model, struct params *ret) {
        bool found = false;

        *ret = (struct params){};
        json_object_object_foreach(given, name, value) {
                bool named = names_model(given, name, value, model);

                found |= named;
                if (json_object_is_type(value, json_type_int))
                        params_number(ret, name, json_object_get_uint64(value));
                else if (json_object_is_type(value, json_type_string))
                        params_text(ret, name, named ? "the-headset" : json_object_get_string(value));
        }
        return found;
}

/* The title of a notification names the headset. Its text does not repeat the name, because desktops show little of it. */
static void read_sentence(struct json_object *finding, const char *key, const char *model, char ret[static POLICY_TEXT_MAX]) {
        struct json_object *given = json_child(json_child(finding, "params"), key);
        char text[POLICY_TEXT_MAX];
        struct params params;

        if (json_object_is_type(given, json_type_object) && leave_model_out(given, model, &params) &&
            words_fill(&params, text, sizeof text))
                copy(ret, POLICY_TEXT_MAX, text);
        else
                copy(ret, POLICY_TEXT_MAX, json_text(finding, key));
}

static void read_note(struct json_object *finding, const char *model, struct note *ret) {
        *ret = (struct note){ .severity = read_severity(json_text(finding, "severity")),
                              .confidence = read_confidence(json_text(finding, "confidence")),
                              .of_host = strcmp(json_text(finding, "segment"), "host") == 0 };
        copy(ret->code, sizeof ret->code, json_text(finding, "code"));
        copy(ret->subject, sizeof ret->subject, json_text(finding, "subject"));
        read_sentence(finding, "cause", model, ret->cause);
        read_sentence(finding, "action", model, ret->action);
}

static bool is_code(struct json_object *finding, const char *code) {
        return strcmp(json_text(finding, "code"), code) == 0;
}

/* A finding that rests on a person's answers to the doctor is not news to that person. */
static bool is_from_answers(struct json_object *finding) {
        struct json_object *evidence = json_list(finding, "evidence");

        for (size_t i = 0; i < json_length(evidence); i++)
                if (strcmp(json_text(json_object_array_get_idx(evidence, i), "source"), "user") == 0)
                        return true;
        return false;
}

/* Two findings about one failure: which cable or port is at fault says more than that it failed. */
static bool says_more(struct json_object *finding, const struct note *than) {
        return strcmp(than->code, "enumeration-failed") == 0 &&
               (is_code(finding, "cable-suspect") || is_code(finding, "port-suspect")) && !is_from_answers(finding);
}

/* The findings are sorted by importance. */
static void read_findings(struct json_object *list, struct plug_state *s) {
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *f = json_object_array_get_idx(list, i);

                if (is_code(f, "battery-full"))
                        s->charging = CHARGING_FULL;
                else if (is_code(f, "host-suspended") && !*s->sleep.code)
                        read_note(f, s->name, &s->sleep);
                else if (!is_code(f, "host-suspended") && !*s->main.code && !is_from_answers(f))
                        read_note(f, s->name, &s->main);
                else if (says_more(f, &s->main))
                        read_note(f, s->name, &s->main);
        }
}

static bool is_attached(struct json_object *seen_by) {
        for (size_t i = 0; i < json_length(seen_by); i++) {
                struct json_object *by = json_object_array_get_idx(seen_by, i);
                const char *name = json_object_is_type(by, json_type_string) ? json_object_get_string(by) : "";

                if (strcmp(name, "usb") == 0 || strcmp(name, "typec") == 0)
                        return true;
        }
        return false;
}

/* Stores the port's id, and its name that is the same in every boot. A Type-C port has its id alone. */
static void read_port(struct json_object *port, const char *id, struct plug_state *ret) {
        const char *key = json_text(port, "port_key");

        copy(ret->port, sizeof ret->port, id);
        copy(ret->port_name, sizeof ret->port_name, json_text(port, "name"));
        copy(ret->port_key, sizeof ret->port_key, *key ? key : id);
}

/* Stores the port at the end of the path. */
static void read_path(struct json_object *path, struct plug_state *ret) {
        for (size_t i = json_length(path); i-- > 0 && !*ret->port;) {
                struct json_object *node = json_object_array_get_idx(path, i);

                if (strcmp(json_text(node, "kind"), "port") == 0)
                        read_port(node, json_text(node, "id"), ret);
        }
}

bool state_of_headset(struct json_object *properties, struct plug_state *ret) {
        struct json_object *charging = json_child(properties, "charging");
        const char *model = json_text(properties, "model");

        *ret = (struct plug_state){ .attached = is_attached(json_list(properties, "seen_by")),
                                    .verdict = read_verdict(json_text(properties, "verdict")),
                                    .charging = read_charging(json_text(charging, "state")) };
        if (json_number(charging, "level") <= 100)
                ret->level = (unsigned) json_number(charging, "level");
        copy(ret->headset, sizeof ret->headset, json_text(properties, "id"));
        copy(ret->name, sizeof ret->name, *model ? model : _("Sony headset"));
        read_path(json_list(properties, "path"), ret);
        read_findings(json_list(properties, "findings"), ret);
        return *ret->headset != '\0';
}

/* A port that is switched off matters only if a device is, or was, on it; then it has a finding. */
static bool has_device(struct json_object *properties) {
        static const char *const states[] = { "failed", "unstable", "over-current", "partner", "off" };
        const char *state = json_text(properties, "state");

        for (size_t i = 0; i < sizeof states / sizeof *states; i++)
                if (strcmp(states[i], state) == 0)
                        return strcmp(state, "off") != 0 || json_length(json_list(properties, "findings")) > 0;
        return false;
}

bool state_of_port(struct json_object *properties, struct plug_state *ret) {
        *ret = (struct plug_state){ .attached = true, .verdict = read_verdict(json_text(properties, "verdict")) };
        read_port(properties, json_text(properties, "port"), ret);
        read_findings(json_list(properties, "findings"), ret);
        return *ret->port && has_device(properties);
}

bool state_of_host(struct json_object *finding, struct plug_state *ret) {
        *ret = (struct plug_state){ .attached = true };
        read_note(finding, "", &ret->main);
        snprintf(ret->fault, sizeof ret->fault, "%.29s of %.29s", ret->main.code, ret->main.subject);
        return *ret->main.code != '\0';
}

static bool is_taken(const struct plug_state *list, size_t n, const char *port) {
        for (size_t i = 0; i < n; i++)
                if (strcmp(list[i].port, port) == 0)
                        return true;
        return false;
}

size_t states_read(struct json_object *state, struct plug_state *ret, size_t max) {
        struct json_object *headsets = json_list(state, "headsets"), *ports = json_list(state, "unidentified"),
                           *of_host = json_list(json_child(state, "host"), "findings");
        size_t n = 0;

        for (size_t i = 0; i < json_length(headsets) && n < max; i++)
                if (state_of_headset(json_object_array_get_idx(headsets, i), &ret[n]))
                        n++;
        for (size_t i = 0; i < json_length(ports) && n < max; i++)
                if (state_of_port(json_object_array_get_idx(ports, i), &ret[n]) && !is_taken(ret, n, ret[n].port))
                        n++;
        for (size_t i = 0; i < json_length(of_host) && n < max; i++)
                if (state_of_host(json_object_array_get_idx(of_host, i), &ret[n]))
                        n++;
        return n;
}
