# SPDX-License-Identifier: LGPL-2.1-or-later
"""Runs a program on a terminal of its own (a pty), and reads and types like a person."""

import os
import pty
import re
import select
import signal
import termios
import time

import needs

DEADLINE = float(os.environ.get("TEST_DEADLINE", "90"))  # seconds; only a failed test ever waits that long


class Conversation:
    def __init__(self, command, environment):
        self.text = ""
        self.seen = 0
        self.code = None
        needs.terminals()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment)
        self.modes = termios.tcgetattr(self.fd)

    def _read(self, seconds):
        """Reads more text. Returns False at the end of the program."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.text += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)

    def expect(self, *words):
        """Reads until one of the texts appears after the earlier text, wherever its lines break. Returns it."""
        end = time.monotonic() + DEADLINE
        alive = True
        while True:
            found = [(m.start(), m.end(), w) for w, m in self._matches(words) if m]
            if found:
                _, self.seen, word = min(found)
                return word
            if not alive or time.monotonic() > end:
                raise AssertionError("none of %r in:\n%s" % (words, self.text[self.seen:]))
            alive = self._read(0.5)

    def _matches(self, words):
        return [(w, re.compile(re.escape(w).replace("\\ ", r"\s+")).search(self.text, self.seen)) for w in words]

    def type(self, text):
        os.write(self.fd, text.encode())

    def say(self, line):
        self.type(line + "\n")

    def answer(self, question, line):
        self.expect(question)
        self.expect("\n>")
        self.say(line)

    def close(self):
        """Closes the terminal."""
        os.close(self.fd)
        self.fd = -1

    def wait(self):
        """Reads the rest of the output. Returns the exit status."""
        end = time.monotonic() + DEADLINE
        while self.code is None and time.monotonic() < end:
            if self.fd >= 0:
                self._read(0.05)
            else:
                time.sleep(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
                while self.fd >= 0 and self._read(0) and select.select([self.fd], [], [], 0)[0]:
                    pass
        if self.code is None:
            raise AssertionError("it does not end:\n" + self.text)
        return self.code

    def stop(self):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd >= 0:
            os.close(self.fd)
