# SPDX-License-Identifier: LGPL-2.1-or-later
# The three rings of tests, and what is beside them.

# `make test` works in a fresh clone: it installs missing packages, then builds and runs rings 1 and 2. The second make reads
# the Makefile again after the packages were installed.
test: deps
	@$(MAKE) --no-print-directory -j$$(nproc) test-programs
	@$(MAKE) --no-print-directory test-all

test-all: test-unit test-fuzz test-system

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

# Three parts of the daemon have unit tests too.
$(BUILD)/tests/unit/test-descriptors: $(BUILD)/daemon/sources/descriptors.o
$(BUILD)/tests/unit/test-hid-report: $(BUILD)/daemon/sources/hid-report.o
$(BUILD)/tests/unit/test-journal-limit: $(BUILD)/daemon/journal/journal-limit.o

.SECONDARY: $(UNIT_TESTS:=.o) $(UNIT_HELPERS)

# Ring 2: the real programs with mocked devices (umockdev) and a private bus.
DEPS_SYSTEM += umockdev gir1.2-umockdev-1.0 python3-gi python3-dbus python3-dbusmock dbus-daemon upower tmux zsh fish mandoc \
               python3-jsonschema

# The distribution's python, because the modules come from the distribution.
SYSTEM_PYTHON ?= /usr/bin/python3
SYSTEM_TESTS = $(wildcard tests/system/test-*)

# The library of a sanitizer has to be loaded before umockdev's.
ifeq ($(SANITIZE),1)
SYSTEM_ENV = ASAN_LIBRARY=$(shell $(CC) -print-file-name=libasan.so) LSAN_OPTIONS=suppressions=$(CURDIR)/tests/system/leaks:print_suppressions=0
endif

$(BUILD)/tests/%.so: tests/system/%.c
	@mkdir -p $(@D)
	$(call say,CC)$(CC) -std=gnu11 -D_GNU_SOURCE $(WARN) -O1 -fPIC -shared -o $@ $< -ldl

