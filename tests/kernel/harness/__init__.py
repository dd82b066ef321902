# SPDX-License-Identifier: LGPL-2.1-or-later
"""The engine of the kernel tests: an emulated machine, what is plugged into it, what it says."""
