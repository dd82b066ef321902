# SPDX-License-Identifier: LGPL-2.1-or-later
"""Controls the program of an emulated device (usbredir-device.c) line by line."""
import select
import subprocess


class DeviceError(Exception):
    pass


class Device:
    """One device at one port of the machine; `port` is the path behind the root hub."""

    def __init__(self, program, socket, port):
        self.port = port
        self.events = []
        self.process = subprocess.Popen([program, socket], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.buffer = b""

    def _line(self, timeout):
        while b"\n" not in self.buffer:
            ready, _, _ = select.select([self.process.stdout], [], [], timeout)
            data = self.process.stdout.read1(4096) if ready else None
            if data is None:
                raise DeviceError(f"the device on port {self.port} says nothing")
            if not data:
                raise DeviceError(f"the device on port {self.port} has ended")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode()

    def tell(self, command):
        """Sends one command (see usbredir-device.c) and waits until it is accepted."""
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()
        while True:
            line = self._line(30)
            if line == "ok":
                return
            if line.startswith("error"):
                raise DeviceError(f"{command}: {line}")
            self.events.append(line)

    def wait_event(self, event, timeout=60):
        while event not in self.events:
            self.events.append(self._line(timeout))
        self.events.remove(event)

    def plug(self):
        self.tell("plug")

    def unplug(self):
        self.tell("unplug")

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
