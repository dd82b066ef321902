# SPDX-License-Identifier: LGPL-2.1-or-later
"""What can be done from inside the service: what it needs, and nothing else."""

START_DAEMON = False
PROBE = "/usr/local/libexec/kernel-tests-sandbox-probe"


def parts(text):
    """What the probe says of what is needed and of what must not be: {name: can it?}."""
    found = []
    for part in text.split("--\n")[:2]:
        lines = [line.split(":")[0].split(" ", 1) for line in part.splitlines() if line.startswith(("can ", "cannot "))]
        found.append({name: can == "can" for can, name in lines})
    return found


def run(t):
    # A headset is a HID device, and none of those whose battery is asked for there.
    t.plug("1")
    t.guest_until("test -e /dev/hidraw0")
    # Outside of it root can all of this: the probe sees it when something is possible.
    text = t.guest.out(f"mkdir -p /etc/sonycharge && touch /etc/sonycharge/sonycharged.conf && {PROBE} < /dev/kmsg")
    needed, forbidden = parts(text)
    t.expect([name for name, can in needed.items() if not can], [], f"cannot be done outside\n{text}")
    t.expect([name for name, can in forbidden.items() if not can], [], f"cannot be done outside\n{text}")
    if not t.with_project:
        return
    # In the daemon's place the probe has the very unit that the daemon has.
    t.guest.run(f"cp {PROBE} /usr/libexec/sonycharged && systemctl start sonycharged.service")
    text = t.guest.out("journalctl --no-pager -o cat -u sonycharged.service SYSLOG_IDENTIFIER=sonycharged")
    inside_needed, inside = parts(text)
    t.expect(inside_needed, needed, "what the daemon needs in its sandbox")
    t.expect(sorted(inside), sorted(forbidden), "what was tried")
    t.expect([name for name, can in inside.items() if can], [], f"possible in the sandbox\n{text}")
