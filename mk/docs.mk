# SPDX-License-Identifier: LGPL-2.1-or-later
# The manual and README.md, as far as they are made from the programs or checked against them.

# Checks that the manual and the schemas of --json are accepted by mandoc, complete and consistent with the programs.
test-manual: $(DAEMON) $(CLIENT)
	@echo tests/system/test-manual; BUILD=$(BUILD) $(SYSTEM_PYTHON) -B tests/system/test-manual

# Regenerates the synopsis of org.sonycharge1(5).
manual: $(DAEMON)
	tools/bus-synopsis $(DAEMON) man/org.sonycharge1.5

# The examples in README.md: real output for shipped recordings, and screenshots of the programs. A test fails if the output is
# out of date. Screenshots need a browser and a screen, so they are made manually with `make screenshots`.

readme: all
	$(SYSTEM_PYTHON) -B tools/readme $(BUILD)

test-readme: all
	@echo tools/readme; $(SYSTEM_PYTHON) -B tools/readme $(BUILD) --check

screenshots-deps: DEPS_SYSTEM += $(DEPS_PAGE) $(DEPS_DESKTOP) fonts-vlgothic fonts-wqy-zenhei
screenshots-deps: deps

screenshots: screenshots-deps
	@$(MAKE) --no-print-directory screenshots-all

screenshots-all: all
	$(SYSTEM_PYTHON) -B tools/screenshots $(BUILD) screenshots

test-all: test-readme

.PHONY: manual test-manual readme test-readme screenshots screenshots-deps screenshots-all
