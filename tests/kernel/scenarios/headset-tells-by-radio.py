# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset says by radio whether it charges, by Fast Pair and by Sony's protocol, while another link of it loses nothing."""
import json
import time

from harness.radio import COMPUTER, HEADSET, Radio
from harness.wait import until

EMULATOR = "/usr/local/libexec/kernel-tests-headset-emulator"
STREAM = "/usr/local/libexec/kernel-tests-rfcomm-stream"
FOLDER = "/run/headset"
SCRIPT = """name WH-1000XM6
firmware 99.0.0
fast-pair
threshold
generation {generation}
battery whole {level} {state}
{more}
"""
# The channels of its services; SDP tells them.
CHANNELS = {"fast-pair": 9, "mdr": 15}
STREAM_CHANNEL = 20
FAST_PAIR, V2 = "df21fe2c", "956c7b26"


def script(t, level, state, generation="v2", more="care on 80\nsocket dry"):
    """What the headset is from its next connection on."""
    t.guest.write(f"{FOLDER}/script", SCRIPT.format(level=level, state=state, generation=generation, more=more))


def serve(t):
    """The headset's two services, before anybody asks for the list of them."""
    for protocol, channel in CHANNELS.items():
        t.guest.run(f"systemd-run -q --unit=headset-{protocol} {EMULATOR} {FOLDER}/script --protocol={protocol} --bluez={channel} "
                    f"--log={FOLDER}/{protocol}.log")
    for protocol in CHANNELS:
        t.guest_until(f"journalctl -q -o cat -u headset-{protocol} | grep -q ready")


def log(t, protocol):
    return t.guest.out(f"cat {FOLDER}/{protocol}.log").splitlines()


def only_reads(t):
    """Nothing was written to the message stream, nothing to the other channel but what may be, and both are closed."""
    for protocol in CHANNELS:
        t.guest_until(f"[ $(grep -c '^# open' {FOLDER}/{protocol}.log) = $(grep -c '^# closed' {FOLDER}/{protocol}.log) ]")
        marks = {line[0] for line in log(t, protocol)}
        t.expect(marks <= ({"#", ">"} if protocol == "fast-pair" else {"#", ">", "<"}), True, f"{protocol}: {marks}")


def headset(t, fits, what):
    """Waits until the one headset fits; returns it."""
    def one(status):
        return status["headsets"][0] if len(status["headsets"]) == 1 else None

    status = until(t.status, lambda s: one(s) and fits(one(s)), 60)
    t.expect(bool(one(status) and fits(one(status))), True, f"{what}: {json.dumps(status['headsets'])}")
    return one(status)


def told(h, source, state, level):
    return (h["charging"]["source"], h["charging"]["state"], h["charging"]["level"]) == (source, state, level)


def ask(t):
    """As a user who gives leave for it."""
    t.guest.run("sonychargectl status --ask-headset", check=False)


def run(t):
    radio = Radio(t)
    t.guest.run(f"mkdir {FOLDER}")
    # Both sides are the same bluetoothd, which would tell its model to either one. So the name alone says that this is a headset.
    radio.start("WH-1000XM6", "false")
    script(t, 61, "not-charging")
    serve(t)
    device = radio.headset()
    radio.pair("Alias", "WH-1000XM6")
    for uuid in (FAST_PAIR, V2):
        radio.until_property(device, "Device1", "UUIDs", uuid)
    t.guest.run(f"systemd-run -q --unit=stream {STREAM} {radio.address(COMPUTER)} {radio.address(HEADSET)} {STREAM_CHANNEL}")
    t.guest_until("journalctl -q -o cat -u stream | grep -q ready")

    t.expected.add("not-visible")
    if t.with_project:
        # Fast Pair is read without being asked for, because the headset has connected.
        h = headset(t, lambda h: told(h, "fast-pair", "no", 61), "by Fast Pair")
        t.expect((h["seen_by"], h["firmware"]["version"]), (["bluetooth"], "99.0.0"), "headset")
        t.expect([line for line in log(t, "mdr") if line[0] == "<"], [], "asked without leave")
        # Sony's protocol only when somebody asks.
        ask(t)
        h = headset(t, lambda h: told(h, "mdr", "no", 61), "by Sony's protocol")
        t.expect((h["reading"]["battery_care_level"], h["reading"]["socket_wet"]), (80, False), "care and socket")
        only_reads(t)

        # A headset that lists the newer service and answers as an old one: its next question would switch it off.
        script(t, 60, "charging", generation="v1", more="")
        # It is asked at most every ten seconds.
        time.sleep(11)
        ask(t)
        headset(t, lambda h: told(h, "mdr", "yes", 60), "first generation")
        only_reads(t)

        # It is plugged in: now the path and its own word are joined.
        script(t, 60, "not-charging")
    bus = t.gadget(name="WH-1000XM6", product="0f8a")
    t.sysfs(f"{bus}-1", "bConfigurationValue", "1")
    if t.with_project:
        h = headset(t, lambda h: "takes-no-power" in [f["code"] for f in h["findings"]], "takes no power")
        t.expect(sorted(h["seen_by"]), ["bluetooth", "usb"], "one headset")
        t.expected |= {f["code"] for f in h["findings"]}
        only_reads(t)

    # Nothing of the other link was lost meanwhile.
    t.guest.run("systemctl stop stream", check=False)
    result = json.loads(t.guest.out("journalctl -q -o cat -u stream | grep '^{'"))
    t.expect((result["there"], result["back"], result["wrong"]), (result["sent"], result["sent"], 0), f"the other link: {result}")
    t.expect(result["sent"] > 500, True, f"the other link was busy: {result}")
    t.expect(radio.address(HEADSET) in json.dumps(t.status()) if t.with_project else False, False, "the address is told")