SYSTEM_NEEDS = $(patsubst tests/system/%.c,$(BUILD)/tests/%.so,$(wildcard tests/system/*.c)) $(DAEMON) $(CLIENT) $(HWDB) \
               $(BUILD)/sonycharged.service

test-programs: $(SYSTEM_NEEDS)

# Two tests ask for the template. It is made before them, because they run side by side.
test-system: $(SYSTEM_NEEDS) catalogs translations $(POT)
	@BUILD=$(abspath $(BUILD)) $(SYSTEM_ENV) tests/system/run $(SYSTEM_TESTS)

# Every point at which memory, the disk or the process itself can fail; it takes an hour. test-system tries some of them.
test-faults: $(SYSTEM_NEEDS)
	@BUILD=$(abspath $(BUILD)) $(SYSTEM_ENV) FAULTS=all umockdev-wrapper $(SYSTEM_PYTHON) -B tests/system/test-daemon-faults

# Ring 3: a real kernel with real systemd in QEMU. The harness builds and installs in a separate tree. A test that fails is
# repeated, and all its failures are shown.
KERNEL_TRIES ?= 2

test-kernel:
	@tests/kernel/deps && tests/kernel/run --tries $(KERNEL_TRIES)

# Checks of the whole tree: licences, versions, metadata.
DEPS_TEST += appstream

test-tree:
	tests/package/test-tree

test-all: test-tree

# Tests the doctor's engine and table with simulated users: recorded ones, ones that make mistakes, and random ones.
DOCTOR_SIMULATION = $(BUILD)/tests/doctor/simulate

$(DOCTOR_SIMULATION): tests/doctor/simulate.c $(CORE) | $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) $(call wall,tests) $(LIBRARY_CFLAGS) -o $@ $< $(CORE) $(JSON_LIBS) -lm

test-doctor: $(DOCTOR_SIMULATION)
	$(DOCTOR_SIMULATION) tests/doctor/people.json

test-all: test-doctor

# Tests with real notification servers on a virtual screen. The screenshots are in the build directory.
DEPS_DESKTOP = xvfb dunst xfce4-notifyd imagemagick x11-utils x11-xserver-utils adwaita-icon-theme librsvg2-common fonts-dejavu-core \
               dbus-daemon dbus-bin python3-dbus python3-gi
NOTIFICATION_SERVERS = dunst xfce4-notifyd

desktop-deps: DEPS_SYSTEM += $(DEPS_DESKTOP)
desktop-deps: deps

test-desktop: desktop-deps
	@$(MAKE) --no-print-directory test-desktop-all

test-desktop-all: all
	@set -e; for s in $(NOTIFICATION_SERVERS); do \
		BUILD=$(BUILD) $(SYSTEM_PYTHON) -B tests/system/desktop/notifications --server=$$s $(BUILD)/desktop/$$s; done

# Tests the HTML report in a browser. Not part of `make test`, because a browser is large to install.
DEPS_PAGE = chromium fonts-dejavu-core poppler-utils python3-pil dbus-daemon

page-deps: DEPS_SYSTEM += $(DEPS_PAGE)
page-deps: deps

test-page: page-deps
	@$(MAKE) --no-print-directory test-page-all

# The accessibility checker axe-core is no package of Debian. Where npm is, it is fetched once. The version is fixed, because a newer
# one may have new rules.
AXE_VERSION = 4.14.1

axe:
	@mkdir -p $(BUILD)/axe
	@[ -e $(BUILD)/axe/node_modules/axe-core/axe.min.js ] || npm install --prefix $(BUILD)/axe --no-audit --no-fund --silent axe-core@$(AXE_VERSION)

test-page-all: all catalogs
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory axe || echo 'axe-core cannot be fetched'; fi
	@set -e; for t in tests/page/test-*; do echo "$$t"; BUILD=$(BUILD) PYTHONDONTWRITEBYTECODE=1 $$t; done

# A fleet of simulated computers, scraped by Debian's Prometheus. Not part of `make test`, because its packages start servers.
DEPS_FLEET = prometheus prometheus-node-exporter python3-prometheus-client dbus-daemon systemd-journal-remote
HOSTS ?= 200

fleet-deps: DEPS_SYSTEM += $(DEPS_FLEET)
fleet-deps: deps

test-fleet: fleet-deps
	@$(MAKE) --no-print-directory test-fleet-all

test-fleet-all: all test-programs
	BUILD=$(BUILD) $(SYSTEM_PYTHON) -B tests/fleet/run --hosts $(HOSTS)
	BUILD=$(abspath $(BUILD)) umockdev-wrapper $(SYSTEM_PYTHON) -B tests/fleet/journal

# Runs the two commands of README.md in a new root of a Debian release: make test-release RELEASE=trixie [ARCH=i386] [PLAIN_USER=1]
# COMPILERS='gcc-16 clang-19' only builds there, with each of these.
DEPS_RELEASE = mmdebstrap debian-archive-keyring util-linux
RELEASE ?= trixie
ARCH ?=
PLAIN_USER ?=
COMPILERS ?=

release-deps:
	@tools/deps 'tests in another release' $(DEPS_RELEASE)

test-release: release-deps
	PLAIN_USER=$(PLAIN_USER) COMPILERS='$(COMPILERS)' tests/release/run $(RELEASE) $(ARCH)

# `make coverage` measures how much of each room the tests of rings 1 and 2 execute. The minimum is the first measurement.
COVERAGE_BUILD ?= build-coverage
COVERAGE_TESTS ?= test-unit test-system
COVERAGE_LINES ?= 93.9
COVERAGE_BRANCHES ?= 82.9

coverage:
	@find $(COVERAGE_BUILD) -name '*.gcda' -delete 2>/dev/null || :
	$(MAKE) BUILD=$(COVERAGE_BUILD) CFLAGS='-O0 -g --coverage' CPPFLAGS=-U_FORTIFY_SOURCE $(COVERAGE_TESTS)
	@tests/coverage $(COVERAGE_BUILD) $(COVERAGE_LINES) $(COVERAGE_BRANCHES)

.PHONY: test test-programs test-all test-unit test-system test-faults test-kernel test-tree test-doctor desktop-deps test-desktop \
        test-desktop-all page-deps axe test-page test-page-all fleet-deps test-fleet test-fleet-all release-deps test-release coverage
