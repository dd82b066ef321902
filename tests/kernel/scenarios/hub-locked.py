# SPDX-License-Identifier: LGPL-2.1-or-later
"""A silent device keeps its hub locked for minutes: the daemon still answers and finds headsets."""


def run(t):
    t.hub("1")
    t.plug("1.1")
    t.headset("1-1.1", verdict="ok", findings=["hub-in-path"])
    t.device("1.2", commands=["fault device-descriptor silent"]).plug()
    t.kernel(r"usb 1-1\.2: new full-speed USB device number")
    t.expect(t.guest.run("timeout 2 cat /sys/bus/usb/devices/1-1/bMaxPower", check=False).status, 124,
             "a read that waits for the lock")
    t.exit_status("timeout 10 sonychargectl status", 0)
    # An event of the hub itself must not lead to a read that waits for the lock, either.
    t.guest.write("/sys/bus/usb/devices/1-1:1.0/uevent", "change")
    t.exit_status("timeout 10 sonychargectl status", 0)
    # This uses another controller, because the kernel enumerates one device at a time on each.
    other = f"{t.gadget()}-1"
    t.sysfs(other, "bConfigurationValue", "1")
    t.headset(other, verdict="ok", findings=[], seconds=30)
    # The start of the daemon must not read anything that waits for the lock, either.
    t.daemon("restart")
    t.headset(other, verdict="ok", findings=[], seconds=30)
    t.headset("1-1.1", verdict="ok", findings=["hub-in-path"], seconds=30)
    t.expect(t.guest.run("timeout 2 cat /sys/bus/usb/devices/1-1/bMaxPower", check=False).status, 124,
             "the lock is still held")
