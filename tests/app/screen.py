# SPDX-License-Identifier: LGPL-2.1-or-later
"""Provides a virtual screen and a private session bus for the window, and access to the window as a screen reader has it."""

import os
import subprocess
import sys
import time

BUILD = os.path.abspath(os.environ.get("BUILD", "build"))
PAGES = ("Charging", "Find the Cause", "History", "Computer", "Guide", "Report", "Settings")
DEADLINE = 30 * int(os.environ.get("SLOW", "1"))


def enter(*wrapper):
    """Runs the calling program again on a screen and a bus of its own, if it is not yet."""
    if os.environ.get("SONYCHARGE_TEST_SCREEN"):
        return
    read, write = os.pipe()
    # Without -noreset the server forgets everything when its last client leaves, and refuses the next one meanwhile.
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "3840x2400x24", "-nolisten", "tcp", "-noreset"], pass_fds=[write],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        display = pipe.readline().strip()
    environment = {**os.environ, "DISPLAY": ":" + display, "SONYCHARGE_TEST_SCREEN": "1", "GSK_RENDERER": "cairo", "GTK_A11Y": "atspi", "LC_ALL": "C.UTF-8",
                   "ADW_DISABLE_PORTAL": "1", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "0", "GSETTINGS_BACKEND": "memory"}
    try:
        status = subprocess.call(["dbus-run-session", "--", *wrapper, sys.executable, "-B", *sys.argv], env=environment)
    finally:
        server.terminate()
        server.wait()
    sys.exit(status)


def wait_for(condition, what, pause=0.1):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(pause)
    raise AssertionError("not within %d s: %s" % (DEADLINE, what() if callable(what) else what))


def woken(pid):
    """How often each thread was woken so far. One that ends meanwhile is left out."""
    counts = {}
    for task in os.listdir("/proc/%d/task" % pid):
        try:
            with open("/proc/%d/task/%s/status" % (pid, task)) as f:
                counts[task] = next(int(line.split()[1]) for line in f if line.startswith("voluntary_ctxt_switches"))
        except OSError:
            continue
    return counts


def woken_since(pid, before):
    return sum(n - before.get(task, 0) for task, n in woken(pid).items())


