/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's state: the check that goes on later, in the user's state folder.
 */
#include "client/doctor/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/doctor/doctor-file.h"
#include "client/show/show.h"

static const char *const outcomes[] = { "none", "answered", "seen", "skipped" };

/* Makes what is missing of the path; whether it worked shows when a file is written there. */
static void make_folders(char *path) {
        for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
                *slash = '\0';
                (void) mkdir(path, 0700);
                *slash = '/';
        }
        (void) mkdir(path, 0700);
}

/* "doctor.json" in the user's state folder. Returns false when there is no such place. */
static bool state_path(char *buf, size_t size, const char *suffix, bool make) {
        const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
        char folder[3072];
        int n;

        if (state && *state == '/')
                n = snprintf(folder, sizeof folder, "%s/sonycharge", state);
        else if (home && *home == '/')
                n = snprintf(folder, sizeof folder, "%s/.local/state/sonycharge", home);
        else
                return false;
        if (n < 0 || (size_t) n >= sizeof folder)
                return false;
        if (make)
                make_folders(folder);
        n = snprintf(buf, size, "%s/doctor.json%s", folder, suffix);
        return n > 0 && (size_t) n < size;
}

static struct json_object *step_to_json(const struct doctor_case *c, enum doctor_step s) {
        const struct doctor_answer *a = &c->answers[s];
        struct json_object *o = json_object_new_object();
        const char *word = step_word(s, a->answer);

        json_object_object_add(o, "step", json_object_new_string(step_name(s)));
        json_object_object_add(o, "answer",
                               word       ? json_object_new_string(word)
                               : *a->text ? json_object_new_string(a->text)
                                          : NULL);
        json_object_object_add(o, "result", json_object_new_string(outcomes[a->outcome]));
        json_object_object_add(o, "at", json_object_new_int64((int64_t) a->at));
        return o;
}

/* What the check began with, as far as the plan needs it. */
static struct json_object *start_to_json(const struct doctor_facts *f) {
        struct json_object *o = json_object_new_object(), *codes = json_object_new_array();

        for (unsigned i = 0; i < _FINDING_CODE_MAX; i++)
                if (f->codes >> i & 1)
                        json_object_array_add(codes, json_object_new_string(finding_code_name((enum finding_code) i)));
        json_object_object_add(o, "codes", codes);
        json_object_object_add(o, "port", json_object_new_string(f->port));
        json_object_object_add(o, "hub", json_object_new_string(f->hub));
        json_object_object_add(o, "family", json_object_new_string(f->family));
        json_object_object_add(o, "on_cable", json_object_new_boolean(f->on_cable));
        json_object_object_add(o, "on_usb", json_object_new_boolean(f->on_usb));
        json_object_object_add(o, "nameless", json_object_new_boolean(f->nameless));
        json_object_object_add(o, "trouble", json_object_new_int((int) f->trouble));
        json_object_object_add(o, "first",
                               json_object_new_string(f->first == _FINDING_CODE_MAX ? "" : finding_code_name(f->first)));
        json_object_object_add(o, "cause", json_object_new_string(f->cause));
        json_object_object_add(o, "told", json_object_new_string(f->told));
        return o;
}

static struct json_object *state_to_json(const struct doctor *d) {
        struct json_object *o = json_object_new_object(), *steps = json_object_new_array();

        for (unsigned i = 0; i < d->c.n; i++)
                json_object_array_add(steps, step_to_json(&d->c, (enum doctor_step) d->c.trail[i]));
        json_object_object_add(o, "sonycharge_doctor", json_object_new_int(1));
        json_object_object_add(o, "headset", json_object_new_string(d->subject.id));
        json_object_object_add(o, "model", json_object_new_string(d->c.start.model));
        json_object_object_add(o, "start", start_to_json(&d->c.start));
        json_object_object_add(o, "steps", steps);
        return o;
}

static bool write_whole(const char *path, const char *text) {
        _cleanup_close_ int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
        size_t len = strlen(text);

        return fd >= 0 && write(fd, text, len) == (ssize_t) len;
}

void state_save(struct doctor *d) {
        static bool said_so;
        _cleanup_json_ struct json_object *o = NULL;
        char path[4096], new[4096];

        if (d->script)
                return;
        if (d->c.n == 0) {
                state_remove();
                return;
        }
        o = state_to_json(d);
        if (state_path(path, sizeof path, "", true) && state_path(new, sizeof new, ".new", false) &&
            write_whole(new, json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN)) && rename(new, path) == 0)
                return;
        if (!said_so)
                tell(d->options, "cannot keep the check for later: %s", strerror(errno));
        said_so = true;
}

