# SPDX-License-Identifier: LGPL-2.1-or-later
"""`make install` on a running system, and `make uninstall`, which leaves nothing behind."""
from harness.disk import files

KIND = "clean"
START_DAEMON = False


def make(t, target):
    """Runs the commands of the target, because the guest has no make."""
    return t.guest.out(f"cd /var/tmp/sonycharge/tree && sh {target}.sh 2>&1", timeout=120)


def run(t):
    if not t.with_project:
        t.guest.run("! getent passwd sonycharge")
        return
    before = files(t.guest)
    make(t, "install")
    t.expect(t.guest.out("systemctl --global is-enabled sonycharge-notify.service"), "enabled", "the agent")
    t.daemon("enable --now")
    t.plug("1", model="WH-1000XM4", product="0d58")
    t.headset("1-1", verdict="ok")
    t.expect(t.status()["degraded"], [d for d in t.status()["degraded"] if d not in ("kernel-log", "hwdb", "logind", "history")], "degraded")
    t.sound()

    t.daemon_started = False
    told = make(t, "uninstall")
    t.expect("Kept: /var/lib/sonycharge" in told, True, f"said what is kept: {told}")
    left = files(t.guest) - before
    t.expect(sorted(name for name in left if not name.startswith("/var/lib/sonycharge")), [], "left behind")
    t.expect(t.guest.out("systemctl list-units --all --no-legend --plain 'sonycharge*'; systemctl list-unit-files --no-legend 'sonycharge*'", check=False), "", "units")
    make(t, "purge")
    t.expect(sorted(files(t.guest) - before), [], "left behind with PURGE=1")
