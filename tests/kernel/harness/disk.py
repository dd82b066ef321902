# SPDX-License-Identifier: LGPL-2.1-or-later
"""Lists the files on the guest's disk, to compare them before and after."""

# Without the own files of dpkg, systemd and the journal, and without files that are compiled from others.
LIST = """find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path /tmp -o -path '/tmp/*' -o -path '/var/tmp/*' \\
    -o -path /var/lib/dpkg -o -path /var/log -o -path /var/cache -o -path /var/lib/systemd/catalog \\) -prune -o -print |
    grep -vE '^/(etc/(passwd|group|shadow|gshadow)-|etc/.pwd.lock|(usr/)?lib/udev/hwdb.bin|usr/share/icons/hicolor/icon-theme.cache)$'"""


def files(guest):
    return set(guest.out(LIST).splitlines())
