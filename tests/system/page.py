# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that a page of HTML is accessible and loads nothing from the network."""

import html.parser
import re

LINKS = ("sonycharge:", "https://")
VOID = {"meta", "rect", "line", "polyline", "br"}


class Page(html.parser.HTMLParser):
    """Parses a page and collects its errors in `faults`."""

    def __init__(self, text):
        super().__init__()
        self.faults, self.open, self.headings, self.words, self.pictures, self.style = [], [], [], [], [], ""
        self.rows = 0
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append("never closed: %s" % self.open)
        self._check_headings()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "script" or any(a.startswith("on") for a in attributes):
            self.faults.append("script: %s" % attributes)
        if tag == "tr":
            self.rows += 1
        if tag == "table":
            self.rows = 0
        for name, value in attributes.items():
            if tag == "a" and name == "href" and (value or "").startswith(LINKS):
                continue
            if name in ("src", "href", "action", "data") or (name != "xmlns" and "//" in (value or "")):
                self.faults.append("asks for something: %s=%s" % (name, value))
        if tag == "html" and not attributes.get("lang"):
            self.faults.append("no language")
        if tag == "svg":
            self.pictures.append(attributes)
        if tag == "th" and "scope" not in attributes:
            self.faults.append("a heading of a table without its scope")
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("h1", "h2", "h3"):
            self.headings.append(tag)

    def handle_startendtag(self, tag, attributes):
        if tag not in VOID:
            self.faults.append("<%s/>" % tag)
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag == "table" and self.rows == 0:
            self.faults.append("an empty table")
        if not self.open or self.open[-1] != tag:
            self.faults.append("</%s> in %s" % (tag, self.open))
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    def _check_headings(self):
        if self.headings.count("h1") != 1 or self.headings[0] != "h1":
            self.faults.append("not one h1: %s" % self.headings)
        for before, after in zip(self.headings, self.headings[1:]):
            if int(after[1]) > int(before[1]) + 1:
                self.faults.append("%s after %s" % (after, before))
        for picture in self.pictures:
            if picture.get("role") != "img":
                self.faults.append("a picture that says not what it is")

    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


def _luminance(colour):
    """Returns the relative luminance (WCAG 2.1)."""
    if len(colour) == 4:
        colour = "#" + "".join(c * 2 for c in colour[1:])
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def schemes(style):
    """Returns the colours of each scheme in the style sheet: light, dark, paper."""
    return [dict(re.findall(r"--([a-z]+):(#[0-9a-f]+)", block)) for block in re.findall(r":root\{([^}]*--ink[^}]*)\}", style)]
