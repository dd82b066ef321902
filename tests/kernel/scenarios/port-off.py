"""The port that a headset is on is switched off in software, and on again."""


def run(t):
    t.plug("1")
    t.headset("1-1", verdict="ok", findings=[])
    switch = "/sys/bus/usb/devices/usb1/1-0:1.0/usb1-port1/disable"
    t.guest.write(switch, "1")
    t.kernel(r"usb 1-1: USB disconnect")
    t.unidentified("usb1_port1", state="off", verdict="blocked", findings=["port-off"])
    t.guest.write(switch, "0")
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.headset("1-1", verdict="ok", findings=[])
    if t.with_project:
        t.expect(t.status()["unidentified"], [], "unidentified ports")
