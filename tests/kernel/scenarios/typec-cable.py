# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset on a Type-C cable with an e-marker: what the e-marker says is shown with care and is no fault."""

from harness.typec import cable

KIND = "typec-6.12"


def run(t):
    t.typec.attach(1, "3.0A", cable=cable(vendor=0x2b1d, milliamperes=3000))
    t.typec_sysfs("port0", "power_operation_mode", "3.0A")
    device = t.plug("1", product="0cd3", model="WH-1000XM3")
    t.typec_sysfs("port0-cable", "type", "passive")
    t.typec_sysfs("port0-cable", "identity/id_header", "0x18002b1d")
    headset = t.headset("1-1", verdict="ok", findings=["cable-not-supplied"])
    if headset:
        finding = headset["findings"][0]
        t.expect((finding["severity"], finding["confidence"]), ("info", "possible"), "severity and confidence")
    t.connector("port0", cable={"type": "passive", "e_marker_vid": "2b1d", "rating_ma": 3000})
    # The partner is removed first. Otherwise there would be a partner that USB does not see.
    t.typec.detach(1)
    device.unplug()
    t.kernel(r"usb 1-1: USB disconnect")
    t.nothing()
    t.typec_sysfs("port0-cable", "type", None)
