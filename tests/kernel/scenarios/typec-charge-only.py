# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that only charges: the Type-C port sees it, USB does not."""

KIND = "typec"


def run(t):
    t.nothing()
    t.typec.attach(1, "3.0A")
    t.typec_sysfs("port0-partner", "accessory_mode", "none")
    t.guest.run("! test -e /sys/bus/usb/devices/1-1")
    port = t.unidentified("typec_port0", state="partner", verdict="unknown", findings=["not-visible", "too-early"])
    if port:
        t.expect(port["findings"][0]["subject"], "port0", "subject")
    t.connector("port0", findings=["not-visible", "too-early"], budget_ma=3000)
    t.session(port="typec_port0", seen_by="typec", ended="open", offered_ma=3000)
    t.typec.detach(1)
    t.typec_sysfs("port0-partner", "accessory_mode", None)
    # It remains in the list for ten minutes with the time at which it left, and has no findings.
    port = t.unidentified("typec_port0", state="partner", verdict="unknown", findings=[])
    if port:
        t.expect(bool(port["left"]), True, "when it left")
    t.connector("port0", findings=[], partner=False)
    text = t.exit_status("sonychargectl status", 0)
    t.expect("is there" in text, False, f"said of what has left: {text}")
    t.session(port="typec_port0", seen_by="typec", ended="unplugged", outcome="unclear")
