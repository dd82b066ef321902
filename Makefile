# SPDX-License-Identifier: LGPL-2.1-or-later
# sonycharge: build, test, install. `make help` lists the targets.

VERSION = 0.1.0

PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build

CC ?= cc
CFLAGS ?= -O2 -g
# SANITIZE=1 builds with address and undefined-behaviour sanitizers, WERROR=1 makes warnings errors.
WARN = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wformat=2 -Wundef -Wvla \
       -Wno-missing-field-initializers
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

# The rooms. Each is compiled with only the include paths it may use, so a wrong dependency does not compile.
include_common = -iquote common $(JSON_CFLAGS) $(SYSTEMD_CFLAGS)
include_daemon/model = -iquote daemon/model
include_daemon/kernel-log = -iquote daemon/model -iquote daemon/kernel-log -iquote common
include_daemon/causes = -iquote daemon/model -iquote daemon/causes -iquote common
include_daemon/recording = -iquote daemon/model -iquote daemon/recording -iquote common $(JSON_CFLAGS)
include_daemon/hwdb = -iquote daemon/model -iquote daemon/hwdb -iquote common $(SYSTEMD_CFLAGS) $(JSON_CFLAGS)
include_daemon/sources = -iquote daemon/hwdb -iquote daemon/model -iquote daemon/kernel-log -iquote daemon/recording -iquote daemon/sources -iquote common $(SYSTEMD_CFLAGS) $(USB_CFLAGS)
include_daemon/outlets = -iquote daemon -iquote daemon/hwdb -iquote daemon/model -iquote daemon/causes -iquote daemon/recording -iquote daemon/outlets -iquote common $(JSON_CFLAGS) $(SYSTEMD_CFLAGS) $(SQLITE_CFLAGS)
include_daemon = -iquote daemon -iquote daemon/model -iquote daemon/hwdb -iquote daemon/kernel-log -iquote daemon/causes -iquote daemon/recording -iquote daemon/sources -iquote daemon/outlets -iquote common \
                 $(JSON_CFLAGS) $(SYSTEMD_CFLAGS) $(USB_CFLAGS)
client_common = -iquote client -iquote client/show -iquote daemon/model -iquote daemon/hwdb -iquote common $(JSON_CFLAGS) $(SYSTEMD_CFLAGS)
# The words that complete a command line are the guide's as well.
include_client = -iquote client/guide $(client_common)
include_client/show = -iquote client/show -iquote daemon/causes $(client_common)
include_client/doctor = -iquote client/doctor $(client_common)
include_client/guide = -iquote client/guide $(client_common)
include_client/notify = -iquote client/notify $(client_common)
include_client/explain = -iquote client/explain -iquote daemon/kernel-log -iquote daemon/causes -iquote daemon/recording $(client_common)
include_client/report = -iquote client/report -iquote daemon/kernel-log -iquote daemon/causes $(client_common)

CLIENT_ROOMS = client client/show client/explain client/doctor client/guide client/report client/notify
ROOMS = common daemon/model daemon/kernel-log daemon/causes daemon/recording daemon/hwdb daemon/sources daemon/outlets daemon $(CLIENT_ROOMS)
objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard $(1)/*.c))

# Code of both programs and the unit tests: model, causes and parsers, which do no I/O, and the look-up of model facts.
CORE = $(BUILD)/core.a
REGISTRY = $(patsubst %.c,$(BUILD)/%.o,$(wildcard daemon/registry*.c))
CORE_OBJECTS = $(foreach r,common daemon/model daemon/kernel-log daemon/causes daemon/recording daemon/hwdb,$(call objects,$(r))) $(REGISTRY)
DAEMON = $(BUILD)/sonycharged
CLIENT = $(BUILD)/sonychargectl
HWDB = $(BUILD)/hwdb.bin

all: $(DAEMON) $(CLIENT) $(HWDB)

# Says what is missing before the compiler does.
needs:
	@$(if $(MISSING),echo 'Not installed: $(MISSING). "make deps" installs what is needed.' >&2; exit 1,:)

$(CORE): $(CORE_OBJECTS)
	@rm -f $@
	@$(AR) rcs $@ $^

$(DAEMON): $(call objects,daemon/sources) $(call objects,daemon/outlets) $(filter-out $(REGISTRY),$(call objects,daemon)) $(CORE)
	$(call say,LD)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(SYSTEMD_LIBS) $(UDEV_LIBS) $(USB_LIBS) $(JSON_LIBS) $(INIH_LIBS) $(SQLITE_LIBS)

$(CLIENT): $(foreach r,$(CLIENT_ROOMS),$(call objects,$(r))) $(CORE)
	$(call say,LD)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(SYSTEMD_LIBS) $(JSON_LIBS) $(INIH_LIBS)

define room_rule
$(BUILD)/$(1)/%.o: $(1)/%.c | needs
	@mkdir -p $$(@D)
	$$(call say,CC)$$(CC) $$(ALL_CFLAGS) $$(include_$(1)) -c -o $$@ $$<
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

# Model facts, compiled for use from the tree (the system's own copy is made by `systemd-hwdb update`).
$(HWDB): $(wildcard udev-rules/*.hwdb)
	@mkdir -p $(BUILD)/hwdb-root/etc/udev/hwdb.d
	@cp $^ $(BUILD)/hwdb-root/etc/udev/hwdb.d/
	$(call say,HWDB)systemd-hwdb --root=$(BUILD)/hwdb-root update
	@cp $(BUILD)/hwdb-root/etc/udev/hwdb.bin $@

include $(wildcard mk/*.mk)

clean:
	rm -rf $(BUILD)

help:
	@echo 'make            build the daemon, the client and the model facts'
	@echo 'make run        start on a private bus against this computer and show its state'
	@echo 'make test       unit and system tests'
	@echo 'make test-kernel  the same on a real kernel in QEMU'
	@echo 'make test-page  the report in a browser and on paper'
	@echo 'make fuzz       fuzz the parsers'
	@echo 'make bench      measure against named peers'
	@echo 'make install    DESTDIR= PREFIX=/usr/local'
	@echo 'make uninstall'
	@echo 'make deps       install what the distribution packages lack'
	@echo 'make deb        build a Debian package'
	@echo 'make format     apply clang-format; make lint checks'
	@echo 'make readme     write the outputs in README.md anew; make manual, make screenshots likewise'

-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)


.PHONY: all needs clean help
