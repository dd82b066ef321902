# SPDX-License-Identifier: LGPL-2.1-or-later
"""A Type-C port with a USB PD contract and a driver that does not report it: the offer stays unknown."""

KIND = "typec"


def run(t):
    t.typec.attach(1, "usb_power_delivery")
    t.typec_sysfs("port0", "power_operation_mode", "usb_power_delivery")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    t.typec_sysfs("port0-partner", "supports_usb_power_delivery", "yes")
    t.guest.run("! test -e /sys/class/typec/port0/usb_power_delivery")
    headset = t.headset("1-1", verdict="ok", findings=[])
    if headset:
        t.expect(headset["available_ma"], None, "available_ma")
