/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Live: a view that follows the daemon (--watch). It does not poll: the state is requested when the daemon signals a change.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "client/connection.h"
#include "client/follow.h"
#include "client/show/screen.h"
#include "client/show/terminal.h"
#include "client/live-view.h"
#include "common/language.h"

/* Ctrl-C is not handled while an answer is pending, so the timeout is short. */
#define ANSWER_USEC UINT64_C(3000000)

struct live {
        const struct live_view *view;
        struct options options; /* a copy, because the width changes */
        sd_bus *bus;
        sd_event *event;
        struct follow follow;
        struct json_object *answer;
        size_t top;
        char at[16], message[512];
        int result; /* result of the last request */
};

static void head(const struct live *l, char *buf, size_t size) {
        if (!l->follow.present)
                snprintf(buf, size, _("sonycharged went away; as of %s. It is waited for. Ctrl-C ends"), l->at);
        else if (*l->message)
                snprintf(buf, size, "%s: %s", l->at, l->message);
        else
                snprintf(buf, size, _("as of %s; follows what changes, q or Ctrl-C ends"), l->at);
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

/* Makes the request again; messages are shown in the head line. Returns whether the answer differs. */
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

static void on_event(void *userdata, enum follow_event event) {
        struct live *l = userdata;

        if (event == FOLLOW_DUE)
                (void) show(l, refresh(l));
        else if (event == FOLLOW_GONE && l->options.json)
                follow_tell(&l->options, event);
        else if (event == FOLLOW_GONE)
                (void) show(l, false);
}

static int on_resize(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        struct live *l = userdata;

        terminal_measure(&l->options);
        return show(l, false);
}

/* Ctrl-Z: the terminal belongs to the shell until this process is continued. */
static int on_stop(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        screen_leave();
        kill(getpid(), SIGSTOP);
        screen_enter();
        return on_resize(s, si, userdata);
}

/* SIGQUIT can be sent by a key; the terminal is restored before the process ends. */
static int on_quit(sd_event_source *s, const struct signalfd_siginfo *si, void *userdata) {
        return sd_event_exit(sd_event_source_get_event(s), STATUS_FAILED);
}

static int on_key(sd_event_source *s, int fd, uint32_t events, void *userdata) {
        struct live *l = userdata;
        enum screen_key key;
        bool any = false;

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

/* Handles changes of the terminal's size, job control and keys. */
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

static int prepare(struct live *l) {
        int r = loop_new(l->bus, l->options.timeout_usec, STATUS_OK, &l->event);

        l->options.timeout_usec = ANSWER_USEC;
        l->options.no_start = true;
        l->options.quiet |= !l->options.json; /* the screen is in use */
        if (r >= 0)
                r = loop_end_with_output(l->event);
        if (r >= 0)
                r = follow_signals(&l->follow, l->bus, l->event, on_event, l);
        if (r >= 0 && !l->options.json)
                r = follow_terminal(l);
        return r;
}

static int run(struct live *l) {
        int r = prepare(l);

        if (r >= 0) {
                if (!l->options.json)
                        screen_enter();
                (void) refresh(l); /* for changes before the signals were followed */
                r = show(l, true);
        }
        if (r >= 0)
                r = sd_event_loop(l->event);
        screen_leave();
        complain_into(NULL, 0);
        if (r < 0) {
                complain(_("event loop: %s"), strerror(-r));
                return STATUS_FAILED;
        }
        if (r != STATUS_OK && *l->message)
                complain("%s", l->message);
        return r;
}

/* The first request is made as without --watch, so it starts the daemon. Later the daemon is only waited for. */
int live_view_watch(const struct options *o, sd_bus *bus, const struct live_view *v) {
        struct live l = { .view = v, .options = *o, .bus = bus };
        int r = v->fetch(o, bus, v->userdata, &l.answer);

        if (r == STATUS_OK)
                r = run(&l);
        json_object_put(l.answer);
        follow_done(&l.follow);
        if (l.event)
                sd_bus_detach_event(bus);
        sd_event_unref(l.event);
        return r;
}
