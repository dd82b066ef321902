# SPDX-License-Identifier: LGPL-2.1-or-later
"""The USB controller is unbound from its driver: its ports and devices disappear, and the controller is not called dead."""

import json


def run(t):
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    slot = t.guest.out("basename $(readlink -f /sys/bus/usb/devices/usb1/..)")
    t.guest.run(f"echo {slot} > /sys/bus/pci/drivers/xhci_hcd/unbind")
    t.kernel(r"USB bus 1 deregistered")
    t.nothing()
    t.host([])
    if t.with_project:
        hubs = [h["sysname"] for h in json.loads(t.guest.out("sonychargectl ports --json"))["hubs"]]
        t.expect(hubs, [], "root hubs of a controller that is gone")
