"""A pause of Python's cycle collector while many small objects are made that hold no cycles.

A law of a thousand articles is tens of thousands of nodes. The collector would walk over all of them
again and again and find nothing; on a hostile text that alone makes the time grow faster than the text.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Switch the collector off for the block, unless it is off already."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
