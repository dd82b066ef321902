# SPDX-License-Identifier: LGPL-2.1-or-later
# Formatting and static checks. Versions of clang-format give different results, so the tree is formatted with version 14,
# that of Debian 12.

CLANG_FORMAT ?= clang-format-14

SOURCES = $(wildcard $(foreach r,$(ROOMS) tests/unit tests/fuzz tests/kernel tests/system,$(r)/*.c $(r)/*.h))

format:
	@$(CLANG_FORMAT) -i $(SOURCES)

# cppcheck 2.10 fails on empty compound literals (internalAstError).
lint:
	@$(CLANG_FORMAT) --dry-run --Werror $(SOURCES)
	@cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr --suppress=missingIncludeSystem \
		--suppress=normalCheckLevelMaxBranches --suppress=unknownMacro --suppress=internalAstError -I$(BUILD)/walls/tests $(filter %.c,$(SOURCES))

.PHONY: format lint
