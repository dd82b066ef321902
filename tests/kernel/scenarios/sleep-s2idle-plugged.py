# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plugged while the computer sleeps lightly (s2idle): found on waking, and the sleep took nothing from it."""


def run(t):
    device = t.device("2")
    t.nothing()
    t.sleep_to_idle(device.plug)
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.kernel(r"usb 1-2: New USB device found, idVendor=054c")
    t.headset("1-2", verdict="ok", findings=[])
