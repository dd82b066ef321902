/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor: the parts of `sonychargectl doctor`. What is asked next and what follows is decided by core/doctor; here it is shown,
 * heard, watched and kept.
 *
 *   doctor          begins a check, takes its steps, ends it
 *   doctor-check    what the daemon's status means for the engine; takes answers
 *   doctor-facts, -judge   the status read for one headset, and what changed in it
 *   doctor-listen   waits for a line, for news of the daemon, or for the end
 *   doctor-talk     the conversation of a terminal
 *   doctor-lines    the same as JSON lines, for programs
 *   doctor-change   asks for a change and watches it
 *   doctor-watch    the daemon: what it sees, what changes, what it is told
 *   doctor-measure  what the computer measures because an answer allows it
 *   doctor-answers  the answers of a script
 *   doctor-state    the check that goes on later
 *   doctor-end      the conclusion
 */

#include "client/doctor/doctor-facts.h"
#include "client/follow.h"
#include "common/answer.h"
#include "common/language.h"

struct answers_file; /* of a script */

/* Why a check ended, as exit status of the event loop. */
enum { ENDED_BY_SIGNAL = STATUS_OK, ENDED_BY_HANGUP = STATUS_FAILED };

#define DOCTOR_LINE_MAX 4096

struct doctor {
        const struct options *options;
        bool lines; /* JSON lines instead of a conversation */
        FILE *out;  /* the conversation; NULL: nobody listens */
        struct options watch_options;
        struct follow watch;
        sd_bus *bus; /* for questions: that of `watch` is closed when its loop ends */
        sd_event *event;
        bool reached;  /* the daemon answered */
        bool watching; /* its changes are followed */
        bool follow;   /* report changes when they happen */
        bool moved;    /* it was unplugged since the step began */
        bool news;     /* something changed and has come to rest since */
        bool late;     /* the time of a step is over */
        sd_event_source *rest, *clock, *limit, *input;
        uint64_t waited_since;           /* CLOCK_MONOTONIC µs */
        uint64_t steady_since;           /* the same: what dropped again and again is there; 0: not yet */
        enum effect announced;           /* of this step */
        struct json_object *status;      /* newest one; NULL: none */
        struct json_object *model_facts; /* of GetModel; NULL: none */
        struct doctor_subject subject, asked;
        struct doctor_facts start, now; /* what was there when the check began, and is now */
        struct doctor_facts there;      /* newest facts while it was plugged in */
        bool was_there;

        struct doctor_check check;
        uint64_t at[_STEP_MAX]; /* when a step was answered, µs since 1970 */
        bool seen[_STEP_MAX];   /* the computer saw the answer */
        char notes[1024];       /* input that answers no question, for the result */

        const struct answers_file *script; /* NULL: a person, or a program, answers */
        char input_bytes[8192];
        size_t n_input;
        bool input_too_long;
        char line[DOCTOR_LINE_MAX]; /* the newest line */
        bool line_too_long, eof;
        bool at_prompt; /* the cursor stands behind a prompt */
        unsigned shown; /* different steps that were shown */
        bool was_shown[_STEP_MAX];
        int lock; /* held while this check is the one that is kept; -1: none */
};

/* What came of listening. */
enum heard { HEARD_LINE, HEARD_EOF, HEARD_END, HEARD_NEWS, HEARD_LATE };

/* How a step, or the check, goes on. */
enum go { GO_ON, GO_AGAIN, GO_BACK, GO_RESTART, GO_QUIT, GO_FAIL };

/* --- doctor-check.c --- */

/* Tells the engine what is known at the start; the answers stay. */
void check_see(struct doctor *d);

/* Takes an answer (id, or text of a step without options), or NULL for none. False: it is no answer to this step. */
bool check_take(struct doctor *d, enum doctor_step s, const char *answer, bool seen);

/* Keeps input that is no answer to the step. It may be useful to the reader of the result. */
void doctor_note(struct doctor *d, enum doctor_step s, const char *text);

/* Forgets the newest answer. Returns its step, STEP_NONE when there is none. */
enum doctor_step check_back(struct doctor *d);

/* --- doctor-listen.c --- */

/* Begins to read lines. Returns 0 or a negative errno. */
int listen_start(struct doctor *d);

/* Waits for a line, for something new at the daemon, or for the end. */
enum heard listen_for(struct doctor *d);

/* --- doctor-talk.c --- */

