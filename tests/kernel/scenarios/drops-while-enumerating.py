# SPDX-License-Identifier: LGPL-2.1-or-later
"""A device disconnects during each enumeration: the kernel logs no error at all."""


def run(t):
    # After the drop, the current request would otherwise wait for the kernel's full five seconds.
    t.guest.write("/sys/module/usbcore/parameters/initial_descriptor_timeout", "300")
    device = t.device("1", commands=["fault device-descriptor vanish"])
    for count in range(1, 6):
        device.plug()
        device.wait_event("event vanished")
        t.kernel(r"usb 1-1: new full-speed USB device number", count=count)
        t.enumerated("usb1")
    t.expect("error" in "".join(t.kernel(r"usb 1-1:|port1:")), False, "an error line")
    t.unidentified("usb1_port1", state="unstable", verdict="at-risk", findings=["link-unstable"])
