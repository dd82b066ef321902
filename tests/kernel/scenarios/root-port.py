"""A headset on a root port of the computer: nothing is in the way."""


def run(t):
    t.plug("1")
    t.kernel(r"usb 1-1: New USB device found, idVendor=054c, idProduct=0bb5")
    t.headset("1-1", verdict="ok", findings=[])
