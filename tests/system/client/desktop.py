# SPDX-License-Identifier: LGPL-2.1-or-later
"""A desktop session made of a private bus, python-dbusmock's notification server and the agent."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from gi.repository import Gio, GLib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bus_object import register  # noqa: E402
from client_test import CLIENT, Double, finding, headset, properties  # noqa: E402,F401

DEADLINE = float(os.environ.get("TEST_DEADLINE", "90"))  # seconds; only a failed test ever waits that long
NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
MOCK = "org.freedesktop.DBus.Mock"
PYTHON = "/usr/bin/python3"

BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
"""


def wait_for(condition, what):
    """Runs the main loop until the condition holds; fails after DEADLINE."""
    context = GLib.MainContext.default()
    end = time.monotonic() + DEADLINE
    wake = GLib.timeout_add(20, lambda: True)
    try:
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("not in time: " + what)
            context.iteration(True)
    finally:
        GLib.source_remove(wake)


class Caller:
    """Calls methods on a bus."""

    def __init__(self, connection):
        self.connection = connection

    def call(self, name, path, interface, method, arguments=None, connection=None):
        return (connection or self.connection).call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, int(DEADLINE * 1000), None).unpack()

    def has(self, name):
        return self.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", GLib.Variant("(s)", (name,)))[0]


