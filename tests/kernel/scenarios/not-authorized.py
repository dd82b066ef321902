# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that the computer does not authorise."""


def run(t):
    t.plug("1")
    t.headset("1-1", verdict="ok", findings=[])
    t.write("1-1", "authorized", "0")
    t.sysfs("1-1", "bConfigurationValue", "")
    headset = t.headset("1-1", verdict="slow", findings=["not-authorized"])
    if headset:
        t.expect(headset["negotiated_ma"], 100, "negotiated_ma")
    t.write("1-1", "authorized", "1")
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.headset("1-1", verdict="ok", findings=[])
