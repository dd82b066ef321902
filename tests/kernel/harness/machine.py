# SPDX-License-Identifier: LGPL-2.1-or-later
"""An emulated machine: booted once, saved, and restored for each scenario.

Every scenario has an emulator process of its own, so that nothing of one can reach
the next. USB devices over usb-redir cannot be part of a saved machine; they are
plugged after it was restored.
"""
import os
import re
import signal
import socket
import subprocess
import sys

from . import typec
from .device import Device
from .guest import Guest
from .memory import EmulatorMemory
from .qmp import Qmp, QmpError

# i440fx: on q35 with Debian 12's SeaBIOS the first S3 loses the ACPI PM base.
BASE_ARGUMENTS = [
    "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
    "-machine", "pc,usb=off", "-accel", "tcg", "-cpu", "qemu64,+ssse3,+sse4.1,+sse4.2,+popcnt",
    "-smp", "1", "-m", "512",
    "-device", "virtio-rng-pci",
    "-device", "virtio-serial-pci,id=serial",
    "-device", "virtserialport,chardev=agent,name=org.sonycharge.tests",
    "-device", "qemu-xhci,id=xhci,addr=4,p2=8,p3=8",
]
KERNEL_ARGUMENTS = "console=ttyS0 loglevel=4 panic=-1 systemd.show_status=0 systemd.log_color=0"


class Kind:
    """A kind of machine: what its emulator and its kernel get in addition to the base."""

    def __init__(self, name, arguments=(), kernel="", series="6.1", tables=(), firmware=None, installed=True):
        """`series`: which of the image's kernels; `tables`: ACPI sources of this folder; `firmware`: arguments
        of typec.Firmware, for a machine with Type-C ports; `installed`: the project is, by `make install`."""
        self.name = name
        self.arguments = list(arguments)
        self.kernel = kernel
        self.series = series
        self.tables = list(tables)
        self.firmware = firmware
        self.installed = installed


def _typec(name, **options):
    return Kind(name, kernel=typec.KERNEL_ARGUMENTS, tables=["typec.asl"], **options)


KINDS = {kind.name: kind for kind in (
    Kind("plain"),
    # Without the project: packages and the source tree are in /var/tmp/sonycharge.
    Kind("clean", installed=False),
    _typec("typec", firmware={}),
    # With cables, identities and power data objects, which newer drivers request and newer firmware reports.
    _typec("typec-6.12", series="6.12",
           firmware={"version": 0x0200, "features": typec.PDO_DETAILS | typec.CABLE_DETAILS | typec.PD_MESSAGES}),
)}


class Snapshot:
    """A saved machine: its memory, and its disk at that time."""

    def __init__(self, folder):
        self.disk = os.path.join(folder, "disk.qcow2")
        self.memory = os.path.join(folder, "memory")


def _with_parent():
    """Makes an emulator end with its runner, however that ends."""
    import ctypes
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


