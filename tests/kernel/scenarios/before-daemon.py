# SPDX-License-Identifier: LGPL-2.1-or-later
"""Devices that were plugged in before the daemon started are found, with their history from the kernel log."""

START_DAEMON = False


def run(t):
    t.device("1", commands=["fault device-descriptor io-error 12"]).plug()
    t.device("2", commands=["fault device-descriptor io-error"]).plug()
    t.hub("3")
    t.plug("3.2")
    t.kernel(r"usb usb1-port2: unable to enumerate USB device")
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.daemon("enable --now")
    t.headset("1-1", verdict="at-risk", findings=["enumeration-retried"])
    t.headset("1-3.2", verdict="ok", findings=["hub-in-path"])
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
