# SPDX-License-Identifier: LGPL-2.1-or-later
# What holds for the tree as a whole: licences, versions, metadata.

DEPS_TEST += appstream

test-tree:
	tests/package/test-tree

test-all: test-tree

.PHONY: test-tree
