# SPDX-License-Identifier: LGPL-2.1-or-later
"""Waiting for what the guest will say: ask again until it is so, or the time is over."""
import time


class Failure(Exception):
    """The tested thing is not as it must be."""


def until(ask, accept, seconds, interval=0.3):
    """Asks until `accept(answer)` is true or `seconds` passed; returns the last answer."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if accept(answer) or time.monotonic() > deadline:
            return answer
        time.sleep(interval)
