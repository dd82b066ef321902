#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A test double of sonycharged. It serves fixed JSON, and changes its objects by commands on stdin.

One JSON object per line: {"status": "..."} and {"ports": "..."} set the texts of GetStatus and GetPorts (any text, also
hostile), {"history": "..."} that of GetHistory and GetLast, {"add": PATH, "interface": "Headset", "properties": {...}},
{"set": PATH, "properties": {...}}, {"remove": PATH}, {"record": ERROR-NAME}, {"hold": true}: GetStatus is not answered until
{"hold": false}, {"host": FINDINGS} sets those of the Manager, {"models": {NAME: FACTS}}, {"after_tell": TEXT}: the status from the next Tell on, {"tell_error": NAME}.
Such lines as arguments are obeyed before it owns the name. Prints "ready" once it owns the name and after every line.
"""

import json
import os
import sys

import dbus
import dbus.bus
import dbus.lowlevel
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

ROOT = "/org/sonycharge1"
INTERFACE = "org.sonycharge1."
texts = {"GetStatus": "{}", "GetPorts": "{}", "GetHistory": "{}"}
objects = {}
record_error = None
held = None  # a list of answers that are held back
host_findings = None  # None: as of a daemon that does not know this property
models = {}
after_tell = None
told = []
tell_error = None


def key_of(name):
    """Converts a name: DeclaredMa to declared_ma, as in the status object."""
    return "".join("_" + c.lower() if c.isupper() and i else c.lower() for i, c in enumerate(name))


def objects_of(interface):
    """Returns an added object in the form of the status object. Empty values become null."""
    return [{key_of(k): None if v == "" else v for k, v in properties.items()} for i, properties in objects.values() if i == INTERFACE + interface]


def status_text():
    """Returns the fixed status with the objects that were added. A text that is no JSON is returned unchanged."""
    try:
        status = json.loads(texts["GetStatus"])
        for headset in objects_of("Headset"):
            if headset.get("id") not in [h["id"] for h in status.setdefault("headsets", [])]:
                status["headsets"].append(headset)
        for port in objects_of("Port"):
            if port.get("state") in ("failed", "unstable", "over-current", "off", "partner"):
                status.setdefault("unidentified", []).append({"port": port["id"], **port})
        if host_findings is not None:
            status.setdefault("host", {})["findings"] = host_findings
        return json.dumps(status)
    except (ValueError, AttributeError):
        return texts["GetStatus"]


def ports_text():
    try:
        ports = json.loads(texts["GetPorts"])
        added = [{"sysname": p.pop("name", None), **p} for p in objects_of("Port")]
        return json.dumps({**ports, "hubs": ports.get("hubs", []) + ([{"sysname": "usb1", "ports": added}] if added else [])})
    except (ValueError, AttributeError, TypeError):
        return texts["GetPorts"]


def value_of(key, value):
    """Converts JSON to D-Bus, with the types of docs/api.md."""
    if isinstance(value, str):
        return dbus.String(value, variant_level=1)
    if isinstance(value, bool):
        return dbus.Boolean(value, variant_level=1)
    if isinstance(value, int):
        return (dbus.UInt32 if key.endswith("Ma") else dbus.UInt64)(value, variant_level=1)
    if isinstance(value, dict):
        return dbus.Dictionary({k: value_of(k, v) for k, v in value.items() if v is not None}, signature="sv", variant_level=1)
    if key in ("SeenBy", "Degraded"):
        return dbus.Array(value, signature="s", variant_level=1)
    return dbus.Array([dbus.Dictionary({k: value_of(k, v) for k, v in d.items() if v is not None}, signature="sv") for d in value],
                      signature="a{sv}", variant_level=1)


def properties_of(given):
    return dbus.Dictionary({k: value_of(k, v) for k, v in given.items()}, signature="sv")


class Manager(dbus.service.Object):
    @dbus.service.method(INTERFACE + "Manager", out_signature="s", async_callbacks=("answer", "fail"))
    def GetStatus(self, answer, fail):
        if held is None:
            answer(status_text())
        else:
            held.append(answer)

    @dbus.service.method(INTERFACE + "Manager", out_signature="s")
    def GetPorts(self):
        return ports_text()

    @dbus.service.method(INTERFACE + "Manager", in_signature="s", out_signature="s")
    def GetDevice(self, name):
        for headset in json.loads(texts["GetStatus"]).get("devices", []):
            if headset["path"][-1]["sysname"] == name:
                return json.dumps(headset)
        raise dbus.DBusException("There is no such device.", name=INTERFACE + "Error.NoSuchHeadset")

    @dbus.service.method(INTERFACE + "Manager", in_signature="a{sv}", out_signature="s")
    def GetHistory(self, filter):
        return texts["GetHistory"]

    @dbus.service.method(INTERFACE + "Manager", in_signature="s", out_signature="s")
    def GetLast(self, headset):
        return texts["GetHistory"]

    @dbus.service.method(INTERFACE + "Manager", in_signature="s", out_signature="s")
    def GetModel(self, name):
        for model, facts in models.items():
            if model.lower() == name.lower():
                return json.dumps({"api_version": "1.0", "model": {"model": model, **facts}})
        raise dbus.DBusException("There is no such model.", name=INTERFACE + "Error.NoSuchHeadset")

    @dbus.service.method(INTERFACE + "Manager", in_signature="sa{ss}")
    def Tell(self, headset, answers):
        if tell_error:
            raise dbus.DBusException("not\x1b[31m taken", name=tell_error)
        told.append([str(headset), {str(k): str(v) for k, v in answers.items()}])
        if after_tell:
            texts["GetStatus"] = after_tell

    @dbus.service.method("org.sonycharge1.Test", out_signature="s")
    def Told(self):
        return json.dumps(told)

    @dbus.service.method(INTERFACE + "Manager", in_signature="ha{sv}")
    def Record(self, fd, options):
        if record_error:
            raise dbus.DBusException("refused\x1b[31m", name=record_error)
        os.write(fd.take(), json.dumps({"sonycharge_recording": 1, "options": {k: bool(v) for k, v in options.items()}}).encode())

    @dbus.service.signal("org.freedesktop.DBus.ObjectManager", signature="oa{sa{sv}}")
    def InterfacesAdded(self, path, interfaces):
        pass

    @dbus.service.signal("org.freedesktop.DBus.ObjectManager", signature="oas")
    def InterfacesRemoved(self, path, interfaces):
        pass


def emit_changed(bus, path, interface, changed):
    message = dbus.lowlevel.SignalMessage(path, "org.freedesktop.DBus.Properties", "PropertiesChanged")
    message.append(interface, properties_of(changed), dbus.Array([], signature="s"), signature="sa{sv}as")
    bus.send_message(message)


def obey(manager, bus, command):
    global record_error, held, after_tell, tell_error, host_findings
    if "hold" in command:
        for answer in held or []:
            answer(status_text())
        held = [] if command["hold"] else None
    if "status" in command:
        texts["GetStatus"] = command["status"]
    if "ports" in command:
        texts["GetPorts"] = command["ports"]
    if "history" in command:
        texts["GetHistory"] = command["history"]
    if "record" in command:
        record_error = command["record"]
    if "host" in command:
        host_findings = command["host"]
        emit_changed(bus, ROOT, INTERFACE + "Manager", {"Findings": host_findings})
    models.update(command.get("models", {}))
    after_tell = command.get("after_tell", after_tell)
    tell_error = command.get("tell_error", tell_error)
    if "add" in command:
        interface = INTERFACE + command["interface"]
        objects[command["add"]] = (interface, dict(command["properties"]))
        manager.InterfacesAdded(command["add"], {interface: properties_of(command["properties"])})
    if "set" in command:
        interface, properties = objects[command["set"]]
        properties.update(command["properties"])
        emit_changed(bus, command["set"], interface, command["properties"])
    if "remove" in command:
        interface, _ = objects.pop(command["remove"])
        manager.InterfacesRemoved(command["remove"], [interface])


def main():
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.bus.BusConnection(sys.argv[1])
    manager = Manager(bus, ROOT)
    loop = GLib.MainLoop()

    def on_line(stream, condition):
        line = stream.readline()
        if not line:
            loop.quit()
            return False
        obey(manager, bus, json.loads(line))
        bus.flush()
        print("ready", flush=True)
        return True

    for line in sys.argv[2:]:
        obey(manager, bus, json.loads(line))
    bus.request_name("org.sonycharge1", dbus.bus.NAME_FLAG_DO_NOT_QUEUE)
    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
    print("ready", flush=True)
    loop.run()


main()
