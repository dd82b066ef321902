# SPDX-License-Identifier: LGPL-2.1-or-later
# sonycharge: build, test, install. `make help` lists the targets.

VERSION = 0.2.0

PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build

CC ?= cc
CFLAGS ?= -O2 -g
# SANITIZE=1 builds with address and undefined-behaviour sanitizers, WERROR=1 makes warnings errors.
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wformat=2 -Wundef -Wvla \
       -Wno-missing-field-initializers -Wno-unused-parameter
ifeq ($(WERROR),1)
WARN += -Werror
endif
HARDEN = -fstack-protector-strong -fPIE
LDHARDEN = -pie -Wl,-z,relro,-z,now -Wl,--as-needed
ifeq ($(SANITIZE),1)
HARDEN += -fsanitize=address,undefined -fno-omit-frame-pointer
LDHARDEN += -fsanitize=address,undefined
else ifneq ($(findstring -O,$(CFLAGS)),)
# Unless the distribution brings its own.
ifeq ($(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS)),)
HARDEN += -D_FORTIFY_SOURCE=2
endif
endif
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' $(WARN) $(HARDEN) $(CPPFLAGS) $(CFLAGS) -MMD -MP

PKG_CONFIG ?= pkg-config
pkg = $(shell $(PKG_CONFIG) $(1) 2>/dev/null)
PACKAGES = libsystemd libudev libusb-1.0 json-c inih sqlite3
MISSING := $(strip $(if $(shell command -v $(PKG_CONFIG)),$(foreach p,$(PACKAGES),$(if $(shell $(PKG_CONFIG) --exists $(p) || echo no),$(p))),$(PKG_CONFIG)))
SYSTEMD_CFLAGS := $(call pkg,--cflags libsystemd)
SYSTEMD_LIBS := $(call pkg,--libs libsystemd)
JSON_CFLAGS := $(call pkg,--cflags json-c)
JSON_LIBS := $(call pkg,--libs json-c)
INIH_LIBS := $(call pkg,--libs inih)
SQLITE_CFLAGS := $(call pkg,--cflags sqlite3)
SQLITE_LIBS := $(call pkg,--libs sqlite3)
UDEV_LIBS := $(call pkg,--libs libudev)
USB_CFLAGS := $(call pkg,--cflags libusb-1.0)
USB_LIBS := $(call pkg,--libs libusb-1.0)

# One short line for each file; V=1 shows the commands.
ifneq ($(V),1)
say = @echo '  $(1)  $@'; 
endif

# The rooms, and what each may include besides itself. Every room is compiled against a folder of links to just these headers,
# so a wrong dependency does not compile. An include names the room: "model/port.h" for a room of core/, the path from here for
# the others: "common/text.h", "daemon/bus/bus.h". The table of findings, "findings.def", is for every room.
may_common =
may_core/model =
may_core/kernel-log = core/model common
may_core/words = common
may_core/causes = core/model core/words common core/doctor
may_core/headset-protocol = core/model common
may_core/recording = core/model common
may_core/hwdb = core/model common
may_core/doctor = core/words common
may_core/registry = core/model core/causes common
may_core/status = core/words core/model core/hwdb core/causes core/registry common
may_core/view = core/words core/model common
may_daemon/sources = core/model core/kernel-log core/headset-protocol core/recording core/hwdb common
may_daemon/history = core/words core/model core/causes core/registry core/status common
may_daemon/runtime = core/model common
may_daemon/journal = core/model core/causes core/registry daemon/runtime common
may_daemon/recorder = core/model core/recording common
may_daemon/bus = core/model core/hwdb core/causes core/registry core/status daemon/history common
may_daemon = core/model core/hwdb core/causes core/registry core/status $(filter-out daemon,$(DAEMON_ROOMS)) common
may_client = core/view core/words core/model client/show client/guide common
may_client/show = core/view core/words core/model core/causes client common
may_client/doctor = core/view core/words core/model core/hwdb core/doctor client client/show common
may_client/guide = core/view core/words core/model core/hwdb core/doctor client client/show common
may_client/notify = core/view core/words core/model client client/show common
may_client/explain = core/view core/words core/model core/hwdb core/kernel-log core/causes core/recording client client/show common
may_client/report = core/view core/words core/model core/kernel-log client client/show common
may_app = core/view core/words core/doctor common

