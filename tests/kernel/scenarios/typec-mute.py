# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Type-C firmware hangs from the start: its ports are not visible, which says nothing about any cable."""

KIND = "typec"
START_DAEMON = False


def run(t):
    t.restart_typec(t.typec.mute)
    t.kernel(r"ucsi_acpi USBC000:00: PPM init failed \(-110\)")
    t.guest.run("! ls -d /sys/class/typec/port*")
    t.daemon()
    t.host(["typec-unreadable"])
    t.plug("1")
    t.headset("1-1", verdict="ok", findings=[])
    t.restart_typec(lambda: t.typec.mute(False))
    t.typec_sysfs("port1", "power_role", "source [sink]")
    t.host([])
