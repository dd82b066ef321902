# SPDX-License-Identifier: LGPL-2.1-or-later
"""The engine of the kernel tests: an emulated machine, the devices plugged into it, and what it reports."""
