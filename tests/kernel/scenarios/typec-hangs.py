# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Type-C firmware hangs while a headset is plugged in: its ports are no longer believed, and no cable is blamed."""

KIND = "typec"


def run(t):
    t.typec.attach(1, "3.0A")
    t.typec_sysfs("port0", "power_operation_mode", "3.0A")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    t.headset("1-1", verdict="ok", findings=[])
    t.typec.mute()
    t.typec.change(1, "default")
    t.kernel(r"ucsi_acpi USBC000:00: .*GET_CONNECTOR_STATUS failed \(-110\)")
    headset = t.headset("1-1", verdict="slow", findings=["port-limits-current", "typec-unreadable"])
    if headset:
        t.expect(headset["available_ma"], 500, "available_ma")
    t.connector("port1", findings=["typec-unreadable"])
