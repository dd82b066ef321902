# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plays a recording with the real daemon on a private bus, and runs the real client on it, for the pictures and texts of README.md."""

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={}</listen><policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""

class Player:
    """Serves the final state of a recording inside a with block."""

    def __init__(self, build, recording, columns=80):
        self.build, self.recording, self.columns = os.path.abspath(build), os.path.join(TOP, recording), columns

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="sonycharge-play.")
        config = self.folder + "/bus.conf"
        with open(config, "w") as f:
            f.write(BUS_CONFIG.format(self.folder))
        self.bus = subprocess.Popen(["dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + config],
                                    stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.environment = {**{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "SYSTEMD_PAGER", "PAGER")},
                            "SONYCHARGE_BUS": self.bus.stdout.readline().strip(), "SONYCHARGE_HWDB": self.build + "/hwdb.bin", "TZ": "UTC",
                            "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "COLUMNS": str(self.columns)}
        self.daemon = subprocess.Popen([self.build + "/sonycharged", "--replay", self.recording], env=self.environment, stderr=subprocess.DEVNULL)
        self.wait()
        return self

    def wait(self):
        """Waits until the daemon answers."""
        for _ in range(200):
            if subprocess.run([self.build + "/sonychargectl", "list"], env=self.environment, capture_output=True).returncode != 5:
                return
            time.sleep(0.05)
        raise SystemExit("sonycharged did not start")

    def __exit__(self, *_):
        for process in (self.daemon, self.bus):
            process.terminate()
            process.wait()
        self.bus.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def client(self, *arguments):
        """Returns the output. The exit status is ignored, because it only depends on the findings."""
        return subprocess.run([self.build + "/sonychargectl", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self.environment).stdout

    def terminal(self, *arguments):
        """The same on a terminal with colours."""
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(self.build + "/sonychargectl", ["sonychargectl", "--no-pager", *arguments], self.environment)
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 50, self.columns, 0, 0))
        data = b""
        try:
            while chunk := os.read(fd, 65536):
                data += chunk
        except OSError:
            pass  # the program on the terminal has ended
        os.waitpid(pid, 0)
        os.close(fd)
        return data.decode().replace("\r\n", "\n")