void state_remove(void) {
        char path[4096];

        if (state_path(path, sizeof path, "", false))
                (void) unlink(path);
}

static bool take_start(struct json_object *o, struct doctor_facts *f) {
        struct json_object *codes = json_list(o, "codes");

        if (!o || !codes || json_number(o, "trouble") > TROUBLE_BLOCKED)
                return false;
        for (size_t i = 0; i < json_length(codes); i++) {
                const char *name = json_object_get_string(json_object_array_get_idx(codes, i));
                enum finding_code code = name ? finding_code_from_name(name) : _FINDING_CODE_MAX;

                if (code != _FINDING_CODE_MAX)
                        f->codes |= UINT64_C(1) << code;
        }
        snprintf(f->port, sizeof f->port, "%.63s", json_text(o, "port"));
        snprintf(f->hub, sizeof f->hub, "%.63s", json_text(o, "hub"));
        snprintf(f->family, sizeof f->family, "%.15s", json_text(o, "family"));
        snprintf(f->cause, sizeof f->cause, "%.255s", json_text(o, "cause"));
        snprintf(f->told, sizeof f->told, "%.255s", json_text(o, "told"));
        f->on_cable = json_truth(o, "on_cable");
        f->on_usb = json_truth(o, "on_usb");
        f->nameless = json_truth(o, "nameless");
        f->trouble = (enum trouble) json_number(o, "trouble");
        f->first = finding_code_from_name(json_text(o, "first"));
        return true;
}

static bool take_step(struct json_object *o, struct doctor_case *c) {
        enum doctor_step s = step_from_name(json_text(o, "step"));
        const char *answer = json_text(o, "answer"), *result = json_text(o, "result");
        unsigned outcome = 0, word;

        if (s == _STEP_MAX || c->answers[s].outcome != OUTCOME_NONE)
                return false;
        for (unsigned i = 1; i < sizeof outcomes / sizeof *outcomes; i++)
                if (strcmp(outcomes[i], result) == 0)
                        outcome = i;
        word = step_answer(s, answer);
        if (outcome == 0 || (step_kind(s) != STEP_TAKES_TEXT && *answer && word == 0))
                return false;
        plan_take(c, s, (enum outcome) outcome, word, word ? NULL : answer, json_number(o, "at"));
        return true;
}

/* Everything or nothing. */
static bool take_state(struct json_object *o, struct doctor *d) {
        struct doctor_case c = { .start = DOCTOR_FACTS_UNKNOWN, .now = d->c.now };
        struct json_object *steps = json_list(o, "steps");

        if (json_number(o, "sonycharge_doctor") != 1 || !take_start(json_child(o, "start"), &c.start) || json_length(steps) == 0)
                return false;
        for (size_t i = 0; i < json_length(steps); i++)
                if (!take_step(json_object_array_get_idx(steps, i), &c))
                        return false;
        snprintf(c.start.model, sizeof c.start.model, "%.63s", json_text(o, "model"));
        snprintf(d->subject.id, sizeof d->subject.id, "%.63s", json_text(o, "headset"));
        snprintf(d->subject.model, sizeof d->subject.model, "%.63s", c.start.model);
        d->c = c;
        return true;
}

int state_load(struct doctor *d, uint64_t *ret_at) {
        char path[4096], aside[4096];
        _cleanup_free_ char *text = NULL;
        _cleanup_json_ struct json_object *o = NULL;
        _cleanup_close_ int fd = -1;

        if (!state_path(path, sizeof path, "", false) || !state_path(aside, sizeof aside, ".broken", false))
                return 0;
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd < 0 && errno == ENOENT)
                return 0;
        text = fd < 0 ? NULL : read_whole(fd);
        o = text ? parse_json_object(text) : NULL;
        if (o && take_state(o, d)) {
                *ret_at = d->c.answers[d->c.trail[d->c.n - 1]].at;
                return 1;
        }
        if (rename(path, aside) == 0)
                complain("%s makes no sense and was set aside as doctor.json.broken", path);
        else
                complain("%s makes no sense and cannot be set aside: %s", path, strerror(errno));
        return 0;
}
