# SPDX-License-Identifier: LGPL-2.1-or-later
"""The firmware does not name the USB port of a Type-C connector: its offer is not counted for a headset that may be elsewhere."""

KIND = "typec"


def run(t):
    t.typec.attach(2, "3.0A")
    t.typec_sysfs("port1", "power_operation_mode", "3.0A")
    t.plug("2", product="0cd3", model="WH-1000XM3")
    t.guest.run("! ls -d /sys/class/typec/port1/usb*-port*")
    headset = t.headset("1-2", verdict="slow", findings=["port-limits-current"])
    if headset:
        t.expect(headset["available_ma"], 500, "available_ma")
        told = [e["value"] for e in headset["findings"][0]["evidence"] if e["what"] == "Type-C"]
        t.expect(told, ["cannot tell which socket this is"], "what is told of Type-C")
    # The partner may be the headset, so no invisible device is reported.
    t.connector("port1", findings=[], partner=True, peer=None)
