# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset is plugged in during sleep (s2idle): it is found on waking, and the sleep did not interrupt its power."""


def run(t):
    device = t.device("2")
    t.nothing()
    t.sleep_to_idle(device.plug)
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.kernel(r"usb 1-2: New USB device found, idVendor=054c")
    t.headset("1-2", verdict="ok", findings=[])
