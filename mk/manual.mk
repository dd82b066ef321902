# SPDX-License-Identifier: LGPL-2.1-or-later
# Checks that the manual and the schemas of --json are accepted by mandoc, complete and consistent with the programs.

test-manual: $(DAEMON) $(CLIENT)
	@echo tests/system/test-manual; BUILD=$(BUILD) $(SYSTEM_PYTHON) -B tests/system/test-manual

# Regenerates the synopsis of org.sonycharge1(5).
manual: $(DAEMON)
	tools/bus-synopsis $(DAEMON) man/org.sonycharge1.5

.PHONY: manual test-manual
