/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Tester: uses the measurements of a USB meter in the line.
 */

#include "causes/cause.h"

/* Returns true when voltage is present but no current flows. */
bool is_measured_to_take_nothing(const struct subject *s);

/* Adds the measurement as evidence. */
void give_measurement(const struct subject *s, struct finding *f);
