# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests the HTML report in a browser. Not part of `make test`, because a browser is large to install.

DEPS_PAGE = chromium fonts-dejavu-core poppler-utils python3-pil dbus-daemon

page-deps: DEPS_SYSTEM += $(DEPS_PAGE)
page-deps: deps

test-page: page-deps
	@$(MAKE) --no-print-directory test-page-all

test-page-all: all
	@set -e; for t in tests/page/test-*; do echo "$$t"; BUILD=$(BUILD) PYTHONDONTWRITEBYTECODE=1 $$t; done

.PHONY: page-deps test-page test-page-all
