/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor: the parts of `sonychargectl doctor`.
 *
 *   doctor-step, -plan, -judge, -conclude, -text, -facts   what is asked, when, and what follows: no I/O
 *   doctor-talk     reads lines and writes sentences
 *   doctor-change   asks for a change and watches it
 *   doctor-watch    the daemon: what it sees, what changes, what it is told
 *   doctor-answers  the answers of a script
 *   doctor-state    the check that goes on later
 *   doctor-end      the conclusion
 */

#include "client/doctor/doctor-facts.h"
#include "client/follow.h"

struct answers; /* of a script */

/* Why a check ended, as exit status of the event loop. */
enum { ENDED_BY_SIGNAL = STATUS_OK, ENDED_BY_HANGUP = STATUS_FAILED };

struct doctor {
        const struct options *options;
        FILE *out; /* the conversation: stdout, stderr with --json; NULL: nobody listens (-q with --answers) */
        struct options watch_options;
        struct follow watch;
        sd_bus *bus; /* for questions: that of `watch` is closed when its loop ends */
        sd_event *event;
        bool reached;  /* the daemon answered */
        bool watching; /* its changes are followed */
        bool follow;   /* tell what changes, as it changes */
        bool moved;    /* it was unplugged since the step began */
        bool news;     /* something changed and has come to rest since */
        bool late;     /* the time of a step is over */
        sd_event_source *rest, *clock, *limit;
        uint64_t waited_since;                /* CLOCK_MONOTONIC µs */
        uint64_t steady_since;                /* the same: what dropped again and again is there; 0: not yet */
        enum sight told;                      /* of this step */
        struct json_object *status;           /* newest one; NULL: none */
        struct json_object *model_facts;      /* of GetModel; NULL: none */
        struct doctor_subject subject, asked; /* the one that is meant, and what the command line says of it */
        struct doctor_case c;
        struct doctor_facts there; /* newest facts while it was plugged in */
        bool was_there;
        const struct answers *script; /* NULL: a person answers */
        char line[256];               /* the newest line */
        size_t line_len;
        bool line_too_long, has_line, eof;
        bool at_prompt; /* the cursor stands behind a prompt */
        unsigned shown; /* steps that were shown, for their numbers */
};

/* What came of listening. */
enum heard { HEARD_LINE, HEARD_EOF, HEARD_END, HEARD_NEWS, HEARD_LATE };

/* How a step, or the check, goes on. */
enum go { GO_ON, GO_SKIP, GO_BACK, GO_QUIT, GO_FAIL };

/* --- doctor-talk.c --- */

/* Begins to read lines from the terminal. Returns 0 or a negative errno. */
int talk_start(struct doctor *d);

/* Waits for a line, for something new at the daemon, or for the end. */
enum heard talk_listen(struct doctor *d);

/* Writes a sentence, broken to the width, indented by `indent` columns. */
void talk_say(struct doctor *d, size_t indent, const char *text);
void talk_sayf(struct doctor *d, size_t indent, const char *format, ...) __attribute__((format(printf, 3, 4)));
void talk_prompt(struct doctor *d);

/* Shows a step and takes an answer to it, or makes the change and watches it. */
enum go talk_step(struct doctor *d, enum doctor_step s);

/* A question with yes and no outside the plan; GO_SKIP: neither. */
enum go talk_yes_no(struct doctor *d, const char *question, bool *ret_yes);

/* --- doctor-change.c --- */

/* Asks for a change and watches whether it helped. */
enum go change_step(struct doctor *d, enum doctor_step s);

/* --- doctor-watch.c --- */

/* Reaches the daemon, starting it when it is not there, and follows it. Complains when it cannot; the check goes on without.
 * Returns 0, or a negative errno when there is not even an event loop. */
int watch_doctor_start(struct doctor *d);
void watch_doctor_done(struct doctor *d);

/* Asks the daemon anew; c.now is brought up to date. False: it does not answer. */
bool watch_doctor_look(struct doctor *d);

/* Looks up a model; false: it is not known. */
bool watch_doctor_model(struct doctor *d, const char *name);

/* Tells the daemon what was answered. False, after saying why, when it does not take it. */
bool watch_doctor_tell(struct doctor *d);

/* Begins and ends the watching of one step; `limit_usec` UINT64_MAX: as long as it takes. */
void watch_step_begin(struct doctor *d, uint64_t limit_usec);
void watch_step_end(struct doctor *d);

/* Lets talk_listen() return HEARD_NEWS after so long, if nothing changes before. */
void watch_look_again(struct doctor *d, uint64_t usec);

/* --- doctor-answers.c, doctor-state.c --- */

/* Reads the answers in FILE ("-": standard input). Returns STATUS_OK; after complaining STATUS_FAILED, or STATUS_USAGE with the
 * number of a line that makes no sense. */
int answers_read(const char *file, struct answers **ret);
void answers_file_free(struct answers *a);

/* What the script says to a step, "skip" for what it leaves out when it says "else=skip"; NULL: nothing. */
const char *answers_get(const struct answers *a, enum doctor_step s);

/* Keeps the check for later; says so once when it cannot. */
void state_save(struct doctor *d);
void state_remove(void);

/* Reads a check that was not finished into d->c and d->subject. Returns 1, 0 when there is none, or a negative errno; a file
 * that makes no sense is set aside after saying so. *ret_at: when its newest step was, µs since 1970. */
int state_load(struct doctor *d, uint64_t *ret_at);

/* --- doctor-end.c --- */

/* Tells the daemon, shows the conclusion. Returns the exit status. */
int doctor_conclude(struct doctor *d);
