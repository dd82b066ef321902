/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Doctor's state: saves an unfinished check in the user's state folder, and continues it later.
 */
#include "client/doctor/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "common/state-file.h"
#include "common/text.h"

#define STATE_VERSION 2

/* An older check is not offered any more. */
#define STATE_AGE_USEC (7 * 24 * UINT64_C(3600000000))

/* Writes the path of "doctor.json" in the user's state folder. Returns false when there is no such folder. */
static bool state_path(char *buf, size_t size, const char *suffix) {
        char folder[3072];
        int n;

        if (xdg_folder("XDG_STATE_HOME", "/.local/state", folder, sizeof folder) < 0)
                return false;
        n = snprintf(buf, size, "%s/doctor.json%s", folder, suffix);
        return n > 0 && (size_t) n < size;
}

void state_open(struct doctor *d) {
        char path[4096];

        d->lock = -1;
        if (d->script || !state_path(path, sizeof path, ".lock") || folder_make_for(path) < 0)
                return;
        d->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (d->lock < 0 || flock(d->lock, LOCK_EX | LOCK_NB) == 0)
                return;
        if (errno == EWOULDBLOCK)
                tell(d->options, _("another check is going on; this one is not kept for later"));
        close(d->lock);
        d->lock = -1;
}

/* --- writing --- */

static const char *word_of(const struct doctor *d, enum doctor_step s) {
        unsigned answer = d->check.answers[s];

        if (answer == SKIPPED || answer == UNANSWERED)
                return NULL;
        if (s == ASK_WHICH)
                return d->subject.id;
        if (s == ASK_MODEL)
                return d->start.model;
        return doctor_steps[s].options[answer - 1].id;
}

static struct json_object *step_json(const struct doctor *d, enum doctor_step s) {
        struct json_object *o = json_object_new_object();
        const char *word = word_of(d, s);

        json_object_object_add(o, "step", json_object_new_string(doctor_step_id(s)));
        json_object_object_add(o, "answer", word ? json_object_new_string(word) : NULL);
        json_object_object_add(o, "seen", json_object_new_boolean(d->seen[s]));
        json_object_object_add(o, "at", json_object_new_int64((int64_t) d->at[s]));
        return o;
}

/* Returns the state that the computer saw when the check began, as far as the engine needs it. */
static struct json_object *start_json(const struct doctor_facts *f) {
        struct json_object *o = json_object_new_object(), *codes = json_object_new_object();

        for (unsigned i = 0; i < _FINDING_CODE_MAX; i++)
                if (f->codes >> i & 1)
                        json_object_object_add(codes, finding_code_name((enum finding_code) i), json_object_new_int(f->sure[i]));
        json_object_object_add(o, "codes", codes);
        json_object_object_add(o, "port", json_object_new_string(f->port));
        json_object_object_add(o, "hub", json_object_new_string(f->hub));
        json_object_object_add(o, "on_cable", json_object_new_boolean(f->on_cable));
        json_object_object_add(o, "on_usb", json_object_new_boolean(f->on_usb));
        json_object_object_add(o, "nameless", json_object_new_boolean(f->nameless));
        json_object_object_add(o, "trouble", json_object_new_int((int) f->trouble));
        json_object_object_add(o, "first",
                               json_object_new_string(f->first == _FINDING_CODE_MAX ? "" : finding_code_name(f->first)));
        json_object_object_add(o, "cause", json_object_new_string(f->cause));
        json_object_object_add(o, "action", json_object_new_string(f->action));
        return o;
}

static struct json_object *state_json(const struct doctor *d) {
        struct json_object *o = json_object_new_object(), *steps = json_object_new_array();

        for (unsigned i = 0; i < d->check.n; i++)
                json_object_array_add(steps, step_json(d, (enum doctor_step) d->check.trail[i]));
        json_object_object_add(o, "sonycharge_doctor", json_object_new_int(STATE_VERSION));
        json_object_object_add(o, "headset", json_object_new_string(d->subject.id));
        json_object_object_add(o, "model", json_object_new_string(d->start.model));
        json_object_object_add(o, "notes", json_object_new_string(d->notes));
        json_object_object_add(o, "start", start_json(&d->start));
        json_object_object_add(o, "steps", steps);
        return o;
}

void state_save(struct doctor *d) {
        static bool said_so;
        _cleanup_json_ struct json_object *o = NULL;
        const char *text;
        char path[4096];
        int r = -ENOENT;

        if (d->lock < 0)
                return;
        if (d->check.n == 0) {
                state_remove(d);
                return;
        }
        o = state_json(d);
        text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN);
        if (state_path(path, sizeof path, ""))
                r = state_file_write(path, text, strlen(text));
        if (r < 0 && !said_so)
                tell(d->options, _("cannot keep the check for later: %s"), strerror(-r));
        said_so |= r < 0;
}

void state_remove(struct doctor *d) {
        char path[4096];

        if (d->lock >= 0 && state_path(path, sizeof path, ""))
                (void) unlink(path);
}

