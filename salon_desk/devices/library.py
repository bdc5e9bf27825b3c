"""The one door to python-escpos, which takes a quarter of a second to open and leaves a folder behind.

It serves as encoder of commands and as USB transport; its status reading and its raster are not
used (they say "plenty" of paper when a printer is silent, and send half as many bytes again).
"""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_KEPT_IN = "ESCPOS_CAPABILITIES_PICKLE_DIR"


@cache
def printer_module() -> Any:
    """`escpos.printer`, imported at first use. Thread: any, never the UI's (it takes 250 ms).

    Without ESCPOS_CAPABILITIES_PICKLE_DIR it writes its data base of printers into a fresh temporary
    folder that nobody reads again: removed here. With it, another process may be writing there at this moment.
    """
    try:
        import escpos.printer
    except (EOFError, OSError, pickle.UnpicklingError):
        with tempfile.TemporaryDirectory() as folder, _kept_in(folder):
            import escpos.printer
    from escpos import capabilities

    if _KEPT_IN not in os.environ:
        leftover = Path(capabilities.pickle_path)
        if leftover.parent.parent == Path(tempfile.gettempdir()):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
                leftover.parent.rmdir()
    return escpos.printer


@contextlib.contextmanager
def _kept_in(folder: str) -> Iterator[None]:
    before = os.environ[_KEPT_IN]
    os.environ[_KEPT_IN] = folder
    try:
        yield
    finally:
        os.environ[_KEPT_IN] = before


def dummy() -> Any:
    """A fresh encoder of the library: commands go in, `output` has their bytes."""
    return printer_module().Dummy()
