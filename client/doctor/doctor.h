/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor: the parts of `sonychargectl doctor`. core/doctor decides what to ask next and what to conclude. This room shows the
 * steps, reads the answers, watches the daemon and saves the check.
 *
 *   doctor          begins a check, runs its steps and ends it
 *   doctor-check    passes the status of the daemon and the answers to the engine
 *   doctor-facts    extracts what the status says about one headset
 *   doctor-judge    decides whether a change has helped
 *   doctor-listen   waits for a line, for a change that the daemon reports, or for the end
 *   doctor-talk     the conversation on a terminal
 *   doctor-lines    the same in JSON lines, for programs
 *   doctor-change   asks for a change and watches its effect
 *   doctor-watch    the connection to the daemon: status, changes, answers that are sent
 *   doctor-measure  measurements that an answer allows
 *   doctor-answers  the answers of a script
 *   doctor-state    saves and continues an unfinished check
 *   doctor-end      shows the conclusion
 */

#include "client/doctor/doctor-facts.h"
#include "client/follow.h"
#include "common/answer.h"
#include "common/language.h"

struct answers_file; /* the answers of a script */

/* Why a check ended, as exit status of the event loop. */
enum { ENDED_BY_SIGNAL = STATUS_OK, ENDED_BY_HANGUP = STATUS_FAILED };

#define DOCTOR_LINE_MAX 4096

struct doctor {
        const struct options *options;
        bool lines; /* JSON lines instead of a conversation */
        FILE *out;  /* output of the conversation; NULL: none */
        struct options watch_options;
        struct follow watch;
        sd_bus *bus; /* for calls, because the connection of `watch` is closed when its loop ends */
        sd_event *event;
        bool reached;  /* the daemon answered */
        bool watching; /* its changes are followed */
        bool follow;   /* report changes when they happen */
        bool moved;    /* it was unplugged since the step began */
        bool news;     /* something has changed and is stable again */
        bool late;     /* the time limit of the step is over */
        sd_event_source *rest, *clock, *limit, *input;
        uint64_t waited_since;           /* CLOCK_MONOTONIC µs */
        uint64_t steady_since;           /* the same, since when an unstable connection holds; 0: it does not */
        enum effect announced;           /* of this step */
        struct json_object *status;      /* newest one; NULL: none */
        struct json_object *model_facts; /* of GetModel; NULL: none */
        struct doctor_subject subject, asked;
        struct doctor_facts start, now; /* the state when the check began, and the current one */
        struct doctor_facts there;      /* newest facts while it was plugged in */
        bool was_there;

        struct doctor_check check;
        uint64_t at[_STEP_MAX]; /* time of the answer, µs since 1970 */
        bool seen[_STEP_MAX];   /* the computer saw the answer */
        char notes[1024];       /* input that was no answer, for the result */

        const struct answers_file *script; /* NULL: a person or a program answers */
        char input_bytes[8192];
        size_t n_input;
        bool input_too_long;
        char line[DOCTOR_LINE_MAX]; /* the newest line */
        bool line_too_long, eof;
        bool at_prompt; /* the cursor stands behind a prompt */
        unsigned shown; /* different steps that were shown */
        bool was_shown[_STEP_MAX];
        int lock; /* held while this check is the one that is saved; -1: not held */
};

/* The result of listening. */
enum heard { HEARD_LINE, HEARD_EOF, HEARD_END, HEARD_NEWS, HEARD_LATE };

/* How the check continues after a step. */
enum go { GO_ON, GO_AGAIN, GO_BACK, GO_RESTART, GO_QUIT, GO_FAIL };

/* --- doctor-check.c --- */

/* Passes to the engine what the computer knows. The answers are kept. */
void check_see(struct doctor *d);

/* Passes an answer to the engine: an id, or the text for a step without options; NULL: skipped. Returns false when it is no
 * answer to this step. */
bool check_take(struct doctor *d, enum doctor_step s, const char *answer, bool seen);

/* Records input that is no answer to the step. It may be useful to a reader of the result. */
void doctor_note(struct doctor *d, enum doctor_step s, const char *text);

/* Removes the newest answer. Returns its step, or STEP_NONE when there is none. */
enum doctor_step check_back(struct doctor *d);

/* --- doctor-listen.c --- */

/* Begins to read lines. Returns 0 or a negative errno. */
int listen_start(struct doctor *d);

/* Waits for a line, for a change that the daemon reports, or for the end. */
enum heard listen_for(struct doctor *d);

/* --- doctor-talk.c --- */

