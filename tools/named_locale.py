# SPDX-License-Identifier: LGPL-2.1-or-later
"""Provides a locale in which programs follow LANGUAGE, on a machine that has only the locale C.

The C library of Debian 13 translates nothing in C.UTF-8. Its files under another name are a locale as others are.
"""

import atexit
import functools
import shutil
import sys
import tempfile

NAME = "en_US.UTF-8"
COMMA = "de_DE.UTF-8"


@functools.cache
def environment():
    """The variables that choose it. The files stay until the program ends."""
    folder = tempfile.mkdtemp(prefix="sonycharge-locale.")
    atexit.register(shutil.rmtree, folder, True)
    shutil.copytree("/usr/lib/locale/C.utf8", folder + "/" + NAME)
    return {"LOCPATH": folder, "LC_ALL": NAME}


@functools.cache
def environment_with_comma():
    """The same for a locale that writes 1,5: the third word of the file of numbers says where the decimal sign is."""
    chosen = environment()
    folder = chosen["LOCPATH"] + "/" + COMMA
    shutil.copytree("/usr/lib/locale/C.utf8", folder)
    with open(folder + "/LC_NUMERIC", "rb") as f:
        data = bytearray(f.read())
    sign = int.from_bytes(data[8:12], sys.byteorder)
    assert data[sign:sign + 2] == b".\0"
    data[sign:sign + 1] = b","
    with open(folder + "/LC_NUMERIC", "wb") as f:
        f.write(data)
    return {**chosen, "LC_ALL": COMMA}
