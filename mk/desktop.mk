# SPDX-License-Identifier: LGPL-2.1-or-later
# Tests with real notification servers on a virtual screen. The screenshots are in the build directory.

DEPS_DESKTOP = xvfb dunst xfce4-notifyd imagemagick x11-utils x11-xserver-utils adwaita-icon-theme librsvg2-common fonts-dejavu-core \
               dbus-daemon dbus-bin python3-dbus python3-gi
NOTIFICATION_SERVERS = dunst xfce4-notifyd

desktop-deps: DEPS_SYSTEM += $(DEPS_DESKTOP)
desktop-deps: deps

test-desktop: desktop-deps
	@$(MAKE) --no-print-directory test-desktop-all

test-desktop-all: all
	@set -e; for s in $(NOTIFICATION_SERVERS); do \
		BUILD=$(BUILD) $(SYSTEM_PYTHON) -B tests/system/desktop/notifications --server=$$s $(BUILD)/desktop/$$s; done

.PHONY: desktop-deps test-desktop test-desktop-all
