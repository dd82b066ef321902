# SPDX-License-Identifier: LGPL-2.1-or-later
"""A complete check by the doctor: the headset is moved from a bus-powered hub to the computer."""
import json

from harness.wait import until


def lines(t):
    return [json.loads(line) for line in t.guest.out("cat /run/doctor.out").splitlines()]


def say(t, **answer):
    t.guest.run(f"echo '{json.dumps(answer)}' >/run/doctor.in")


def hear(t, step):
    """Returns the lines up to the step that is asked for, or to the end."""
    return until(lambda: lines(t), lambda said: any(step in (o.get("step"), o["type"]) for o in said), 60)


def run(t):
    t.hub("1", bus_powered=True)
    device = t.plug("1.2", product="0cd3", model="WH-1000XM3", power=100)
    if not t.with_project:
        return
    t.headset("1-1.2", verdict="slow", findings=["hub-bus-powered", "hub-in-path", "port-limits-current"])
    # Keeps the pipe open between the answers.
    t.guest.run("mkfifo /run/doctor.in && systemd-run -q --unit=doctor -p StandardOutput=truncate:/run/doctor.out -p StandardError=journal "
                "sh -c 'exec 3<>/run/doctor.in; exec sonychargectl doctor --json <&3'")
    said = hear(t, "danger")
    t.expect((said[0]["type"], said[0]["code"]), ("seen", "hub-bus-powered"), "the first line")
    say(t, step="danger", answer="no")
    said = hear(t, "try-port")
    t.expect((said[-1]["type"], said[-1]["minutes"]), ("do", 5), "what is asked after danger")
    device.unplug()
    t.plug("3", product="0cd3", model="WH-1000XM3", power=100)
    said = hear(t, "end")
    t.expect([o.get("settles") for o in said if o["type"] == "seen"][-1], "try-port", "what the plug settled")
    end = said[-1]["conclusion"]
    t.expect((end["code"], end["confidence"], end["service"]), ("hub-bus-powered", "certain", False), "the conclusion")
