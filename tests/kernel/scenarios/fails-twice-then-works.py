# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset is recognised only at the third try: the failed tries are reported."""


def run(t):
    # The kernel logs a line after three failed reads, and starts a new try after two lines.
    t.device("1", commands=["fault device-descriptor io-error 12"]).plug()
    t.kernel(r"usb 1-1: device descriptor read/64, error -71", count=4)
    t.kernel(r"usb 1-1: new full-speed USB device number", count=3)
    t.kernel(r"usb 1-1: New USB device found, idVendor=054c")
    t.sysfs("1-1", "bConfigurationValue", "1")
    headset = t.headset("1-1", verdict="at-risk", findings=["enumeration-retried"])
    if headset:
        t.expect(headset["findings"][0]["severity"], "notice", "severity")
        t.expect(headset["enumeration"]["attempts"], 3, "attempts")
        t.expect(headset["enumeration"]["errors"], 4, "errors")
        t.expect(headset["enumeration"]["usec"] > 0, True, "a time")
    # While the kernel still tries, nothing may be reported.
    t.untold("usb1-port1")
