# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that needs 1500 mA for its rated charging time on a root port: it charges, but more slowly."""


def run(t):
    t.plug("1", product="0cd3", model="WH-1000XM3")
    t.kernel(r"usb 1-1: New USB device found, idVendor=054c, idProduct=0cd3")
    headset = t.headset("1-1", verdict="slow", findings=["port-limits-current"])
    if headset:
        t.expect(headset["needed_ma"], 1500, "needed_ma")
        t.expect(headset["findings"][0]["severity"], "notice", "severity")
    t.exit_status("sonychargectl status", 0)
