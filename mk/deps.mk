# SPDX-License-Identifier: LGPL-2.1-or-later
# Packages of the distribution. Each purpose has its own list, and each target installs only what it needs.

DEPS_BUILD = gcc libc6-dev pkgconf libsystemd-dev libudev-dev libusb-1.0-0-dev libjson-c-dev libinih-dev libsqlite3-dev udev
DEPS_RUN = dbus-daemon
DEPS_TEST = check dbus-daemon dbus mount python3 systemd

deps:
	@tools/deps 'building and testing' $(sort $(DEPS_BUILD) $(DEPS_RUN) $(DEPS_TEST) $(DEPS_SYSTEM))

.PHONY: deps
