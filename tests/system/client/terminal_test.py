# SPDX-License-Identifier: LGPL-2.1-or-later
"""Terminals for tests of the client: a pty that records what is written to it, and tmux as a visible screen."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time
import unicodedata

import needs

DEADLINE = float(os.environ.get("TEST_DEADLINE", "90"))
SEQUENCE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


def columns_of(text):
    """Returns the width of the text in columns (Unicode annex 11)."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def plain(text):
    return SEQUENCE.sub("", text).replace("\r\n", "\n")


def cell_starts(line):
    """Returns the columns in which a text begins after two or more spaces."""
    starts, column, spaces = [], 0, 2
    for c in line:
        if c == " ":
            spaces += 1
        else:
            if spaces >= 2:
                starts.append(column)
            spaces = 0
        column += columns_of(c)
    return starts


class Terminal:
    """A program on a pty of its own."""

    def __init__(self, argv, environment, rows=24, columns=80):
        self.data = ""
        needs.terminals()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            # The default action, as on a terminal, even when the tests run in the background and ignore the signal.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(argv[0], argv, environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def until(self, text):
        """Reads until the text appears. Fails when the program ends before."""
        end = time.monotonic() + DEADLINE
        while text not in self.data:
            if not self.read(end):
                raise AssertionError("%r did not come: %r" % (text, self.data))
        return self.data

    def read(self, end):
        if not select.select([self.fd], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            chunk = os.read(self.fd, 65536)
        except OSError:
            chunk = b""
        self.data += chunk.decode("utf-8", "replace")
        return bool(chunk)

    def type(self, text):
        os.write(self.fd, text.encode())

    def mode(self):
        """Returns the local modes of the terminal."""
        return termios.tcgetattr(self.fd)[3]

    def end(self):
        """Waits for the end. Returns the exit status, -N for signal N."""
        end = time.monotonic() + DEADLINE
        while self.read(end):
            pass
        return self.reap()

    def reap(self):
        _, status = os.waitpid(self.pid, 0)
        self.close()
        return os.waitstatus_to_exitcode(status)

    def close(self):
        """Closes the terminal."""
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1


class Screen:
    """A shell in tmux, which provides the visible screen."""

    def __init__(self, environment, rows=24, columns=80):
        needs.terminals()
        self.folder = tempfile.mkdtemp()
        self.environment = {**environment, "PS1": "$ "}
        self.tmux("new-session", "-d", "-x", str(columns), "-y", str(rows), "PS1='$ ' exec bash --norc --noprofile")
        self.until(lambda text: "$" in text)

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-u", "-S", self.folder + "/tmux", "-f", "/dev/null", *arguments], env=self.environment,
                              stdout=subprocess.PIPE, text=True, check=True).stdout

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def key(self, *names):
        self.tmux("send-keys", *names)

    def text(self):
        return self.tmux("capture-pane", "-p")

    def value(self, name):
        return self.tmux("display-message", "-p", "#{%s}" % name).strip()

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def until(self, condition):
        end = time.monotonic() + DEADLINE
        while not condition(text := self.text()):
            if time.monotonic() > end:
                raise AssertionError("did not come:\n" + text)
            time.sleep(0.05)
        return text

    def close(self):
        try:
            self.tmux("kill-server")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
