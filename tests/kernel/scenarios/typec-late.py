# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Type-C firmware reports only after USB has found the headset, as it often does: nothing is said about the connector before."""

KIND = "typec"


def run(t):
    t.plug("1", product="0cd3", model="WH-1000XM3")
    if t.with_project:
        # USB and Type-C may each take some seconds to report a plug.
        t.headset_of("1-1")
    t.typec.attach(1, "3.0A")
    t.typec_sysfs("port0", "power_operation_mode", "3.0A")
    headset = t.headset("1-1", verdict="ok", findings=[])
    if headset:
        t.expect(headset["available_ma"], 3000, "available_ma")
