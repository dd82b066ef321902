# SPDX-License-Identifier: LGPL-2.1-or-later
# Unit test of the parser for reports of receivers, which is part of the sources.

$(BUILD)/tests/unit/test-hid-report: $(BUILD)/daemon/sources/hid-report.o
