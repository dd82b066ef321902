# SPDX-License-Identifier: LGPL-2.1-or-later
# Reports of receivers: a parser among the sources, and a unit of its own.

$(BUILD)/tests/unit/test-hid-report: $(BUILD)/daemon/sources/hid-report.o
