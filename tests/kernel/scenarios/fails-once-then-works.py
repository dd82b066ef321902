# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset is recognised at the second try: this is reported, but the verdict stays ok."""


def run(t):
    t.device("1", commands=["fault device-descriptor io-error 6"]).plug()
    t.kernel(r"usb 1-1: device descriptor read/64, error -71", count=2)
    t.kernel(r"usb 1-1: new full-speed USB device number", count=2)
    t.sysfs("1-1", "bConfigurationValue", "1")
    headset = t.headset("1-1", verdict="ok", findings=["enumeration-retried"])
    if headset:
        t.expect(headset["enumeration"]["attempts"], 2, "attempts")
    # While the kernel still tries, nothing may be reported.
    t.untold("usb1-port1")
