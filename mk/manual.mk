# SPDX-License-Identifier: LGPL-2.1-or-later
# The manual and the schemas of --json: clean for mandoc, complete, and the same as what the programs say of themselves.

test-manual: $(DAEMON) $(CLIENT)
	@echo tests/system/test-manual; BUILD=$(BUILD) $(SYSTEM_PYTHON) -B tests/system/test-manual

# Writes the synopsis of org.sonycharge1(5) anew.
manual: $(DAEMON)
	tools/bus-synopsis $(DAEMON) man/org.sonycharge1.5

.PHONY: manual test-manual
