# SPDX-License-Identifier: LGPL-2.1-or-later
"""The disk of the history is full: everything else works, the journal has one entry about it, and no session is lost."""

FOLDER = "/var/lib/sonycharge"
START_DAEMON = False


def run(t):
    t.guest.run(f"""set -e
    mkdir -p {FOLDER}
    mount -t tmpfs -o size=256k,mode=0700 none {FOLDER}
    chown sonycharge: {FOLDER} || true""")
    t.daemon("enable --now")
    device = t.plug("2", serial="FULL")
    t.headset("1-2", verdict="ok", findings=[])
    t.session(ended="open")
    t.guest.run(f"dd if=/dev/zero of={FOLDER}/filler bs=1k status=none", check=False)
    t.complaints.add(r"The history .* cannot be written")
    for serial in ("ONE", "TWO", "ONE", "TWO"):
        device.unplug()
        t.guest_until("! test -e /sys/bus/usb/devices/1-2")
        t.nothing()
        # A different headset each time, so that this does not look like a loose contact.
        device.tell(f"serial {serial}")
        device.plug()
        t.sysfs("1-2", "bConfigurationValue", "1")
        t.headset_of("1-2")
    if not t.with_project:
        return
    t.expect("history" in t.status()["degraded"], True, "history is degraded")
    told = [e["MESSAGE"] for e in t.journal_entries() if "cannot be written" in e["MESSAGE"]]
    t.expect(len(told), 1, f"told so often: {told}")
    t.expect(len(t.sessions()), 5, "sessions in memory")
    t.guest.run(f"rm {FOLDER}/filler")
    device.unplug()
    t.nothing()
    t.guest_until("! sonychargectl status --json | grep -q '\"degraded\":\\[[^]]*history'")
    t.expect(len(t.sessions()), 5, "sessions after the disk had room again")
    t.daemon("restart")
    t.expect(len(t.sessions()), 5, "sessions after a restart")
