/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* sonycharged: parses the options and runs the daemon. */

#include <getopt.h>
#include <malloc.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "common/log.h"
#include "daemon/bus/bus.h"
#include "daemon/daemon.h"

#define EXIT_USAGE 2

/* About forty descriptors are open all the time; the others are for files that are read, and for recordings. */
#define DESCRIPTORS_LEAST 64u
#define DESCRIPTORS_WANTED 1024u

static const char help[] = "sonycharged [OPTIONS]\n\n"
                           "Finds out what is in the way of charging a Sony headset over USB, and tells it on D-Bus.\n\n"
                           "      --state=DIR            Where the history is kept\n"
                           "      --runtime=DIR          Where the state of this boot is kept\n"
                           "      --replay FILE          Serve the final state of a recording instead of this computer's\n"
                           "      --replay-and-exit      With --replay: print that state as JSON and end\n"
                           "      --bus-introspect=PATH  Print the interfaces of an object path as XML and end\n"
                           "  -h, --help                 Show this help\n"
                           "      --version              Show the version\n\n"
                           "Environment: SONYCHARGE_BUS=system|session|ADDRESS, SONYCHARGE_HWDB=FILE\n"
                           "See sonycharged(8).\n";

enum { OPTION_STATE = 256, OPTION_RUNTIME, OPTION_REPLAY, OPTION_REPLAY_AND_EXIT, OPTION_INTROSPECT, OPTION_VERSION };

/* Returns -1 to continue, or the exit status. */
static int parse(int argc, char **argv, struct daemon_options *ret, const char **ret_introspect) {
        static const struct option options[] = {
                { "state", required_argument, NULL, OPTION_STATE },
                { "runtime", required_argument, NULL, OPTION_RUNTIME },
                { "replay", required_argument, NULL, OPTION_REPLAY },
                { "replay-and-exit", no_argument, NULL, OPTION_REPLAY_AND_EXIT },
                { "bus-introspect", required_argument, NULL, OPTION_INTROSPECT },
                { "version", no_argument, NULL, OPTION_VERSION },
                { "help", no_argument, NULL, 'h' },
                {},
        };
        int c;

        while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0)
                switch (c) {
                case OPTION_STATE:
                        ret->state = optarg;
                        break;
                case OPTION_RUNTIME:
                        ret->runtime = optarg;
                        break;
                case OPTION_REPLAY:
                        ret->replay = optarg;
                        break;
                case OPTION_REPLAY_AND_EXIT:
                        ret->replay_and_exit = true;
                        break;
                case OPTION_INTROSPECT:
                        *ret_introspect = optarg;
                        break;
                case OPTION_VERSION:
                        puts("sonycharged " VERSION);
                        return EXIT_SUCCESS;
                case 'h':
                        fputs(help, stdout);
                        return EXIT_SUCCESS;
                default:
                        return EXIT_USAGE;
                }
        if (optind < argc || (ret->replay_and_exit && !ret->replay)) {
                fputs(optind < argc ? "sonycharged: takes no arguments\n"
                                    : "sonycharged: --replay-and-exit needs --replay FILE\n",
                      stderr);
                return EXIT_USAGE;
        }
        return -1;
}

/* libusb's thread inherits the mask, so that only the loop receives signals. */
static void block_signals(void) {
        sigset_t set;

        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        sigaddset(&set, SIGHUP);
        sigaddset(&set, SIGCHLD);
        sigprocmask(SIG_BLOCK, &set, NULL);
        signal(SIGPIPE, SIG_IGN);
        signal(SIGXFSZ, SIG_IGN); /* a write beyond the file size limit fails, instead of ending the daemon */
}

/* Without a free descriptor a device cannot be read and looks as if it were absent. So the daemon refuses to start with too
 * low a limit. */
static bool has_descriptors(void) {
        struct rlimit limit;

        if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= DESCRIPTORS_WANTED)
                return true;
        limit.rlim_cur = limit.rlim_max < DESCRIPTORS_WANTED ? limit.rlim_max : DESCRIPTORS_WANTED;
        if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
                (void) getrlimit(RLIMIT_NOFILE, &limit);
        if (limit.rlim_cur >= DESCRIPTORS_LEAST)
                return true;
        log_error("Only %lu files may be open at a time, and %u are needed (LimitNOFILE= in systemd.exec(5)).",
                  (unsigned long) limit.rlim_cur, DESCRIPTORS_LEAST);
        return false;
}

int main(int argc, char **argv) {
        struct daemon_options options = {};
        const char *introspect = NULL;

        int status = parse(argc, argv, &options, &introspect);
        if (status >= 0)
                return status;
        if (introspect) {
                int r = bus_introspect(introspect);

                if (r < 0)
                        fprintf(stderr, "sonycharged: cannot introspect %s: %s\n", introspect, strerror(-r));
                return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
        }
        /* libusb's thread allocates almost nothing and needs no arena of its own. */
        mallopt(M_ARENA_MAX, 1);
        /* The memory of large messages is returned to the system. Set explicitly, the threshold is not raised by glibc after
         * the first one. */
        mallopt(M_MMAP_THRESHOLD, 128 * 1024);
        block_signals();
        if (!options.replay && !has_descriptors())
                return EXIT_FAILURE;
        return daemon_run(&options);
}
