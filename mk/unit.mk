# SPDX-License-Identifier: LGPL-2.1-or-later
# Ring 1: unit tests of the model, the causes and the parsers. They need no bus, no device and no root.

CHECK_CFLAGS := $(call pkg,--cflags check)
CHECK_LIBS := $(call pkg,--libs check)
UNIT_TESTS = $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/test-*.c))
include_tests/unit = -iquote tests/unit $(call wall,tests) $(LIBRARY_CFLAGS) $(CHECK_CFLAGS)

$(BUILD)/tests/unit/%.o: tests/unit/%.c | needs $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) -Wno-format-extra-args $(include_tests/unit) -c -o $@ $<

UNIT_HELPERS = $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%.o,$(filter-out tests/unit/test-%,$(wildcard tests/unit/*.c)))

# Client code without main(), for tests of the parts without I/O.
CLIENT_PARTS = $(filter-out $(BUILD)/client/main.o,$(call objects,$(CLIENT_ROOMS)))

$(UNIT_TESTS): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(UNIT_HELPERS) $(CORE)
	$(call say,CC)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $(filter %.o,$^) $(CORE) $(CHECK_LIBS) $(JSON_LIBS) $(SYSTEMD_LIBS) $(INIH_LIBS) -lm

$(filter $(BUILD)/tests/unit/test-client-%,$(UNIT_TESTS)): $(CLIENT_PARTS)

# The default of check, four seconds, is too short on a busy machine.
UNIT_SECONDS ?= 60

test-programs: $(UNIT_TESTS)

test-unit: $(UNIT_TESTS) $(HWDB)
	@set -e; for t in $(UNIT_TESTS); do CK_VERBOSITY=normal CK_DEFAULT_TIMEOUT=$(UNIT_SECONDS) $$t; done

.SECONDARY: $(UNIT_TESTS:=.o) $(UNIT_HELPERS)
.PHONY: test-unit
