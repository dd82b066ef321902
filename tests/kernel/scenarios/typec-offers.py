# SPDX-License-Identifier: LGPL-2.1-or-later
"""The offer of a Type-C port changes while a headset is plugged in: 1.5 A, 3.0 A, and back to default USB power."""

KIND = "typec"


def run(t):
    t.typec.attach(1, "1.5A")
    t.typec_sysfs("port0", "power_operation_mode", "1.5A")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    offers(t, 1500, "ok", [])
    t.typec.change(1, "3.0A")
    t.typec_sysfs("port0", "power_operation_mode", "3.0A")
    offers(t, 3000, "ok", [])
    t.typec.change(1, "default")
    t.typec_sysfs("port0", "power_operation_mode", "default")
    offers(t, 500, "slow", ["port-limits-current"])


def offers(t, milliamperes, verdict, findings):
    headset = t.headset("1-1", verdict=verdict, findings=findings)
    if headset:
        t.expect(headset["available_ma"], milliamperes, "available_ma")
