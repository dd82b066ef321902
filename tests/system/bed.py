# SPDX-License-Identifier: LGPL-2.1-or-later
"""
Test bed of ring 2: a computer made of mocked sysfs and uevents (umockdev), a private bus, a mocked kernel log, and the real
sonycharged on it. The helpers are made so that a test reads like a story.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import Gio, GLib, UMockdev  # noqa: E402

import bluez  # noqa: E402

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(TOP, os.environ.get("BUILD", "build"))
REDIRECT = os.path.join(BUILD, "tests/redirect.so")
NAME = "org.sonycharge1"
ROOT = "/org/sonycharge1"
DEADLINE = float(os.environ.get("TEST_DEADLINE", "90"))  # seconds; only a failed test ever waits that long

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""

# The default policy of the system bus (/usr/share/dbus-1/system.conf). root may do everything, because the services on this bus
# run as root.
SYSTEM_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={folder}/system-bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
  </policy>
  <policy user="root"><allow own="*"/><allow send_type="method_call"/></policy>
  <include>{top}/systemd/org.sonycharge1.conf</include>
</busconfig>
"""

# umockdev sends its uevents from this process, and has to wait for the receivers.
if REDIRECT not in os.environ.get("LD_PRELOAD", ""):
    os.environ["LD_PRELOAD"] = " ".join([os.environ.get("LD_PRELOAD", ""), REDIRECT])
    os.execv(sys.executable, [sys.executable, "-B", *sys.argv])

# For programs that need no mocked computer, and for those of a sanitizer's build, whose library must be loaded first.
PLAIN = {k: v for k, v in os.environ.items() if k not in ("LD_PRELOAD", "UMOCKDEV_DIR", "SONYCHARGE_BUS")}


