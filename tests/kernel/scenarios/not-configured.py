# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset refuses its configuration: it is known, but may draw only the minimum current."""


def run(t):
    t.device("1", commands=["fault set-configuration io-error"]).plug()
    t.kernel(r"usb 1-1: can't set config #1, error -71")
    t.headset("1-1", verdict="slow", findings=["not-configured"])
