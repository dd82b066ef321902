# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset behind one self-powered hub: the hub is reported, but is no fault."""


def run(t):
    t.hub("1")
    t.plug("1.2")
    t.kernel(r"usb 1-1\.2: New USB device found, idVendor=054c")
    headset = t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    if headset:
        t.expect(headset["findings"][0]["severity"], "notice", "severity of hub-in-path")
        kinds = [step["kind"] for step in headset["path"]]
        t.expect(kinds.count("hub"), 1, f"hubs in the path {kinds}")
        t.expect(headset["available_ma"], 500, "available_ma")
