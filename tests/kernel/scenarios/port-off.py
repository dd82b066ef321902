# SPDX-License-Identifier: LGPL-2.1-or-later
"""A hub's port with a headset is switched off by software, and on again."""


def run(t):
    # A port of the root hub cannot be used, because QEMU's xHCI works without port power.
    t.hub("1", power_switching=True)
    t.plug("1.2")
    t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    switch = "/sys/bus/usb/devices/1-1/1-1:1.0/1-1-port2/disable"
    t.guest.write(switch, "1")
    t.kernel(r"usb 1-1\.2: USB disconnect")
    t.unidentified("usb1_1_port2", state="off", verdict="blocked", findings=["port-off", "hub-in-path"])
    t.guest.write(switch, "0")
    t.sysfs("1-1.2", "bConfigurationValue", "1")
    t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    if t.with_project:
        t.expect(t.status()["unidentified"], [], "unidentified ports")
