# SPDX-License-Identifier: LGPL-2.1-or-later
"""A hub with one protection for all ports reports over-current: a headset elsewhere is not blamed."""


def run(t):
    hub = t.device("1", model="Hub", product="0000", commands=["class hub", "attributes c0", "power 100"])
    hub.plug()
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.write("1-1", "power/control", "on")
    t.sysfs("1-1", "power/runtime_status", "active")
    hub.tell("over-current all on")
    t.kernel(r"hub 1-1:1\.0: over-current condition")
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    if t.with_project:
        t.expect(t.status()["unidentified"], [], "unidentified ports")
