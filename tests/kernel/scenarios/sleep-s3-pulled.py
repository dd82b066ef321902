"""Pulled while the computer sleeps (S3): gone, and nothing is wrong."""


def run(t):
    device = t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    t.sleep(device.unplug)
    t.kernel(r"PM: suspend entry \(deep\)")
    t.kernel(r"usb 1-2: USB disconnect")
    t.nothing()
