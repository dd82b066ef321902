# SPDX-License-Identifier: LGPL-2.1-or-later
"""A page in headless Chromium: as a picture in light or dark, and on paper. Nothing of it may ask the network."""

import os
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
        subprocess.run(["chromium", *QUIET, "--user-data-dir=" + home, *arguments, "file://" + os.path.abspath(page)], check=True,
                       timeout=120, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        shutil.rmtree(home, True)


def picture(page, png, scheme="light", width=820, height=1700):
    chromium(page, "--window-size=%d,%d" % (width, height), "--blink-settings=preferredColorScheme=" + SCHEMES[scheme],
             "--screenshot=" + os.path.abspath(png))


def paper(page, pdf):
    chromium(page, "--no-pdf-header-footer", "--print-to-pdf=" + os.path.abspath(pdf))
