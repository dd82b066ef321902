# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset of the kernel's gadget layer, on a root port of another controller."""


def run(t):
    bus = t.gadget()
    name = f"{bus}-1"
    t.sysfs(name, "bConfigurationValue", "1")
    t.kernel(rf"usb {name}: New USB device found, idVendor=054c, idProduct=0bb5")
    t.headset(name, verdict="ok", findings=[])
    t.gadget_pull()
    t.kernel(rf"usb {name}: USB disconnect")
    t.nothing()
