# SPDX-License-Identifier: LGPL-2.1-or-later
"""The kernel log no longer reaches back to the boot when the daemon starts: this is reported, and nothing is concluded about the time before."""

START_DAEMON = False


def run(t):
    device = t.device("2", commands=["fault device-descriptor io-error"])
    device.plug()
    t.kernel(r"usb usb1-port2: unable to enumerate USB device")
    device.unplug()
    t.guest.run("sysctl -q kernel.printk_devkmsg=on")
    # This is more than the log buffer holds (CONFIG_LOG_BUF_SHIFT of Debian's kernels is 17).
    t.guest.run("i=0; while [ $i -lt 6000 ]; do echo \"<6>kernel tests: this line takes the place of an older one $i\"; i=$((i+1)); done > /dev/kmsg",
                timeout=240)
    t.plug("1")
    t.daemon("enable --now")
    t.headset("1-1", verdict="ok", findings=[])
    if t.with_project:
        status = t.status()
        t.expect(status["unidentified"], [], "claims about what is not in the log")
        t.expect([n for n in status["notes"] if "no longer reaches back" in n] != [], True, f"notes: {status['notes']}")
        lost = [e["MESSAGE"] for e in t.journal_entries() if "were lost before they could be read" in e["MESSAGE"]]
        t.expect(len(lost), 1, f"said in the journal: {lost}")
        t.daemon("restart")
        t.headset("1-1", verdict="ok", findings=[])
        lost = [e["MESSAGE"] for e in t.journal_entries() if "were lost before they could be read" in e["MESSAGE"]]
        t.expect(len(lost), 1, f"said again after a restart: {lost}")
