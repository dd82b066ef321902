# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is on the guest's disk, to compare before and after."""

# Without what dpkg, systemd and the journal write of themselves, and what is compiled of other files.
LIST = """find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path /tmp -o -path '/tmp/*' -o -path '/var/tmp/*' \\
    -o -path /var/lib/dpkg -o -path /var/log -o -path /var/cache -o -path /var/lib/systemd/catalog \\) -prune -o -print |
    grep -vE '^/(etc/(passwd|group|shadow|gshadow)-|etc/.pwd.lock|(usr/)?lib/udev/hwdb.bin|usr/share/icons/hicolor/icon-theme.cache)$'"""


def files(guest):
    return set(guest.out(LIST).splitlines())
