/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <check.h>
#include <stdio.h>

/* Runs the tests of a suite and frees it. Returns the exit status of the program. */
int run_suite(Suite *suite);

/* What a function writes to a stream. After the stream is closed, the text is in `written`, and its owner frees it. */
extern char *written;
extern size_t written_len;
FILE *begin_writing(void);

/* Closes the stream and compares the whole text. */
void expect_written(FILE *out, const char *text);
