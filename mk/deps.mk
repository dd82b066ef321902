# SPDX-License-Identifier: LGPL-2.1-or-later
# Packages of the distribution that building, testing and running need. `make deps` installs what is missing.

DEPS_BUILD = gcc libc6-dev pkg-config libsystemd-dev libudev-dev libusb-1.0-0-dev libjson-c-dev libinih-dev libsqlite3-dev udev systemd
DEPS_TEST = check dbus-daemon dbus python3

deps:
	@missing=; for p in $(sort $(DEPS_BUILD) $(DEPS_TEST) $(DEPS_SYSTEM)); do \
		dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ -n "$(NO_DEPS)" ]; then echo "NO_DEPS is set; not installed:$$missing" >&2; exit 0; fi; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	echo "Installing:$$missing"; \
	$$sudo apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null

.PHONY: deps
