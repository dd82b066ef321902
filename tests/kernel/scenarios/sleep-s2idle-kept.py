# SPDX-License-Identifier: LGPL-2.1-or-later
"""The computer sleeps (s2idle) and its USB ports keep power: the length of the sleep is reported, and that no loss of power was seen."""
import re
import time

# The clocks of the emulated machine do not stop in s2idle. So a sleep is recognised only when it is longer than
# entering and leaving sleep could take, which is half a minute.
SECONDS = 32


def run(t):
    device = t.device("1", bus=t.machine.add_ehci(), commands=["speed high"])
    t.guest_until("ls /sys/bus/pci/drivers/ehci-pci/*/usb*/busnum")
    bus = t.guest.out("cat /sys/bus/pci/drivers/ehci-pci/*/usb*/busnum")
    device.plug()
    t.sysfs(f"{bus}-1", "bConfigurationValue", "1")
    t.headset(f"{bus}-1", verdict="ok", findings=[])
    t.sleep_to_idle(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(s2idle\)")
    t.expect(re.findall(rf"usb usb{bus}: root hub lost power.*|usb {bus}-1: (?:reset|USB disconnect).*", t.kernel_log()), [],
             "what the kernel lost")
    headset = t.headset(f"{bus}-1", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "s2idle", "no loss seen", SECONDS - 1)
