# SPDX-License-Identifier: LGPL-2.1-or-later
"""A plug that connects and disconnects forty times in a row is one session with that number of drops, not forty sessions."""


def run(t):
    device = t.plug("1")
    # Long enough for an emulated guest to recognise the device each time.
    device.tell("flap 40 1800 400")
    device.wait_event("event flapped", timeout=240)
    t.sysfs("1-1", "bConfigurationValue", "1", seconds=120)
    t.headset("1-1", verdict="at-risk", findings=["link-unstable"])
    if t.with_project:
        sessions = t.sessions()
        t.expect(len(sessions) <= 12, True, f"{len(sessions)} sessions of one plug")
        t.expect(sum(s["drops"] for s in sessions) >= 20, True, f"drops counted: {[s['drops'] for s in sessions]}")