class Bus:
    """A private dbus-daemon that any user may use, as session and as system bus. It has a logind that does nothing, and a BlueZ
    and a UPower without devices."""

    def __init__(self, folder, logind=True, bluetooth=True, policy=BUS_CONFIG):
        config = os.path.join(folder, "bus.conf")
        with open(config, "w") as f:
            f.write(policy.format(folder=folder, top=TOP))
        self.process = subprocess.Popen(
            ["dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + config], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.address = self.process.stdout.readline().strip()
        self.logind = self.connect() if logind else None
        if logind:
            self.logind.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                  GLib.Variant("(su)", ("org.freedesktop.login1", 0)), None, Gio.DBusCallFlags.NONE, -1, None)
        self.bluez = bluez.BlueZ(self).own() if bluetooth else None
        self.upower = bluez.UPower(self).own() if bluetooth else None

    def connect(self):
        return Gio.DBusConnection.new_for_address_sync(
            self.address,
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def wait_for(condition, what):
    """Runs the main loop until the condition holds; fails after DEADLINE."""
    context = GLib.MainContext.default()
    end = time.monotonic() + DEADLINE
    wake = GLib.timeout_add(20, lambda: True)
    try:
        while True:
            result = condition()
            if result:
                return result
            if time.monotonic() > end:
                raise AssertionError("not in time: " + what)
            context.iteration(True)
    finally:
        GLib.source_remove(wake)


def device_descriptor(vid, pid, device_class=0, configurations=1, bcd=0x0100):
    return bytes([18, 1, 0, 2, device_class, 0, 0, 64, vid & 255, vid >> 8, pid & 255, pid >> 8, bcd & 255, bcd >> 8, 1, 2, 0, configurations])


def configuration_descriptor(value, max_power, self_powered):
    """`max_power` is in the units of the descriptor."""
    interface = bytes([9, 4, 0, 0, 0, 3, 0, 0, 0])
    attributes = 0x80 | (0x40 if self_powered else 0)
    total = 9 + len(interface)
    return bytes([9, 2, total & 255, total >> 8, 1, value, 0, attributes, max_power]) + interface


class Computer:
    """A mocked sysfs: controllers, hubs and devices, by their kernel names."""

    def __init__(self):
        self.bed = UMockdev.Testbed.new()
        self.paths = {}
        self.devnums, self.numbers = {}, {}
        self.files = {}
        os.makedirs(self.root() + "/dev", exist_ok=True)

    def root(self):
        return self.bed.get_root_dir()

    def _add(self, parent, name, devtype, attributes, properties, binary=None, links=None):
        path = (self.paths[parent] if parent else "/sys/devices") + "/" + name
        relative = path[len("/sys"):]
        lines = ["P: " + relative]
        lines += ["E: %s=%s" % p for p in {"SUBSYSTEM": "usb", "DEVTYPE": devtype, **properties}.items()]
        lines += ["A: %s=%s" % a for a in attributes.items()]
        lines += ["H: %s=%s" % (k, v.hex().upper()) for k, v in (binary or {}).items()]
        lines += ["L: %s=%s" % link for link in (links or {}).items()]
        self.paths[name] = path
        if not self.bed.add_from_string("\n".join(lines) + "\n"):
            raise AssertionError("umockdev refuses " + name)

    def controller(self, name="0000:00:14.0", bus=1, ports=4, speed="480"):
        """Adds a host controller with the root hub of one bus."""
        if name not in self.paths:
            path = "/sys/devices/pci0000:00/" + name
            self.bed.add_from_string("P: /devices/pci0000:00/%s\nE: SUBSYSTEM=pci\nE: DRIVER=xhci_hcd\n" % name)
            self.paths[name] = path
        self.hub(name, "usb%d" % bus, ports, speed=speed, self_powered=True, vid=0x1D6B, pid=3 if speed == "5000" else 2, product="xHCI Host Controller")

    def port_path(self, hub, n):
        interface = self.interface_name(hub)
        return "%s/%s-port%d" % (self.paths[interface], hub, n)

    @staticmethod
    def interface_name(device, configuration=1):
        if device.startswith("usb"):
            return "%s-0:%d.0" % (device[3:], configuration)
        return "%s:%d.0" % (device, configuration)

    def _number(self, bus, name):
        """Returns the next free device number on the bus, from 1 to 127, in the order of the kernel."""
        used = {number for device, number in self.numbers.items() if device in self.paths}
        devnum = self.devnums.get(bus, 0) % 127 + 1
        while (bus, devnum) in used:
            devnum = devnum % 127 + 1
        self.devnums[bus] = devnum
        self.numbers[name] = (bus, devnum)
        return devnum

    def plug(self, parent, name, vid=0x054C, pid=0x0D58, product="WH-1000XM4", vendor="SONY", max_power=250, self_powered=False,
             speed="12", ports=0, serial=None, configured=True, authorized="1", control="on", descriptors=None, device_class=0,
             settled=True, runtime="active", connect="unknown"):
        """Adds a device, binds its driver and sets its configuration. `parent`: a hub, or a controller for a root hub."""
        bus = int(name[3:]) if name.startswith("usb") else int(name.split("-")[0])
        devnum = self._number(bus, name)
        if descriptors is None:
            descriptors = device_descriptor(vid, pid, device_class) + configuration_descriptor(1, max_power, self_powered)
        properties = {
            "DEVNAME": "/dev/bus/usb/%03d/%03d" % (bus, devnum), "BUSNUM": "%03d" % bus, "DEVNUM": "%03d" % devnum,
            "MAJOR": "189", "MINOR": str((bus - 1) * 128 + devnum - 1), "ID_MODEL_ENC": re.sub(r"[\0- ]", lambda c: "\\x%02x" % ord(c[0]), product),
            "ID_VENDOR_ENC": vendor, "ID_PATH": "pci-0000:00:14.0-usb-0:" + (name.split("-")[1] if "-" in name else "0"),
            "PRODUCT": "%x/%x/100" % (vid, pid),
        }
        if serial:
            properties["ID_SERIAL_SHORT"] = serial
        attributes = {
            "busnum": str(bus), "devnum": str(devnum), "devpath": name.split("-")[1] if "-" in name else "0",
            "idVendor": "%04x" % vid, "idProduct": "%04x" % pid, "bcdDevice": "0100", "bDeviceClass": "%02x" % device_class,
            "speed": speed, "maxchild": str(ports), "authorized": authorized, "removable": connect,
            "power/control": control, "power/runtime_status": runtime, "power/autosuspend_delay_ms": "0",
            "power/runtime_suspended_time": "0", "power/runtime_active_time": "1000",
        }
        self._write_database(properties)
        links = {"driver": "../../../../../bus/usb/drivers/usb"} if settled else {}
        self._add(parent, name, "usb_device", attributes, properties, {"descriptors": descriptors}, links)
        if configured:
            self.configure(name, ports=ports)

    def _write_database(self, properties):
        """Writes the entry of the device in the database of udevd."""
        folder = self.root() + "/run/udev/data"
        os.makedirs(folder, exist_ok=True)
        with open("%s/c%s:%s" % (folder, properties["MAJOR"], properties["MINOR"]), "w") as f:
            f.write("I:1\n" + "".join("E:%s=%s\n" % p for p in properties.items() if p[0].startswith("ID_")))

    def configure(self, name, configuration=1, ports=0):
        """Adds the interface of the active configuration, and below it the ports of a hub."""
        interface = self.interface_name(name, configuration)
        attributes = {"bInterfaceClass": "09" if ports else "03"}
        for n in range(1, ports + 1):
            port = "%s-port%d/" % (name, n)
            attributes.update({port + "connect_type": "hotplug", port + "over_current_count": "0"})
        self._add(name, interface, "usb_interface", attributes, {"INTERFACE": "9/0/0" if ports else "3/0/0"})
        self.bed.uevent(self.paths[interface], "bind")
        self.bed.uevent(self.paths[name], "bind")

    def unconfigure(self, name, configuration=1):
        self._remove(self.interface_name(name, configuration))

    def hub(self, parent, name, ports=4, speed="480", self_powered=True, vid=0x05E3, pid=0x0610, product="USB2.0 Hub", max_power=50, **more):
        self.plug(parent, name, vid, pid, product, "GenesysLogic", max_power, self_powered, speed, ports, device_class=9, **more)

    def _remove(self, name):
        path = self.paths.pop(name)
        # umockdev 0.17 removes a device without an event, and its properties are gone afterwards.
        self.bed.uevent(path, "remove")
        self.bed.remove_device(path)
        shutil.rmtree(self.root() + path, ignore_errors=True)
        link = self.root() + "/sys/bus/usb/devices/" + name
        if os.path.lexists(link):
            os.unlink(link)

    def unplug(self, name):
        """Removes the device, after the devices below it."""
        below = [n for n in self.paths if n != name and (n.startswith(name + ".") or n.startswith(name + ":"))]
        for n in sorted(below, key=len, reverse=True):
            self._remove(n)
        self._remove(name)

    def vanish(self, name):
        """Removes the device without an event, as when udevd is stopped."""
        for n in [n for n in self.paths if n == name or n.startswith(name + ".") or n.startswith(name + ":")]:
            shutil.rmtree(self.root() + self.paths.pop(n), ignore_errors=True)
            link = self.root() + "/sys/bus/usb/devices/" + n
            if os.path.lexists(link):
                os.unlink(link)

    def write(self, device, attribute, value):
        """Writes to sysfs as a user does (inotify sees it)."""
        with open(self.root() + self.paths[device] + "/" + attribute, "r+") as f:
            f.write(value + "\n")
            f.truncate()

    def over_current(self, hub, port, count):
        interface = self.paths[self.interface_name(hub)]
        self.bed.set_attribute(interface, "%s-port%d/over_current_count" % (hub, port), str(count))
        self.bed.set_property(interface, "OVER_CURRENT_PORT", self.port_path(hub, port)[len("/sys"):])
        self.bed.set_property(interface, "OVER_CURRENT_COUNT", str(count))
        self.bed.uevent(interface, "change")


class KernelLog:
    """A FIFO that replaces /dev/kmsg."""

    def __init__(self, computer):
        self.path = computer.root() + "/dev/kmsg"
        os.mkfifo(self.path)
        self.fd = os.open(self.path, os.O_RDWR | os.O_NONBLOCK)
        self.sequence = 100
        self.said = []

    def say(self, text, usec=None, priority=6):
        usec = int(time.monotonic() * 1e6) if usec is None else usec
        self.said.append(("%d,%d,%d,-;%s\n" % (priority, self.sequence, usec, text)).encode())
        os.write(self.fd, self.said[-1])
        self.sequence += 1

    def again(self):
        """A program that opens the kernel log reads it from its beginning."""
        for line in self.said:
            os.write(self.fd, line)

    def raw(self, data):
        os.write(self.fd, data)

    def stop(self):
        os.close(self.fd)


def preload(*libraries):
    """Returns the value of LD_PRELOAD. The library of a sanitizer has to be the first one."""
    first = os.environ.get("ASAN_LIBRARY")
    return " ".join(([first] if first else []) + list(libraries))


class Daemon:
    """The real sonycharged on the test bed, and its messages."""

    def __init__(self, address, computer=None, arguments=(), state=None, environment=None, journal=None, also=(), before=(), runtime=None):
        self.log_file = tempfile.TemporaryFile("w+")
        env = dict(os.environ, SONYCHARGE_BUS=address, DBUS_SYSTEM_BUS_ADDRESS=address, SYSTEMD_DEVICE_VERIFY_SYSFS="0",
                   SONYCHARGE_HWDB=os.path.join(BUILD, "hwdb.bin"), SONYCHARGE_CONFIG="/dev/null")
        env.pop("NOTIFY_SOCKET", None)
        env.update(environment or {})
        command = [os.path.join(BUILD, "sonycharged")] + list(arguments)
        if state:
            command += ["--state=" + state, "--runtime=" + (runtime or os.path.join(os.path.dirname(state), "run"))]
        if computer:
            env["UMOCKDEV_DIR"] = computer.root()
            env["LD_PRELOAD"] = preload(REDIRECT, *before, "libumockdev-preload.so.0", *also)
        if journal:
            env["TEST_JOURNAL"] = journal
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log_file, text=True)

    def log(self):
        if self.log_file.closed:
            return self.log_text
        self.log_file.seek(0)
        return self.log_file.read()

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            code = self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the daemon does not end")
        self.process.stdout.close()
        self.log_text = self.log()
        self.log_file.close()
        return code


class Watcher:
    """A client of the daemon. It records the signals in order."""

    def __init__(self, bus):
        self.connection = bus.connect()
        self.signals = []
        self.times = []  # the time of each of them
        self.connection.signal_subscribe(NAME, None, None, None, None, Gio.DBusSignalFlags.NONE, self._on_signal)

    def _on_signal(self, _connection, _sender, path, interface, name, parameters):
        self.signals.append((name, path, interface, parameters.unpack()))
        self.times.append(time.monotonic())

    def signalled_at(self, name, condition):
        """Returns when a property of a headset was first signalled with such a value, or None."""
        for (signal, _, _, values), when in zip(self.signals, self.times):
            if signal == "PropertiesChanged" and name in values[1] and condition(values[1][name]):
                return when
        return None

    def call(self, path, interface, method, parameters=None, reply=None):
        return self.connection.call_sync(NAME, path, interface, method, parameters, reply, Gio.DBusCallFlags.NO_AUTO_START, int(DEADLINE * 1000), None)

    def call_later(self, path, interface, method, parameters, answers):
        """Calls without waiting. The answer, or the error, is appended to `answers`."""
        def on_answer(connection, result):
            try:
                answers.append(connection.call_finish(result))
            except GLib.Error as e:
                answers.append(e)

        self.connection.call(NAME, path, interface, method, parameters, None, Gio.DBusCallFlags.NO_AUTO_START, int(DEADLINE * 1000), None, on_answer)

    def owned(self):
        return self.connection.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (NAME,)), None, 0, -1, None
        ).unpack()[0]

    def status(self):
        return json.loads(self.call(ROOT, NAME + ".Manager", "GetStatus").unpack()[0])

    def ports(self):
        return json.loads(self.call(ROOT, NAME + ".Manager", "GetPorts").unpack()[0])

    def device(self, name):
        return json.loads(self.call(ROOT, NAME + ".Manager", "GetDevice", GLib.Variant("(s)", (name,))).unpack()[0])

    def managed(self):
        return self.call(ROOT, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects").unpack()[0]

    def headset(self):
        """Returns the only headset, or None."""
        headsets = self.status()["headsets"]
        return headsets[0] if len(headsets) == 1 else None

    def until_signal(self, name, path_part, what=None):
        def found():
            for s in self.signals:
                if s[0] == name and path_part in s[1] + str(s[3]):
                    return s
            return None

        return wait_for(found, what or "%s %s" % (name, path_part))


def codes(findings):
    return [f["code"] for f in findings]
