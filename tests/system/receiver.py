# SPDX-License-Identifier: LGPL-2.1-or-later
"""A USB receiver of a wireless headset: its HID device on the mocked computer, and a pty instead of its hidraw node."""

import os
import select
import tty

import needs

INZONE = bytes.fromhex("0604ff0901a101150026ff0085027508953f0902810209039102c0")
PULSE = bytes.fromhex("0601ff0920a10185b009250926092709280929092a092b750895078102c0")
NOTHING = bytes.fromhex("050c0901a101c0")
PRODUCTS = {"INZONE H5": 0x0EBF, "INZONE Buds": 0x0EC2, "INZONE H9 II": 0x0FA8, "PULSE 3D": 0x0D5E}


def frame(what, how, transaction, payload):
    """Returns a frame of the receiver."""
    n = 12 + len(payload)
    data = bytearray(64)
    data[:13] = bytes([2, n, 4, 0xFF, 8 + len(payload), 0, 0x96, 0xC3, 0x14, what, how, transaction & 255, transaction >> 8])
    data[13:13 + len(payload)] = payload
    data[n + 1] = sum(data[6:n + 1]) & 255
    return bytes(data)


class Receiver:
    def __init__(self, computer, model="INZONE Buds", device="1-2", node="hidraw0", bus=3, descriptor=None, product=None, hidden=False):
        """`hidden`: the node does not exist yet."""
        self.pc, self.device, self.node = computer, device, node
        product = product or PRODUCTS[model]
        if device not in computer.paths:
            computer.plug("usb1", device, pid=product, product=model, vendor="Sony", max_power=50)
        self.path = computer.root() + "/dev/" + node
        self.master = self.slave = None
        if not hidden:
            self.appear()
        descriptor = descriptor or (PULSE if model == "PULSE 3D" else INZONE)
        interface = computer.paths[computer.interface_name(device)]
        self.hid = "%s/%04X:054C:%04X.0001" % (interface, bus, product)
        self.syspath = self.hid + "/hidraw/" + node
        self.add("hid", self.hid, "H: report_descriptor=%s\n" % descriptor.hex().upper())
        self.add("hidraw", self.syspath, "E: DEVNAME=/dev/%s\nE: MAJOR=240\nE: MINOR=0\n" % node)

    def add(self, subsystem, path, more):
        if not self.pc.bed.add_from_string("P: %s\nE: SUBSYSTEM=%s\n%s" % (path[len("/sys"):], subsystem, more)):
            raise AssertionError("umockdev refuses " + path)

    def appear(self):
        needs.terminals()
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        os.symlink(os.ttyname(self.slave), self.path)

    def changed(self):
        self.pc.bed.uevent(self.syspath, "change")

    def question(self, timeout=20):
        """Returns the next report that the daemon writes, or None."""
        data = b""
        while len(data) < 64:
            if not select.select([self.master], [], [], timeout)[0]:
                return None
            data += os.read(self.master, 64 - len(data))
        return data

    def say(self, report):
        os.write(self.master, report)

    def answer(self, payload, timeout=20):
        """Answers the next request for the battery."""
        q = self.question(timeout)
        if q is None:
            raise AssertionError("nobody asks")
        self.say(frame(4, 0x10, q[11] | q[12] << 8, payload))
        return q

    def pull(self):
        self.pc.bed.uevent(self.syspath, "remove")
        self.pc.bed.remove_device(self.syspath)
        self.close()

    def close(self):
        for fd in (self.master, self.slave):
            if fd is not None:
                os.close(fd)
        self.master = self.slave = None
