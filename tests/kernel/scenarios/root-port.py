# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset on a root port of the computer: nothing prevents charging."""


def run(t):
    t.plug("1")
    t.kernel(r"usb 1-1: New USB device found, idVendor=054c, idProduct=0bb5")
    t.sysfs("1-1", "speed", "12")
    headset = t.headset("1-1", verdict="ok", findings=[])
    if headset:
        t.expect(headset["model"], "MDR-1000X", "model")
        t.expect(headset["seen_by"], ["usb"], "seen_by")
        t.expect(headset["declared_ma"], 500, "declared_ma")
        t.expect(headset["negotiated_ma"], 500, "negotiated_ma")
        t.expect(headset["available_ma"], 500, "available_ma")
    t.exit_status("sonychargectl status", 0)
