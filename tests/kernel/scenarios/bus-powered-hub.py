# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that needs 1500 mA for its rated charging time behind a bus-powered hub."""


def run(t):
    t.hub("1", bus_powered=True)
    t.kernel(r"hub 1-1:1\.0: insufficient power available to use all downstream ports")
    t.plug("1.2", product="0cd3", model="WH-1000XM3", power=100)
    headset = t.headset("1-1.2", verdict="slow", findings=["hub-bus-powered", "hub-in-path", "port-limits-current"])
    if headset:
        t.expect(headset["available_ma"], 100, "available_ma")
        t.expect(headset["findings"][0]["severity"], "warning", "severity")
        text = t.guest.out("journalctl -x --no-pager SONYCHARGE_CODE=hub-bus-powered SONYCHARGE_SUBJECT=1-1.2")
        for words in ("A hub without a supply of its own is in the path (1-1.2, ", "Documentation: man:sonycharge-findings(7)", "What was seen: hub: 1-1 (",
                      "What to do: Plug in directly"):
            t.expect(words in text, True, "journalctl -x: " + words)
