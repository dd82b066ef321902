# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset that switches off when power arrives: its Bluetooth link drops with the plug, and it is one headset all along."""
import json

from harness.wait import until

# BlueZ tells the other side this model (Device ID profile). Both sides are the same bluetoothd here, so either one is told.
CONFIG = """[General]
DeviceID = bluetooth:054C:0DF0:0251
"""
COMPUTER = "/org/bluez/hci0"
HEADSET = "/org/bluez/hci1"


def property_of(t, path, interface, name):
    return t.guest.out(f"busctl --system get-property org.bluez {path} {interface} {name}", check=False)


def until_property(t, path, interface, name, value, meanwhile="true"):
    t.guest_until(f"busctl --system get-property org.bluez {path} {interface} {name} | grep -q '{value}' || "
                  f"{{ {meanwhile}; false; }}")


def set_adapter(t, path, name, signature, value):
    t.guest.run(f"busctl --system set-property org.bluez {path} org.bluez.Adapter1 {name} {signature} {value}")


def are_there(t):
    """Does bluetoothd know both controllers? On a busy machine the kernel gives one up that answers after two seconds."""
    both = " && ".join(f"busctl --system get-property org.bluez {path} org.bluez.Adapter1 Address" for path in (COMPUTER, HEADSET))
    return t.guest.run(f"for i in $(seq 50); do {both} && exit 0; sleep 0.2; done; exit 1", check=False).status == 0


def make_adapters(t):
    """Two controllers that hear each other, by BlueZ's own emulator; the kernel's Bluetooth and bluetoothd are the real ones."""
    t.guest.write("/etc/bluetooth/main.conf", CONFIG)
    t.guest.run("modprobe hci_vhci; mkfifo /run/bluetoothctl; systemctl mask --quiet --runtime bluetooth.service")
    for _ in range(5):
        t.guest.run("systemd-run -q --collect --unit=btvirt btvirt -l2")
        t.guest_until("test -e /sys/class/bluetooth/hci1")
        t.guest.run("systemctl unmask --quiet --runtime bluetooth.service; systemctl start bluetooth.service")
        if are_there(t):
            break
        t.guest.run("systemctl stop bluetooth.service btvirt.service; systemctl mask --quiet --runtime bluetooth.service")
    for path in (COMPUTER, HEADSET):
        until_property(t, path, "org.bluez.Adapter1", "Address", ":")
        set_adapter(t, path, "Powered", "b", "true")
        until_property(t, path, "org.bluez.Adapter1", "Powered", "true")
    set_adapter(t, HEADSET, "Alias", "s", "WH-1000XM5")
    set_adapter(t, HEADSET, "Discoverable", "b", "true")
    t.guest.run("systemd-run -q --unit=bluetoothctl sh -c 'exec bluetoothctl <> /run/bluetoothctl'")


def say(t, *commands):
    for command in commands:
        t.guest.run(f"echo {command} > /run/bluetoothctl")


def address(t, path):
    return property_of(t, path, "org.bluez.Adapter1", "Address").split('"')[1]


def device_path(adapter, device):
    return adapter + "/dev_" + device.replace(":", "_")


def pair(t):
    """Pairs and connects; returns the headset's object in BlueZ."""
    ours, theirs = address(t, COMPUTER), address(t, HEADSET)
    device, computer = device_path(COMPUTER, theirs), device_path(HEADSET, ours)
    say(t, f"select {ours}", "scan on")
    until_property(t, device, "org.bluez.Device1", "Modalias", "v054Cp0DF0")
    say(t, "scan off", f"pair {theirs}")
    until_property(t, device, "org.bluez.Device1", "Paired", "true", meanwhile="echo yes > /run/bluetoothctl")
    # The computer is told to be a headset, too; so its side of the pairing is forgotten.
    t.guest.run(f"busctl --system call org.bluez {HEADSET} org.bluez.Adapter1 RemoveDevice o {computer}")
    until_property(t, device, "org.bluez.Device1", "Connected", "false")
    # Who talks all the time stays connected.
    t.guest.run(f"systemd-run -q --unit=l2ping -p Restart=always -p RestartSec=100ms l2ping -i hci0 {theirs}")
    until_property(t, device, "org.bluez.Device1", "Connected", "true")
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
    make_adapters(t)
    device = pair(t)
    near = headset(t, ["bluetooth"], model="WH-1000XM5", verdict="unknown", path=[])
    bus = t.gadget(name="WH-1000XM5", product="0df0")
    name = f"{bus}-1"
    t.sysfs(name, "bConfigurationValue", "1")
    t.kernel(rf"usb {name}: New USB device found, idVendor=054c, idProduct=0df0")
    # It switches off.
    set_adapter(t, HEADSET, "Powered", "b", "false")
    t.guest.run("systemctl stop l2ping")
    until_property(t, device, "org.bluez.Device1", "Connected", "false")
    plugged = headset(t, ["usb"])
    if plugged:
        t.expect(plugged["id"], near["id"], "id")
        t.expect(plugged["path"][-1]["sysname"], name, "place")
        t.expect(plugged["firmware"]["version"], "2.5.1", "firmware")
        t.expect((plugged["bluetooth"]["connected"], plugged["bluetooth"]["power_at"] is not None), (False, True), "power arrives")
        t.expect(address(t, HEADSET) in json.dumps(t.status()), False, "the address is told")
    t.headset(name, verdict="slow", findings=["port-limits-current"])
    t.expected.add("not-visible")
    t.gadget_pull()
    t.kernel(rf"usb {name}: USB disconnect")
    t.nothing()
