"""Refusals of what was typed for a device, in words.

Found by the class's name: `ui` does not import devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.ui.error_sentences.sentence import Sentence

BY_NAME: Final[Mapping[str, Sentence]] = {
    "BadDeviceUrl": lambda e, w: w.text(
        "'{address}' is not a device address. It looks like tcp://192.168.1.50:9100 or serial:/dev/ttyUSB0.",
        address=e.url,
    ),
    "UnknownTerminalDriver": lambda e, w: w.text(
        "There is no kind of card terminal '{name}'. Choose one from the list.", name=e.name
    ),
    "DeviceInUse": lambda _e, w: w.text(
        "The card terminal is taking a payment. Finish or cancel that first; nothing was changed."
    ),
    "PhotoUnreadable": lambda e, w: w.text(
        "'{path}' cannot be read as a photo. Look at its name, or leave it out.", path=e.path
    ),
    "UnknownPrinterProfile": lambda e, w: w.text(
        "There is no printer profile '{name}'. Choose one from the list.", name=e.name
    ),
}
