"""The language the screens read in now.

Catalogues are values (`i18n.Catalogue`); only the ui has a current one. Changing it keeps every
screen's state: a screen hears `changed` through its `retranslate()` and writes its words again.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from salon_desk.i18n import Catalogue, ClockFormat


class Language(QObject):
    """Holds the current catalogue. Signal: `changed()` after the words are there."""

    changed = Signal()

    def __init__(
        self, code: str = "en", choices: tuple[str, ...] = ("zh_CN", "en"), parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._catalogue = Catalogue.load(code)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of the language in use."""
        return self._catalogue

    @property
    def code(self) -> str:
        """The language in use: "zh_CN", "zh_TW" or "en"."""
        return self._catalogue.language

    @property
    def choices(self) -> tuple[str, ...]:
        """The languages that the switch goes through."""
        return self._choices

    def use(self, code: str) -> None:
        """Change the language; nothing happens when it is in use already."""
        if code == self.code:
            return
        self._catalogue = Catalogue.load(code, self._catalogue.clock)
        self.changed.emit()

    def use_clock(self, clock: ClockFormat) -> None:
        """Write times in this clock format from now on."""
        if clock is not self._catalogue.clock:
            self._catalogue = Catalogue.load(self.code, clock)
            self.changed.emit()

    def next(self) -> None:
        """Change to the next of the choices: what the switch in the top bar does."""
        at = self._choices.index(self.code) if self.code in self._choices else -1
        self.use(self._choices[(at + 1) % len(self._choices)])