/* --- reading --- */

/* Truncates the text between two characters and without a space at the end, so that it stays the same when it is saved and read
 * again. */
static void take_text(char *buf, size_t size, struct json_object *o, const char *key) {
        const char *text = json_text(o, key);

        text_make_safe(buf, size, text, strlen(text));
}

static bool take_start(struct json_object *o, struct doctor_facts *f) {
        struct json_object *codes = json_child(o, "codes");

        if (!o || !codes || json_number(o, "trouble") > TROUBLE_BLOCKED)
                return false;
        json_object_object_foreach(codes, name, value) {
                enum finding_code code = finding_code_from_name(name);

                if (code == _FINDING_CODE_MAX || json_object_get_int(value) < 0 || json_object_get_int(value) >= _CONFIDENCE_MAX)
                        continue;
                f->codes |= UINT64_C(1) << code;
                f->sure[code] = (uint8_t) json_object_get_int(value);
        }
        take_text(f->port, sizeof f->port, o, "port");
        take_text(f->hub, sizeof f->hub, o, "hub");
        take_text(f->cause, sizeof f->cause, o, "cause");
        take_text(f->action, sizeof f->action, o, "action");
        f->on_cable = json_truth(o, "on_cable");
        f->on_usb = json_truth(o, "on_usb");
        f->nameless = json_truth(o, "nameless");
        f->trouble = (enum trouble) json_number(o, "trouble");
        f->first = finding_code_from_name(json_text(o, "first"));
        return true;
}

static bool take_step(struct json_object *o, struct doctor *d) {
        enum doctor_step s = doctor_step_from_id(json_text(o, "step"));
        const char *answer = json_text(o, "answer");

        if (s == STEP_NONE || (*answer ? doctor_answer(&d->check, s, answer) : doctor_skip(&d->check, s)) < 0)
                return false;
        d->seen[s] = json_truth(o, "seen");
        d->at[s] = json_number(o, "at");
        return true;
}

/* Takes over the whole state, or none of it. */
static bool take_state(struct json_object *o, struct doctor *d) {
        struct json_object *steps = json_list(o, "steps");
        struct doctor_facts start = DOCTOR_FACTS_UNKNOWN;

        if (json_number(o, "sonycharge_doctor") != STATE_VERSION || !take_start(json_child(o, "start"), &start) ||
            json_length(steps) == 0 || json_length(steps) > _STEP_MAX)
                return false;
        take_text(start.model, sizeof start.model, o, "model");
        d->start = start;
        doctor_begin(&d->check);
        if (*start.model)
                (void) watch_doctor_model(d, start.model);
        check_see(d);
        for (size_t i = 0; i < json_length(steps); i++)
                if (!take_step(json_object_array_get_idx(steps, i), d))
                        return false;
        take_text(d->subject.id, sizeof d->subject.id, o, "headset");
        snprintf(d->subject.model, sizeof d->subject.model, "%.63s", d->start.known ? d->start.model : "");
        take_text(d->notes, sizeof d->notes, o, "notes");
        check_see(d);
        return true;
}

/* Reads the file. Returns its object, or NULL; *ret_there is then whether the file exists. */
static struct json_object *read_state(const char *path, bool *ret_there) {
        int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        char *text = fd < 0 ? NULL : read_whole(fd);
        struct json_object *o = text ? parse_json_object(text) : NULL;

        *ret_there = fd >= 0 || errno != ENOENT;
        free(text);
        if (fd >= 0)
                close(fd);
        return o;
}

static void set_aside(const char *path, bool is_of_another_version) {
        char aside[4096];

        if (state_path(aside, sizeof aside, ".broken") && rename(path, aside) == 0)
                complain(_(is_of_another_version
                                   ? N_("%s is of another version and was set aside as doctor.json.broken; a new check begins")
                                   : N_("%s makes no sense and was set aside as doctor.json.broken; a new check begins")),
                         path);
        else
                complain(_("%s cannot be read as a check, and cannot be set aside: %s"), path, strerror(errno));
}

int state_load(struct doctor *d, uint64_t *ret_at) {
        _cleanup_json_ struct json_object *o = NULL;
        struct doctor before = *d;
        char path[4096];
        bool there;

        if (d->lock < 0 || !state_path(path, sizeof path, ""))
                return 0;
        o = read_state(path, &there);
        if (!there)
                return 0;
        if (o && take_state(o, d)) {
                *ret_at = d->at[d->check.trail[d->check.n - 1]];
                if (now_usec(CLOCK_REALTIME) < *ret_at + STATE_AGE_USEC)
                        return 1;
        } else
                set_aside(path,
                          o && json_number(o, "sonycharge_doctor") != 0 && json_number(o, "sonycharge_doctor") != STATE_VERSION);
        before.model_facts = d->model_facts; /* the only owned member, which may have changed */
        *d = before;
        return 0;
}
