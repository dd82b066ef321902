# SPDX-License-Identifier: LGPL-2.1-or-later
"""A self-powered hub behind a bus-powered one: the inner hub gives its ports full power."""


def run(t):
    t.hub("2", bus_powered=True)
    t.kernel(r"hub 1-2:1\.0: insufficient power available to use all downstream ports")
    t.hub("2.1")
    t.plug("2.1.1", power=500)
    headset = t.headset("1-2.1.1", verdict="ok", findings=["hub-in-path"])
    if headset:
        t.expect(headset["available_ma"], 500, "available_ma")
