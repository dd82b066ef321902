# SPDX-License-Identifier: LGPL-2.1-or-later
"""The e-marker of a Type-C cable allows less current than the partner asks for."""

from harness.typec import cable, fixed_supply

KIND = "typec-6.12"


def run(t):
    t.typec.attach(1, "usb_power_delivery", cable=cable(vendor=0x054c, milliamperes=3000), sink=[fixed_supply(5000, 5000)])
    t.typec_sysfs("port0", "power_operation_mode", "usb_power_delivery")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    t.typec_sysfs("port0-cable", "identity/id_header", "0x1800054c")
    t.typec_sysfs("port0-partner", "usb_power_delivery/sink-capabilities/1:fixed_supply/operational_current", "5000mA")
    headset = t.headset("1-1", verdict="ok", findings=["cable-underrated"])
    if headset:
        finding = headset["findings"][0]
        t.expect((finding["severity"], finding["confidence"]), ("info", "likely"), "severity and confidence")
