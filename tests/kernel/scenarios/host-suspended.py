# SPDX-License-Identifier: LGPL-2.1-or-later
"""The computer sleeps (S3) with a headset plugged in: the time without power is reported once, and that the power was lost."""

import re
import time


def run(t):
    t.plug("2")
    t.headset("1-2", verdict="ok", findings=[])
    began = time.time()
    t.sleep(lambda: time.sleep(5))
    t.kernel(r"PM: suspend exit")
    headset = t.headset("1-2", verdict="ok", findings=["host-suspended"])
    if not headset:
        return
    finding = headset["findings"][0]
    evidence = {e["what"]: e["value"] for e in finding["evidence"]}
    t.expect((finding["severity"], finding["confidence"]), ("notice", "certain"), "severity and confidence")
    t.expect("sleeps" in evidence, False, "counted more than once")
    t.expect(evidence.get("kind of sleep"), "S3 (deep)", "kind of sleep")
    minutes, seconds = map(int, re.match(r"(\d+) min (\d+) s", evidence["time asleep"]).groups())
    t.expect(3 <= 60 * minutes + seconds <= time.time() - began, True, "time asleep %s" % evidence["time asleep"])
