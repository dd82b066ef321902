# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset is plugged in during sleep (S3): it is found on waking, and the sleep did not interrupt its power."""


def run(t):
    device = t.device("2")
    t.nothing()
    t.sleep(device.plug)
    t.kernel(r"PM: suspend entry \(deep\)")
    t.kernel(r"usb 1-2: New USB device found, idVendor=054c")
    t.headset("1-2", verdict="ok", findings=[])
