# SPDX-License-Identifier: LGPL-2.1-or-later
"""A device comes back every few seconds and fails each time: there is one finding throughout, and one entry in the journal."""


def run(t):
    device = t.device("2", commands=["fault device-descriptor io-error"])
    device.plug()
    t.kernel(r"usb usb1-port2: unable to enumerate USB device")
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
    for times in range(2, 6):
        device.unplug()
        device.plug()
        t.kernel(r"usb usb1-port2: unable to enumerate USB device", count=times)
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
    told = t.journal_entries("enumeration-failed")
    if t.with_project:
        t.expect(len(told), 1, f"told so often: {[e['MESSAGE'] for e in told]}")
