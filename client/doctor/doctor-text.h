/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Doctor's text: the sentences of every step.
 */

#include "client/doctor/doctor-plan.h"

/* The question, or what to do. Returns buf. */
const char *doctor_sentence(const struct doctor_case *c, enum doctor_step s, char *buf, size_t size);

/* Why it is asked, in one clause. Returns buf. */
const char *doctor_why(const struct doctor_case *c, enum doctor_step s, char *buf, size_t size);

/* What a word means, from 1; "" when it speaks for itself. */
const char *doctor_meaning(enum doctor_step s, unsigned answer);

/* What is asked after a change that the computer cannot see. */
const char *doctor_did_it_help(const struct doctor_case *c, enum doctor_step s);
