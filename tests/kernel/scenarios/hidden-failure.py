# SPDX-License-Identifier: LGPL-2.1-or-later
"""A single failed answer, which the kernel's second read hides: nothing is reported."""


def run(t):
    t.device("1", commands=["fault device-descriptor io-error 1"]).plug()
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.expect("error" in "".join(t.kernel(r"usb 1-1:")), False, "an error line")
    t.headset("1-1", verdict="ok", findings=[])
