/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Details: runs this program to write the report, then opens it with the portal of the desktop, or with xdg-open if there is no
 * portal.
 */
#include "client/notify/notify-details.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "client/connection.h"
#include "client/client.h"
#include "client/notify/notify-call.h"
#include "common/state-file.h"
#include "common/language.h"

/* Time limit for the report. */
#define LIMIT_USEC (60 * UINT64_C(1000000))

/* The session bus waits as long for a program that it starts. */
#define APP_USEC (120 * UINT64_C(1000000))

#define APP_NAME "org.sonycharge.App"
#define APP_PATH "/org/sonycharge/App"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_OPEN "org.freedesktop.portal.OpenURI"

extern char **environ;

static void fail(const struct details *d, const char *what, const char *why) {
        complain(_("the details cannot be shown: %s: %s"), what, why);
        call_notify_failure(d->bus);
}

/* The loop blocks signals to handle them itself; a child program must not inherit that. Its standard output goes to standard
 * error. */
static int spawn(const char *const *argv, pid_t *ret) {
        posix_spawn_file_actions_t files;
        posix_spawnattr_t attributes;
        sigset_t none;
        int r;

        sigemptyset(&none);
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
        posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
        r = posix_spawnp(ret, argv[0], &files, &attributes, (char *const *) argv, environ);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&files);
        return -r;
}

static int on_limit(sd_event_source *s, uint64_t usec, void *userdata) {
        struct details *d = userdata;

        if (d->child)
                (void) sd_event_source_send_child_signal(d->child, SIGKILL, NULL, 0);
        return 0;
}

static void set_limit(struct details *d) {
        d->limit = sd_event_source_disable_unref(d->limit);
        (void) sd_event_add_time_relative(d->event, &d->limit, CLOCK_MONOTONIC, LIMIT_USEC, 0, on_limit, d);
}

static void child_is_over(struct details *d) {
        d->child = sd_event_source_disable_unref(d->child);
        d->limit = sd_event_source_disable_unref(d->limit);
}

/* Runs a program and calls `over` at its end. *ret is NULL for one that may continue by itself. */
static int run(struct details *d, const char *const *argv, sd_event_child_handler_t over, sd_event_source **ret) {
        sigset_t set;
        pid_t pid;
        int r;

        sigemptyset(&set);
        sigaddset(&set, SIGCHLD);
        if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
                return -errno;
        r = spawn(argv, &pid);
        return r < 0 ? r : sd_event_add_child(d->event, ret, pid, WEXITED, over, d);
}

static void open_directly(struct details *d, bool by_service);

/* xdg-open(1) returns 1 to 4 on failure. It may also become the browser itself, which ends much later with any status. */
static bool has_failed(const siginfo_t *si) {
        return si->si_code == CLD_EXITED && ((si->si_status >= 1 && si->si_status <= 4) || si->si_status == 127);
}

static int on_opened(sd_event_source *s, const siginfo_t *si, void *userdata) {
        struct details *d = userdata;

        sd_event_source_set_floating(s, false); /* that was its only owner */
        if (!has_failed(si))
                return 0;
        if (d->by_service)
                open_directly(d, false);
        else
                fail(d, d->path, _("xdg-open failed"));
        return 0;
}

/* If the agent is a service, xdg-open runs as a service of its own, so that the agent's sandbox and end do not affect the
 * browser. */
static void open_directly(struct details *d, bool by_service) {
        const char *const service[] = { "systemd-run", "--user", "--quiet", "--collect", "--", "xdg-open", d->path, NULL };
        int r;

        d->by_service = by_service;
        r = run(d, by_service ? service : service + 5, on_opened, NULL);
        if (r < 0 && by_service)
                open_directly(d, false);
        else if (r < 0)
                fail(d, "xdg-open", strerror(-r));
}

static int on_portal(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct details *d = userdata;

        d->call = sd_bus_slot_unref(d->call);
        if (sd_bus_message_is_method_error(m, NULL))
                open_directly(d, getenv("INVOCATION_ID"));
        return 0;
}

