# SPDX-License-Identifier: LGPL-2.1-or-later
"""Requirements of a test that no package can install. When one is missing, the test is skipped, and main() prints the name of the
test and the reason. With NO_SKIP=1 a skipped test is a failure."""

import os
import sys
import unittest


def terminals():
    try:
        for fd in os.openpty():
            os.close(fd)
    except OSError as e:
        raise unittest.SkipTest("no pseudo-terminals, is /dev/pts mounted? (%s)" % e.strerror) from None


def root():
    if os.getuid() != 0:
        raise unittest.SkipTest("needs root")


def main():
    result = unittest.main(module="__main__", exit=False, verbosity=1).result
    reasons = {}
    for test, reason in result.skipped:
        reasons.setdefault(reason, []).append(test.id().removeprefix("__main__."))
    for reason, names in reasons.items():
        print("Skipped: %s: %s" % (reason, ", ".join(names)), file=sys.stderr)
    sys.exit(0 if result.wasSuccessful() and not (result.skipped and os.environ.get("NO_SKIP")) else 1)
