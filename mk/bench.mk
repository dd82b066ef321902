# SPDX-License-Identifier: LGPL-2.1-or-later
# Measurements. `make bench` compares speed and memory with other programs, in one run; `make load` checks the behaviour under
# load against limits.

DEPS_BENCH = upower umockdev gir1.2-umockdev-1.0 gir1.2-glib-2.0 python3-gi dbus-daemon systemd udev \
             gtk-4-examples xvfb xdotool at-spi2-core adwaita-icon-theme fonts-dejavu-core

bench-deps: DEPS_SYSTEM += $(DEPS_BENCH)
bench-deps: deps

bench: bench-deps
	@$(MAKE) --no-print-directory bench-all

DOCTOR_BENCH = $(BUILD)/tests/bench/doctor

$(DOCTOR_BENCH): tests/bench/doctor.c $(CORE) | $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) $(call wall,tests) $(LIBRARY_CFLAGS) -o $@ $< $(CORE) $(JSON_LIBS) -lm -pthread

bench-all: all $(BUILD)/tests/redirect.so $(DOCTOR_BENCH)
	$(DOCTOR_BENCH)
	tests/bench/daemon --build $(BUILD)
	tests/bench/headset --build $(BUILD)
	tests/bench/history --build $(BUILD)
	tests/bench/explain $(BUILD)/sonychargectl
	$(if $(APP_MISSING),@echo 'The window is not built and not measured: $(APP_MISSING)',tests/bench/window --build $(BUILD))

# How much later an emulated computer is up with the service. Takes some minutes, and needs what the kernel tests need.
bench-boot:
	tests/bench/boot --port 1

load: bench-deps
	@$(MAKE) --no-print-directory load-all

# LOAD="--uevents 1000 --plugs 100" makes it shorter.
load-all: $(DAEMON) $(CLIENT) $(HWDB) $(BUILD)/tests/redirect.so
	tests/load/replay $(BUILD)
	BUILD=$(abspath $(BUILD)) $(SYSTEM_PYTHON) -B tests/load/daemon $(LOAD)

.PHONY: bench bench-boot bench-deps bench-all load load-all
