# SPDX-License-Identifier: LGPL-2.1-or-later
"""The service as users run it: enabled, started, stopped, started by the bus, and sandboxed."""

START_DAEMON = False


def run(t):
    if not t.with_project:
        # The user of the service can read the kernel log only through its unit.
        t.guest.run("grep -q 1 /proc/sys/kernel/dmesg_restrict")
        return
    t.daemon("enable --now")
    unit = t.guest.out("systemctl show sonycharged.service -p Type -p BusName -p UnitFileState")
    t.expect(sorted(unit.splitlines()), ["BusName=org.sonycharge1", "Type=notify", "UnitFileState=enabled"], "unit")
    pid = t.guest.out("systemctl show --value -p MainPID sonycharged.service")
    t.expect(t.guest.out(f"awk '/^CapEff/ {{ print $2 }}' /proc/{pid}/status"), "0" * 16, "capabilities")
    t.expect(t.guest.out(f"stat -c %U /proc/{pid}") != "root", True, "not root")
    for source in ("kernel-log", "hwdb", "logind"):
        t.expect(source in t.status()["degraded"], False, f"{source} degraded")
    t.exit_status("sonychargectl status", 3)
    t.daemon("reload")
    t.expect(t.guest.out("systemctl is-active sonycharged.service"), "active", "after the reload")
    # After it was stopped, the next request starts it through the bus.
    t.daemon("stop")
    t.exit_status("sonychargectl status", 3, user="tester")
    t.expect(t.guest.out("systemctl is-active sonycharged.service"), "active", "after a question")
