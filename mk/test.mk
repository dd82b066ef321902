# SPDX-License-Identifier: LGPL-2.1-or-later
# `make test` works in a fresh clone: it installs missing packages, then builds and runs rings 1 and 2. The second make reads
# the Makefile again after the packages were installed.

test: deps
	@$(MAKE) --no-print-directory -j$$(nproc) test-programs
	@$(MAKE) --no-print-directory test-all

test-all: test-unit test-fuzz test-system

.PHONY: test test-programs test-all