class Bus(Caller):
    """A bus on which only services that a test adds can be activated."""

    def __init__(self, folder):
        os.makedirs(folder + "/services")
        config = folder + "/bus.conf"
        with open(config, "w") as f:
            f.write(BUS_CONFIG.format(folder=folder))
        self.folder = folder
        self.process = subprocess.Popen(["dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + config],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()
        super().__init__(self.connect())

    def connect(self):
        return Gio.DBusConnection.new_for_address_sync(
            self.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def close(self):
        if not self.connection.is_closed():
            self.connection.close_sync(None)
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Notification:
    def __init__(self, arguments):
        (self.app, self.replaces, self.icon, self.title, self.body, actions, self.hints, self.timeout) = arguments
        self.actions = dict(zip(actions[::2], actions[1::2]))

    def __repr__(self):
        return f"{self.replaces}: {self.title!r} {self.body!r}"


class Server:
    """python-dbusmock's notification server. Its signal reports every call to it."""

    def __init__(self, bus, environment, capabilities="body body-markup actions"):
        self.bus = bus
        self.calls = []
        self.signal = bus.connection.signal_subscribe(None, MOCK, "MethodCalled", PATH, None, Gio.DBusSignalFlags.NONE, self._on_call)
        self.process = subprocess.Popen(
            [PYTHON, "-m", "dbusmock", "--session", "-t", "notification_daemon", "-p", json.dumps({"capabilities": capabilities})],
            env=environment, stdout=subprocess.DEVNULL)
        wait_for(self._is_ready, "the notification server")

    def _is_ready(self):
        """Returns whether the server answers. It owns its name before it can."""
        try:
            return self.bus.has(NAME) and self.bus.call(NAME, PATH, NAME, "GetServerInformation")
        except GLib.Error:
            return False

    def _on_call(self, connection, sender, path, interface, member, parameters):
        name, arguments = parameters.unpack()
        self.calls.append((name, Notification(arguments) if name == "Notify" else arguments))

    def shown(self):
        return [a for name, a in self.calls if name == "Notify"]

    def closed(self):
        return [a[0] for name, a in self.calls if name == "CloseNotification"]

    def wait_shown(self, n):
        """Waits for the n-th call of Notify. Returns it."""
        wait_for(lambda: len(self.shown()) >= n, f"notification {n}")
        return self.shown()[n - 1]

    def emit(self, member, signature, *arguments):
        variants = [GLib.Variant(s, a) for s, a in zip(signature, arguments)]
        self.bus.call(NAME, PATH, MOCK, "EmitSignal", GLib.Variant("(sssav)", (NAME, member, signature, variants)))

    def act(self, number, action):
        self.emit("ActionInvoked", "us", number, action)

    def close(self, sig=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(sig)
        self.process.wait()
        self.bus.connection.signal_unsubscribe(self.signal)


class SlowServer:
    """A notification server that answers Notify on command and releases its name to another server."""

    INTERFACE = """<node><interface name="org.freedesktop.Notifications">
        <method name="GetCapabilities"><arg type="as" direction="out"/></method>
        <method name="CloseNotification"><arg type="u" direction="in"/></method>
        <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
        <arg type="i" direction="in"/><arg type="u" direction="out"/></method></interface></node>"""

    def __init__(self, bus, mute=False):
        """`mute`: it does not even answer GetCapabilities."""
        self.mute = mute
        self.asked = 0
        self.waiting = []
        self.shown = []
        self.connection = bus.connect()
        register(self.connection, PATH, Gio.DBusNodeInfo.new_for_xml(self.INTERFACE).interfaces[0], self._on_call)
        # DBUS_NAME_FLAG_ALLOW_REPLACEMENT | DBUS_NAME_FLAG_REPLACE_EXISTING
        bus.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName", GLib.Variant("(su)", (NAME, 3)), self.connection)

    def _on_call(self, connection, sender, path, interface, method, parameters, invocation):
        if method == "GetCapabilities":
            self.asked += 1
            if not self.mute:
                invocation.return_value(GLib.Variant("(as)", (["body"],)))
        elif method == "CloseNotification":
            invocation.return_value(None)
        else:
            self.shown.append(Notification(parameters.unpack()))
            self.waiting.append(invocation)

    def answer(self, number):
        self.waiting.pop(0).return_value(GLib.Variant("(u)", (number,)))


class Agent:
    def __init__(self, environment, *options):
        self.process = subprocess.Popen([CLIENT, *options, "notify"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                        env=environment)
        self.lines = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line)

    def wait_line(self, text):
        wait_for(lambda: any(text in line for line in self.lines), f"a line with {text!r}, of {self.lines}")

    def end(self):
        self.process.terminate()
        status = self.process.wait(timeout=DEADLINE)
        self.reader.join()
        self.process.stderr.close()
        return status


class DesktopTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="sonycharge-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.bus = Bus(self.folder)
        self.addCleanup(self.bus.close)
        kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_") and k not in ("INVOCATION_ID", "DISPLAY", "WAYLAND_DISPLAY")}
        self.environment = {**kept, "SONYCHARGE_BUS": self.bus.address, "DBUS_SESSION_BUS_ADDRESS": self.bus.address,
                            "DBUS_SYSTEM_BUS_ADDRESS": self.bus.address, "HOME": self.folder, "XDG_RUNTIME_DIR": self.folder,
                            "LC_ALL": "C.UTF-8"}
        self.server = self.agent = self.double = None

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb" if isinstance(text, bytes) else "w") as f:
            f.write(text)
        os.chmod(path, mode)
        return path

    def start_server(self, *arguments):
        self.server = Server(self.bus, self.environment, *arguments)
        self.addCleanup(self.server.close)

    def start_double(self, *commands):
        self.double = Double(self.bus.address, *commands)
        self.addCleanup(self.double.close)

    def start_agent(self, *options):
        self.agent = Agent(self.environment, *options)
        self.addCleanup(self.agent.end)
        self.agent.wait_line("of headsets in this session")

    def start(self, *arguments):
        self.start_server(*arguments)
        self.start_double()
        self.start_agent()

    def path(self, id):
        return "/org/sonycharge1/headset/" + id

    def plug_command(self, device="1-2.3", id="wh_1000xm4_3f2a1c", **more):
        return {"add": self.path(id), "interface": "Headset", "properties": properties(headset(id=id, device=device, **more))}

    def plug(self, **more):
        command = self.plug_command(**more)
        self.double.tell(**command)
        return command["add"]

    def plug_well(self, device="1-1", id="wf_c500_aabbcc", model="WF-C500", **more):
        h = headset(id=id, device=device, model=model, verdict="ok", findings=[], **more)
        h["path"] = [{"kind": "controller", "name": None, "sysname": "0000:00:14.0"},
                     {"kind": "port", "name": None, "sysname": "usb1-port" + device[2:], "id": "usb1_port" + device[2:]}, h["path"][-1]]
        self.double.tell(add=self.path(id), interface="Headset", properties=properties(h))
        return self.path(id)

    def unknown(self, id="usb1_port3", state="failed", **more):
        f = finding(**{"code": "enumeration-failed", "subject": "usb1-port3", "segment": "link", "cause": "The computer could not find out what it is.",
                       "action": "Plug it in again.", **more})
        self.double.tell(add="/org/sonycharge1/port/" + id, interface="Port",
                         properties={"Id": id, "Name": "usb1-port3", "State": state, "Verdict": "slow", "Findings": [f]})
        return "/org/sonycharge1/port/" + id

    def change(self, path, **changes):
        self.double.tell(set=path, properties=properties(changes))

    def remove(self, path):
        self.double.tell(remove=path)


def main():
    """Runs the test classes at the same time, because they mostly wait. With arguments it is unittest.main()."""
    if not os.access(CLIENT, os.X_OK):
        sys.exit(f"{CLIENT}: not built")
    if len(sys.argv) > 1:
        unittest.main()
    classes = [n for n, c in vars(sys.modules["__main__"]).items() if isinstance(c, type) and issubclass(c, DesktopTest) and c is not DesktopTest]
    running = [subprocess.Popen([sys.executable, "-B", sys.argv[0], name]) for name in classes]
    sys.exit(any([process.wait() != 0 for process in running]))
