# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset with a loose plug connects and disconnects five times."""


def run(t):
    device = t.plug("1")
    device.tell("flap 5 1500 400")
    t.kernel(r"usb 1-1: USB disconnect", count=5)
    device.wait_event("event flapped")
    t.sysfs("1-1", "bConfigurationValue", "1")
    headset = t.headset("1-1", verdict="at-risk", findings=["link-unstable"])
    if headset:
        t.expect(headset["findings"][0]["severity"], "warning", "severity")
