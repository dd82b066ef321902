# SPDX-License-Identifier: LGPL-2.1-or-later
"""Both Debian packages on a fresh machine with a user logged in: they are installed, used, upgraded and purged."""
import json
import os

from harness.desktop import Desktop
from harness.disk import files
from harness.wait import until

KIND = "clean"
START_DAEMON = False
CONFIGURATION = "/etc/sonycharge/sonycharged.conf"
IDENTIFY = "busctl --system call org.sonycharge1 /org/sonycharge1/headset/{id} org.sonycharge1.Headset GetIdentifiers"


def install(t, version=""):
    """Installs as a user does. The messages of dpkg on stderr are shown only when it fails."""
    packages = " ".join(f"/var/tmp/sonycharge/{name}{version}.deb" for name in ("sonycharge", "sonycharge-gtk"))
    t.guest.run(f"DEBIAN_FRONTEND=noninteractive dpkg -i {packages}", timeout=300)
    t.daemon_started = True
    t.guest_until("systemctl is-active -q sonycharged.service")


def sessions(t):
    return json.loads(t.guest.out("sonychargectl history --json"))["sessions"]


def check_installed(t):
    unit = t.guest.out("systemctl show sonycharged.service -p UnitFileState -p NRestarts --value")
    t.expect(sorted(unit.split()), ["0", "enabled"], "unit enabled, never restarted")
    t.expect(t.status()["degraded"], [d for d in t.status()["degraded"] if d not in ("kernel-log", "hwdb", "logind", "history")], "degraded")
    t.guest.run("systemctl reload sonycharged.service && systemctl is-active -q sonycharged.service")


def check_own_test(t):
    """Runs the autopkgtest of the package."""
    with open(os.path.join(os.path.dirname(__file__), "../../../debian/tests/service"), encoding="utf-8") as script:
        t.guest.run(script.read(), timeout=120)
    t.guest.run("systemctl start sonycharged.service")


def check_rights(t, desktop, headset):
    """A user at the machine can see the serial number, the same user from elsewhere cannot. No user can own the bus name."""
    command = IDENTIFY.format(id=headset["id"])
    inside = desktop.in_session(command)
    t.expect((inside.status, "SECRET0123456789" in inside.out), (0, True), f"asked from the active session: {inside.err}")
    outside = t.guest.run(command, user="tester", check=False)
    t.expect((outside.status, "SECRET" in outside.out + outside.err), (1, False), "asked from no session")
    for user in ("tester", "root"):
        taken = t.guest.run("busctl --system call org.freedesktop.DBus / org.freedesktop.DBus RequestName su org.sonycharge1 0",
                            user=user, check=False)
        t.expect((taken.status, "ccess denied" in taken.err), (1, True), f"{user} takes the name: {taken.out}{taken.err}")


def check_told(t, desktop, headset):
    """Checks the three outlets: the bus, the journal with the catalog text, and the desktop."""
    objects = t.guest.out("busctl --system --json=short call org.sonycharge1 /org/sonycharge1 "
                          "org.freedesktop.DBus.ObjectManager GetManagedObjects")
    t.expect("power-budget-exceeded" in objects, True, "the finding on the bus")
    t.private(objects, "the bus")
    text = t.guest.out("journalctl --no-pager -x SYSLOG_IDENTIFIER=sonycharged SONYCHARGE_CODE=power-budget-exceeded")
    t.expect(" Subject: " in text and " Documentation: " in text, True, f"catalog in {text}")
    line = desktop.notified(" | ", "WH-1000XM4")  # the first line
    t.expect("SECRET" in "".join(desktop.notifications()), False, "the serial number in a notification")
    t.expect(line.split()[1] in ("1", "2"), True, f"urgency of {line}")
    return line


