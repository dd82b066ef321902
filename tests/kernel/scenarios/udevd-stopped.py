# SPDX-License-Identifier: LGPL-2.1-or-later
"""udevd is stopped: unplugged devices disappear all the same, and newly plugged ones are found."""


def run(t):
    device = t.plug("1")
    t.headset("1-1", verdict="ok", findings=[])
    t.guest.run("systemctl stop systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-udevd.service")
    device.unplug()
    t.kernel(r"usb 1-1: USB disconnect")
    t.nothing()
    t.plug("2")
    if t.with_project:
        t.headset_of("1-2")
    t.guest.run("systemctl start systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-udevd.service")
    t.guest.run("udevadm trigger --subsystem-match=usb && udevadm settle")
    t.headset("1-2", verdict="ok", findings=[])
