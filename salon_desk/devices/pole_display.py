"""A picture of two lines as the bytes of a pole display: ESC/POS commands, 2 by 20 cells, Latin or Chinese by profile.

No port lives here (see `pole_port`). A display never says what it can show, so its profile does. The one rule to know: an
amount is never cut; a name gives way to it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from salon_desk.documents.pole_picture import PoleLine, PolePicture

COLUMNS: Final = 20
LINES: Final = 2

_RESET: Final = b"\x1b@\x0c"
_OVERWRITE: Final = b"\x1f\x01"
_NO_CURSOR: Final = b"\x1fC\x00"
_PLAINER: Final = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{NO-BREAK SPACE}": " ",
    }
)


@dataclass(frozen=True, slots=True)
class PoleProfile:
    """What a display can show. `code_table`: the n of ESC t, None where its own is left alone."""

    name: str
    encoding: str
    code_table: int | None = None


GENERIC: Final = PoleProfile("generic", "cp437", 0)
"""Every display that obeys ESC/POS: its first code table is the same on all of them."""
CHINESE: Final = PoleProfile("gb18030", "gb18030")
"""A display with Chinese characters, two cells each. Those of four bytes are in none of them."""
_PROFILES: Final = {one.name: one for one in (GENERIC, CHINESE)}
POLE_NAMES: Final = tuple(_PROFILES)


def load_pole(name: str) -> PoleProfile:
    """A profile by name; the generic one for a display nobody knows."""
    return _PROFILES.get(name, GENERIC)


def reset() -> bytes:
    """What a display is sent first, when its line was opened: as after switching on, and empty."""
    return _RESET


def encode(picture: PolePicture, profile: PoleProfile) -> bytes:
    """Both lines over what stood there. The settings go along each time: a display that lost its power finds back."""
    table = b"" if profile.code_table is None else bytes((0x1B, 0x74, profile.code_table))
    lines = (_cells(line, profile) for line in (picture.upper, picture.lower))
    placed = (b"\x1f$\x01" + bytes((row,)) + cells for row, cells in enumerate(lines, 1))
    return _OVERWRITE + _NO_CURSOR + table + b"".join(placed)


def _cells(line: PoleLine, profile: PoleProfile) -> bytes:
    """One line, every cell of it."""
    amount = _written(line.amount, profile)
    if len(amount) > COLUMNS:
        amount = b""
    room = COLUMNS - len(amount) - (1 if amount else 0)
    words = _words(line.words, max(room, 0), profile)
    if line.centred and not amount:
        return words.center(COLUMNS)
    return words + amount.rjust(COLUMNS - len(words))


def _words(said: tuple[str, ...], room: int, profile: PoleProfile) -> bytes:
    """The first of them that can be shown whole; else the first that can be shown, as far as there is room."""
    shown = [_written(one, profile) for one in said if _showable(one, profile)]
    whole = next((one for one in shown if len(one) <= room), None)
    if whole is not None:
        return whole
    text = next((one for one in said if _showable(one, profile)), said[-1] if said else "")
    return _cut(text, room, profile)


def _cut(text: str, room: int, profile: PoleProfile) -> bytes:
    """As many characters as there is room for; a word is not broken where half the room is filled without it."""
    kept, cells = 0, b""
    for character in text:
        more = _written(character, profile)
        if len(cells) + len(more) > room:
            break
        cells += more
        kept += 1
    at = text.rfind(" ", 0, kept + 1)
    if kept < len(text) and at > 0:
        shorter = _written(text[:at], profile)
        return shorter if len(shorter) * 2 >= room else cells
    return cells


def _showable(text: str, profile: PoleProfile) -> bool:
    return bool(text) and all(_character(one, profile) is not None for one in text)


def _written(text: str, profile: PoleProfile) -> bytes:
    """The cells of a text, one byte each; what the display does not have is left out."""
    return b"".join(_character(one, profile) or b"" for one in text)


def _character(character: str, profile: PoleProfile) -> bytes | None:
    """The cells of one character, nearest first as it is; None where the display has nothing like it."""
    plain = character.translate(_PLAINER)
    if not plain.isprintable():
        return b" "
    for one in (plain, _without_marks(plain)):
        try:
            cells = one.encode(profile.encoding)
        except UnicodeEncodeError:
            continue
        if 0 < len(cells) <= 2 and cells[0] >= 0x20:
            return cells
    return None


def _without_marks(character: str) -> str:
    """é as e, where the display has no é."""
    return "".join(one for one in unicodedata.normalize("NFKD", character) if not unicodedata.combining(one))
