# SPDX-License-Identifier: LGPL-2.1-or-later
"""A device draws power and never identifies itself: the kernel gives up on the port."""


def run(t):
    # This would take 126 s with the kernel's own timeout of five seconds.
    t.guest.write("/sys/module/usbcore/parameters/initial_descriptor_timeout", "500")
    t.device("2", commands=["fault device-descriptor silent"]).plug()
    t.kernel(r"usb 1-2: device descriptor read/64, error -110")
    t.kernel(r"usb usb1-port2: unable to enumerate USB device", seconds=120)
    port = t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
    if port:
        t.expect(port["findings"][0]["subject"], "usb1-port2", "subject")
        t.expect("headset" in port["findings"][0]["cause"].lower(), False, "calling an unknown device a headset")
    t.exit_status("sonychargectl status", 4)
