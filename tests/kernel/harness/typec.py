# SPDX-License-Identifier: LGPL-2.1-or-later
"""Type-C ports of the emulated computer: what its firmware (typec.asl) answers to the kernel's UCSI driver.

The answers lie in memory that the kernel was told to leave alone; they are written there from outside. Two ports:
1 shares its socket with the root hub's port 1 (`port0` and `usb1-port1` in the guest), of 2 nobody knows the socket.
"""
import struct

BASE = 0x10000000  # TYPEC_BASE in typec.asl
KERNEL_ARGUMENTS = f"memmap=64K${BASE:#x}"
PORTS = 2

# Values of a slot instead of an answer.
FAILS, NOT_SUPPORTED = 0xff, 0xfe

# Slots: of the controller (0), and of each port.
CAPABILITY, ERROR = 0, 1
PORT_CAPABILITY, PORT_STATUS, CABLE, PORT_SOURCE, PORT_SINK, PARTNER_SOURCE, PARTNER_SINK, IDENTITY, CABLE_IDENTITY = range(9)

# UCSI 1.2, table 4-42 "GET_CONNECTOR_STATUS": power operation mode, partner type, change bits
MODES = {"default": 1, "usb_power_delivery": 3, "1.5A": 4, "3.0A": 5}
SINK, SOURCE = 2, 1  # a partner that takes power, or that supplies it
CONNECT_CHANGE, DIRECTION_CHANGE, PARTNER_CHANGE, MODE_CHANGE = 1 << 14, 1 << 12, 1 << 11, 1 << 2

PDO_DETAILS, CABLE_DETAILS, PD_MESSAGES = 1 << 4, 1 << 5, 1 << 8


VDM_IDENTITY = 0xff008041  # the header of an acknowledged Discover Identity


def fixed_supply(millivolts, milliamperes):
    """Returns a power data object (USB PD r3.1, 6.4.1.2.1)."""
    return (millivolts // 50) << 10 | milliamperes // 10


def cable(vendor, milliamperes):
    """Returns the answer of the e-marker of a passive USB 2 cable to Discover Identity (USB PD r3.1, 6.4.4.3.1)."""
    rating = {3000: 1, 5000: 2}[milliamperes]
    return [VDM_IDENTITY, 3 << 27 | vendor, 0, 0x15120000, 2 << 18 | rating << 5]


def identity(vendor, product):
    """Returns the answer of a USB device to Discover Identity."""
    return [VDM_IDENTITY, 2 << 27 | 2 << 29 | vendor, 0, product << 16 | 0x0100]


class Firmware:
    def __init__(self, machine, version=0x0120, features=PDO_DETAILS):
        """`version`: of UCSI; one that is 2.0 or newer can tell identities."""
        self.machine = machine
        self.version = version
        self.features = features

    def start(self):
        """Sets the state after power-on, with nothing plugged in."""
        self._write(0, bytes(0x1000))
        self._write(0, struct.pack("<H", self.version))
        # attributes: USB PD, Type-C current; ports, features, revisions of battery charging, USB PD and Type-C
        self._answer(0, CAPABILITY, struct.pack("<IBHxBxHHH", 1 << 6 | 1 << 2, PORTS, self.features, 0, 0x0120, 0x0300, 0x0200))
        self.error(0)
        for port in range(1, PORTS + 1):
            # dual role, USB 2 and 3; can give and take power
            self._answer(port, PORT_CAPABILITY, struct.pack("<BI", 0x64, 0x03))
            self._answer(port, PORT_SOURCE, struct.pack("<I", fixed_supply(5000, 3000)))
            self._empty(port)

    def _empty(self, port):
        self._answer(port, PORT_STATUS, bytes(9))
        for slot in (PORT_SINK, PARTNER_SOURCE, PARTNER_SINK):
            self._answer(port, slot, b"")
        for slot in (CABLE, IDENTITY, CABLE_IDENTITY):
            self.refuse(port, slot)

    # -- what happens at a port; each is an event for the kernel --

    def attach(self, port, mode="default", role=SINK, sink=(), cable=None, identity=None):
        """Something is plugged in: `sink`, the power data objects it asks for; `cable`, the e-marker's answer to
        Discover Identity; `identity`, the partner's own."""
        self._answer(port, PARTNER_SINK, struct.pack(f"<{len(sink)}I", *sink))
        if cable:
            # speed, current in 50 mA, power in the cable and a Type-C plug, latency
            self._answer(port, CABLE, struct.pack("<HBBB", 0, 60, 0x11, 0))
            self._answer(port, CABLE_IDENTITY, struct.pack("<7I", *cable, *[0] * (7 - len(cable))))
        if identity:
            self._answer(port, IDENTITY, struct.pack("<7I", *identity, *[0] * (7 - len(identity))))
        self.change(port, mode, role, CONNECT_CHANGE | DIRECTION_CHANGE | PARTNER_CHANGE | MODE_CHANGE)

    def change(self, port, mode, role=SINK, changes=MODE_CHANGE):
        """Changes the offer to the partner, which stays plugged in."""
        self._status(port, changes, MODES[mode] | 1 << 3 | (role == SINK) << 4 | 1 << 5 | role << 13)
        self.ring(port)

    def detach(self, port):
        self._empty(port)
        self._status(port, CONNECT_CHANGE | DIRECTION_CHANGE | PARTNER_CHANGE | MODE_CHANGE, 0)
        self.ring(port)

    def pull_quietly(self, port):
        """Removes the partner without an event from the firmware, as happens while the computer sleeps."""
        self._empty(port)

    # -- firmware with faults --

    def mute(self, on=True):
        """Makes the firmware answer no command any more."""
        self._write(0x400, bytes([on]))

    def refuse(self, port, slot=PORT_STATUS, how=FAILS):
        """Makes this command fail from now on."""
        self._write(self._slot(port, slot), struct.pack("<I", how))

    def error(self, number):
        """Sets the reason that commands which fail report (GET_ERROR_STATUS)."""
        self._answer(0, ERROR, struct.pack("<H", number))

    def ring(self, port):
        """Tells the kernel that something changed at the port."""
        self._write(0x401, bytes([port]))
        self.machine.guest.run("""set -e
        for zone in /sys/class/thermal/thermal_zone*; do
            [ "$(cat $zone/type)" = acpitz ] && cat $zone/temp > /run/kernel-tests/bell
        done
        test -s /run/kernel-tests/bell""")

    # -- memory --

    @staticmethod
    def _slot(port, slot):
        return 0x800 + 0x200 * port + 0x28 * slot

    def _answer(self, port, slot, data):
        self._write(self._slot(port, slot), struct.pack("<I32s", len(data), data))

    def _status(self, port, changes, flags):
        self._answer(port, PORT_STATUS, struct.pack("<HHIB", changes, flags, 0, 0))

    def _write(self, offset, data):
        self.machine.write_ram(BASE + offset, data)
