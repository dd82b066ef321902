# SPDX-License-Identifier: LGPL-2.1-or-later
# Formatting and static checks.

SOURCES = $(wildcard $(foreach r,$(ROOMS) tests/unit tests/fuzz tests/kernel tests/system,$(r)/*.c $(r)/*.h))

format:
	@clang-format -i $(SOURCES)

# cppcheck 2.10 stumbles over empty compound literals (internalAstError).
lint:
	@clang-format --dry-run --Werror $(SOURCES)
	@cppcheck --quiet --error-exitcode=1 --enable=warning,portability --inline-suppr --suppress=missingIncludeSystem \
		--suppress=normalCheckLevelMaxBranches --suppress=unknownMacro --suppress=internalAstError -I$(BUILD)/walls/tests $(filter %.c,$(SOURCES))

.PHONY: format lint
