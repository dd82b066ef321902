"""Pulled while the computer sleeps lightly (s2idle): gone, and nothing is wrong."""


def run(t):
    device = t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    t.sleep_to_idle(device.unplug)
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.kernel(r"usb 1-2: USB disconnect")
    t.nothing()
