# SPDX-License-Identifier: LGPL-2.1-or-later
"""Bluetooth in the guest: two controllers of BlueZ's emulator that hear each other. The first one is the computer's, the second
one is the headset's. The kernel's Bluetooth and bluetoothd are the real ones, and one bluetoothd serves both."""

COMPUTER = "/org/bluez/hci0"
HEADSET = "/org/bluez/hci1"


class Radio:
    def __init__(self, t):
        self.t, self.guest = t, t.guest

    def property(self, path, interface, name):
        return self.guest.out(f"busctl --system get-property org.bluez {path} org.bluez.{interface} {name}", check=False)

    def until_property(self, path, interface, name, value, meanwhile="true"):
        self.t.guest_until(f"busctl --system get-property org.bluez {path} org.bluez.{interface} {name} | grep -q '{value}' || "
                           f"{{ {meanwhile}; false; }}")

    def set_adapter(self, path, name, signature, value):
        self.guest.run(f"busctl --system set-property org.bluez {path} org.bluez.Adapter1 {name} {signature} {value}")

    def address(self, path):
        return self.property(path, "Adapter1", "Address").split('"')[1]

    @staticmethod
    def _device(adapter, address):
        return adapter + "/dev_" + address.replace(":", "_")

    def headset(self):
        """Returns the object of the headset in BlueZ, on the side of the computer."""
        return self._device(COMPUTER, self.address(HEADSET))

    def computer(self):
        """Returns the object of the computer in BlueZ, on the side of the headset."""
        return self._device(HEADSET, self.address(COMPUTER))

    def _are_there(self):
        """Returns whether bluetoothd knows both controllers. The kernel gives up on one that does not answer within two seconds."""
        both = " && ".join(f"busctl --system get-property org.bluez {path} org.bluez.Adapter1 Address" for path in (COMPUTER, HEADSET))
        return self.guest.run(f"for i in $(seq 50); do {both} && exit 0; sleep 0.2; done; exit 1", check=False).status == 0

    def start(self, name, device_id):
        """Starts both controllers. `name`: of the headset; `device_id`: the model that it reports (see main.conf)."""
        self.guest.write("/etc/bluetooth/main.conf", f"[General]\nDeviceID = {device_id}\n")
        self.guest.run("modprobe hci_vhci; mkfifo /run/bluetoothctl; systemctl mask --quiet --runtime bluetooth.service")
        for _ in range(5):
            self.guest.run("systemd-run -q --collect --unit=btvirt btvirt -l2")
            self.t.guest_until("test -e /sys/class/bluetooth/hci1")
            self.guest.run("systemctl unmask --quiet --runtime bluetooth.service; systemctl start bluetooth.service")
            if self._are_there():
                break
            self.guest.run("systemctl stop bluetooth.service btvirt.service; systemctl mask --quiet --runtime bluetooth.service")
        for path in (COMPUTER, HEADSET):
            self.until_property(path, "Adapter1", "Address", ":")
            self.set_adapter(path, "Powered", "b", "true")
            self.until_property(path, "Adapter1", "Powered", "true")
        self.set_adapter(HEADSET, "Alias", "s", name)
        self.set_adapter(HEADSET, "Discoverable", "b", "true")
        self.guest.run("systemd-run -q --unit=bluetoothctl sh -c 'exec bluetoothctl <> /run/bluetoothctl'")

    def say(self, *commands):
        for command in commands:
            self.guest.run(f"echo {command} > /run/bluetoothctl")

    def pair(self, known_by, value):
        """Pairs both sides as soon as the computer has read this property of the headset."""
        theirs, device = self.address(HEADSET), self.headset()
        self.say(f"select {self.address(COMPUTER)}", "scan on")
        self.until_property(device, "Device1", known_by, value)
        self.say("scan off", f"pair {theirs}")
        self.until_property(device, "Device1", "Paired", "true", meanwhile="echo yes > /run/bluetoothctl")
