"""The characters that a printer has of its own, how they are told to it, and how wide it prints them.

No row is laid out here (see `escpos_text`). The rules to know: a Chinese printer gives two cells to whatever takes two
bytes; of GB18030 only the part of two bytes is in its ROM; a sign that it has under another name is sent as that.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from salon_desk.documents.layout import Way

_SELECT = {Way.CP437: 0, Way.CP1252: 16, Way.CP858: 19}
"""ESC t, as Epson numbers the code pages."""

_CHINESE = b"\x1c&"
_NO_CHINESE = b"\x1c."
_AMERICAN = b"\x1bR\x00"
"""ESC R 0: `$` and `#` are what they are and nothing of another country."""

_ALIKE = str.maketrans({"−": "-", "\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-"})
_ALIKE_CHINESE = str.maketrans({"¥": "￥", "–": "—"})
_ALIKE_WESTERN = str.maketrans(
    {"￥": "¥", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "×": "x"}
)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What one way of telling can say."""

    way: Way

    @property
    def select(self) -> bytes:
        """The commands that choose it, after a reset."""
        if self.way is Way.GB18030:
            return _CHINESE + _AMERICAN
        return _NO_CHINESE + _AMERICAN + b"\x1bt" + bytes((_SELECT[self.way],))

    def fitted(self, text: str) -> str:
        """The text with those of its signs replaced that this way has under another name."""
        plain = unicodedata.normalize("NFC", text).translate(_ALIKE)
        if self.way is Way.GB18030:
            return plain.translate(_ALIKE_CHINESE)
        return "".join(c if self._has(c) else c.translate(_ALIKE_WESTERN) for c in plain)

    def has(self, text: str) -> bool:
        """Whether it can say all of a fitted text."""
        return all(self._has(character) for character in text)

    def cells(self, text: str) -> int:
        """How wide it prints a fitted text."""
        return sum(map(self._cells, text)) if self.way is Way.GB18030 else len(text)

    def encode(self, text: str) -> bytes:
        """The bytes of a fitted text; a sign it has not becomes its bare letter, or a blank square of its own."""
        return b"".join(self._encoded(character) for character in text)

    def _cells(self, character: str) -> int:
        return 1 if character.isascii() else 2

    def _has(self, character: str) -> bool:
        return character == "\n" or bool(self._coded(character))

    def _coded(self, character: str) -> bytes:
        try:
            coded = character.encode(self.way.value)
        except UnicodeEncodeError:
            return b""
        return coded if len(coded) <= 2 else b""

    def _encoded(self, character: str) -> bytes:
        if coded := self._coded(character):
            return coded
        bare = unicodedata.normalize("NFD", character)[0]
        if self.way is Way.GB18030:
            return f" {bare}".encode() if bare.isascii() else "□".encode("gb18030")
        return bare.encode("ascii", "replace")
