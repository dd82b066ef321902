# SPDX-License-Identifier: LGPL-2.1-or-later
"""Waits for a state of the guest: asks again until it is reached or the time is over."""
import time


class Failure(Exception):
    """The tested program does not behave as it must."""


def until(ask, accept, seconds, interval=0.3):
    """Asks until `accept(answer)` is true or `seconds` have passed. Returns the last answer."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if accept(answer) or time.monotonic() > deadline:
            return answer
        time.sleep(interval)
