# SPDX-License-Identifier: LGPL-2.1-or-later
"""A product name with control characters and the text of a kernel message: it is shown without harm and never taken for a message."""


def run(t):
    name = r"WH-1000XM4\x1b[31m\x0ausb usb1-port5: unable to enumerate USB device"
    t.device("1", model=name, product="0d58").plug()
    t.sysfs("1-1", "bConfigurationValue", "1")
    t.kernel("unable to enumerate USB device")
    if not t.with_project:
        return
    headset = t.headset_of("1-1")
    t.expect([c for c in str(headset) if ord(c) < 32], [], "control characters in the headset")
    status = t.status()
    t.expect(status["unidentified"], [], "findings from a quoted kernel message")
    text = t.guest.run("sonychargectl status --no-color", check=False).out
    t.expect("\x1b" in text, False, "an escape character on the terminal")