CORE_ROOMS = common core/words core/model core/kernel-log core/headset-protocol core/causes core/recording core/hwdb core/doctor core/registry core/status core/view
DAEMON_ROOMS = daemon/sources daemon/history daemon/runtime daemon/journal daemon/recorder daemon/bus daemon
CLIENT_ROOMS = client client/show client/explain client/doctor client/guide client/report client/notify
ROOMS = $(CORE_ROOMS) $(DAEMON_ROOMS) $(CLIENT_ROOMS)
objects = $(foreach r,$(1),$(patsubst %.c,$(BUILD)/%.o,$(wildcard $(r)/*.c)))
LIBRARY_CFLAGS = $(JSON_CFLAGS) $(SYSTEMD_CFLAGS) $(USB_CFLAGS) $(SQLITE_CFLAGS)

# Code of both programs and the unit tests. It does no I/O but the look-up of model facts.
CORE = $(BUILD)/core.a
DAEMON = $(BUILD)/sonycharged
CLIENT = $(BUILD)/sonychargectl
HWDB = $(BUILD)/hwdb.bin

all: $(DAEMON) $(CLIENT) $(HWDB) catalogs translations

# Says what is missing before the compiler does.
needs:
	@$(if $(MISSING),echo 'Not installed: $(MISSING). "make deps" installs what is needed.' >&2; exit 1,:)

# The allocation functions belong to the programs; a sanitizer brings its own.
MEMORY = $(if $(filter-out 1,$(or $(SANITIZE),0)),$(BUILD)/common/memory.o)

$(CORE): $(filter-out $(BUILD)/common/memory.o,$(call objects,$(CORE_ROOMS)))
	@rm -f $@
	@$(AR) rcs $@ $^

$(DAEMON): $(call objects,$(DAEMON_ROOMS)) $(MEMORY) $(CORE)
	$(call say,LD)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(SYSTEMD_LIBS) $(UDEV_LIBS) $(USB_LIBS) $(JSON_LIBS) $(INIH_LIBS) $(SQLITE_LIBS) -lm

$(CLIENT): $(call objects,$(CLIENT_ROOMS)) $(MEMORY) $(CORE)
	$(call say,LD)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(SYSTEMD_LIBS) $(JSON_LIBS) $(INIH_LIBS) -lm

# The folder of links of a room (1), with the headers of the rooms in (2), its own first. The internal headers of a room are
# for that room and the tests only.
headers = $(wildcard $(2)/*.def) $(if $(filter $(1),tests $(subst /,-,$(2))),$(wildcard $(2)/*.h),$(filter-out %-internal.h,$(wildcard $(2)/*.h)))
define wall_rule
$(BUILD)/walls/$(1)/.made: Makefile $(foreach r,$(2),$(wildcard $(r)/*.h))
	@rm -rf $$(@D)
	@mkdir -p $$(@D)
	@ln -s $(CURDIR)/core/findings.def $$(@D)/
	@set -e; $(foreach r,$(2),$(if $(wildcard $(r)/*.h),mkdir -p $$(@D)/$(r:core/%=%); \
		ln -s $(foreach h,$(call headers,$(1),$(r)),$(CURDIR)/$(h)) $$(@D)/$(r:core/%=%);))
	@touch $$@
endef
wall = -iquote $(BUILD)/walls/$(subst /,-,$(1))

define room_rule
$(call wall_rule,$(subst /,-,$(1)),$(1) $(may_$(1)))
$(BUILD)/$(1)/%.o: $(1)/%.c | needs $(BUILD)/walls/$(subst /,-,$(1))/.made
	@mkdir -p $$(@D)
	$$(call say,CC)$$(CC) $$(ALL_CFLAGS) $(call wall,$(1)) $$(LIBRARY_CFLAGS) -c -o $$@ $$<
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

# Every line of a log, of which there may be millions, goes through these two rooms: inlining makes them a tenth faster.
ifneq ($(SANITIZE),1)
$(call objects,core/kernel-log core/model): ALL_CFLAGS += $(if $(filter -O2,$(CFLAGS)),-O3)
endif

# Tests may look into every room.
$(eval $(call wall_rule,tests,$(ROOMS)))

# Model facts, compiled for use from the tree (the system's own copy is made by `systemd-hwdb update`).
$(HWDB): $(wildcard udev-rules/*.hwdb)
	@mkdir -p $(BUILD)/hwdb-root/etc/udev/hwdb.d
	@cp $^ $(BUILD)/hwdb-root/etc/udev/hwdb.d/
	$(call say,HWDB)systemd-hwdb --root=$(BUILD)/hwdb-root update
	@cp $(BUILD)/hwdb-root/etc/udev/hwdb.bin $@

include $(sort $(wildcard mk/*.mk))

clean:
	rm -rf $(BUILD)

help:
	@echo 'Build and run'
	@echo '  make               build the service, the client and the facts about models'
	@echo '  make run           start on a bus of its own against this computer, and show its state (RECORDING=FILE plays one)'
	@echo '  make app           build the window (part of "make" where GTK 4 and libadwaita are installed)'
	@echo '  make run-app       the same as make run, and show it in the window'
	@echo '  make deps          install all that building and testing need; make run-deps what building and running need'
	@echo '  make clean         remove what was built'
	@echo 'Install'
	@echo '  make install       DESTDIR= PREFIX=/usr/local'
	@echo '  make install-app   the window alone (part of "make install" where it was built)'
	@echo '  make uninstall     PURGE=1 removes configuration and history too'
	@echo '  make deb           build a Debian package; make deb-deps installs what that needs'
	@echo 'Test'
	@echo '  make test          all of the next six; installs what they need'
	@echo '  make test-unit     the pure parts, without a bus or a device'
	@echo '  make test-system   the real programs on a mocked computer (JOBS=N at a time, TRIES=N)'
	@echo '  make test-faults   every point at which memory or the disk can fail (an hour); test-system tries some'
	@echo '  make test-fuzz     the inputs that fuzzers once found'
	@echo '  make test-tree     licences, versions, metadata'
	@echo '  make test-po       the translations: complete, and with the places of the English'
	@echo '  make test-readme   whether the outputs in README.md are what the programs print'
	@echo '  make test-doctor   the doctor, against people who are written down'
	@echo '  make test-manual   the manual alone; it is among the system tests'
	@echo '  make test-kernel   on a real kernel in QEMU'
	@echo '  make test-release  the commands of README.md in a root of another release (RELEASE=sid ARCH=i386 PLAIN_USER=1)'
	@echo '  make test-deb      the Debian package: reproducible, and clean for lintian'
	@echo '  make test-page     the report in a browser and on paper'
	@echo '  make axe           fetches the accessibility checker axe-core with npm, for test-page'
	@echo '  make test-fleet    numbers of 200 simulated computers in a real Prometheus (HOSTS=N)'
	@echo '  make test-app      the window on a virtual screen, used by keyboard and AT-SPI'
	@echo '  make test-app-sanitized  the same with address, leak and undefined-behaviour sanitizers'
	@echo '  make test-desktop  notifications on a virtual screen'
	@echo '  make test-gnome    a notification in GNOME Shell is clicked and opens the window'
	@echo '  make fuzz          fuzz the parsers (FUZZ_SECONDS=30 each)'
	@echo '  make bench         measure against named peers'
	@echo '  make bench-boot    measure how much later an emulated computer is up with the service'
	@echo '  make load          very many events, devices and clients, against limits'
	@echo '  make coverage      how much of the code the units and the system tests execute'
	@echo 'Keep in step'
	@echo '  make format        apply clang-format 14; make lint checks, and runs cppcheck (make lint-deps installs both)'
	@echo '  make po            let the translations in po/ follow the sources'
	@echo '  make readme        write the outputs in README.md anew; make manual, make screenshots likewise'
	@echo 'Variables: BUILD=FOLDER CC= CFLAGS= V=1 (show commands) WERROR=1 SANITIZE=1 NO_DEPS=1'

-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)


.PHONY: all needs clean help
