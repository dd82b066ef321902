#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A test double of org.freedesktop.portal.Inhibit: prints "inhibit FLAGS" and "close". With --refuse it has no backend."""

import sys

from gi.repository import Gio, GLib

XML = """<node><interface name="org.freedesktop.portal.Inhibit"><method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/>
         <arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method></interface>
         <interface name="org.freedesktop.portal.Request"><method name="Close"/></interface></node>"""
PATH = "/org/freedesktop/portal/desktop"


def on_call(_bus, _sender, _path, _interface, method, parameters, invocation):
    if method == "Inhibit" and "--refuse" in sys.argv:
        invocation.return_dbus_error("org.freedesktop.DBus.Error.UnknownMethod", "no backend")
    elif method == "Inhibit":
        print("inhibit", parameters.unpack()[1], flush=True)
        invocation.return_value(GLib.Variant("(o)", (PATH + "/request/1",)))
    else:
        print("close", flush=True)
        invocation.return_value(None)


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
node = Gio.DBusNodeInfo.new_for_xml(XML)
bus.register_object(PATH, node.interfaces[0], on_call, None, None)
bus.register_object(PATH + "/request/1", node.interfaces[1], on_call, None, None)
Gio.bus_own_name_on_connection(bus, "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE, lambda *_: print("ready", flush=True), None)
GLib.MainLoop().run()
