# SPDX-License-Identifier: LGPL-2.1-or-later
# Checks of the whole tree: licences, versions, metadata.

DEPS_TEST += appstream

test-tree:
	tests/package/test-tree

test-all: test-tree

.PHONY: test-tree
