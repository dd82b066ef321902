# SPDX-License-Identifier: LGPL-2.1-or-later
"""Over-current on a root port while a headset is plugged in there."""


def run(t):
    t.settled()
    t.plug("1")
    t.headset("1-1", verdict="ok", findings=[])
    t.machine.memory.set_root_port_over_current(1, True)
    # The controller reports it only with the next event, so another device is plugged in.
    t.device("2", product="0ce6", model="Controller").plug()
    t.kernel(r"usb usb1-port1: over-current condition")
    t.headset("1-1", verdict="blocked", findings=["port-over-current"])
