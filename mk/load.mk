# SPDX-License-Identifier: LGPL-2.1-or-later
# `make load` measures the behaviour under load and checks it against limits.

load: $(DAEMON)
	@set -e; tests/load/replay $(BUILD)

.PHONY: load
