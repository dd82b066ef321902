# SPDX-License-Identifier: LGPL-2.1-or-later
"""Shows a page in headless Chromium: as a picture in light or dark, and on paper. The page must not use the network."""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile

# Chromium's own calls home are of no use here; --no-sandbox, as root has none.
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars"]
SCHEMES = {"light": "1", "dark": "0"}


def chromium(page, *arguments):
    home = tempfile.mkdtemp(prefix="sonycharge-browser.")
    try:
        return subprocess.run(["chromium", *QUIET, "--user-data-dir=" + home, *arguments, "file://" + os.path.abspath(page)], check=True,
                              timeout=300, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8").stdout
    finally:
        shutil.rmtree(home, True)


def picture(page, png, scheme="light", width=820, height=1700):
    chromium(page, "--window-size=%d,%d" % (width, height), "--blink-settings=preferredColorScheme=" + SCHEMES[scheme],
             "--screenshot=" + os.path.abspath(png))


def run(page, script):
    """What a script finds on the page: it is added to the copy of a page, which has to be one that forbids scripts, and leaves its
    result as JSON in the element "result"."""
    with open(page, encoding="utf-8") as f:
        text = f.read()
    assert "default-src 'none'" in text
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    text = text.replace("</body>", "<script>\n%s\n</script></body>" % script)
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as copy:
        copy.write(text)
        copy.flush()
        out = chromium(copy.name, "--window-size=1400,1000", "--virtual-time-budget=60000", "--dump-dom")
    found = re.search(r'<textarea id="result"[^>]*>(.*?)</textarea>', out, re.S)
    if not found:
        raise AssertionError("the script has ended without a result")
    return json.loads(html.unescape(found[1]))


def paper(page, pdf):
    chromium(page, "--no-pdf-header-footer", "--print-to-pdf=" + os.path.abspath(pdf))
