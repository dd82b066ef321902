# SPDX-License-Identifier: LGPL-2.1-or-later
# `make run`: the daemon on a private bus against this very machine. The second make reads the Makefile again, with the
# packages in place.

run-deps:
	@tools/deps 'building and running' $(sort $(DEPS_BUILD) $(DEPS_RUN))

run: run-deps
	@$(MAKE) --no-print-directory run-all

run-all: all
	@tools/run $(BUILD)

# The client's system tests need a bus, a test double on it, a screen and the shells.
DEPS_TEST += python3-dbus python3-gi tmux zsh fish

test-client: $(BUILD)/tests/redirect.so $(BUILD)/tests/clock-shift.so $(CLIENT) $(DAEMON) $(HWDB)
	@failed=; for t in tests/system/test-client-*; do echo "$$t"; \
		BUILD=$(BUILD) SONYCHARGECTL=$(CLIENT) PYTHONDONTWRITEBYTECODE=1 $(SYSTEM_ENV) $$t || failed="$$failed $$t"; done; \
	[ -z "$$failed" ] || { echo "Failed:$$failed" >&2; exit 1; }

.PHONY: run run-deps run-all test-client
