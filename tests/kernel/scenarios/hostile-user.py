# SPDX-License-Identifier: LGPL-2.1-or-later
"""A user without privileges sends hostile requests on the bus: other users are served, and the daemon keeps its state and its name."""
import time

FLOOD = "/usr/local/libexec/kernel-tests-bus-flood"


def run(t):
    if not t.with_project:
        t.guest.run(f"test -x {FLOOD}")
        return
    taken = t.guest.run("busctl --system call org.freedesktop.DBus / org.freedesktop.DBus RequestName su org.sonycharge1 0",
                        user="tester", check=False)
    t.expect((taken.status, "ccess denied" in taken.err), (1, True), f"the name was taken: {taken.out}{taken.err}")
    degraded = t.status()["degraded"]
    for port, mode in (("1", "calls"), ("2", "large"), ("3", "forged")):
        t.guest.run(f"systemd-run -q --uid=tester --unit=flood-{mode} -p MemoryMax=160M -p Restart=always {FLOOD} {mode}")
        # Each request comes from a new client, like that of a person.
        until = time.monotonic() + 5
        while time.monotonic() < until:
            t.status()
        device = t.plug(port, model="WH-1000XM4", product="0d58")
        headset = t.headset(f"1-{port}", verdict="ok")
        t.expect([f["code"] for f in headset["findings"] if f["code"] == "host-suspended"], [], f"{mode}: a sleep that was not")
        t.expect(t.status()["degraded"], degraded, f"{mode}: a service that is gone")
        device.unplug()
        t.nothing()
        busy = int(t.guest.out(f"systemctl show -p CPUUsageNSec --value flood-{mode}.service && systemctl stop flood-{mode}.service"))
        t.expect(busy > 1e8, True, f"{mode}: it asked for {busy} ns only")
    used = int(t.guest.out("cat /sys/fs/cgroup/system.slice/sonycharged.service/memory.current"))
    t.expect(used < 64 << 20, True, f"{used} bytes in use after it")
    events = t.guest.out("cat /sys/fs/cgroup/system.slice/sonycharged.service/memory.events")
    t.expect("oom_kill 0" in events, True, events)
