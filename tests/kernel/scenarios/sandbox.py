# SPDX-License-Identifier: LGPL-2.1-or-later
"""The sandbox of the service allows what the daemon needs and nothing else."""

START_DAEMON = False
PROBE = "/usr/local/libexec/kernel-tests-sandbox-probe"


def parts(text):
    """Returns what the probe reports, for what is needed and for what must be impossible: {name: whether it is possible}."""
    found = []
    for part in text.split("--\n")[:2]:
        lines = [line.split(":")[0].split(" ", 1) for line in part.splitlines() if line.startswith(("can ", "cannot "))]
        found.append({name: can == "can" for can, name in lines})
    return found


def run(t):
    # The headset is a HID device, but not one of the receivers that are asked for the battery.
    t.plug("1")
    t.guest_until("test -e /dev/hidraw0")
    # Outside of the sandbox, root can do all of this. So the probe notices when something is possible.
    text = t.guest.out(f"mkdir -p /etc/sonycharge && touch /etc/sonycharge/sonycharged.conf && {PROBE} < /dev/kmsg")
    needed, forbidden = parts(text)
    t.expect([name for name, can in needed.items() if not can], [], f"cannot be done outside\n{text}")
    t.expect([name for name, can in forbidden.items() if not can], [], f"cannot be done outside\n{text}")
    if not t.with_project:
        return
    # The probe replaces the daemon in the daemon's own unit.
    t.guest.run(f"cp {PROBE} /usr/libexec/sonycharged && systemctl start sonycharged.service")
    text = t.guest.out("journalctl --no-pager -o cat -u sonycharged.service SYSLOG_IDENTIFIER=sonycharged")
    inside_needed, inside = parts(text)
    t.expect(inside_needed, needed, "what the daemon needs in its sandbox")
    t.expect(sorted(inside), sorted(forbidden), "what was tried")
    t.expect([name for name, can in inside.items() if can], [], f"possible in the sandbox\n{text}")
