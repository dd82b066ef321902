/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Pager: shows results that are longer than the screen, like systemctl(1).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <systemd/sd-login.h>
#include <unistd.h>

#include "client/show/terminal.h"
#include "common/language.h"

static char *buffer;
static size_t buffered;

FILE *output_begin(const struct options *o) {
        FILE *out;

        if (o->no_pager || !isatty(STDOUT_FILENO) || !isatty(STDERR_FILENO))
                return stdout;
        out = open_memstream(&buffer, &buffered);
        return out ? out : stdout;
}

/* As in systemctl(1): the boolean in SYSTEMD_PAGERSECURE if it is set, else whether this process runs for another user than
 * the one who logged in. */
static bool is_secure(bool *ret_set) {
        const char *set = getenv("SYSTEMD_PAGERSECURE");
        uid_t owner;

        *ret_set = set && *set;
        if (*ret_set)
                return !(strcmp(set, "0") == 0 || strcasecmp(set, "no") == 0 || strcasecmp(set, "false") == 0 ||
                         strcasecmp(set, "off") == 0 || strcasecmp(set, "n") == 0 || strcasecmp(set, "f") == 0);
        if (getenv("SUDO_UID"))
                return true;
        return geteuid() == 0 && (sd_pid_get_owner_uid(0, &owner) < 0 || owner != geteuid());
}

static const char *pager_wanted(void) {
        const char *command = getenv("SYSTEMD_PAGER");

        return command ? command : getenv("PAGER");
}

static bool pager_forbidden(void) {
        const char *command = pager_wanted();

        return command && (!*command || strcmp(command, "cat") == 0);
}

static bool fits_on_screen(void) {
        size_t lines = 0;

        for (size_t i = 0; i < buffered; i++)
                lines += buffer[i] == '\n';
        return lines < terminal_rows();
}

/* Runs in the child: executes the pager, or returns on failure. The pagers that are tried are those of systemctl(1); in secure
 * mode a chosen pager is used only if SYSTEMD_PAGERSECURE is set. */
static void become_pager(void) {
        const char *options = getenv("SYSTEMD_LESS"), *charset = getenv("SYSTEMD_LESSCHARSET"), *command = pager_wanted();
        bool set, secure = is_secure(&set);

        setenv("LESS", options ? options : "FRSXMK", 1);
        if (charset)
                setenv("LESSCHARSET", charset, 1);
        if (secure)
                setenv("LESSSECURE", "1", 1);
        else
                unsetenv("LESSSECURE");
        if (command && (!secure || set)) {
                execlp("sh", "sh", "-c", command, (char *) NULL);
                return;
        }
        if (!secure)
                execlp("pager", "pager", (char *) NULL);
        execlp("less", "less", (char *) NULL);
        if (!secure)
                execlp("more", "more", (char *) NULL);
}

/* Starts the pager; *ret_fd is connected to its standard input. Returns its process id, or -1. */
static pid_t start_pager(int *ret_fd) {
        int ends[2];
        pid_t pid;

        if (pipe2(ends, O_CLOEXEC) < 0)
                return -1;
        fflush(stdout);
        pid = fork();
        if (pid == 0) {
                dup2(ends[0], STDIN_FILENO);
                become_pager();
                _exit(127);
        }
        close(ends[0]);
        if (pid < 0)
                close(ends[1]);
        *ret_fd = ends[1];
        return pid;
}

static void feed(int fd) {
        size_t done = 0;

        while (done < buffered) {
                ssize_t n = write(fd, buffer + done, buffered - done);

                if (n < 0 && errno != EINTR)
                        break; /* the user left the pager early */
                done += n > 0 ? (size_t) n : 0;
        }
        close(fd);
}

/* Returns whether the pager was used. Ctrl-C is handled by the pager while it runs. */
static bool page(void) {
        struct sigaction ignore = { .sa_handler = SIG_IGN }, interrupt, broken;
        int status = 0, fd = -1;
        pid_t pid = start_pager(&fd);

        if (pid < 0)
                return false;
        sigaction(SIGINT, &ignore, &interrupt);
        sigaction(SIGPIPE, &ignore, &broken);
        feed(fd);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
                ;
        sigaction(SIGPIPE, &broken, NULL);
        sigaction(SIGINT, &interrupt, NULL);
        return !(WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 126));
}

int output_end(const struct options *o, FILE *out) {
        if (out != stdout) {
                fclose(out);
                if (pager_forbidden() || fits_on_screen() || !page())
                        fwrite(buffer, 1, buffered, stdout);
                free(buffer);
                buffer = NULL;
        }
        if (fflush(stdout) == EOF || ferror(stdout))
                return errno > 0 ? -errno : -EIO;
        return 0;
}

int output_failed(int error) {
        if (error != EPIPE)
                complain(_("cannot write: %s"), strerror(error));
        return STATUS_FAILED;
}

int output_finish(const struct options *o, FILE *out) {
        int r = output_end(o, out);

        return r < 0 ? output_failed(-r) : STATUS_OK;
}
