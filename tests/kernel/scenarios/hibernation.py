# SPDX-License-Identifier: LGPL-2.1-or-later
"""A hibernation, as far as the kernel's own test mode goes: it is reported as hibernation and not as S3."""


def run(t):
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    t.guest.run("echo devices > /sys/power/pm_test && echo disk > /sys/power/state", timeout=180)
    t.kernel(r"PM: hibernation: hibernation exit", seconds=120)
    headset = t.headset("1-2", verdict="ok", findings=["host-suspended"])
    if headset:
        evidence = {e["what"]: e["value"] for e in headset["findings"][0]["evidence"]}
        t.expect(evidence.get("kind of sleep"), "hibernation", "kind of sleep")