class Window:
    """The running program, seen by AT-SPI and used by the keyboard."""

    def __init__(self, home, bus, *arguments, program=None, **environment):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        self.atspi = Atspi
        Atspi.init()
        self.log = open(os.path.join(home, "window.log"), "a+")
        env = {k: v for k, v in os.environ.items() if k not in ("LD_PRELOAD", "UMOCKDEV_DIR")}
        env.update(HOME=home, XDG_CONFIG_HOME=home + "/config", XDG_STATE_HOME=home + "/state", XDG_RUNTIME_DIR=home, SONYCHARGE_BUS=bus,
                   SONYCHARGE_HWDB=os.path.join(BUILD, "hwdb.bin"), **environment)
        self.program, self.environment = program or os.path.join(BUILD, "sonycharge-app"), env
        self.process = subprocess.Popen([self.program, *arguments], env=env, stdout=self.log, stderr=self.log)
        try:
            wait_for(self._find_frame, lambda: "the window; its log: " + self.text_of_log())
        except AssertionError:
            self.process.kill()
            self.process.wait()
            raise

    def text_of_log(self):
        self.log.seek(0)
        return self.log.read()

    def _find_frame(self):
        if self.process.poll() is not None:
            raise AssertionError("the window has ended with %s: %s" % (self.process.returncode, self.text_of_log()))
        desktop = self.atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application and application.get_process_id() == self.process.pid and application.get_child_count() > 0:
                return application.get_child_at_index(0)
        return None

    def walk(self, node=None):
        """Every accessible that is shown."""
        node = node or self._find_frame()
        if not node:
            return
        try:
            node.clear_cache()
            # GTK 4.8 says "showing" of the window alone; what is not visible hides what is in it.
            if not node.get_state_set().contains(self.atspi.StateType.VISIBLE):
                return
            yield node
            count = node.get_child_count()
        except Exception:  # it is gone meanwhile
            return
        for i in range(count):
            try:
                child = node.get_child_at_index(i)
            except Exception:
                continue
            if child:
                yield from self.walk(child)

    def names(self):
        """What a screen reader can say of what is on the screen: names and descriptions."""
        said = []
        for node in self.walk():
            try:
                said += [node.get_name(), node.get_description()]
            except Exception:
                continue
        return [s for s in said if s]

    def text(self):
        return "\n".join(self.names())

    def expect(self, text):
        wait_for(lambda: text in self.text(), lambda: "\"%s\" in the window, which says:\n%s\n%s" % (text, self.text(), self.text_of_log()))

    def expect_not(self, text):
        wait_for(lambda: text not in self.text(), lambda: "\"%s\" gone from the window, which says:\n%s" % (text, self.text()))

    def find(self, name, role=None):
        def look():
            for node in self.walk():
                try:
                    if node.get_name() == name and (role is None or node.get_role_name() == role):
                        return node
                except Exception:
                    continue
            return None
        return wait_for(look, lambda: "a %s \"%s\" in the window, which says:\n%s\n%s" % (role or "thing", name, self.text(), self.text_of_log()))

    def press(self, name, role=None):
        """A button by its action; GTK 4.8 tells of none for rows of a list, so they are reached by the keyboard."""
        action = self.find(name, role).get_action_iface()
        if action and action.get_n_actions() > 0:
            action.do_action(0)
            return
        self.focus(name)
        self.key("Return")

    def focus(self, name):
        """Moves the focus by Tab from one widget to the next, and by Down from row to row."""
        seen = []
        node, at = self.focused()
        for _ in range(40):
            if at == name:
                return
            seen.append(at)
            while node and node.get_role_name() == "list item" and at not in PAGES:
                before = node
                node, at = self.move_focus("Down", node)
                if at == name:
                    return
                seen.append(at)
                if node == before:  # the last row
                    break
            node, at = self.move_focus("Tab", node)
        raise AssertionError("the keyboard does not reach \"%s\", only %s" % (name, seen))

    def move_focus(self, key, before):
        """Presses a key and waits until the window has moved the focus. Where it cannot move, the wait ends after 0.4 s."""
        end = time.monotonic() + DEADLINE / 75
        self.key(key)
        while True:
            node, name = self.focused()
            if node != before or time.monotonic() > end:
                return node, name
            time.sleep(0.02)

    def focused(self):
        """What has the focus, and its name."""
        for node in self.walk():
            try:
                if node.get_state_set().contains(self.atspi.StateType.FOCUSED):
                    return node, node.get_name()
            except Exception:
                continue
        return None, None

    def roles(self):
        """What is shown, as (role, name)."""
        found = []
        for node in self.walk():
            try:
                found.append((node.get_role_name(), node.get_name() or ""))
            except Exception:
                continue
        return found

    def another(self, *arguments):
        """The program is started once more, and hands over to the one that runs."""
        subprocess.run([self.program, *arguments], env=self.environment, check=True, timeout=DEADLINE, stdout=self.log, stderr=self.log)

    def listen(self):
        """What is announced from now on: GTK 4.8 tells it as a new description, 4.14 and later as an announcement. Returns what gives it
        as a list."""
        from gi.repository import GLib
        heard = []

        def on_event(event):
            heard.append(str(event.any_data) + str(event.source.get_description() if event.source else ""))
        self.listener = self.atspi.EventListener.new(on_event)
        for name in ("object:property-change:accessible-description", "object:announcement"):
            self.listener.register(name)

        def look():
            while GLib.MainContext.default().iteration(False):
                pass
            return heard
        return look

    def wakeups(self, seconds):
        """How often its threads were woken in this time."""
        before = woken(self.process.pid)
        time.sleep(seconds)
        return woken_since(self.process.pid, before)

    def page(self, name):
        self.key("alt+%d" % (PAGES.index(name) + 1))

    def key(self, *keys):
        subprocess.run(["xdotool", "key", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", text], check=True)

    def stop(self):
        """Ends it by Ctrl+Q. Returns what it has complained of."""
        if self.process.poll() is None:
            self.key("ctrl+q")
        try:
            self.process.wait(DEADLINE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the window does not end: " + self.text_of_log())
        text = self.text_of_log()
        self.log.close()
        return text
