/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Log: plain messages on standard error, one per line.
 *
 * Under systemd they get the journal's priority prefix (sd-daemon.h); on a terminal they are plain text. What happens to
 * headsets and ports is told by the journal outlet, not here.
 */

void log_text(int priority, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Priorities of syslog(3). */
#define log_error(...) log_text(3, __VA_ARGS__)
#define log_warning(...) log_text(4, __VA_ARGS__)
#define log_notice(...) log_text(5, __VA_ARGS__)
#define log_info(...) log_text(6, __VA_ARGS__)
