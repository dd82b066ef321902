/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Live: a view that follows the daemon (--watch). Nothing is asked for by the clock: a change is asked for when the daemon
 * tells of one.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/show/screen.h"
#include "client/show/terminal.h"
#include "client/view.h"
#include "client/watch.h"
#include "common/bus-name.h"

/* Changes come in bursts (a hub with its ports); what comes within this is drawn once. */
#define GATHER_USEC UINT64_C(100000)
/* While an answer is waited for, Ctrl-C has to wait too. */
#define ANSWER_USEC UINT64_C(3000000)

struct live {
        const struct view *view;
        struct options options; /* the width changes */
        sd_bus *bus;
        struct bus_name *daemon;
        sd_event *event;
        sd_event_source *timer;
        struct json_object *answer;
        size_t top;
        bool gone;
        char at[16], message[512];
        int result; /* of the last time it was asked for */
};

static void head(const struct live *l, char *buf, size_t size) {
        if (l->gone)
                snprintf(buf, size, "sonycharged went away; as of %s. It is waited for. Ctrl-C ends", l->at);
        else if (*l->message)
                snprintf(buf, size, "%s: %s", l->at, l->message);
        else
                snprintf(buf, size, "as of %s; follows what changes, q or Ctrl-C ends", l->at);
}

static int draw(struct live *l) {
        char *text = NULL, line[600];
        size_t size;
        FILE *out = open_memstream(&text, &size);
        int r;

        if (!out)
                return -ENOMEM;
        if (l->answer)
                l->view->draw(out, &l->options, l->answer, l->view->userdata);
        fclose(out);
        head(l, line, sizeof line);
        r = screen_draw(&l->options, line, text ? text : "", &l->top);
        free(text);
        return r;
}

static int put_json(const struct live *l) {
        int flags = JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE;

        if (puts(json_object_to_json_string_ext(l->answer, flags)) == EOF || fflush(stdout) == EOF)
                return -errno;
        return 0;
}

static void stamp(struct live *l) {
        time_t now = time(NULL);
        struct tm tm = {};

        localtime_r(&now, &tm);
        strftime(l->at, sizeof l->at, "%H:%M:%S", &tm);
}

/* Asks anew; what would be complained about goes to the head line. Returns whether there is another answer than before. */
static bool refresh(struct live *l) {
        struct json_object *answer = NULL;
        bool same;

        if (!l->options.json)
                complain_into(l->message, sizeof l->message);
        l->result = l->view->fetch(&l->options, l->bus, l->view->userdata, &answer);
        if (l->result != STATUS_OK) {
                json_object_put(answer);
                return false;
        }
        same = l->answer && json_object_equal(l->answer, answer);
        json_object_put(l->answer);
        l->answer = answer;
        stamp(l);
        return !same;
}

static int show(struct live *l, bool another) {
        int r = 0;

        if (!l->options.json)
                r = draw(l);
        else if (another)
                r = put_json(l);
        return r < 0 ? sd_event_exit(l->event, output_failed(-r)) : 0;
}

static int on_timer(sd_event_source *s, uint64_t usec, void *userdata) {
        struct live *l = userdata;

        (void) s;
        (void) usec;
        return show(l, refresh(l));
}

static void arm(struct live *l) {
        int enabled = SD_EVENT_OFF;

        if (sd_event_source_get_enabled(l->timer, &enabled) >= 0 && enabled != SD_EVENT_OFF)
                return;
        (void) sd_event_source_set_time(l->timer, now_usec(CLOCK_MONOTONIC) + GATHER_USEC);
        (void) sd_event_source_set_enabled(l->timer, SD_EVENT_ONESHOT);
}

static int on_change(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct live *l = userdata;

        (void) error;
        if (bus_name_sent(l->daemon, m))
                arm(l);
        return 0;
}

static void on_owner(void *userdata, const char *before, const char *owner) {
        struct live *l = userdata;

        if (!before)
                return;
        l->gone = !*owner;
        if (!l->gone)
                arm(l);
        else if (l->options.json)
                tell(&l->options, "sonycharged went away; waiting for it to come back");
        else
                (void) show(l, false);
}

