# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs shell scripts in the guest, by an agent at the other end of virtio-serial."""
import base64
import collections
import itertools
import shlex
import socket
import time

Result = collections.namedtuple("Result", "status out err")


class GuestError(Exception):
    pass


def _decode(field):
    return "" if field == "-" else base64.b64decode(field).decode("utf-8", "replace")


class Guest:
    # Extra time for the answer, beyond the time limit of the script.
    SLACK = 30

    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""
        self.ids = itertools.count(1)

    def _line(self, deadline):
        while b"\n" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0:
                raise GuestError("the guest does not answer")
            self.sock.settimeout(left)
            try:
                data = self.sock.recv(65536)
            except socket.timeout:
                continue
            if not data:
                raise GuestError("the emulator has ended")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode("ascii", "replace")

    def _ask(self, script, timeout, patience):
        number = next(self.ids)
        body = base64.b64encode(script.encode()).decode()
        self.sock.settimeout(self.SLACK)
        self.sock.sendall(f"\n{number} {timeout} {body}\n".encode())
        deadline = time.monotonic() + patience
        while True:
            fields = self._line(deadline).split(" ")
            if len(fields) == 4 and fields[0] == str(number):
                return Result(int(fields[1]), _decode(fields[2]), _decode(fields[3]))

    def again(self, timeout=300):
        """Waits for the agent of a guest that boots again. What is sent before the agent listens is lost."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                self._ask("true", 5, patience=10)
                self.run("systemctl is-system-running --wait", timeout=timeout, check=False)
                return
            except GuestError:
                continue
        raise GuestError("the guest did not come back")

    def run(self, script, timeout=60, check=True, user=None):
        """Runs a POSIX shell script as root (or `user`); with `check`, failure is an error."""
        if user:
            script = f"runuser -u {user} -- sh -c {shlex.quote(script)}"
        result = self._ask(script, timeout, timeout + self.SLACK)
        if check and result.status != 0:
            raise GuestError(f"in the guest: status {result.status}\n  {script.strip()}\n{result.out}{result.err}")
        return result

    def out(self, script, **options):
        """Returns what the script prints, without the last newline."""
        return self.run(script, **options).out.rstrip("\n")

    def write(self, path, text):
        """Writes a file of the guest with a single write, as sysfs files require."""
        self.run(f"printf %s {shlex.quote(text)} > {shlex.quote(path)}")
