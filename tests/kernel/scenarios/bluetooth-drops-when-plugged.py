# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset switches off when it gets power: its Bluetooth link drops at the plug, and it is shown as one headset throughout."""
import json

from harness.radio import HEADSET, Radio
from harness.wait import until

# BlueZ reports this model to the other side (Device ID profile). Both sides use the same bluetoothd, so both report it.
DEVICE_ID = "bluetooth:054C:0DF0:0251"


def pair(t, radio):
    """Pairs and connects. Returns the headset's object path in BlueZ."""
    device = radio.headset()
    radio.pair("Modalias", "v054Cp0DF0")
    # The computer reports to be a headset, too, so its pairing is removed on the other side.
    t.guest.run(f"busctl --system call org.bluez {HEADSET} org.bluez.Adapter1 RemoveDevice o {radio.computer()}")
    radio.until_property(device, "Device1", "Connected", "false")
    # A connection that is in use is not closed.
    t.guest.run(f"systemd-run -q --unit=l2ping -p Restart=always -p RestartSec=100ms l2ping -i hci0 {radio.address(HEADSET)}")
    radio.until_property(device, "Device1", "Connected", "true")
    return device


def headset(t, seen_by, **more):
    """Waits until this is the only headset and exactly these sources see it."""
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
    # The headset switches off.
    radio.set_adapter(HEADSET, "Powered", "b", "false")
    # l2ping ends when the kernel gives up the connection. This may take longer than the time limit of a script.
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
