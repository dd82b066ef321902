# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that only charges and gives its identity over USB PD: it is recognised without being a USB device."""

from harness.typec import identity

KIND = "typec-6.12"


def run(t):
    t.typec.attach(1, "default", identity=identity(vendor=0x054c, product=0x0cd3))
    t.typec_sysfs("port0-partner", "identity/id_header", "0x5000054c")
    t.guest.run("! test -e /sys/bus/usb/devices/1-1")
    headset = t.headset("port0", verdict="slow", findings=["port-limits-current", "not-visible", "too-early"])
    if headset:
        t.expect(headset["model"], "WH-1000XM3", "model")
        t.expect(headset["seen_by"], ["typec"], "seen_by")
        t.expect(headset["declared_ma"], None, "declared_ma")
    t.typec.detach(1)
    t.typec_sysfs("port0-partner", "accessory_mode", None)
    t.nothing()
