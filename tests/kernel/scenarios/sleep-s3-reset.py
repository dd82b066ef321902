# SPDX-License-Identifier: LGPL-2.1-or-later
"""The computer sleeps (S3); its USB keeps its power, but the headset has to be reset on waking: that is told, and no loss."""
import time

SECONDS = 3


def run(t):
    bus = t.gadget()
    t.headset(f"{bus}-1", verdict="ok", findings=[])
    # The headset is to miss some seconds, so some have to pass.
    t.sleep(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(deep\)")
    t.kernel(rf"usb {bus}-1: reset high-speed USB device")
    t.expect(f"usb usb{bus}: root hub lost power" in t.kernel_log(), False, "loss of power")
    headset = t.headset(f"{bus}-1", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "S3 (deep)", "no loss seen", SECONDS - 1)
    if headset:
        waking = [e["value"] for e in headset["findings"][0]["evidence"] if e["what"] == "on waking"]
        t.expect(waking, ["the device had to be reset, its power may have been off"], "on waking")
