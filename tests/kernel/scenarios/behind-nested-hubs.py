# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset behind three hubs in a row: the path names each of them."""


def run(t):
    t.hub("1")
    t.hub("1.2")
    t.hub("1.2.3")
    t.plug("1.2.3.4")
    t.kernel(r"usb 1-1\.2\.3\.4: New USB device found, idVendor=054c")
    headset = t.headset("1-1.2.3.4", verdict="ok", findings=["hub-in-path"])
    if headset:
        hubs = [step["sysname"] for step in headset["path"] if step["kind"] == "hub"]
        t.expect(hubs, ["1-1", "1-1.2", "1-1.2.3"], "hubs in the path")
