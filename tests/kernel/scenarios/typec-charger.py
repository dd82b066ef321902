# SPDX-License-Identifier: LGPL-2.1-or-later
"""A charger feeds the computer: what the charger offers is not counted as an offer of the port."""

from harness.typec import SOURCE

KIND = "typec"


def run(t):
    t.typec.attach(1, "3.0A", role=SOURCE)
    t.typec_sysfs("port0", "power_role", "source [sink]")
    t.typec_sysfs("port0-partner", "accessory_mode", "none")
    t.connector("port0", findings=[], partner=True, power_role="sink", counts=False, budget_ma=None)
    t.nothing()
