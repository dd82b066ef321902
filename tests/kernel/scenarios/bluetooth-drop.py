# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset loses its Bluetooth link when it is plugged in, as its model does when charging starts: so it gets power."""

from harness.wait import Failure, until

POLICY = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><policy user="root"><allow own="org.bluez"/></policy>
<policy context="default"><allow send_destination="org.bluez"/></policy></busconfig>
"""
RELOAD = "busctl call org.freedesktop.DBus /org/freedesktop/DBus org.freedesktop.DBus ReloadConfig"


def until_seen(t, seen_by, what):
    """Waits until the headset is seen by exactly these sources. Returns it."""
    def ask():
        return next((h for h in t.status()["headsets"] if h["model"] == "WH-1000XM5"), None)

    headset = until(ask, lambda h: h and h["seen_by"] == seen_by, 60)
    if not headset or headset["seen_by"] != seen_by:
        raise Failure(f"{what}: {headset}, must be seen by {seen_by}")
    return headset


def link(t, signal):
    t.guest.run(f"systemctl kill --signal={signal} bluez.service")


def run(t):
    if t.with_project:
        t.guest.write("/etc/dbus-1/system.d/kernel-tests-bluez.conf", POLICY)
        t.guest.run(f"{RELOAD} && systemd-run -q --unit=bluez /usr/local/libexec/kernel-tests-bluez")
        t.expected.add("not-visible")
        headset = until_seen(t, ["bluetooth"], "connected")
        t.expect((headset["charging"]["level"], headset["charging"]["state"]), (40, "unknown"), "the level")
        # The link ends and something else is plugged in. This is no sign that the headset gets power.
        link(t, "USR1")
        until_seen(t, [], "switched off")
    t.plug("1", model="DualSense", product="0ce6")
    t.kernel(r"usb 1-1: New USB device found, idVendor=054c, idProduct=0ce6")
    if t.with_project:
        t.guest.run("udevadm settle")
        t.expect(until_seen(t, [], "another device")["bluetooth"]["power_at"], None, "power by another device")
        link(t, "USR2")
        before = until_seen(t, ["bluetooth"], "switched on")
    bus = t.gadget(name="WH-1000XM5", product="0df0")
    t.kernel(rf"usb {bus}-1: New USB device found, idVendor=054c, idProduct=0df0")
    if not t.with_project:
        return
    until_seen(t, ["usb", "bluetooth"], "plugged in")
    link(t, "USR1")
    headset = until_seen(t, ["usb"], "the end of the link")
    t.expect(headset["id"], before["id"], "the id")
    t.expect(headset["bluetooth"]["power_at"] is not None, True, "power arrived")
    headset = t.headset(f"{bus}-1", verdict="slow", findings=["port-limits-current"])
    t.expect([e["value"] for e in headset["findings"][0]["evidence"] if e["what"] == "power"],
             ["arrives: it left Bluetooth with the plug, as this model does"], "the evidence")
    t.expect((headset["charging"]["state"], headset["charging"]["level"]), ("unknown", 40), "the claim")
    t.gadget_pull()
    t.kernel(rf"usb {bus}-1: USB disconnect")
    link(t, "USR2")
    until_seen(t, ["bluetooth"], "on again")
