/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Tester: a USB meter in the line, as the causes use it.
 */

#include "causes/cause.h"

/* Does a meter measure what flows into the headset: a person said that it is between, and its word is one of now? */
bool subject_is_measured(const struct subject *s);

/* Is there power and no current? */
bool is_measured_to_take_nothing(const struct subject *s);

/* The measurement as evidence. */
void give_measurement(const struct subject *s, struct finding *f);
