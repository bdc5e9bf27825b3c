"""A pseudo-terminal that stands for a device on a serial port, with a name to find it by.

No device lives here (see `printer`, `reader`). POSIX only; the one rule to know: the far end is kept
open here too, so that a till may close and open the port as often as it likes.
"""

from __future__ import annotations

import contextlib
import os
import select
from pathlib import Path


class PseudoTerminal:
    """The device's end of the line. `path` is what the till opens; `link` a lasting name for it."""

    def __init__(self, link: Path | None = None) -> None:
        import pty  # not on Windows
        import tty

        self._near, self._far = pty.openpty()
        tty.setraw(self._far)
        os.set_blocking(self._near, False)
        self.path = os.ttyname(self._far)
        self._link = link
        if link is not None:
            self._point_to_us(link)

    def _point_to_us(self, link: Path) -> None:
        fresh = link.with_name(f".{link.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(self.path)
        fresh.replace(link)

    def read(self, timeout_s: float, most: int = 4096) -> bytes:
        """What the till wrote, as soon as anything came; empty if nothing did."""
        if not select.select([self._near], [], [], timeout_s)[0]:
            return b""
        try:
            return os.read(self._near, most)
        except BlockingIOError:
            return b""

    def write(self, data: bytes, timeout_s: float = 1.0) -> None:
        """Send to the till; what nobody reads for `timeout_s` is lost, as on a wire."""
        while data and select.select([], [self._near], [], timeout_s)[1]:
            try:
                data = data[os.write(self._near, data) :]
            except BlockingIOError:
                return

    def close(self) -> None:
        """Pull the plug: the till's end breaks."""
        if self._link is not None:
            with contextlib.suppress(OSError):
                if os.readlink(self._link) == self.path:
                    self._link.unlink()
        for end in (self._near, self._far):
            with contextlib.suppress(OSError):
                os.close(end)
