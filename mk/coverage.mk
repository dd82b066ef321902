# SPDX-License-Identifier: LGPL-2.1-or-later
# `make coverage` measures how much of each room the tests of rings 1 and 2 execute. The minimum is the first measurement.

COVERAGE_BUILD ?= build-coverage
COVERAGE_TESTS ?= test-unit test-system
COVERAGE_LINES ?= 93.9
COVERAGE_BRANCHES ?= 82.9

coverage:
	@find $(COVERAGE_BUILD) -name '*.gcda' -delete 2>/dev/null || :
	$(MAKE) BUILD=$(COVERAGE_BUILD) CFLAGS='-O0 -g --coverage' CPPFLAGS=-U_FORTIFY_SOURCE $(COVERAGE_TESTS)
	@tests/coverage $(COVERAGE_BUILD) $(COVERAGE_LINES) $(COVERAGE_BRANCHES)

.PHONY: coverage
