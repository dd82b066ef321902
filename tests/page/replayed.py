# SPDX-License-Identifier: LGPL-2.1-or-later
"""Plays a shipped recording with the real daemon on a private bus, for tests of programs that show its state."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
BUILD = os.path.abspath(os.environ.get("BUILD", os.path.join(ROOT, "build")))
CLIENT = os.path.join(BUILD, "sonychargectl")


@contextlib.contextmanager
def replayed(name):
    """Gives the environment in which sonychargectl reaches the daemon that plays tests/recordings/NAME.jsonl."""
    folder = tempfile.mkdtemp(prefix="sonycharge-replay.")
    bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
                            "--address=unix:dir=" + folder], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    environment = {**os.environ, "SONYCHARGE_BUS": bus.stdout.readline().strip(), "SONYCHARGE_HWDB": os.path.join(BUILD, "hwdb.bin"),
                   "LC_ALL": "C.UTF-8"}
    recording = os.path.join(ROOT, "tests/recordings", name + ".jsonl")
    daemon = subprocess.Popen([os.path.join(BUILD, "sonycharged"), "--replay", recording], env=environment, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while subprocess.run([CLIENT, "-q", "list"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 5:
            if daemon.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the daemon does not serve %s" % recording)
            time.sleep(0.05)
        yield environment
    finally:
        for process in (daemon, bus):
            process.terminate()
            process.wait()
        bus.stdout.close()
        shutil.rmtree(folder, True)
