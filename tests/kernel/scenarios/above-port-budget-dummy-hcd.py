# SPDX-License-Identifier: LGPL-2.1-or-later
"""A gadget on a root port of dummy_hcd, which allows 500 mA: the kernel rejects a request for 510 mA and accepts one for 500 mA."""


def run(t):
    bus = t.raw_gadget(power=510)
    name = f"{bus}-1"
    t.kernel(rf"usb {name}: rejected 1 configuration due to insufficient available bus power")
    t.sysfs(name, "bConfigurationValue", "")
    t.headset(name, verdict="slow", findings=["power-budget-exceeded"])
    t.guest.run("systemctl stop raw-gadget")
    t.kernel(rf"usb {name}: USB disconnect")
    t.nothing()
    t.guest.run("umount /dev/gadget")
    t.raw_gadget(power=500)
    t.sysfs(name, "bConfigurationValue", "1")
    t.headset(name, verdict="ok", findings=[])
