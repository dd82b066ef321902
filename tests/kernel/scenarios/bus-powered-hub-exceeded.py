# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that asks for 500 mA behind a bus-powered hub: the kernel does not configure it."""


def run(t):
    t.hub("1", bus_powered=True)
    t.device("1.2", product="0cd3", model="WH-1000XM3", power=500).plug()
    t.kernel(r"usb 1-1\.2: rejected 1 configuration due to insufficient available bus power")
    headset = t.headset("1-1.2", verdict="slow", findings=["power-budget-exceeded", "hub-bus-powered", "hub-in-path",
                                                           "port-limits-current"])
    if headset:
        t.expect(headset["declared_ma"], 500, "declared_ma")
        t.expect(headset["negotiated_ma"], 100, "negotiated_ma")
        t.expect(headset["available_ma"], 100, "available_ma")
