# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset works on one port and fails every time on the next one: after three failures the port is suspected."""

TIMES = 3


def run(t):
    headset = t.device("2", serial="HISTORY1")
    bad = t.device("3", serial="HISTORY1", commands=["fault device-descriptor io-error"])
    # The headset is plugged in again within seconds, which looks like a loose plug.
    t.expected.add("link-unstable")
    for n in range(TIMES):
        headset.plug()
        t.sysfs("1-2", "bConfigurationValue", "1")
        if t.with_project:
            t.headset_of("1-2")
        # A plug that held for three seconds counts as good.
        t.session(ended="open", outcome="good")
        headset.unplug()
        t.kernel(r"usb 1-2: USB disconnect", count=n + 1)
        bad.plug()
        t.kernel(r"usb usb1-port3: unable to enumerate USB device", count=n + 1)
        found = ["enumeration-failed"] + ["port-suspect"] * (n + 1 == TIMES)
        port = t.unidentified("usb1_port3", state="failed", verdict="slow", findings=found)
        bad.unplug()
    if not t.with_project:
        return
    suspect = port["findings"][1]
    told = [e["value"] for e in suspect["evidence"]]
    t.expect((suspect["segment"], suspect["severity"], suspect["confidence"]), ("port", "warning", "possible"), "the suspicion")
    t.expect(any(f"failed {TIMES} of {TIMES} times on " in v for v in told), True, f"failures in {told}")
    t.expect(any(f"{TIMES} of {TIMES} fine on " in v for v in told), True, f"successes in {told}")
    t.expect(len(t.sessions(port="usb1_port2", outcome="good")), TIMES, "sessions on the good port")
    t.expect(len(t.sessions(port="usb1_port3", outcome="bad", model=None)), TIMES, "sessions on the bad port")
    # After a restart of the daemon the result is the same, because the history is kept.
    t.daemon("restart")
    t.unidentified("usb1_port3", state="failed", verdict="slow", findings=found)
    t.private(t.guest.out("sonychargectl history --json"), "the history")
