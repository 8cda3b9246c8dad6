"""Keeps None, True and False alive under PySide6 6.12.0 on Python 3.11.

Measured on 6.12.0: every ``Signal.emit`` gives away a reference to True, ``disconnect`` one to False, ``QThreadPool.start`` and
``QObject.property`` one to None; 6.8 to 6.11 do not. From Python 3.12 on these objects are immortal (PEP 683) and nothing happens. On 3.11 the
count of some thousand references runs out after some minutes of work, and Python aborts with "bool_dealloc: deallocating True or False". So
their counts are raised here, once, to what nothing can use up: just what PEP 683 does.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40


def keep_singletons() -> None:
    """Raise the counts, where they are counted at all and not raised yet. Calling it again does nothing."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for singleton in (None, True, False):
        if sys.getrefcount(singleton) < _PLENTY:
            ctypes.c_ssize_t.from_address(id(singleton)).value += _PLENTY
