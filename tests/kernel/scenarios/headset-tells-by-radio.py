# SPDX-License-Identifier: LGPL-2.1-or-later
"""A headset reports by radio whether it charges, over Fast Pair and Sony's protocol. Another link of the headset loses no data."""
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
# Channels of the services. SDP reports them.
CHANNELS = {"fast-pair": 9, "mdr": 15}
STREAM_CHANNEL = 20
FAST_PAIR, V2 = "df21fe2c", "956c7b26"


def script(t, level, state, generation="v2", more="care on 80\nsocket dry"):
    """Sets how the headset behaves from its next connection on."""
    t.guest.write(f"{FOLDER}/script", SCRIPT.format(level=level, state=state, generation=generation, more=more))


def serve(t):
    """Registers the two services of the headset. To be called before the computer asks for the list of services."""
    for protocol, channel in CHANNELS.items():
        t.guest.run(f"systemd-run -q --unit=headset-{protocol} {EMULATOR} {FOLDER}/script --protocol={protocol} --bluez={channel} "
                    f"--log={FOLDER}/{protocol}.log")
    for protocol in CHANNELS:
        t.guest_until(f"journalctl -q -o cat -u headset-{protocol} | grep -q ready")


def log(t, protocol):
    return t.guest.out(f"cat {FOLDER}/{protocol}.log").splitlines()


def only_reads(t):
    """Checks that nothing was written to the message stream, only the allowed requests to the other channel, and that both are closed."""
    for protocol in CHANNELS:
        t.guest_until(f"[ $(grep -c '^# open' {FOLDER}/{protocol}.log) = $(grep -c '^# closed' {FOLDER}/{protocol}.log) ]")
        marks = {line[0] for line in log(t, protocol)}
        t.expect(marks <= ({"#", ">"} if protocol == "fast-pair" else {"#", ">", "<"}), True, f"{protocol}: {marks}")


def headset(t, fits, what):
    """Waits until there is one headset that matches. Returns it."""
    def one(status):
        return status["headsets"][0] if len(status["headsets"]) == 1 else None

    status = until(t.status, lambda s: one(s) and fits(one(s)), 60)
    t.expect(bool(one(status) and fits(one(status))), True, f"{what}: {json.dumps(status['headsets'])}")
    return one(status)


def told(h, source, state, level):
    return (h["charging"]["source"], h["charging"]["state"], h["charging"]["level"]) == (source, state, level)


def ask(t):
    """Asks the headset as a user who has allowed this."""
    t.guest.run("sonychargectl status --ask-headset", check=False)


def run(t):
    radio = Radio(t)
    t.guest.run(f"mkdir {FOLDER}")
    # Both sides use the same bluetoothd, which would report the model to both. So only the name shows that this is a headset.
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
        # Fast Pair is read without a request, because the headset has connected.
        h = headset(t, lambda h: told(h, "fast-pair", "no", 61), "by Fast Pair")
        t.expect((h["seen_by"], h["firmware"]["version"]), (["bluetooth"], "99.0.0"), "headset")
        t.expect([line for line in log(t, "mdr") if line[0] == "<"], [], "asked without leave")
        # Sony's protocol is read only on request.
        ask(t)
        h = headset(t, lambda h: told(h, "mdr", "no", 61), "by Sony's protocol")
        t.expect((h["reading"]["battery_care_level"], h["reading"]["socket_wet"]), (80, False), "care and socket")
        only_reads(t)

        # This headset lists the newer service and answers like an old one. The next question would switch it off.
        script(t, 60, "charging", generation="v1", more="")
        # The headset is asked at most every ten seconds.
        time.sleep(11)
        ask(t)
        headset(t, lambda h: told(h, "mdr", "yes", 60), "first generation")
        only_reads(t)

        # The headset is plugged in: now the path and its own report belong to one headset.
        script(t, 60, "not-charging")
    bus = t.gadget(name="WH-1000XM6", product="0f8a")
    t.sysfs(f"{bus}-1", "bConfigurationValue", "1")
    if t.with_project:
        h = headset(t, lambda h: "takes-no-power" in [f["code"] for f in h["findings"]], "takes no power")
        t.expect(sorted(h["seen_by"]), ["bluetooth", "usb"], "one headset")
        t.expected |= {f["code"] for f in h["findings"]}
        only_reads(t)

    # Meanwhile the other link has lost no data.
    t.guest.run("systemctl stop stream", check=False)
    result = json.loads(t.guest.out("journalctl -q -o cat -u stream | grep '^{'"))
    t.expect((result["there"], result["back"], result["wrong"]), (result["sent"], result["sent"], 0), f"the other link: {result}")
    t.expect(result["sent"] > 500, True, f"the other link was busy: {result}")
    t.expect(radio.address(HEADSET) in json.dumps(t.status()) if t.with_project else False, False, "the address is told")
