# SPDX-License-Identifier: LGPL-2.1-or-later
# `make run`: the daemon on a private bus against this very machine. The second make reads the Makefile again, with the
# packages in place.

run-deps:
	@tools/deps 'building and running' $(sort $(DEPS_BUILD) $(DEPS_RUN))

run: run-deps
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@tools/run $(BUILD)

.PHONY: run run-deps
