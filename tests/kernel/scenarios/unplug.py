# SPDX-License-Identifier: LGPL-2.1-or-later
"""Unplugging removes the headset and its findings, on a port and behind a hub that is unplugged too."""


def run(t):
    device = t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    device.unplug()
    t.kernel(r"usb 1-2: USB disconnect")
    t.nothing()
    t.hub("1")
    t.plug("1.2")
    t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    t.unplug_hub("1")
    t.kernel(r"usb 1-1\.2: USB disconnect")
    t.nothing()
