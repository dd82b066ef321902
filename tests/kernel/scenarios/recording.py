# SPDX-License-Identifier: LGPL-2.1-or-later
"""A recording of live events gives the same findings when it is replayed."""
import json

from harness import contract

SAME = ("code", "segment", "severity", "confidence", "subject")

REPLAY = """dbus-run-session -- sh -c '
    export SONYCHARGE_BUS=session
    /usr/libexec/sonycharged --replay /root/plug.jsonl 2> /run/replay.log & daemon=$!
    i=0
    until sonychargectl status --json > /run/replayed.json || [ $? -ne 5 ]; do
        i=$((i+1)); [ $i -lt 100 ] || break; sleep 0.2
    done
    kill $daemon'
cat /run/replayed.json"""


def told(status):
    things = status["headsets"] + status["unidentified"]
    return [(thing["verdict"], [[f[key] for key in SAME] for f in thing["findings"]]) for thing in things]


def run(t):
    if t.with_project:
        t.guest.run("systemd-run -q --unit=recorder sonychargectl record /root/plug.jsonl")
        t.guest_until("test -s /root/plug.jsonl")
    t.hub("1")
    t.plug("1.2", serial="SECRET0123456789")
    t.device("2", commands=["fault device-descriptor io-error"]).plug()
    t.kernel(r"usb usb1-port2: unable to enumerate USB device")
    t.headset("1-1.2", verdict="ok", findings=["hub-in-path"])
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
    if not t.with_project:
        return
    live = t.status()
    t.guest.run("systemctl kill --signal=INT recorder")
    t.guest_until("! systemctl is-active -q recorder")
    recording = t.guest.out("cat /root/plug.jsonl")
    for line in recording.splitlines():
        json.loads(line)
    t.private(recording, "the recording")
    replayed = contract.check_status(t.guest.run(REPLAY, timeout=120).out)
    t.expect(told(replayed), told(live), "what the replay tells")
