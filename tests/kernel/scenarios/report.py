# SPDX-License-Identifier: LGPL-2.1-or-later
"""A report contains the kernel's own lines for users who may read them, and a serial number only when its owner asks for it."""

import json


def run(t):
    t.plug("1", serial="SECRET0123456789", model="WH-1000XM4", product="0d58")
    t.kernel(r"usb 1-1: SerialNumber: SECRET0123456789")
    if not t.with_project:
        return
    t.headset_of("1-1")
    for form in ("--text", "--json", "--output=-"):
        for user in (None, "tester"):
            report = t.guest.run(f"sonychargectl report {form}", user=user).out
            t.expect("SECRET" in report, False, f"a serial number in report {form} of {user}")
    lines = [line["text"] for line in json.loads(t.guest.run("sonychargectl report --json").out)["kernel_lines"]]
    t.expect(any(line.startswith("usb 1-1: new full-speed USB device") for line in lines), True, "the kernel's line about the plug")
    t.expect(any("WH-1000XM4" in line for line in lines), False, "names that devices tell")
    of_user = json.loads(t.guest.run("sonychargectl report --json", user="tester").out)
    t.expect((of_user["kernel_lines"], len(of_user["missing"])), ([], 1), "what another user may see of the kernel's lines")
    t.guest.run("sonychargectl report --text --with-serial | grep -q SECRET0123456789")
    t.exit_status("sonychargectl report --text --with-serial", 1, user="tester")
