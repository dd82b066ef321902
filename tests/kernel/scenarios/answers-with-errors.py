# SPDX-License-Identifier: LGPL-2.1-or-later
"""Every answer of a device behind a hub fails with error -71: the kernel gives up on the hub's port."""


def run(t):
    t.hub("1")
    t.device("1.3", commands=["fault device-descriptor io-error"]).plug()
    t.kernel(r"usb 1-1\.3: device descriptor read/64, error -71")
    t.kernel(r"usb 1-1-port3: unable to enumerate USB device")
    port = t.unidentified("usb1_1_port3", state="failed", verdict="slow", findings=["enumeration-failed", "hub-in-path"])
    if port:
        t.expect(port["findings"][0]["subject"], "1-1-port3", "subject")
