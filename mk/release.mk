# SPDX-License-Identifier: LGPL-2.1-or-later
# Runs the two commands of README.md in a new root of a Debian release: make test-release RELEASE=trixie [ARCH=i386] [PLAIN_USER=1]

DEPS_RELEASE = mmdebstrap debian-archive-keyring util-linux
RELEASE ?= trixie
ARCH ?=
PLAIN_USER ?=

release-deps:
	@tools/deps 'tests in another release' $(DEPS_RELEASE)

test-release: release-deps
	PLAIN_USER=$(PLAIN_USER) tests/release/run $(RELEASE) $(ARCH)

.PHONY: release-deps test-release
