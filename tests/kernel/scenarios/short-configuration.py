# SPDX-License-Identifier: LGPL-2.1-or-later
"""A device's configuration descriptor is cut short: the kernel cannot use it."""


def run(t):
    t.device("1", commands=["fault config-descriptor short 0 4"]).plug()
    t.kernel(r"usb 1-1: config index 0 descriptor too short")
    t.kernel(r"usb usb1-port1: unable to enumerate USB device")
    t.unidentified("usb1_port1", state="failed", verdict="slow", findings=["enumeration-failed"])
