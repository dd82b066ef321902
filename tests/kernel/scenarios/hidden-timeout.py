# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset does not answer the first request: the kernel logs no error, and only the time shows it."""


def run(t):
    t.device("1", commands=["fault device-descriptor silent 1"]).plug()
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.expect("error" in "".join(t.kernel(r"usb 1-1:")), False, "an error line")
    headset = t.headset("1-1", verdict="ok", findings=["enumeration-retried"])
    if headset:
        t.expect(headset["findings"][0]["confidence"], "likely", "confidence")
        t.expect(headset["enumeration"]["usec"] > 5000000, True, "more than five seconds")
