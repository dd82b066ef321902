# SPDX-License-Identifier: LGPL-2.1-or-later
"""A user at the machine: a login on the first virtual terminal, which is the active session of the seat, the user's own
service manager and bus, a notification server, and a desktop as far as systemd knows of one (graphical-session.target)."""
import shlex

from .wait import Failure, until

USER = "tester"
SERVER = "/usr/local/libexec/kernel-tests-notification-server"
DISPLAY = ":7"
# The environment that a desktop gives to the bus for the programs that it starts.
SCREEN = f"DISPLAY={DISPLAY} GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=none"


class Desktop:
    def __init__(self, guest):
        self.guest = guest
        self.uid = guest.out(f"id -u {USER}")
        guest.run(f"""systemd-run -q --unit=login -p PAMName=login -p User={USER} -p TTYPath=/dev/tty1 -p StandardInput=tty \
            -p StandardOutput=journal -p UtmpIdentifier=tty1 -p UtmpMode=user -E XDG_SESSION_TYPE=wayland sleep infinity
            i=0; until [ -S /run/user/{self.uid}/bus ]; do i=$((i+1)); [ $i -lt 300 ] || exit 1; sleep 0.2; done""", timeout=90)
        self.run(f"systemd-run -q --user --unit=notification-server -p StandardOutput=truncate:/run/user/{self.uid}/notifications {SERVER}")
        self.run("""i=0; until busctl --user --acquired --no-legend list | grep -q org.freedesktop.Notifications; do
            i=$((i+1)); [ $i -lt 150 ] || exit 1; sleep 0.2; done
            systemd-run -q --user --unit=desktop -p BindsTo=graphical-session.target -p Before=graphical-session.target sleep infinity
            systemctl --user is-active graphical-session.target""")

    def run(self, script, **options):
        """Runs a script as the user, with the environment of a program of the session."""
        return self.guest.run(f"runuser -u {USER} -- env XDG_RUNTIME_DIR=/run/user/{self.uid} "
                              f"DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/{self.uid}/bus sh -c {shlex.quote(script)}", **options)

    def screen(self):
        """Starts a virtual screen."""
        self.run(f"""systemd-run -q --user --unit=screen Xvfb {DISPLAY} -screen 0 1280x800x24 -nolisten tcp -extension GLX
            i=0; until [ -S /tmp/.X11-unix/X{DISPLAY[1:]} ]; do i=$((i+1)); [ $i -lt 300 ] || exit 1; sleep 0.2; done
            dbus-update-activation-environment {SCREEN}""", timeout=90)

    def windows(self):
        """The titles of the windows on the screen."""
        return self.run(f"xwininfo -display {DISPLAY} -root -tree", check=False).out

    def click(self, notification, action="default"):
        """Clicks a notification, which is given by its line, as a user does."""
        self.run(f"busctl --user call org.freedesktop.Notifications /org/freedesktop/Notifications org.freedesktop.Notifications Click us "
                 f"{notification.split()[0]} {action}")

    def in_session(self, command):
        """Runs a script like a program of the desktop: below the user's service manager, so that polkit knows its session."""
        return self.run(f"systemd-run -q --user --wait --pipe {command}", check=False)

    def notifications(self):
        return self.guest.out(f"cat /run/user/{self.uid}/notifications").splitlines()

    def notified(self, *words, seconds=60):
        """Waits for a notification with all these words; returns its line."""
        def fitting():
            return [line for line in self.notifications() if all(word in line for word in words)]
        found = until(fitting, bool, seconds)
        if not found:
            raise Failure(f"no notification with {words}: {self.notifications()}")
        return found[-1]
