# SPDX-License-Identifier: LGPL-2.1-or-later
"""Shared by the system tests of the daemon: a bus, a computer with one controller, its kernel log and, on request, the daemon."""

import shutil
import tempfile
import unittest

import needs
from bed import BUS_CONFIG, Bus, Computer, Daemon, KernelLog, Watcher, wait_for


class Story(unittest.TestCase):
    has_log = True
    policy = BUS_CONFIG
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="sonycharge-test.")
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.bus = Bus(self.folder, policy=self.policy)
        self.addCleanup(self.bus.stop)
        self.pc = Computer()
        self.pc.controller()
        self.log = None
        if self.has_log:
            self.log = KernelLog(self.pc)
            self.addCleanup(self.log.stop)
        self.daemon = self.watcher = None

    def start(self, arguments=(), **more):
        """Starts the daemon and waits until it answers."""
        more.setdefault("state", self.folder + "/state")
        self.daemon = Daemon(self.bus.address, self.pc, arguments, **more)
        self.addCleanup(self.end)
        self.watcher = Watcher(self.bus)
        wait_for(lambda: self.watcher.owned() or self.daemon.process.poll() is not None, "the bus name")
        self.watcher.status()

    def end(self):
        """Stops the daemon. It must exit successfully."""
        daemon, self.daemon = self.daemon, None
        if daemon is None:
            return
        code = daemon.stop()
        if code != 0:
            self.fail("the daemon ended with %s: %s" % (code, daemon.log()))

    def until(self, condition, what="condition"):
        try:
            return wait_for(condition, what)
        except AssertionError as e:
            log = self.daemon.log() if self.daemon else ""
            status = self.watcher.status() if self.daemon and self.daemon.process.poll() is None else None
            raise AssertionError("%s\n%s\n%s" % (e, status, log)) from None

    def until_headset(self, condition=lambda h: True, what="a headset"):
        def found():
            h = self.watcher.headset()
            return h if h and condition(h) else None

        return self.until(found, what)

    def until_no_headset(self):
        self.until(lambda: self.watcher.status()["headsets"] == [], "no headset")

    def until_unidentified(self, condition=lambda p: True, what="an unidentified port"):
        def found():
            ports = self.watcher.status()["unidentified"]
            return ports[0] if ports and condition(ports[0]) else None

        return self.until(found, what)


main = needs.main