static void open_report(struct details *d) {
        _cleanup_close_ int fd = open(d->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW);
        _cleanup_message_ sd_bus_message *call = NULL;
        int r;

        if (fd < 0) {
                fail(d, d->path, strerror(errno));
                return;
        }
        r = sd_bus_message_new_method_call(d->bus, &call, PORTAL, PORTAL_PATH, PORTAL_OPEN, "OpenFile");
        if (r >= 0)
                r = sd_bus_message_append(call, "sh", "", fd);
        if (r >= 0)
                r = *d->token ? sd_bus_message_append(call, "a{sv}", 1, "activation_token", "s", d->token)
                              : sd_bus_message_append(call, "a{sv}", 0);
        if (r >= 0)
                r = sd_bus_call_async(d->bus, &d->call, call, on_portal, d, 0);
        if (r < 0)
                open_directly(d, getenv("INVOCATION_ID"));
}

/* A report is also written if there are findings or no headset, so these statuses are no failure. */
static int on_written(sd_event_source *s, const siginfo_t *si, void *userdata) {
        struct details *d = userdata;

        child_is_over(d);
        if (si->si_code == CLD_EXITED &&
            (si->si_status == STATUS_OK || si->si_status == STATUS_FINDING || si->si_status == STATUS_NOTHING))
                open_report(d);
        else
                fail(d, "sonychargectl report", _("it failed"));
        return 0;
}

/* Only the user can read the runtime directory. */
static int choose_path(char ret[static PATH_MAX]) {
        char folder[PATH_MAX - 32];
        int r = xdg_folder("XDG_RUNTIME_DIR", NULL, folder, sizeof folder);

        if (r < 0)
                return r;
        snprintf(ret, PATH_MAX, "%s/report.html", folder);
        return folder_make_for(ret);
}

static void write_report(struct details *d) {
        const char *const argv[] = { "/proc/self/exe", "--timeout=30", "report", "-o", d->path, NULL };
        int r;

        r = choose_path(d->path);
        if (r < 0) {
                fail(d, "$XDG_RUNTIME_DIR", strerror(-r));
                return;
        }
        unlink(d->path);
        r = run(d, argv, on_written, &d->child);
        if (r < 0)
                fail(d, "sonychargectl report", strerror(-r));
        else
                set_limit(d);
}

void details_show(struct details *d, const char *token) {
        if (d->child || d->call)
                return;
        snprintf(d->token, sizeof d->token, "%s", token);
        write_report(d);
}

/* The window is a package of its own. One that is installed and cannot be opened is worth a line. */
static int on_app(sd_bus_message *m, void *userdata, sd_bus_error *unused) {
        const sd_bus_error *error = sd_bus_message_get_error(m);
        struct details *d = userdata;

        d->app = sd_bus_slot_unref(d->app);
        if (!error)
                return 0;
        if (!bus_is_absent(error))
                complain(_("the window cannot be opened, the report is shown instead: %s"),
                         error->message ? error->message : error->name);
        if (!d->child && !d->call)
                write_report(d);
        return 0;
}

/* The keys of a desktop entry's platform data: the first one is Wayland's, the second one X11's. */
static int append_token(sd_bus_message *call, const char *token) {
        if (!*token)
                return sd_bus_message_append(call, "a{sv}", 0);
        return sd_bus_message_append(call, "a{sv}", 2, "activation-token", "s", token, "desktop-startup-id", "s", token);
}

/* The window is started by the bus where it is installed. */
void details_open(struct details *d, const char *action, const char *headset, const char *token) {
        _cleanup_message_ sd_bus_message *call = NULL;
        int r;

        if (d->app)
                return;
        snprintf(d->token, sizeof d->token, "%s", token);
        r = sd_bus_message_new_method_call(d->bus, &call, APP_NAME, APP_PATH, "org.freedesktop.Application", "ActivateAction");
        if (r >= 0)
                r = sd_bus_message_append(call, "s", action);
        if (r >= 0)
                r = headset ? sd_bus_message_append(call, "av", 1, "s", headset) : sd_bus_message_append(call, "av", 0);
        if (r >= 0)
                r = append_token(call, d->token);
        if (r >= 0)
                r = sd_bus_call_async(d->bus, &d->app, call, on_app, d, APP_USEC);
        if (r < 0)
                details_show(d, token);
}

void details_done(struct details *d) {
        child_is_over(d);
        sd_bus_slot_unref(d->call);
        sd_bus_slot_unref(d->app);
}
