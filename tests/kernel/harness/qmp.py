# SPDX-License-Identifier: LGPL-2.1-or-later
"""The parts of QEMU's control protocol that the tests need."""
import json
import socket
import time


class QmpError(Exception):
    pass


class Qmp:
    """One QMP connection over an already connected socket."""

    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""
        self.events = []
        self._receive(time.monotonic() + 30)  # the greeting
        self.command("qmp_capabilities")

    def _receive(self, deadline):
        while b"\n" not in self.buffer:
            self.sock.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                data = self.sock.recv(65536)
            except socket.timeout:
                raise QmpError("no answer from the emulator in time") from None
            if not data:
                raise QmpError("the emulator has ended")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def command(self, name, timeout=60, **arguments):
        """Runs one command and returns its result."""
        request = {"execute": name, "arguments": arguments}
        self.sock.sendall(json.dumps(request).encode() + b"\n")
        deadline = time.monotonic() + timeout
        while True:
            message = self._receive(deadline)
            if "event" in message:
                self.events.append(message)
            elif "error" in message:
                raise QmpError(f"{name}: {message['error']['desc']}")
            else:
                return message["return"]

    def wait_event(self, name, timeout=60, **data):
        """Waits for an event with this name and these values. Drops the events before it."""
        deadline = time.monotonic() + timeout
        while True:
            while self.events:
                event = self.events.pop(0)
                have = event.get("data", {})
                if event["event"] == name and all(have.get(k) == v for k, v in data.items()):
                    return event
            message = self._receive(deadline)
            if "event" in message:
                self.events.append(message)
