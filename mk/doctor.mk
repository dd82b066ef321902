# SPDX-License-Identifier: LGPL-2.1-or-later
# The doctor's engine and table, played against people who are written down, people who err, and people drawn from the table.

DOCTOR_SIMULATION = $(BUILD)/tests/doctor/simulate

$(DOCTOR_SIMULATION): tests/doctor/simulate.c $(CORE) | $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) $(call wall,tests) $(LIBRARY_CFLAGS) -o $@ $< $(CORE) $(JSON_LIBS) -lm

test-doctor: $(DOCTOR_SIMULATION)
	$(DOCTOR_SIMULATION) tests/doctor/people.json

test-all: test-doctor

.PHONY: test-doctor
