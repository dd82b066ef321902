# SPDX-License-Identifier: LGPL-2.1-or-later
"""Pulled while the computer sleeps (S3): gone, and nothing is wrong."""
import time

SECONDS = 3


def run(t):
    device = t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])

    def meanwhile():
        device.unplug()
        # A sleep that the clocks can show.
        time.sleep(SECONDS)
    t.sleep(meanwhile)
    t.kernel(r"PM: suspend entry \(deep\)")
    t.kernel(r"usb usb1: root hub lost power or was reset")
    t.kernel(r"usb 1-2: USB disconnect")
    t.nothing()
    t.session(port="usb1_port2", ended="asleep")
    # Until the kernel has looked at the port, the headset seems to be there.
    t.told("host-suspended", but_not="no loss of power was seen")
