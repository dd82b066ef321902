# SPDX-License-Identifier: LGPL-2.1-or-later
"""A locale in which programs follow LANGUAGE, on a machine that has none but C.

The C library of Debian 13 translates nothing in C.UTF-8. Its files under another name are a locale as others are.
"""

import atexit
import functools
import shutil
import tempfile

NAME = "en_US.UTF-8"


@functools.cache
def environment():
    """The variables that choose it. The files stay until the program ends."""
    folder = tempfile.mkdtemp(prefix="sonycharge-locale.")
    atexit.register(shutil.rmtree, folder, True)
    shutil.copytree("/usr/lib/locale/C.utf8", folder + "/" + NAME)
    return {"LOCPATH": folder, "LC_ALL": NAME}
