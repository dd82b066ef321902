# SPDX-License-Identifier: LGPL-2.1-or-later
"""An ordinary user can read the state, but no serial number."""


def run(t):
    # Every scenario searches each status for this text.
    t.plug("1", serial="SECRET0123456789", model="WH-1000XM4", product="0d58")
    t.guest_until("grep -q SECRET /sys/bus/usb/devices/1-1/serial")
    if not t.with_project:
        return
    t.headset_of("1-1")
    status = t.status(user="tester")
    t.expect([h["model"] for h in status["headsets"]], ["WH-1000XM4"], "models that the user sees")
    for verb in ("list", "ports", "version"):
        t.private(t.guest.run(f"sonychargectl {verb} --json", user="tester").out, f"{verb} --json")
    tree = t.guest.run("busctl --system call org.sonycharge1 /org/sonycharge1 "
                       "org.freedesktop.DBus.ObjectManager GetManagedObjects", user="tester").out
    t.private(tree, "the bus")
    t.exit_status("busctl --system call org.sonycharge1 $(busctl --system --list tree org.sonycharge1 | grep headset/) "
                  "org.sonycharge1.Headset GetIdentifiers", 1, user="tester")
    t.guest.run("busctl --system call org.sonycharge1 $(busctl --system --list tree org.sonycharge1 | grep headset/) "
                "org.sonycharge1.Headset GetIdentifiers | grep -q SECRET")
