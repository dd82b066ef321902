# SPDX-License-Identifier: LGPL-2.1-or-later
# Ring 2: the real programs with mocked devices (umockdev) and a private bus.

DEPS_SYSTEM += umockdev gir1.2-umockdev-1.0 python3-gi python3-dbus python3-dbusmock dbus-daemon upower tmux zsh fish mandoc \
               python3-jsonschema

# The distribution's python, because the modules come from the distribution.
SYSTEM_PYTHON ?= /usr/bin/python3
SYSTEM_TESTS = $(wildcard tests/system/test-*)

# The library of a sanitizer has to be loaded before umockdev's.
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

# The parser in the sources has a unit test.
$(BUILD)/tests/unit/test-descriptors: $(BUILD)/daemon/sources/descriptors.o

# The limit of the journal outlet has a unit test too.
$(BUILD)/tests/unit/test-journal-limit: $(BUILD)/daemon/journal/journal-limit.o