/* Writes a sentence, wrapped and indented by `indent` columns. */
void talk_say(struct doctor *d, size_t indent, const char *text);
void talk_sayf(struct doctor *d, size_t indent, const char *format, ...) __attribute__((format(printf, 3, 4)));
void talk_prompt(struct doctor *d);

/* Shows a step and its options. */
void talk_show(struct doctor *d, enum doctor_step s);

/* Takes the newest line as an answer. Returns GO_AGAIN when it was none and a message was shown. */
enum go talk_take(struct doctor *d, enum doctor_step s);

/* Asks a question with yes and no that is not part of the check. Returns GO_AGAIN when the answer is neither. */
enum go talk_yes_no(struct doctor *d, const char *question, bool *ret_yes);

/* --- doctor-lines.c --- */

/* The same in JSON lines. `error` NULL: none. */
void lines_show(struct doctor *d, enum doctor_step s, const char *error);
enum go lines_take(struct doctor *d, enum doctor_step s);

/* Reports what the computer saw. `settles`: the step that this answers, or STEP_NONE. */
void lines_seen(const char *text, const char *code, enum doctor_step settles);

/* Returns the result of a check, the object of the last line. The caller owns it. */
struct json_object *lines_result(struct doctor *d, const struct doctor_conclusion *r);
void lines_end(struct json_object *result);

/* --- doctor-change.c --- */

/* Asks for a change that was shown, and watches whether it has helped. */
enum go change_step(struct doctor *d, enum doctor_step s);

/* Waits until the step is answered. `before`: the state before a change, whose effect is watched; NULL: the step is a
 * question. */
enum go wait_for_step(struct doctor *d, enum doctor_step s, struct doctor_facts *before);

/* Shows the script's answer to a step and returns it. Returns NULL, after complaining, when it has none. */
const char *script_word(struct doctor *d, enum doctor_step s);

/* --- doctor-watch.c --- */

/* Connects to the daemon, starts it if necessary, and follows its changes. Complains when this fails; the check then continues
 * without the daemon. Returns 0, or a negative errno when there is no event loop. */
int watch_doctor_start(struct doctor *d);
void watch_doctor_done(struct doctor *d);

/* Requests the status again and updates d->now. Returns false when the daemon does not answer. */
bool watch_doctor_look(struct doctor *d);

/* Looks up a model. Returns false when it is not known. */
bool watch_doctor_model(struct doctor *d, const char *name);

/* Sends the answers to the daemon. Returns false, after an error message, if it does not accept them. */
bool watch_doctor_tell(struct doctor *d);

/* Begins and ends the watching of one step. `limit_usec` UINT64_MAX: without a limit. */
void watch_step_begin(struct doctor *d, uint64_t limit_usec);
void watch_step_end(struct doctor *d);

/* Makes listen_for() return HEARD_NEWS after this time, if nothing changes before. */
void watch_look_again(struct doctor *d, uint64_t usec);

/* Sends one answer at once. */
void watch_doctor_tell_one(struct doctor *d, enum question q);

/* --- doctor-measure.c --- */

/* Called after an answer that may allow a measurement: the headset can be asked, or the meter counts. The result is shown and
 * used from now on. */
void measure_after(struct doctor *d, enum doctor_step s);

/* --- doctor-answers.c --- */

/* Reads the answers in FILE ("-": standard input). Returns STATUS_OK, or after complaining STATUS_FAILED, or STATUS_USAGE with
 * the number of an invalid line. */
int answers_read(const char *file, struct answers_file **ret);
void answers_file_free(struct answers_file *a);

/* Returns the script's answer to a step, or NULL. A script with "else=skip" answers all other steps with "skip". */
const char *answers_get(const struct answers_file *a, enum doctor_step s);

/* Returns true when the script itself answers the step. */
bool answers_gives(const struct answers_file *a, enum doctor_step s);

/* --- doctor-state.c --- */

/* Begins to save the check, unless another check is being saved. */
void state_open(struct doctor *d);

/* Saves the check for later. If that fails, shows an error once. */
void state_save(struct doctor *d);
void state_remove(struct doctor *d);

/* Reads an unfinished check. Returns 1, or 0 when there is none. An invalid file is renamed, with a message. *ret_at: the time of
 * its newest step, µs since 1970. */
int state_load(struct doctor *d, uint64_t *ret_at);

/* Reads a small file. Returns its text, or NULL and errno when it cannot be read or is much too long. The caller frees it. */
char *read_whole(int fd);

/* --- doctor-end.c --- */

/* Sends the answers to the daemon and shows the conclusion. Returns the exit status. */
int doctor_end(struct doctor *d);
