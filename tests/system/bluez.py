# SPDX-License-Identifier: LGPL-2.1-or-later
"""
Doubles of BlueZ and UPower on the private bus. They say whatever a test wants, also what the real ones never would; the scenarios
with python-dbusmock's templates say what those do.
"""

import importlib.machinery
import importlib.util
import os
import socket
import subprocess
import threading

from bus_object import register
from gi.repository import Gio, GLib

NAME = "org.bluez"
DEVICE = "org.bluez.Device1"
BATTERY = "org.bluez.Battery1"
ADAPTER = "org.bluez.Adapter1"
OBJECTS = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
UPOWER = "org.freedesktop.UPower"
UPOWER_PATH = "/org/freedesktop/UPower"
UPOWER_DEVICE = UPOWER + ".Device"

MANAGER_XML = """<node><interface name="%s"><method name="GetManagedObjects"><arg type="a{oa{sa{sv}}}" direction="out"/></method></interface>
<interface name="%s"><method name="GetAll"><arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method></interface></node>
""" % (OBJECTS, PROPERTIES)
PROFILES_XML = """<node><interface name="org.bluez.ProfileManager1">
<method name="RegisterProfile"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/></method>
<method name="UnregisterProfile"><arg type="o" direction="in"/></method></interface></node>"""
CHANNEL_XML = """<node><interface name="%s"><method name="ConnectProfile"><arg type="s" direction="in"/></method></interface></node>""" % DEVICE
UPOWER_XML = """<node><interface name="%s"><method name="EnumerateDevices"><arg type="ao" direction="out"/></method></interface>
</node>""" % UPOWER

XM4 = "usb:v054Cp0D58d0301"
XM5 = "usb:v054Cp0DF0d0251"
ADDRESS = "AA:BB:CC:11:22:33"


TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def load_emulator():
    """tools/headset-emulator as a module."""
    path = os.path.join(TOP, "tools/headset-emulator")
    loader = importlib.machinery.SourceFileLoader("headset_emulator", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("headset_emulator", loader))
    loader.exec_module(module)
    return module


emulator = load_emulator()


def variant(value):
    """Converts a value to a variant. A number becomes a byte."""
    if isinstance(value, GLib.Variant):
        return value
    if isinstance(value, bool):
        return GLib.Variant("b", value)
    if isinstance(value, list):
        return GLib.Variant("as", value)
    return GLib.Variant("s", value) if isinstance(value, str) else GLib.Variant("y", value)


def dictionary(properties):
    return {k: variant(v) for k, v in properties.items()}


class Service:
    """A name on the bus with an answer to each method. It has a thread of its own, so that the test may wait for the daemon."""

    def __init__(self, bus, name):
        self.name = name
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        threading.Thread(target=self._run, daemon=True).start()
        self.connection = bus.connect()
        self.calls = []
        self.held = None  # a list: calls are stored in it and not answered

    def _run(self):
        self.context.push_thread_default()
        self.loop.run()

    def in_thread(self, function):
        """Calls the function in the thread that answers calls. Returns its result."""
        done, result = threading.Event(), []

        def call(*_):
            try:
                result.append(function())
            finally:
                done.set()
            return False

        source = GLib.Idle()
        source.set_callback(call)
        source.attach(self.context)
        done.wait()
        return result[0]

    def own(self):
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                  GLib.Variant("(su)", (self.name, 0)), None, 0, -1, None)
        return self

    def release(self):
        self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "ReleaseName",
                                  GLib.Variant("(s)", (self.name,)), None, 0, -1, None)

    def serve(self, path, xml):
        node = Gio.DBusNodeInfo.new_for_xml(xml)
        return self.in_thread(lambda: [register(self.connection, path, i, self._on_call) for i in node.interfaces])

    def _on_call(self, _connection, _sender, path, _interface, method, parameters, invocation):
        self.calls.append((path, method))
        if self.held is not None:
            self.held.append((path, method, parameters, invocation))
        else:
            self.answer(path, method, parameters, invocation)

    def release_held(self):
        held, self.held = self.held, None
        for call in held:
            self.answer(*call)

    def signal(self, path, interface, name, signature, *values):
        self.connection.emit_signal(None, path, interface, name, GLib.Variant(signature, values))
        self.connection.flush_sync(None)


