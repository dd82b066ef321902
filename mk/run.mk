# SPDX-License-Identifier: LGPL-2.1-or-later
# `make run` runs the daemon on a private bus with the devices of this machine. The second make reads the Makefile again after
# the packages were installed.

run-deps:
	@tools/deps 'building and running' $(sort $(DEPS_BUILD) $(DEPS_RUN))

run: run-deps
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@tools/run $(BUILD)

.PHONY: run run-deps
