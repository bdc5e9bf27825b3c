"""The printers' library keeps a cache that several processes share: one that is half written stops nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_IMPORT = "from salon_desk.devices.library import printer_module; print(printer_module().Dummy().__class__.__name__)"


def test_a_cache_that_another_process_is_writing_is_passed_over(tmp_path: Path) -> None:
    environment = {**os.environ, "ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path)}
    whole = subprocess.run(
        [sys.executable, "-c", _IMPORT], env=environment, capture_output=True, text=True, check=True
    )
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:0])
    again = subprocess.run(
        [sys.executable, "-c", _IMPORT], env=environment, capture_output=True, text=True, check=False
    )
    assert again.stdout == whole.stdout == "Dummy\n", again.stderr
    assert kept.exists()
