# SPDX-License-Identifier: LGPL-2.1-or-later
"""A device at a hub draws too much current: the hub switches the port off, and it stays off."""


def run(t):
    t.settled()
    hub = t.device("1", model="Hub", product="0000", commands=["class hub", "attributes c0", "power 100"])
    hub.plug()
    t.sysfs("1-1", "bConfigurationValue", "1")
    # A suspended hub would not report the over-current.
    t.write("1-1", "power/control", "on")
    t.sysfs("1-1", "power/runtime_status", "active")
    hub.tell("connect 2 on")
    t.kernel(r"usb 1-1\.2: new full-speed USB device number")
    hub.tell("over-current 2 on")
    hub.tell("connect 2 off")
    t.kernel(r"usb 1-1-port2: over-current condition")
    t.guest_until("grep -qv '^0' /sys/bus/usb/devices/1-1/1-1:1.0/1-1-port2/over_current_count")
    port = t.unidentified("usb1_1_port2", state="over-current", verdict="blocked", findings=["port-over-current", "hub-in-path"])
    if port:
        t.expect(port["findings"][0]["subject"], "1-1-port2", "subject")
