# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that switches off when power arrives: its Bluetooth link drops with the plug, and it is one headset all along."""
import json

from harness.radio import HEADSET, Radio
from harness.wait import until

# BlueZ tells the other side this model (Device ID profile). Both sides are the same bluetoothd here, so either one is told.
DEVICE_ID = "bluetooth:054C:0DF0:0251"


def pair(t, radio):
    """Pairs and connects; returns the headset's object in BlueZ."""
    device = radio.headset()
    radio.pair("Modalias", "v054Cp0DF0")
    # The computer is told to be a headset, too; so its side of the pairing is forgotten.
    t.guest.run(f"busctl --system call org.bluez {HEADSET} org.bluez.Adapter1 RemoveDevice o {radio.computer()}")
    radio.until_property(device, "Device1", "Connected", "false")
    # Who talks all the time stays connected.
    t.guest.run(f"systemd-run -q --unit=l2ping -p Restart=always -p RestartSec=100ms l2ping -i hci0 {radio.address(HEADSET)}")
    radio.until_property(device, "Device1", "Connected", "true")
    return device


def headset(t, seen_by, **more):
    """Waits until there is this one headset and only these see it."""
    if not t.with_project:
        return None

    def fits(status):
        return [h["seen_by"] for h in status["headsets"]] == [seen_by]

    status = until(t.status, fits, 60)
    t.expect(fits(status), True, f"one headset, seen by {seen_by}: {json.dumps(status['headsets'])}")
    for name, value in more.items():
        t.expect(status["headsets"][0][name], value, name)
    return status["headsets"][0]


def run(t):
    radio = Radio(t)
    radio.start("WH-1000XM5", DEVICE_ID)
    device = pair(t, radio)
    near = headset(t, ["bluetooth"], model="WH-1000XM5", verdict="unknown", path=[])
    bus = t.gadget(name="WH-1000XM5", product="0df0")
    name = f"{bus}-1"
    t.sysfs(name, "bConfigurationValue", "1")
    t.kernel(rf"usb {name}: New USB device found, idVendor=054c, idProduct=0df0")
    # It switches off.
    radio.set_adapter(HEADSET, "Powered", "b", "false")
    # l2ping ends when the kernel has given up the connection that it waits for. That may take longer than a script may run.
    t.guest.run("systemctl stop --no-block l2ping")
    radio.until_property(device, "Device1", "Connected", "false")
    plugged = headset(t, ["usb"])
    if plugged:
        t.expect(plugged["id"], near["id"], "id")
        t.expect(plugged["path"][-1]["sysname"], name, "place")
        t.expect(plugged["firmware"]["version"], "2.5.1", "firmware")
        t.expect((plugged["bluetooth"]["connected"], plugged["bluetooth"]["power_at"] is not None), (False, True), "power arrives")
        t.expect(radio.address(HEADSET) in json.dumps(t.status()), False, "the address is told")
    t.headset(name, verdict="slow", findings=["port-limits-current"])
    t.expected.add("not-visible")
    t.gadget_pull()
    t.kernel(rf"usb {name}: USB disconnect")
    t.nothing()