def check_metrics(t):
    """The timer is off by default. When it is enabled, it writes the file that node_exporter reads."""
    folder = "/var/lib/prometheus/node-exporter"
    state = t.guest.out("systemctl is-enabled sonycharge-metrics.timer", check=False)
    t.expect(state, "disabled", "the timer of the metrics")
    t.guest.run(f"mkdir -p {folder} && systemctl enable --now sonycharge-metrics.timer")
    t.guest_until(f"test -s {folder}/sonycharge.prom", 120)
    numbers = t.guest.out(f"cat {folder}/sonycharge.prom")
    t.expect('code="power-budget-exceeded"' in numbers, True, f"the finding in {numbers}")
    t.private(numbers, "the metrics")
    t.guest.run("systemctl disable --now sonycharge-metrics.timer && systemctl is-failed -q sonycharge-metrics.service && exit 1; "
                "rm -r /var/lib/prometheus")


def check_window(t, desktop, notification):
    """A click on the notification opens the window, which the bus of the session starts."""
    title = "Headset Charging"
    t.expect(title in desktop.windows(), False, "the window before the click")
    desktop.click(notification)
    shown = until(desktop.windows, lambda windows: title in windows, 120)
    t.expect(title in shown, True, f"the window after the click: {shown}")
    owner = desktop.run("busctl --user --no-legend list | grep '^org.sonycharge.App '").out
    t.expect("sonycharge-app" in owner, True, f"who has the window's name: {owner}")
    desktop.run("busctl --user call org.sonycharge.App /org/sonycharge/App org.freedesktop.Application ActivateAction sava{sv} quit 0 0")
    until(desktop.windows, lambda windows: title not in windows, 60)


def run(t):
    if not t.with_project:
        Desktop(t.guest).run("systemctl --user is-active notification-server.service")
        return
    before = files(t.guest)
    desktop = Desktop(t.guest)
    desktop.screen()
    install(t)
    check_installed(t)
    check_own_test(t)
    desktop.run("i=0; until systemctl --user is-active -q sonycharge-notify.service; do i=$((i+1)); [ $i -lt 150 ] || exit 1; sleep 0.2; done")

    t.hub("1", bus_powered=True)
    device = t.device("1.2", product="0d58", model="WH-1000XM4", power=500, serial="SECRET0123456789")
    device.plug()
    t.kernel(r"usb 1-1\.2: rejected 1 configuration due to insufficient available bus power")
    headset = t.headset("1-1.2", verdict="slow", findings=["power-budget-exceeded", "hub-bus-powered", "hub-in-path"])
    check_window(t, desktop, check_told(t, desktop, headset))
    check_rights(t, desktop, headset)
    check_metrics(t)
    device.unplug()
    t.nothing()

    t.guest.run(f"echo 'PowerLookSec=61' >> {CONFIGURATION}")
    known = sessions(t)
    t.expect([s["headset"] for s in known], [headset["id"]], "sessions in the history")
    install(t, "9.9")
    check_installed(t)
    t.expect(t.guest.out("dpkg-query -W -f '${Version} ' sonycharge sonycharge-gtk").split(), ["9.9", "9.9"], "versions after the upgrade")
    t.guest.run(f"grep -qx PowerLookSec=61 {CONFIGURATION}")
    t.expect([(s["id"], s["start"]) for s in sessions(t)], [(s["id"], s["start"]) for s in known], "history after the upgrade")
    t.sound()

    t.guest.run("DEBIAN_FRONTEND=noninteractive dpkg --purge sonycharge-gtk sonycharge", timeout=300)
    t.daemon_started = False
    left = sorted(files(t.guest) - before)
    t.expect([name for name in left if not name.startswith("/home/tester")], [], "left after the purge")
    t.expect([name for name in left if "sonycharge" in name], [], "left in the user's home")
    t.expect(t.guest.out("systemctl list-units --all --no-legend --plain 'sonycharge*'; systemctl list-unit-files --no-legend 'sonycharge*'", check=False), "", "units")
    t.expect(desktop.run("systemctl --user is-active sonycharge-notify.service", check=False).out.strip(), "inactive", "the agent")
    t.guest.run("getent passwd sonycharge && ! pgrep sonycharge")
