# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon is restarted within one boot: it gives the same answer and reports nothing twice."""


def run(t):
    t.hub("1")
    t.plug("1.2")
    t.device("2", commands=["fault device-descriptor io-error"]).plug()
    t.kernel(r"usb usb1-port2: unable to enumerate USB device")
    before = t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
    running = t.session(port="usb1_1_port2", ended="open")
    t.daemon("restart")
    after = t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
    if t.with_project:
        t.expect(after["id"], before["id"], "id after the restart")
        same = t.session(port="usb1_1_port2", ended="open")
        t.expect((same["id"], same["start"]), (running["id"], running["start"]), "the session that goes on")
        t.expect(same["lasted_usec"] > running["lasted_usec"] > 1000, True,
                 f"how long it lasts: {running['lasted_usec']}, then {same['lasted_usec']}")
        told = [e["SONYCHARGE_CODE"] for e in t.journal_entries() if "SONYCHARGE_CODE" in e]
        t.expect(sorted(told), ["enumeration-failed", "hub-in-path"], "findings told in the journal")
