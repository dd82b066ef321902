# SPDX-License-Identifier: LGPL-2.1-or-later
# Ring 2: the real programs on a mocked computer (umockdev) and a private bus.

DEPS_SYSTEM += umockdev gir1.2-umockdev-1.0 python3-gi python3-dbus python3-dbusmock dbus-daemon upower tmux zsh fish mandoc \
               python3-jsonschema

# The distribution's python, as the modules are the distribution's.
SYSTEM_PYTHON ?= /usr/bin/python3
SYSTEM_TESTS = $(wildcard tests/system/test-*)

# A sanitizer's library has to be loaded before umockdev's.
ifeq ($(SANITIZE),1)
SYSTEM_ENV = ASAN_LIBRARY=$(shell $(CC) -print-file-name=libasan.so)
endif

$(BUILD)/tests/%.so: tests/system/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) -std=gnu11 -D_GNU_SOURCE $(WARN) -O1 -fPIC -shared -o $@ $< -ldl

SYSTEM_NEEDS = $(patsubst tests/system/%.c,$(BUILD)/tests/%.so,$(wildcard tests/system/*.c)) $(DAEMON) $(CLIENT) $(HWDB) \
               $(BUILD)/sonycharged.service

test-programs: $(SYSTEM_NEEDS)

test-system: $(SYSTEM_NEEDS)
	@BUILD=$(abspath $(BUILD)) $(SYSTEM_ENV) tests/system/run $(SYSTEM_TESTS)

.PHONY: test-system

# The one parser among the sources is a unit of its own.
$(BUILD)/tests/unit/test-descriptors: $(BUILD)/daemon/sources/descriptors.o

# So is the one outlet that only counts.
$(BUILD)/tests/unit/test-journal-limit: $(BUILD)/daemon/journal/journal-limit.o
