"""A card or barcode reader in software: codes written to a pseudo-terminal, one a line.

No code is judged here. The one rule to know: what it writes before a till has opened the line is
lost, as with a real reader.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from salon_desk.devices.emulators.pseudo_terminal import PseudoTerminal
from salon_desk.devices.emulators.serving import OnReady

_LAST_READ_S = 0.5


def serve_reader(
    link: Path | None,
    codes: Iterable[str],
    *,
    stop: threading.Event | None = None,
    on_ready: OnReady | None = None,
) -> None:
    """Write each code with a carriage return, as it comes from `codes`; blocks until they end.

    Then the line stays open until `stop`, or half a second where none is given.
    """
    ended = stop or threading.Event()
    terminal = PseudoTerminal(link)
    try:
        if on_ready:
            on_ready(str(link or terminal.path))
        for code in codes:
            if ended.is_set():
                return
            if stripped := code.strip("\r\n"):
                terminal.write(stripped.encode() + b"\r")
        ended.wait(None if stop else _LAST_READ_S)
    finally:
        terminal.close()