class BlueZ(Service):
    def __init__(self, bus):
        super().__init__(bus, NAME)
        self.objects = {}
        self.registered = {}
        self.emulated = {}  # path: emulator.Script
        self.profiles = {}  # UUID: (sender, path)
        self.opened = []  # (UUID, the emulated headset) of each channel
        self.errors = []  # errors for the next calls of ConnectProfile; None: no answer
        self.taken = set()  # UUIDs that another program has registered
        self.serve("/", MANAGER_XML)
        self.serve("/org/bluez", PROFILES_XML)

    def emulate(self, text, **more):
        """Adds a headset that answers on its own channels. `text` is a script of tools/headset-emulator. Returns its path."""
        script = emulator.Script(text.splitlines())
        path = self.path(more.get("address", ADDRESS))
        self.emulated[path] = script
        new = path not in self.objects
        path = self.headset(name=script.name, modalias=script.modalias, UUIDs=script.uuids(), **more)
        if new:
            self.registered[path] += self.serve(path, CHANNEL_XML)
        return path

    def forbidden(self):
        """Returns the received messages that must never be sent to a headset."""
        return [f for _, headset in self.opened for f in headset.forbidden]

    def open_channel(self, path, uuid):
        """Passes a socket to the program that registered the UUID. The headset is at its other end."""
        ours, theirs = socket.socketpair()
        protocol = "fast-pair" if uuid == emulator.UUIDS["fast-pair"] else "mdr"
        headset = emulator.Headset(self.emulated[path], ours, protocol)
        sender, profile = self.profiles[uuid]
        fds = Gio.UnixFDList.new()
        fds.append(theirs.fileno())
        self.opened.append((uuid, headset))

        def told(connection, result):
            try:
                connection.call_with_unix_fd_list_finish(result)
            except GLib.Error:
                ours.close()
                return
            threading.Thread(target=headset.run, daemon=True).start()

        self.connection.call_with_unix_fd_list(sender, profile, "org.bluez.Profile1", "NewConnection", GLib.Variant("(oha{sv})", (path, 0, {})),
                                               None, 0, -1, fds, None, told)
        theirs.close()

    def on_profile(self, path, method, parameters, invocation):
        arguments = parameters.unpack()
        if method == "RegisterProfile":
            uuid = arguments[1].lower()
            if uuid in self.profiles or uuid in self.taken:
                invocation.return_dbus_error("org.bluez.Error.NotPermitted", "UUID already registered")
                return
            self.profiles[uuid] = (invocation.get_sender(), arguments[0])
        elif method == "UnregisterProfile":
            self.profiles = {u: p for u, p in self.profiles.items() if p != (invocation.get_sender(), arguments[0])}
        elif self.errors:
            error = self.errors.pop(0)
            if error:
                invocation.return_dbus_error(error, "br-connection-busy" if error.endswith("Failed") else "no")
            return
        else:
            self.open_channel(path, arguments[0].lower())
        invocation.return_value(None)

    def answer(self, path, method, parameters, invocation):
        if method in ("RegisterProfile", "UnregisterProfile", "ConnectProfile"):
            self.on_profile(path, method, parameters, invocation)
        elif method == "GetManagedObjects":
            told = {p: {i: dictionary(v) for i, v in o.items()} for p, o in self.objects.items()}
            invocation.return_value(GLib.Variant("(a{oa{sa{sv}}})", (told,)))
        else:
            properties = self.objects.get(path, {}).get(parameters.unpack()[0])
            if properties is None:
                invocation.return_dbus_error("org.freedesktop.DBus.Error.InvalidArgs", "no such interface")
            else:
                invocation.return_value(GLib.Variant("(a{sv})", (dictionary(properties),)))

    def add(self, path, **interfaces):
        """Adds an object, or interfaces of one. The keys are Device1, Battery1, ..."""
        interfaces = {"org.bluez." + k: v for k, v in interfaces.items()}
        if path not in self.objects:
            self.objects[path] = {}
            self.registered[path] = self.serve(path, MANAGER_XML)
        self.objects[path].update(interfaces)
        self.signal("/", OBJECTS, "InterfacesAdded", "(oa{sa{sv}})", path, {i: dictionary(v) for i, v in interfaces.items()})

    def adapter(self, name="hci0", powered=True, providers=True):
        interfaces = {"Adapter1": {"Powered": powered, "Address": "00:00:00:00:00:01"}}
        if providers:
            interfaces["BatteryProviderManager1"] = {}
        self.add("/org/bluez/" + name, **interfaces)

    @staticmethod
    def path(address=ADDRESS, adapter="hci0"):
        return "/org/bluez/%s/dev_%s" % (adapter, address.replace(":", "_"))

    def headset(self, address=ADDRESS, name="WH-1000XM4", modalias=XM4, paired=True, connected=True, level=None, adapter="hci0", **more):
        """Adds a device, with a battery when a level is given. Returns its path."""
        device = {"Address": address, "Name": name, "Alias": name, "Paired": paired, "Connected": connected,
                  "Adapter": GLib.Variant("o", "/org/bluez/" + adapter), **more}
        if modalias is not None:
            device["Modalias"] = modalias
        interfaces = {"Device1": device}
        if level is not None:
            interfaces["Battery1"] = {"Percentage": level}
        self.add(self.path(address, adapter), **interfaces)
        return self.path(address, adapter)

    def change(self, path, interface=DEVICE, **properties):
        self.objects[path].setdefault(interface, {}).update(properties)
        self.signal(path, PROPERTIES, "PropertiesChanged", "(sa{sv}as)", interface, dictionary(properties), [])

    def level(self, path, percent):
        if BATTERY in self.objects[path]:
            self.change(path, BATTERY, Percentage=percent)
        else:
            self.add(path, Battery1={"Percentage": percent})

    def remove(self, path, *interfaces):
        interfaces = ["org.bluez." + i for i in interfaces] or list(self.objects[path])
        for i in interfaces:
            self.objects[path].pop(i, None)
        if not self.objects[path]:
            del self.objects[path]
            for registration in self.registered.pop(path):
                self.connection.unregister_object(registration)
        self.signal("/", OBJECTS, "InterfacesRemoved", "(oas)", path, interfaces)

    def connect(self, path):
        self.change(path, Connected=True)

    def disconnect(self, path):
        if BATTERY in self.objects[path]:
            self.remove(path, "Battery1")
        self.change(path, Connected=False)


