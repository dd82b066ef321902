# SPDX-License-Identifier: LGPL-2.1-or-later
# What building and running need, and the checks of the sources.

# Packages of the distribution. Each purpose has its own list, and each target installs only what it needs.
DEPS_BUILD = gcc gettext libc6-dev pkgconf libsystemd-dev libudev-dev libusb-1.0-0-dev libjson-c-dev libinih-dev libsqlite3-dev udev
DEPS_RUN = dbus-daemon
DEPS_TEST = check dbus-daemon dbus mount python3 systemd

deps:
	@tools/deps 'building and testing' $(sort $(DEPS_BUILD) $(DEPS_RUN) $(DEPS_TEST) $(DEPS_SYSTEM))

run-deps:
	@tools/deps 'building and running' $(sort $(DEPS_BUILD) $(DEPS_RUN))

# Runs the daemon on a private bus with the devices of this machine. The second make reads the Makefile again after the packages
# were installed.
run: run-deps
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@tools/run $(BUILD)

# Formatting and static checks. Versions of clang-format give different results, so one is pinned: version 14, that of Debian 12.
# Debian 13 has no package of it.
CLANG_FORMAT ?= clang-format-14
DEPS_LINT = $(CLANG_FORMAT) cppcheck

SOURCES = $(wildcard $(foreach r,$(ROOMS) app tests/unit tests/fuzz tests/kernel tests/system,$(r)/*.c $(r)/*.h))

format:
	@$(CLANG_FORMAT) -i $(SOURCES)

lint-deps:
	@tools/deps 'the checks of the sources' $(DEPS_LINT)

# cppcheck 2.10 fails on empty compound literals (internalAstError).
lint: | $(BUILD)/walls/tests/.made
	@$(CLANG_FORMAT) --dry-run --Werror $(SOURCES)
	@cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr --suppress=missingIncludeSystem \
		--suppress=normalCheckLevelMaxBranches --suppress=unknownMacro --suppress=internalAstError -I$(BUILD)/walls/tests $(filter %.c,$(SOURCES))

.PHONY: deps run-deps run format lint-deps lint
