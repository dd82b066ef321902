# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset is pulled from a Type-C port during sleep and the firmware does not report it: the kernel asks on waking."""

KIND = "typec"


def run(t):
    t.typec.attach(1, "1.5A")
    t.typec_sysfs("port0-partner", "accessory_mode", "none")
    t.unidentified("typec_port0", state="partner", verdict="unknown", findings=["not-visible", "too-early"])
    t.sleep(lambda: t.typec.pull_quietly(1))
    t.typec_sysfs("port0-partner", "accessory_mode", None)
    t.unidentified("typec_port0", state="partner", verdict="unknown", findings=[])
    # A partner seems to be present until the kernel has asked.
    t.told("host-suspended", but_not="were off")
