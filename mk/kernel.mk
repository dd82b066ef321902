# SPDX-License-Identifier: LGPL-2.1-or-later
# Ring 3: a real kernel with real systemd in QEMU. The harness builds and installs into a tree of its own.

test-kernel:
	@tests/kernel/deps && tests/kernel/run --tries 2

.PHONY: test-kernel
