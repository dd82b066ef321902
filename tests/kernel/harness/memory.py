# SPDX-License-Identifier: LGPL-2.1-or-later
"""What QEMU cannot be asked for is changed in the running emulator's memory.

Besides the guest's own memory, two things: its usb-hub always says that it is self-powered, and its xHCI never reports
over-current on a root port. Both are one field of a known structure. The emulator is
our own child, so the kernel lets us write to it; the next scenario has a new one.
"""
import struct


class LayoutError(Exception):
    pass


class EmulatorMemory:
    # The guest's RAM is one big mapping. The searched data are in the data and heap of the emulator.
    LARGEST = 64 << 20

    def __init__(self, pid):
        self.pid = pid
        self.hub_bus_powered = False

    def _mappings(self, wanted):
        with open(f"/proc/{self.pid}/maps") as maps:
            for line in maps:
                fields = line.split(None, 5)
                start, end = (int(x, 16) for x in fields[0].split("-"))
                path = fields[5].strip() if len(fields) > 5 else ""
                if fields[1].startswith("r") and end - start <= self.LARGEST and wanted(path):
                    yield start, end

    def _read(self, address, length):
        with open(f"/proc/{self.pid}/mem", "rb", 0) as memory:
            memory.seek(address)
            return memory.read(length)

    def write(self, address, data):
        with open(f"/proc/{self.pid}/mem", "wb", 0) as memory:
            memory.seek(address)
            memory.write(data)

    def _find(self, pattern, wanted):
        """Returns the addresses of `pattern` in the mappings whose path is `wanted`."""
        for start, end in self._mappings(wanted):
            try:
                data = self._read(start, end - start)
            except OSError:
                continue  # guard pages and the like
            at = data.find(pattern)
            while at >= 0:
                yield start + at
                at = data.find(pattern, at + 1)

    # -- usb-hub: USBDescConfig (hw/usb/desc.h) --

    def _is_hub_config(self, address):
        """bNumInterfaces 1, value 1, no string, then groups (none) and one interface of class 9."""
        fields = self._read(address, 32)
        groups, interfaces = struct.unpack_from("<Q", fields, 8)[0], fields[16]
        if fields[5] or groups or interfaces != 1:
            return False
        pointer = struct.unpack_from("<Q", fields, 24)[0]
        try:
            interface = self._read(pointer, 8)
        except (OSError, OverflowError, ValueError):
            return False
        # bInterfaceNumber, bAlternateSetting, bNumEndpoints, bInterfaceClass
        return interface[:4] == bytes([0, 0, 1, 9])

    def _hub_config(self):
        found = []
        for attributes in (0xe0, 0xa0):
            pattern = bytes([1, 1, 0, attributes])
            found += [a for a in self._find(pattern, lambda path: "qemu-system" in path)
                      if a % 8 == 0 and self._is_hub_config(a)]
        if len(found) != 1:
            raise LayoutError(f"{len(found)} places look like the usb-hub's configuration: unknown emulator version")
        return found[0]

    def set_hub_bus_powered(self, bus_powered):
        """Makes hubs that are plugged in from now on report in bmAttributes that they are (not) self-powered."""
        if bus_powered != self.hub_bus_powered:
            self.write(self._hub_config() + 3, bytes([0xa0 if bus_powered else 0xe0]))
            self.hub_bus_powered = bus_powered

    # -- xHCI: XHCIPort (hw/usb/hcd-xhci.h): xhci*, portsc, portnr, uport*, speedmask, name --

    def _port_register(self, port):
        name = b"usb2 port #%d\0" % port
        found = [a - 20 for a in self._find(name, lambda path: path in ("", "[heap]"))]
        # The number of the port is 16 bytes before its name.
        found = [a for a in found if 0 < struct.unpack("<I", self._read(a + 4, 4))[0] < 32]
        if len(found) != 1:
            raise LayoutError(f"{len(found)} places look like xHCI port {port}: unknown emulator version")
        return found[0]

    def set_root_port_over_current(self, port, on):
        """Sets PORTSC's over-current bits (xHCI 5.4.8) of a USB 2 root port. The guest looks
        when any port of the controller raises an event."""
        active, change = 1 << 3, 1 << 20
        address = self._port_register(port)
        portsc = struct.unpack("<I", self._read(address, 4))[0]
        portsc = (portsc | active if on else portsc & ~active) | change
        self.write(address, struct.pack("<I", portsc))
