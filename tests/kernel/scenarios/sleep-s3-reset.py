# SPDX-License-Identifier: LGPL-2.1-or-later
"""The computer sleeps (S3) and its USB ports keep power, but the headset is reset on waking: the reset is reported, and no loss of power."""
import time

SECONDS = 3


def run(t):
    bus = t.gadget()
    t.headset(f"{bus}-1", verdict="ok", findings=[])
    # The headset must have been without the host for some seconds.
    t.sleep(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(deep\)")
    t.kernel(rf"usb {bus}-1: reset high-speed USB device")
    t.expect(f"usb usb{bus}: root hub lost power" in t.kernel_log(), False, "loss of power")
    headset = t.headset(f"{bus}-1", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "S3 (deep)", "no loss seen", SECONDS - 1)
    if headset:
        waking = [e["value"] for e in headset["findings"][0]["evidence"] if e["what"] == "on waking"]
        t.expect(waking, ["the device had to be reset, its power may have been off"], "on waking")
