# SPDX-License-Identifier: LGPL-2.1-or-later
# Ring 3: a real kernel with real systemd in QEMU. The harness builds and installs in a separate tree.

# A test that fails is repeated, and all its failures are shown.
KERNEL_TRIES ?= 2

test-kernel:
	@tests/kernel/deps && tests/kernel/run --tries $(KERNEL_TRIES)

.PHONY: test-kernel
