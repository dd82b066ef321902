/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdbool.h>

/*
 * Log: plain messages on standard error, one per line.
 *
 * Under systemd each line starts with the journal's priority prefix (sd-daemon.h). On a terminal it is plain text. Events of
 * headsets and ports are not logged here but by the journal outlet.
 */

void log_text(int priority, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for what can happen any number of times while the daemon runs, also because somebody makes it happen. A kind of
 * message, which is its format, is written at most once an hour; the next one says how many were left out. Returns whether it
 * was written. Not for threads. */
bool log_text_hourly(int priority, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Priorities of syslog(3). */
#define log_error(...) log_text(3, __VA_ARGS__)
#define log_warning(...) log_text(4, __VA_ARGS__)
#define log_notice(...) log_text(5, __VA_ARGS__)
#define log_info(...) log_text(6, __VA_ARGS__)
#define log_warning_hourly(...) log_text_hourly(4, __VA_ARGS__)
#define log_notice_hourly(...) log_text_hourly(5, __VA_ARGS__)
