"""The one door to python-escpos, which takes a quarter of a second to open and leaves a folder behind.

It serves as encoder of commands and as USB transport; its status reading and its raster are not
used (they say "plenty" of paper when a printer is silent, and send half as many bytes again).
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any


@cache
def printer_module() -> Any:
    """`escpos.printer`, imported at first use. Thread: any, never the UI's (it takes 250 ms).

    Without ESCPOS_CAPABILITIES_PICKLE_DIR it writes its data base of printers into a fresh temporary
    folder that nobody reads again: removed here.
    """
    import escpos.printer
    from escpos import capabilities

    if "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ:
        leftover = Path(capabilities.pickle_path)
        if leftover.parent.parent == Path(tempfile.gettempdir()):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)
                leftover.parent.rmdir()
    return escpos.printer


def dummy() -> Any:
    """A fresh encoder of the library: commands go in, `output` has their bytes."""
    return printer_module().Dummy()
