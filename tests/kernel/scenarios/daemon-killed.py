# SPDX-License-Identifier: LGPL-2.1-or-later
"""The daemon is killed several times while it writes the history: at most the event that was being written is lost."""

DATABASE = "/var/lib/sonycharge/history.db"
TIMES = 2


def kill_while_it_writes(t, action):
    pid = t.guest.out("systemctl show -P MainPID sonycharged.service")
    t.when_it_writes(f"{DATABASE}-wal", f"kill -9 {pid}", meanwhile=action)
    t.guest_until(f"! test -e /proc/{pid}")
    # systemd restarts it after two seconds, and at most five times in five minutes.
    t.guest.run("systemctl reset-failed; systemctl restart sonycharged.service")


def run(t):
    device = t.device("2", serial="KILLED")
    # The headset is unplugged and plugged in again faster than a person could do it.
    t.expected.add("link-unstable")
    for n in range(TIMES):
        if not t.with_project:
            device.plug()
            t.kernel(r"usb 1-2: New USB device found", count=n + 1)
            device.unplug()
            t.kernel(r"usb 1-2: USB disconnect", count=n + 1)
            continue
        kill_while_it_writes(t, device.plug)
        t.sysfs("1-2", "bConfigurationValue", "1")
        t.headset_of("1-2")
        t.session(ended="open")
        kill_while_it_writes(t, device.unplug)
        t.nothing()
        # The plug was written before. Its end is known from the kernel log, or was not seen.
        ended = [s["ended"] for s in t.sessions()]
        t.expect(len(ended), n + 1, f"sessions, {ended}")
        t.expect(set(ended) <= {"unplugged", "lost"}, True, f"ends, {ended}")
    t.expect("history" in t.status()["degraded"] if t.with_project else False, False, "history is degraded")
    t.guest.run(f"test ! -e {DATABASE}.damaged")
