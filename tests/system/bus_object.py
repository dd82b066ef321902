# SPDX-License-Identifier: LGPL-2.1-or-later
"""Exports objects of a test on a bus."""


def register(connection, path, interface, on_call):
    """GLib 2.84 calls the older function deprecated, and Debian 12 does not have the newer one."""
    if hasattr(connection, "register_object_with_closures2"):
        return connection.register_object_with_closures2(path, interface, on_call, None, None)
    return connection.register_object(path, interface, on_call, None, None)