class UPower(Service):
    def __init__(self, bus):
        super().__init__(bus, UPOWER)
        self.devices = {}
        self.serve(UPOWER_PATH, UPOWER_XML)

    def answer(self, path, method, parameters, invocation):
        if method == "EnumerateDevices":
            invocation.return_value(GLib.Variant("(ao)", (list(self.devices),)))
        else:
            invocation.return_value(GLib.Variant("(a{sv})", (dictionary(self.devices[path]),)))

    def add(self, name, **properties):
        path = UPOWER_PATH + "/devices/" + name
        self.devices[path] = properties
        self.serve(path, MANAGER_XML)
        self.signal(UPOWER_PATH, UPOWER, "DeviceAdded", "(o)", path)
        return path

    def headset(self, address=ADDRESS, percentage=40.0, state=0, kind=17):
        return self.add("headset_dev_" + address.replace(":", "_"), NativePath=BlueZ.path(address), Serial=address, Type=GLib.Variant("u", kind),
                        State=GLib.Variant("u", state), Percentage=GLib.Variant("d", percentage))

    def change(self, path, **properties):
        self.devices[path].update(properties)
        self.signal(path, PROPERTIES, "PropertiesChanged", "(sa{sv}as)", UPOWER_DEVICE, dictionary(properties), [])

    def remove(self, path):
        del self.devices[path]
        self.signal(UPOWER_PATH, UPOWER, "DeviceRemoved", "(o)", path)


class Mock:
    """Runs a template of python-dbusmock in a process of its own."""

    def __init__(self, bus, template, name, path):
        self.process = subprocess.Popen(["/usr/bin/python3", "-m", "dbusmock", "--system", "--template", template], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env={"DBUS_SYSTEM_BUS_ADDRESS": bus.address, "PATH": "/usr/bin:/bin"})
        self.connection = bus.connect()
        self.name, self.path = name, path

    def is_there(self):
        return self.connection.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                                         GLib.Variant("(s)", (self.name,)), None, 0, -1, None).unpack()[0]

    def call(self, interface, method, parameters, path=None):
        return self.connection.call_sync(self.name, path or self.path, interface, method, parameters, None, 0, 10000, None)

    def update(self, path, interface, **properties):
        self.call("org.freedesktop.DBus.Mock", "UpdateProperties", GLib.Variant("(sa{sv})", (interface, dictionary(properties))), path)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()
