# SPDX-License-Identifier: LGPL-2.1-or-later
"""A Type-C port with a USB PD contract whose offer the kernel reports: its current at 5 V counts."""

KIND = "typec-6.12"


def run(t):
    t.typec_sysfs("port0", "usb_power_delivery/source-capabilities/1:fixed_supply/maximum_current", "3000mA")
    t.typec.attach(1, "usb_power_delivery")
    t.typec_sysfs("port0", "power_operation_mode", "usb_power_delivery")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    headset = t.headset("1-1", verdict="ok", findings=[])
    if headset:
        t.expect(headset["available_ma"], 3000, "available_ma")
    t.connector("port0", findings=[], budget_ma=3000, offers=[{"min_mv": None, "max_mv": 5000, "max_ma": 3000}])
