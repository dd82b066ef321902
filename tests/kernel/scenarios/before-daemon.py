# SPDX-License-Identifier: LGPL-2.1-or-later
"""Devices that were plugged in before the daemon started are found, with their history from the kernel log; the journal does not say
that they arrived, and names them by their model when their hub leaves."""

from harness.wait import until

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
    told = sorted(e["MESSAGE"].partition(", verdict")[0] for e in t.journal_entries() if "MDR-1000X" in e["MESSAGE"])
    if t.with_project:
        t.expect(told, ["MDR-1000X is there at 1-1", "MDR-1000X is there at 1-3.2"], "what the journal says of headsets")
    t.unplug_hub("3")
    left = until(lambda: [e["MESSAGE"] for e in t.journal_entries() if " left " in e["MESSAGE"]], lambda found: found or not t.with_project, 30)
    if t.with_project:
        t.expect(left, ["MDR-1000X left 1-3.2."], "what left")
