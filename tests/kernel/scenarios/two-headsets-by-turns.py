# SPDX-License-Identifier: LGPL-2.1-or-later
"""Two headsets are tried on one port in turn: this is a person at work and not a loose contact."""


def run(t):
    device = t.device("1", serial="ONE")
    for serial in ("ONE", "TWO", "ONE", "TWO", "ONE"):
        device.tell(f"serial {serial}")
        device.plug()
        t.sysfs("1-1", "serial", serial)
        t.sysfs("1-1", "bConfigurationValue", "1")
        t.headset("1-1", verdict="ok", findings=[])
        device.unplug()
        t.guest_until("! test -e /sys/bus/usb/devices/1-1")
    t.nothing()