class Machine:
    def __init__(self, image, folder, kind, disk, device_program, tables=()):
        """`image`: folder of root.ext4 and kernels; `folder`: for sockets and logs, removed by
        the caller; `disk`: what the guest shall unpack, a raw disk; `tables`: compiled ACPI tables."""
        self.image = image
        self.folder = folder
        self.kind = kind
        self.disk = disk
        self.device_program = device_program
        self.tables = tables
        self.typec = typec.Firmware(self, **kind.firmware) if kind.firmware is not None else None
        self.console = os.path.join(folder, "console.log")
        self.devices = []
        self.hubs = 0
        self.process = self.qmp = self.guest = None

    # -- life --

    def boot(self, snapshot):
        """Boots from the image. The changes of the disk go to `snapshot`."""
        base = os.path.join(self.image, "root.ext4")
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", base, snapshot.disk],
                       check=True)
        self._start(["-drive", f"file={snapshot.disk},if=virtio,format=qcow2,cache=unsafe", "-S"])
        if self.typec:
            self.typec.start()
        self.qmp.command("cont")

    def start_from(self, disk):
        """Stops before the first instruction, with the disk of an earlier guest. The changes of this one
        are discarded at the end. `cont` starts it."""
        self._start(["-drive", f"file={disk},if=virtio,format=qcow2,snapshot=on", "-S"])

    def restore(self, snapshot):
        """Continues where `snapshot` was saved. The changes of the disk are discarded at the end."""
        self._start(["-drive", f"file={snapshot.disk},if=virtio,format=qcow2,snapshot=on",
                     "-incoming", "defer"])
        self._want_migration_events()
        self.qmp.command("migrate-incoming", uri=f"exec:cat '{snapshot.memory}'")
        self.qmp.wait_event("MIGRATION", timeout=120, status="completed")
        self.qmp.command("cont")

    def save(self, snapshot):
        """Saves the running machine and ends it."""
        self._want_migration_events()
        self.qmp.command("migrate-set-parameters", **{"max-bandwidth": 1 << 40})
        self.qmp.command("stop")
        self.qmp.command("migrate", uri=f"exec:cat > '{snapshot.memory}'")
        self.qmp.wait_event("MIGRATION", timeout=120, status="completed")
        self.end()

    def _want_migration_events(self):
        self.qmp.command("migrate-set-capabilities", capabilities=[{"capability": "events", "state": True}])

    def _start(self, arguments):
        qmp, qmp_theirs = socket.socketpair()
        agent, agent_theirs = socket.socketpair()
        command = ["qemu-system-x86_64", *BASE_ARGUMENTS, *self.kind.arguments,
                   *(part for table in self.tables for part in ("-acpitable", f"file={table}")),
                   "-kernel", os.path.join(self.image, f"vmlinuz-{self.kind.series}"),
                   "-initrd", os.path.join(self.image, f"initrd-{self.kind.series}"),
                   "-append", f"{KERNEL_ARGUMENTS} {self.kind.kernel}",
                   "-serial", f"file:{self.console}",
                   "-chardev", f"socket,id=qmp,fd={qmp_theirs.fileno()}", "-mon", "chardev=qmp,mode=control",
                   "-chardev", f"socket,id=agent,fd={agent_theirs.fileno()}", *arguments,
                   "-drive", f"file={self.disk},if=virtio,format=raw,readonly=on"]
        self.process = subprocess.Popen(command, pass_fds=[qmp_theirs.fileno(), agent_theirs.fileno()],
                                        stdin=subprocess.DEVNULL, preexec_fn=_with_parent)
        qmp_theirs.close()
        agent_theirs.close()
        self.qmp = Qmp(qmp)
        self.guest = Guest(agent)
        self.memory = EmulatorMemory(self.process.pid)

    def end(self):
        for device in self.devices:
            device.close()
        if not self.process:
            return
        try:
            self.qmp.command("quit", timeout=10)
            self.process.wait(timeout=20)
        except (AttributeError, QmpError, OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        if self.process.returncode not in (0, -signal.SIGKILL):
            print(f"emulator ended with status {self.process.returncode}", file=sys.stderr)
        self.process = None

    # -- devices; ports are "1" on the xHCI root hub, "1.2" behind a hub on it --

    def add_hub(self, port, bus_powered=False, power_switching=False):
        """Plugs a full-speed hub of eight ports, which can switch their power or not; returns its QEMU id."""
        self.hubs += 1
        name = f"hub{self.hubs}"
        self.memory.set_hub_bus_powered(bus_powered)
        self.qmp.command("device_add", driver="usb-hub", id=name, bus="xhci.0", port=port,
                         **{"port-power": power_switching})
        return name

    def add_ehci(self):
        """Plugs an EHCI controller (USB 2, high speed only), which keeps what it knows in s2idle."""
        self.qmp.command("device_add", driver="usb-ehci", id="ehci")
        return "ehci.0"

    def add_device(self, port, remote_wakeup=False, bus="xhci.0"):
        """An emulated device at `port`, not yet plugged: see Device."""
        name = f"redir{len(self.devices)}"
        path = os.path.join(self.folder, name)
        address = {"type": "unix", "data": {"path": path}}
        self.qmp.command("chardev-add", id=name, backend={
            "type": "socket", "data": {"addr": address, "server": True, "wait": False}})
        self.qmp.command("device_add", driver="usb-redir", id=f"{name}dev", chardev=name, bus=bus, port=port,
                         **{"suppress-remote-wake": not remote_wakeup})
        device = Device(self.device_program, path, port)
        self.devices.append(device)
        return device

    def remove(self, name):
        self.qmp.command("device_del", id=name)
        self.qmp.wait_event("DEVICE_DELETED", device=name)

    # -- the guest's memory --

    def write_ram(self, address, data):
        """Writes the guest's physical memory."""
        answer = self.qmp.command("human-monitor-command", **{"command-line": f"gpa2hva {address:#x}"})
        place = re.search(r" is (0x[0-9a-f]+)", answer)
        if not place:
            raise QmpError(f"gpa2hva: {answer}")
        self.memory.write(int(place.group(1), 16), data)

    # -- sleep: for scenarios that suspend the guest --

    def wake(self):
        self.qmp.command("system_wakeup")

    def press_power_button(self):
        self.qmp.command("system_powerdown")
