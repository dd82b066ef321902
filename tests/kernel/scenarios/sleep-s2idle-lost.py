# SPDX-License-Identifier: LGPL-2.1-or-later
"""The USB controller loses its state in s2idle, and the clocks do not show a short sleep."""
import time

SECONDS = 3


def run(t):
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    t.sleep_to_idle(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.kernel(r"usb usb1: root hub lost power or was reset")
    headset = t.headset("1-2", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "s2idle", "lost (root hub lost power or was reset)", None)
