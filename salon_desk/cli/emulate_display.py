"""`emulate display`: a pole display on a pseudo-terminal; what it shows is told, what it suffers is named on stdin.

How a display behaves is in `devices/emulators/display`. The words on stdin, one a line: silent, stuck, gone, slow, and
well, which ends them all.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from salon_desk.devices.emulators.display import EmulatedDisplay

_WELL: Final = "well"


def serve(
    link: Path | None, words: Iterable[str], stop: threading.Event, tell: Callable[[str], None]
) -> None:
    """Serve until `stop`; blocks while words may come. `tell`: one JSON object for each thing that happens."""
    from salon_desk.devices.emulators.display import EmulatedDisplay
    from salon_desk.devices.emulators.display_serving import serve_display

    display = EmulatedDisplay(lambda lines: tell(_event("lines", upper=lines[0], lower=lines[1])))
    serving = threading.Thread(
        target=serve_display, args=(display, link, stop), kwargs={"on_ready": tell}, name="emulated-display"
    )
    serving.start()
    try:
        for word in words:
            tell(_suffer(display, word.strip()))
        stop.wait()
    finally:
        stop.set()
        serving.join()


def _suffer(display: EmulatedDisplay, word: str) -> str:
    from salon_desk.devices.emulators.display import DisplayFault

    known = [*(one.value for one in DisplayFault), _WELL]
    if word == _WELL:
        display.recover()
        return _event("well")
    if word not in known:
        return _event("unknown", known=known)
    display.suffer(DisplayFault(word))
    return _event("suffers", fault=word)


def _event(event: str, **told: object) -> str:
    return json.dumps({"event": event, **told}, ensure_ascii=False)
