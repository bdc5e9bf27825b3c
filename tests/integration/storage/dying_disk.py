"""A disk at whose n-th use the process ends, as when the power goes.

Whoever uses it forks first, and puts it in with `medium.replaced`.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from salon_desk.storage.medium import Medium


class Killing(Medium):
    """A disk before whose n-th use the process ends."""

    def __init__(self, uses: int) -> None:
        self._left = uses

    def _use(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(self, file: int, data: bytes, offset: int) -> None:
        self._use()
        super().write(file, data, offset)

    def flush(self, file: int, *, metadata: bool) -> None:
        self._use()
        super().flush(file, metadata=metadata)

    def flush_directory(self, path: Path) -> None:
        self._use()
        super().flush_directory(path)

    def commit(self, cursor: Any) -> None:
        self._use()
        super().commit(cursor)
