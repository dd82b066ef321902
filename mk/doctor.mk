# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the doctor's engine and table with simulated users: recorded ones, ones that make mistakes, and random ones.

DOCTOR_SIMULATION = $(BUILD)/tests/doctor/simulate

$(DOCTOR_SIMULATION): tests/doctor/simulate.c $(CORE) | $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) $(call wall,tests) $(LIBRARY_CFLAGS) -o $@ $< $(CORE) $(JSON_LIBS) -lm

test-doctor: $(DOCTOR_SIMULATION)
	$(DOCTOR_SIMULATION) tests/doctor/people.json

test-all: test-doctor

.PHONY: test-doctor
