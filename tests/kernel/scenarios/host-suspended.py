"""The computer sleeps (S3) with a headset plugged in: how long charging was interrupted, once, and that the power was lost."""

import time

SECONDS = 5


def run(t):
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    # The headset is to miss some seconds, so some have to pass.
    t.sleep(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(deep\)")
    t.kernel(r"usb usb1: root hub lost power or was reset")
    headset = t.headset("1-2", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "S3 (deep)", "lost (root hub lost power or was reset)", SECONDS - 2)
