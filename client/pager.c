/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Pager: results that are longer than the screen.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "terminal.h"

static char *buffer;
static size_t buffered;

FILE *output_begin(const struct options *o) {
        FILE *out;

        if (o->no_pager || !isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO))
                return stdout;
        out = open_memstream(&buffer, &buffered);
        return out ? out : stdout;
}

static const char *pager_command(void) {
        const char *command = getenv("SYSTEMD_PAGER");

        if (!command)
                command = getenv("PAGER");
        if (!command)
                command = "less";
        return *command && strcmp(command, "cat") != 0 ? command : NULL;
}

static bool fits_on_screen(void) {
        struct winsize size = {};
        size_t lines = 0;

        if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_row == 0)
                return true;
        for (size_t i = 0; i < buffered; i++)
                lines += buffer[i] == '\n';
        return lines < size.ws_row;
}

/* Returns whether the pager took it. */
static bool page(const char *command) {
        FILE *pipe;
        int status;

        setenv("LESS", "FRSX", 0);
        if (getenv("SUDO_UID"))
                setenv("LESSSECURE", "1", 1); /* no shell for whoever may only run this as root */
        pipe = popen(command, "we");
        if (!pipe)
                return false;
        signal(SIGPIPE, SIG_IGN); /* whoever leaves the pager early has seen enough */
        fwrite(buffer, 1, buffered, pipe);
        status = pclose(pipe);
        return !(WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 126));
}

int output_end(const struct options *o, FILE *out) {
        const char *command = pager_command();

        (void) o;
        if (out != stdout) {
                fclose(out);
                if (!command || fits_on_screen() || !page(command))
                        fwrite(buffer, 1, buffered, stdout);
                free(buffer);
                buffer = NULL;
        }
        if (fflush(stdout) == EOF || ferror(stdout))
                return errno == EPIPE ? 0 : errno ? -errno : -EIO;
        return 0;
}
