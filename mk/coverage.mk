# SPDX-License-Identifier: LGPL-2.1-or-later
# What of each room the tests of rings 1 and 2 run: `make coverage`. The floor is what it was when it was first measured.

COVERAGE_BUILD ?= build-coverage
COVERAGE_TESTS ?= test-unit test-system
COVERAGE_LINES ?= 93.9
COVERAGE_BRANCHES ?= 82.9

coverage:
	@find $(COVERAGE_BUILD) -name '*.gcda' -delete 2>/dev/null || :
	$(MAKE) BUILD=$(COVERAGE_BUILD) CFLAGS='-O0 -g --coverage' CPPFLAGS=-U_FORTIFY_SOURCE $(COVERAGE_TESTS)
	@tests/coverage $(COVERAGE_BUILD) $(COVERAGE_LINES) $(COVERAGE_BRANCHES)

.PHONY: coverage
