# SPDX-License-Identifier: LGPL-2.1-or-later
# Load: figures with limits, `make load`.

load: $(DAEMON)
	@set -e; tests/load/replay $(BUILD)

.PHONY: load
