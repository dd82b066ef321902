# SPDX-License-Identifier: LGPL-2.1-or-later
"""`monitor` shows a plug, its findings and the unplug; `wait` returns when the verdict is final."""
import json

from harness.wait import until


def events(t):
    return [json.loads(line) for line in t.guest.out("cat /run/monitor.json").splitlines()]


def run(t):
    hub = t.hub("1")
    if t.with_project:
        t.guest.run("systemd-run -q --unit=monitor -p StandardOutput=truncate:/run/monitor.json "
                    "-p StandardError=journal "
                    "sonychargectl monitor --json")
        # It listens as soon as it is connected to the bus.
        t.guest_until("busctl --system --no-legend list | grep -q ' sonychargectl '")
    device = t.plug("1.2")
    t.kernel(rf"usb {hub}\.2: New USB device found")
    if not t.with_project:
        return
    t.exit_status("sonychargectl wait --timeout=60s", 0)
    headset = t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    device.unplug()
    told = until(lambda: events(t), lambda told: any(e["event"] == "removed" for e in told), 30)
    for event in told:
        t.expect(event["api_version"], "1.1", "api_version")
    ours = [e for e in told if e["headset"] == headset["id"]]
    for kind in ("added", "finding", "removed"):
        t.expect([e["event"] for e in ours].count(kind), 1, f"{kind} events in {told}")
    t.exit_status("sonychargectl wait --timeout=1s", 1)
