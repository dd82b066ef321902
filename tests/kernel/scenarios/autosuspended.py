# SPDX-License-Identifier: LGPL-2.1-or-later
"""The computer has suspended a headset to save power: the headset may draw almost no current."""


def run(t):
    t.plug("1", commands=["class vendor"])
    t.headset("1-1", verdict="ok", findings=[])
    t.write("1-1", "power/autosuspend_delay_ms", "0")
    t.write("1-1", "power/control", "auto")
    t.sysfs("1-1", "power/runtime_status", "suspended")
    headset = t.headset("1-1", verdict="blocked", findings=["device-autosuspended"])
    if headset:
        t.expect(headset["negotiated_ma"], 2, "negotiated_ma")
        t.expect(headset["findings"][0]["confidence"], "likely", "confidence")
    t.write("1-1", "power/control", "on")
    t.sysfs("1-1", "power/runtime_status", "active")
    t.headset("1-1", verdict="ok", findings=[])
