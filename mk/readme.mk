# SPDX-License-Identifier: LGPL-2.1-or-later
# What README.md shows: real output of shipped recordings, and pictures of the real programs. A test says when the texts are old;
# pictures are made by hand, with `make screenshots`, as they need a browser and a screen.

readme: all
	$(SYSTEM_PYTHON) -B tools/readme $(BUILD)

test-readme: all
	@echo tools/readme; $(SYSTEM_PYTHON) -B tools/readme $(BUILD) --check

screenshots-deps: DEPS_SYSTEM += $(DEPS_PAGE) $(DEPS_DESKTOP)
screenshots-deps: deps

screenshots: screenshots-deps
	@$(MAKE) --no-print-directory screenshots-all

screenshots-all: all
	$(SYSTEM_PYTHON) -B tools/screenshots $(BUILD) screenshots

test-all: test-readme

.PHONY: readme test-readme screenshots screenshots-deps screenshots-all
