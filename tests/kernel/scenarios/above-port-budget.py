# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that asks for 510 mA at a root port that allows 500 mA: the kernel does not configure it."""


def run(t):
    t.device("1", power=510).plug()
    t.kernel(r"usb 1-1: rejected 1 configuration due to insufficient available bus power")
    t.sysfs("1-1", "bConfigurationValue", "")
    headset = t.headset("1-1", verdict="slow", findings=["power-budget-exceeded"])
    if headset:
        t.expect(headset["declared_ma"], 510, "declared_ma")
        t.expect(headset["negotiated_ma"], 100, "negotiated_ma")
        t.expect(headset["findings"][0]["severity"], "warning", "severity")
    t.exit_status("sonychargectl status", 4)
