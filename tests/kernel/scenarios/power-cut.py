# SPDX-License-Identifier: LGPL-2.1-or-later
"""The power is cut while the history is written: everything written before is there, and the database is undamaged."""

DATABASE = "/var/lib/sonycharge/history.db"


def run(t):
    device = t.plug("2", serial="POWERCUT")
    t.headset("1-2", verdict="ok", findings=[])
    t.session(ended="open")
    device.unplug()
    t.kernel(r"usb 1-2: USB disconnect")
    if not t.with_project:
        return
    t.session(ended="unplugged")
    first = t.sessions()
    t.expect(len(first), 1, "sessions before the cut")
    t.guest.run("sync")
    t.power_cut(f"{DATABASE}-wal", meanwhile=device.plug)
    t.kernel(r"usb 1-2: New USB device found, idVendor=054c")
    t.headset("1-2", verdict="ok", findings=[])
    t.session(ended="open")
    after = t.sessions()
    t.expect([s for s in after if s["id"] == first[0]["id"]], first, "the session from before the cut")
    # The plug that was being written may be there or not. The device is plugged in now.
    t.expect(len(after) in (2, 3), True, f"sessions after the cut: {after}")
    t.expect([s["ended"] for s in after if s["ended"] != "open"][-1], "unplugged", "end of the first session")
    t.expect("history" in t.status()["degraded"], False, "history is degraded")
    t.guest.run(f"test ! -e {DATABASE}.damaged")
