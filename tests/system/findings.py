# SPDX-License-Identifier: LGPL-2.1-or-later
"""Reads the table of findings (core/findings.def) for the tests: one row for each code, in the order of the table."""

import collections
import os
import re

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../core/findings.def")
Row = collections.namedtuple("Row", "code name segment kind rank severity message_id title after_name topics")


def rows():
    with open(TABLE, encoding="utf-8") as f:
        text = f.read().split("*/", 2)[2]
    found = re.findall(r'FINDING\((\w+), "([^"]+)", (\w+), (FAULT|CIRCUMSTANCE), (\d+), (\w+),\s+"([^"]+)",\s+"([^"]+)", (NULL|"[^"]+"),\s+([^)]+)\)', text)
    assert len(found) == text.count("FINDING("), "a row is not understood"
    return [Row(*r[:2], r[2].lower(), r[3].lower(), int(r[4]), *r[5:8], None if r[8] == "NULL" else r[8].strip('"'), re.split(r",\s+", r[9])) for r in found]


def names():
    return [r.name for r in rows()]
