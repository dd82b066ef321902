# SPDX-License-Identifier: LGPL-2.1-or-later
"""Type-C connectors of the mocked computer. umockdev creates the typec class as a bus; neither this
file nor the daemon depends on its folder."""

import os
import shutil

SOURCE = {"power_role": "[source] sink", "data_role": "[host] device", "power_operation_mode": "default"}
IDLE = {"power_role": "source [sink]", "data_role": "host [device]", "power_operation_mode": "default"}


class Connector:
    def __init__(self, pc, number=0, usb=None, pdos=None, **attributes):
        self.pc, self.bed, self.number = pc, pc.bed, number
        self.name = "port%d" % number
        if "USBC000:00" not in pc.paths:
            pc.paths["USBC000:00"] = self._add("P: /devices/platform/USBC000:00\nE: SUBSYSTEM=platform\n", "/sys/devices/platform/USBC000:00")
        attributes = {**IDLE, **attributes}
        for place, (voltage, current) in enumerate(pdos or [], 1):
            path = "usb_power_delivery/source-capabilities/%d:fixed_supply/" % place
            attributes.update({path + "voltage": "%dmV" % voltage, path + "maximum_current": "%dmA" % current})
        self.path = self._part("USBC000:00", self.name, "typec_port", attributes)
        if usb:
            hub, n = usb
            link = "%s/%s/connector" % (pc.root(), pc.port_path(hub, n))
            if os.path.lexists(link):
                os.unlink(link)
            self.bed.set_attribute_link(pc.paths[pc.interface_name(hub)], "%s-port%d/connector" % (hub, n), "../../../" + self.name)

    def _add(self, text, path):
        if not self.bed.add_from_string(text):
            raise AssertionError("umockdev refuses " + path)
        return path

    def _part(self, parent, name, devtype, attributes):
        path = self.pc.paths[parent] + "/" + name
        lines = ["P: " + path[len("/sys"):], "E: SUBSYSTEM=typec", "E: DEVTYPE=" + devtype]
        lines += ["A: %s=%s" % a for a in attributes.items()]
        self.pc.paths[name] = self._add("\n".join(lines) + "\n", path)
        return path

    def set(self, **attributes):
        for key, value in attributes.items():
            self.bed.set_attribute(self.path, key, value)
        self.bed.uevent(self.path, "change")

    def attach(self, pd="no", identity=None, mode="default", **more):
        """Plugs in a partner that this port supplies."""
        self.set(**{**SOURCE, "power_operation_mode": mode})
        attributes = {"supports_usb_power_delivery": pd, "accessory_mode": "none", "number_of_alternate_modes": "0", **more}
        attributes.update({"identity/" + k: v for k, v in (identity or {}).items()})
        self._part(self.name, self.name + "-partner", "typec_partner", attributes)

    def cable(self, **identity):
        self._part(self.name, self.name + "-cable", "typec_cable",
                   {"type": "passive", "plug_type": "type-c", **{"identity/" + k: v for k, v in identity.items()}})

    def _remove(self, name):
        path = self.pc.paths.pop(name)
        self.bed.uevent(path, "remove")
        self.bed.remove_device(path)
        shutil.rmtree(self.pc.root() + path, ignore_errors=True)
        for folder in ("bus/typec/devices", "class/typec"):
            link = "%s/sys/%s/%s" % (self.pc.root(), folder, name)
            if os.path.lexists(link):
                os.unlink(link)

    def detach(self):
        for part in ("-cable", "-partner"):
            if self.name + part in self.pc.paths:
                self._remove(self.name + part)
        self.set(**IDLE)

    def supply(self, status, online):
        """The connector's power supply, which describes the computer as a sink. Since 6.19 it has a status: "Discharging" when
        the connector feeds its partner. It is read with the connector."""
        name = "ucsi-source-psy-USBC000:00%d" % (self.number + 1)
        if name not in self.pc.paths:
            path = "%s/power_supply/%s" % (self.pc.paths["USBC000:00"], name)
            self.pc.paths[name] = self._add("P: %s\nE: SUBSYSTEM=power_supply\nA: online=%s\nA: status=%s\n" %
                                            (path[len("/sys"):], online, status), path)
        self.pc.write(name, "online", online)
        self.pc.write(name, "status", status)
        self.set()

    def remove(self):
        self._remove(self.name)
