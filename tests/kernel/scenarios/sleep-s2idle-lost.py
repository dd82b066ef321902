"""A computer whose USB controller forgets everything even in light sleep (s2idle): that the power was lost, and for how long."""
import time

SECONDS = 4


def run(t):
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    # The headset is to miss some seconds, so some have to pass.
    t.sleep_to_idle(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.kernel(r"usb usb1: root hub lost power or was reset")
    headset = t.headset("1-2", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "s2idle", "lost (root hub lost power or was reset)", SECONDS - 1)