/* Writes a sentence, broken to the width, indented by `indent` columns. */
void talk_say(struct doctor *d, size_t indent, const char *text);
void talk_sayf(struct doctor *d, size_t indent, const char *format, ...) __attribute__((format(printf, 3, 4)));
void talk_prompt(struct doctor *d);

/* Shows a step, with what can be answered. */
void talk_show(struct doctor *d, enum doctor_step s);

/* Takes the newest line as an answer. GO_AGAIN: it was none, and a message was shown. */
enum go talk_take(struct doctor *d, enum doctor_step s);

/* A question with yes and no outside of the check; GO_AGAIN: neither. */
enum go talk_yes_no(struct doctor *d, const char *question, bool *ret_yes);

/* --- doctor-lines.c --- */

/* The same in JSON lines. `error` NULL: none. */
void lines_show(struct doctor *d, enum doctor_step s, const char *error);
enum go lines_take(struct doctor *d, enum doctor_step s);

/* What the computer saw; `settles`: the step that it answers, STEP_NONE: none. */
void lines_seen(const char *text, const char *code, enum doctor_step settles);

/* The result of a check: the object of the last line. The caller owns it. */
struct json_object *lines_result(struct doctor *d, const struct doctor_conclusion *r);
void lines_end(struct json_object *result);

/* --- doctor-change.c --- */

/* Asks for a change, which was shown, and watches whether it helped. */
enum go change_step(struct doctor *d, enum doctor_step s);

/* Waits until the step is answered, whatever changes meanwhile. `before`: what was seen before a change, whose effect is watched;
 * NULL: the step is a question. */
enum go wait_for_step(struct doctor *d, enum doctor_step s, struct doctor_facts *before);

/* Shows what the script says to a step, and returns it. NULL, after complaining: it says nothing. */
const char *script_word(struct doctor *d, enum doctor_step s);

/* --- doctor-watch.c --- */

/* Reaches the daemon, starting it when it is not there, and follows it. Complains when it cannot; the check goes on without.
 * Returns 0, or a negative errno when there is not even an event loop. */
int watch_doctor_start(struct doctor *d);
void watch_doctor_done(struct doctor *d);

/* Asks the daemon anew; d->now is brought up to date. False: it does not answer. */
bool watch_doctor_look(struct doctor *d);

/* Looks up a model; false: it is not known. */
bool watch_doctor_model(struct doctor *d, const char *name);

/* Sends the answers to the daemon. Returns false, after an error message, if it does not accept them. */
bool watch_doctor_tell(struct doctor *d);

/* Begins and ends the watching of one step; `limit_usec` UINT64_MAX: as long as it takes. */
void watch_step_begin(struct doctor *d, uint64_t limit_usec);
void watch_step_end(struct doctor *d);

/* Lets listen_for() return HEARD_NEWS after so long, if nothing changes before. */
void watch_look_again(struct doctor *d, uint64_t usec);

/* Sends one answer at once. */
void watch_doctor_tell_one(struct doctor *d, enum question q);

/* --- doctor-measure.c --- */

/* An answer may allow a measurement: the headset is asked, or the meter counts. The result is shown and used from now on. */
void measure_after(struct doctor *d, enum doctor_step s);

/* --- doctor-answers.c --- */

/* Reads the answers in FILE ("-": standard input). Returns STATUS_OK; after complaining STATUS_FAILED, or STATUS_USAGE with the
 * number of a line that makes no sense. */
int answers_read(const char *file, struct answers_file **ret);
void answers_file_free(struct answers_file *a);

/* Returns the script's answer to a step; "skip" for a step that it leaves out if it contains "else=skip"; NULL: none. */
const char *answers_get(const struct answers_file *a, enum doctor_step s);

/* Does the script itself answer the step? */
bool answers_gives(const struct answers_file *a, enum doctor_step s);

/* --- doctor-state.c --- */

/* Begins to keep the check; when another one is kept just now, this one is not. */
void state_open(struct doctor *d);

/* Saves the check for later. If that fails, shows an error once. */
void state_save(struct doctor *d);
void state_remove(struct doctor *d);

/* Reads a check that was not finished. Returns 1, or 0 when there is none; a file that makes no sense is set aside after saying
 * so. *ret_at: when its newest step was, µs since 1970. */
int state_load(struct doctor *d, uint64_t *ret_at);

/* The whole of a small file, terminated; NULL and errno when it cannot be read or is far too long. The caller frees it. */
char *read_whole(int fd);

/* --- doctor-end.c --- */

/* Tells the daemon, shows the conclusion. Returns the exit status. */
int doctor_end(struct doctor *d);
