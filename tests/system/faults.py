# SPDX-License-Identifier: LGPL-2.1-or-later
"""Controls the faults that fault.c injects into the daemon. Both map the same file, `struct faults` of fault.c."""

import mmap
import os
import struct

from bed import BUILD

LIBRARY = os.path.join(BUILD, "tests/fault.so")
KINDS = ("allocation", "call")
FIELDS = ("count", "from", "n", "hits", "error")
FOR_EVER = 2**64 - 1
KILLED = 0  # instead of an error number


class Faults:
    """`path`: a file of the test's folder; `folder`: where calls can fail."""

    def __init__(self, path, folder=""):
        with open(path, "wb") as f:
            f.write(bytes(8 * len(KINDS) * len(FIELDS)))
        self.environment = {"FAULT": path, "FAULT_FOLDER": folder}
        with open(path, "r+b") as f:
            self.map = mmap.mmap(f.fileno(), 0)

    def close(self):
        self.map.close()

    def _place(self, kind, field):
        return 8 * (KINDS.index(kind) * len(FIELDS) + FIELDS.index(field))

    def _get(self, kind, field):
        return struct.unpack_from("Q", self.map, self._place(kind, field))[0]

    def _set(self, kind, field, value):
        struct.pack_into("Q", self.map, self._place(kind, field), value)

    def count(self, kind):
        return self._get(kind, "count")

    def hits(self, kind):
        """Returns the number of failures since fail()."""
        return self._get(kind, "hits")

    def fail(self, kind, error, after=1, n=1):
        """Makes n operations fail, beginning after the next `after` ones."""
        self.mend(kind)
        self._set(kind, "hits", 0)
        self._set(kind, "error", error)
        self._set(kind, "from", self.count(kind) + after)
        self._set(kind, "n", n)

    def mend(self, kind):
        self._set(kind, "n", 0)
