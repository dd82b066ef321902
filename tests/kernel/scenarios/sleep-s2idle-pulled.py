# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset is unplugged during sleep (s2idle): it is gone, and no fault is reported."""
import time

SECONDS = 3


def run(t):
    device = t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])

    def meanwhile():
        device.unplug()
        # Long enough for the clocks to show the sleep.
        time.sleep(SECONDS)
    t.sleep_to_idle(meanwhile)
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.kernel(r"usb usb1: root hub lost power or was reset")
    t.kernel(r"usb 1-2: USB disconnect")
    t.nothing()
    # The headset seems to be present until the kernel has looked at the port.
    t.told("host-suspended", but_not="no loss of power was seen")
