"""A headset that needs 100 mA behind a hub without power of its own."""


def run(t):
    t.hub("1", bus_powered=True)
    t.kernel(r"hub 1-1:1\.0: insufficient power available to use all downstream ports")
    t.plug("1.2", power=100)
    headset = t.headset("1-1.2", verdict="slow", findings=["hub-bus-powered", "hub-in-path"])
    if headset:
        t.expect(headset["available_ma"], 100, "available_ma")
