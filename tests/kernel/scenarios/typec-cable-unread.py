# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Type-C firmware cannot read the cable: the kernel logs an error, and nothing is concluded about the cable or the port."""

KIND = "typec-6.12"


def run(t):
    t.typec.attach(1, "3.0A")
    t.typec_sysfs("port0", "power_operation_mode", "3.0A")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    t.kernel(r"ucsi_acpi USBC000:00: GET_CABLE_PROPERTY failed \(-5\)")
    t.guest.run("! test -e /sys/class/typec/port0-cable")
    headset = t.headset("1-1", verdict="ok", findings=[])
    if headset:
        t.expect(headset["available_ma"], 3000, "available_ma")
    t.connector("port0", findings=[], cable=None)
