# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset in a Type-C port that offers only default USB power: charging is slow, and the offer is known to be that of the port."""

KIND = "typec"


def run(t):
    t.typec_sysfs("port0", "power_role", "source [sink]")
    t.typec.attach(1, "default")
    t.typec_sysfs("port0", "power_role", "[source] sink")
    t.plug("1", product="0cd3", model="WH-1000XM3")
    t.typec_sysfs("port0-partner", "supports_usb_power_delivery", "no")
    headset = t.headset("1-1", verdict="slow", findings=["port-limits-current"])
    if headset:
        t.expect(headset["available_ma"], 500, "available_ma")
        t.expect(headset["seen_by"], ["usb", "typec"], "seen_by")
        offered = [e["value"] for e in headset["findings"][0]["evidence"] if e["what"] == "port offers"]
        t.expect(offered, ["500 mA (Type-C mode: default)"], "what the port offers")
    t.connector("port0", findings=[], partner=True, power_role="source", mode="default", counts=True,
                peer="usb1-port1")
