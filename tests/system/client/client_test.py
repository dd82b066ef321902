# SPDX-License-Identifier: LGPL-2.1-or-later
"""Shared by the system tests of the client: a private bus, the test double of the daemon, and the real sonychargectl."""

import json
import os
import subprocess
import sys
import unittest

import needs

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENT = os.environ.get("SONYCHARGECTL", os.path.join(HERE, "../../../build/sonychargectl"))


def evidence(what="bMaxPower", value="500 mA", source="descriptors", at=1700000000000000):
    return {"what": what, "value": value, "source": source, "at": at}


def finding(code="hub-bus-powered", severity="warning", subject="1-2", segment="hub", **more):
    f = {"code": code, "segment": segment, "severity": severity, "confidence": "certain",
         "cause": "The hub in between has no supply of its own, so it can give each port only 100 mA.",
         "action": "Plug the headset straight into the computer.", "subject": subject, "fix": None,
         "evidence": [evidence(), evidence("hub", "bmAttributes 0xa0", "descriptors", None)]}
    f.update(more)
    return f


def headset(id="wh_1000xm4_3f2a1c", model="WH-1000XM4", device="1-2.3", verdict="slow", findings=None, **more):
    h = {"id": id, "model": model, "family": "over-ear", "seen_by": ["usb"], "last_seen": {"by": "usb", "at": 1700000000000000},
         "verdict": verdict, "charging": {"state": "unknown", "source": None, "level": None, "at": None, "time_to_full": None},
         "path": [{"kind": "host", "name": None, "sysname": None},
                  {"kind": "controller", "name": None, "sysname": "0000:00:14.0"},
                  {"kind": "port", "name": "USB port 2", "sysname": "usb1-port2", "id": "usb1_port2", "budget_ma": 500},
                  {"kind": "hub", "name": "USB2.0 Hub", "sysname": "1-2", "self_powered": False},
                  {"kind": "port", "name": "USB port 3", "sysname": "1-2-port3", "id": "usb1_2_port3",
                   "port_key": "pci-0000:00:14.0-usb-0:2.3", "budget_ma": 100},
                  {"kind": "device", "name": model, "sysname": device}],
         "declared_ma": 500, "negotiated_ma": 100, "available_ma": 100, "needed_ma": 1500,
         "enumeration": {"usec": 230000, "attempts": 1, "errors": 0},
         "findings": [finding()] if findings is None else findings}
    h.update(more)
    return h


def status(headsets=(), unidentified=(), **more):
    s = {"api_version": "1.0", "host": {"kernel": "6.1"}, "degraded": [], "headsets": list(headsets), "unidentified": list(unidentified)}
    s.update(more)
    return s


def properties(h):
    """H as the properties of a D-Bus object."""
    return {"".join(w.capitalize() for w in k.split("_")): ("" if v is None else v) for k, v in h.items()}


class Bus:
    def __init__(self):
        self.process = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip()

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Double:
    def __init__(self, address, *commands):
        self.process = subprocess.Popen(["/usr/bin/python3", os.path.join(HERE, "fake_daemon.py"), address, *map(json.dumps, commands)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def tell(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ready\n"

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.bus = Bus()
        self.addCleanup(self.bus.close)
        self.double = None
        self.environment = {**{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "LC_ALL")},
                            "SONYCHARGE_BUS": self.bus.address, "LC_ALL": "C.UTF-8", "TERM": "xterm"}

    def start_double(self, *headsets, unidentified=(), **more):
        self.double = Double(self.bus.address)
        self.addCleanup(lambda: self.double.close())
        self.serve(status(headsets, unidentified, **more))

    def serve(self, s):
        self.double.tell(status=s if isinstance(s, str) else json.dumps(s))

    def run_client(self, *arguments, **environment):
        return subprocess.run([CLIENT, *arguments], capture_output=True, text=True, timeout=30, stdin=subprocess.DEVNULL,
                              env={**self.environment, **environment})

    def start_client(self, *arguments):
        process = subprocess.Popen([CLIENT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment)
        self.addCleanup(lambda: (process.kill(), process.wait(), process.stdout.close(), process.stderr.close()))
        return process

    def expect(self, code, *arguments, **environment):
        r = self.run_client(*arguments, **environment)
        self.assertEqual(r.returncode, code, f"{arguments}: {r.stdout}{r.stderr}")
        return r


def main():
    if not os.access(CLIENT, os.X_OK):
        sys.exit(f"{CLIENT}: not built")
    needs.main()