static int on_resize(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        struct live *l = userdata;

        (void) s;
        (void) si;
        terminal_measure(&l->options);
        return show(l, false);
}

/* Ctrl-Z: the terminal is the shell's until this goes on. */
static int on_stop(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        screen_leave();
        kill(getpid(), SIGSTOP);
        screen_enter();
        return on_resize(s, si, userdata);
}

/* A key ends it as well (SIGQUIT): the terminal is to be left as it was. */
static int on_quit(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        (void) si;
        (void) userdata;
        return sd_event_exit(sd_event_source_get_event(s), STATUS_FAILED);
}

static int on_key(sd_event_source *s, int fd, uint32_t events, void *userdata) {
        struct live *l = userdata;
        enum screen_key key;
        bool any = false;

        (void) fd;
        if (events & (EPOLLHUP | EPOLLERR))
                return sd_event_source_set_enabled(s, SD_EVENT_OFF);
        while ((key = screen_key()) != KEY_NONE) {
                if (key == KEY_QUIT)
                        return sd_event_exit(l->event, STATUS_OK);
                screen_scroll(key, &l->top);
                any = true;
        }
        return any ? show(l, false) : 0;
}

static int take_signal(sd_event *event, int number, sd_event_signal_handler_t handler, struct live *l) {
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, number);
        if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
                return -errno;
        return sd_event_add_signal(event, NULL, number, handler, l);
}

/* A terminal changes its size, stops its programs and has keys. */
static int follow_terminal(struct live *l) {
        int r = take_signal(l->event, SIGWINCH, on_resize, l);

        if (r >= 0)
                r = take_signal(l->event, SIGTSTP, on_stop, l);
        if (r >= 0)
                r = take_signal(l->event, SIGQUIT, on_quit, l);
        if (r >= 0 && isatty(STDIN_FILENO))
                r = sd_event_add_io(l->event, NULL, STDIN_FILENO, EPOLLIN, on_key, l);
        return r;
}

static int follow_daemon(struct live *l) {
        int r = sd_event_add_time(l->event, &l->timer, CLOCK_MONOTONIC, UINT64_MAX, 0, on_timer, l);

        if (r >= 0)
                r = sd_event_source_set_enabled(l->timer, SD_EVENT_OFF);
        if (r >= 0)
                r = bus_name_follow(l->bus, BUS_NAME, on_owner, l, &l->daemon);
        if (r >= 0)
                r = sd_bus_add_match(l->bus, NULL, "type='signal',sender='" BUS_NAME "',path_namespace='" BUS_PATH "'", on_change,
                                     l);
        return r;
}

static int prepare(struct live *l) {
        int r = loop_new(l->bus, l->options.timeout_usec, STATUS_OK, &l->event);

        l->options.timeout_usec = ANSWER_USEC;
        l->options.no_start = true;
        l->options.quiet |= !l->options.json; /* the screen is taken */
        if (r >= 0)
                r = loop_end_with_output(l->event);
        if (r >= 0)
                r = follow_daemon(l);
        if (r >= 0 && !l->options.json)
                r = follow_terminal(l);
        return r;
}

static int run(struct live *l) {
        int r = prepare(l);

        if (r >= 0) {
                if (!l->options.json)
                        screen_enter();
                (void) refresh(l); /* what changed before it was followed */
                r = show(l, true);
        }
        if (r >= 0)
                r = sd_event_loop(l->event);
        screen_leave();
        complain_into(NULL, 0);
        if (r < 0) {
                complain("event loop: %s", strerror(-r));
                return STATUS_FAILED;
        }
        if (r != STATUS_OK && *l->message)
                complain("%s", l->message);
        return r;
}

/* The first question is asked as without --watch, and so starts the daemon; later it is only waited for. */
int view_watch(const struct options *o, sd_bus *bus, const struct view *v) {
        struct live l = { .view = v, .options = *o, .bus = bus };
        int r = v->fetch(o, bus, v->userdata, &l.answer);

        if (r == STATUS_OK)
                r = run(&l);
        json_object_put(l.answer);
        sd_event_source_unref(l.timer);
        bus_name_free(l.daemon);
        if (l.event)
                sd_bus_detach_event(bus);
        sd_event_unref(l.event);
        return r;
}
