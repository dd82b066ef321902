# SPDX-License-Identifier: LGPL-2.1-or-later
"""The receiver of wireless earbuds: the service may open its node and no other, asks for the battery, and does not wait for an answer."""

from harness.wait import Failure, until

# The HID collection that an INZONE Buds receiver answers on. The gadget answers every request with the content of a file.
REPORT = bytes.fromhex("0604ff0901a101150026ff0085027508953f0902810209039102c0")
DEVICE = r"""
open(F, "+<", "/dev/hidg0") or die; binmode(F);
sub frame { my ($what, $how, $tid, $payload) = @_; my $n = length($payload);
    my $f = pack("C3 C2 x C2 C3 v a*", 2, 12 + $n, 4, 255, 8 + $n, 0x96, 0xc3, 0x14, $what, $how, $tid, $payload);
    my $sum = 0; $sum += $_ for unpack("x6 C*", $f); return pack("a64", $f . pack("C", $sum & 255)); }
syswrite(F, frame(1, 0xa0, 1, "\x01\x01"));
while (sysread(F, my $q, 64)) { open(P, "<", "/run/answer"); my $a = <P>; close(P); chomp($a);
    syswrite(F, frame(4, 0x10, unpack("x11 v", $q), pack("H*", $a))) if $a; }
"""


def until_told(t, accept):
    """Waits until the headset of the receiver matches. Returns it."""
    def ask():
        return next((h for h in t.status()["headsets"] if h["model"] == "INZONE Buds"), {"battery": None})

    headset = until(ask, lambda h: h["battery"] and accept(h["battery"]["parts"]), 60)
    if not headset["battery"]:
        raise Failure("the headset of the receiver is not told of")
    return headset


def run(t):
    t.guest.write("/run/device.pl", DEVICE)
    t.guest.write("/run/answer", "002a0063ff64\n")
    bus = t.gadget(name="INZONE Buds", product="0ec2", report=REPORT, length=64)
    t.kernel(rf"usb {bus}-1: New USB device found, idVendor=054c, idProduct=0ec2")
    t.plug("1")
    t.guest_until("test -c /dev/hidg0 && test $(ls /dev/hidraw* | wc -l) = 2")
    if not t.with_project:
        return
    # The receiver does not answer yet. This is no fault, and the daemon does not wait.
    t.headset("1-1", verdict="ok", findings=[])
    nodes = 'for n in /sys/class/hidraw/*; do echo "$(basename $(readlink -f $n/device) | cut -d: -f3 | cut -d. -f1) $(stat -c "%G %a" /dev/$(basename $n))"; done | sort'
    t.expect(t.guest.out(nodes).split("\n"), ["0BB5 root 600", "0EC2 sonycharge 660"], "who may use the nodes")
    t.guest.run("systemd-run -q --unit=receiver perl /run/device.pl")
    t.expected.add("not-visible")  # the earbuds themselves
    headset = until_told(t, lambda parts: True)
    parts = {p["part"]: (p["level"], p["charging"]) for p in headset["battery"]["parts"]}
    t.expect(parts, {"right": (42, "no"), "left": (99, "no"), "case": (100, "unknown")}, "the battery")
    t.expect((headset["charging"]["state"], headset["charging"]["source"]), ("no", "hid"), "the claim")
    # A plug makes the daemon ask again.
    t.guest.write("/run/answer", "012b0163ff64\n")
    t.plug("2", model="WH-1000XM4", product="0d58")
    headset = until_told(t, lambda parts: any(p["level"] == 43 for p in parts))
    t.expect(headset["charging"]["state"], "yes", "what the plug changed")
    t.guest.run("systemctl stop receiver.service")
    t.gadget_pull()
    t.kernel(rf"usb {bus}-1: USB disconnect")

