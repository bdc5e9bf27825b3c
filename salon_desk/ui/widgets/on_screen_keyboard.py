"""The on-screen keyboard: letters, digits, and Chinese names by pinyin, for a counter without keys.

Which field is typed into lives in `ui.keyboard_dock`; what letters stand for in
`pinyin_candidates`. Its keys never take the focus.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.candidate_bar import CandidateBar
from salon_desk.ui.widgets.painted_button import PaintedButton
from salon_desk.ui.widgets.pinyin_candidates import PinyinCandidates

_ROWS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEY_HEIGHT: Final = 50


class KeyCap(PaintedButton):
    """One key: a character, a word or an icon."""

    def __init__(
        self, text: str = "", icon: Icon | None = None, *, quiet: bool = False, stretch: int = 2
    ) -> None:
        super().__init__(height=_KEY_HEIGHT)
        self._icon, self._quiet, self.stretch = icon, quiet, stretch
        self.set_key(text)
        self.set_face(text)
        self.setMinimumWidth(Size.TOUCH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_face(self, text: str, spoken: str = "") -> None:
        """Write another character on it."""
        self.setText(text)
        self.say(spoken or text)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(Size.TOUCH, _KEY_HEIGHT)

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        fill, ink = (colours.sunk if self._quiet else colours.surface), colours.ink
        if not self.isEnabled():
            ink = colours.disabled
        elif self.chosen:
            fill, ink = colours.brand, colours.on_fill
        elif self.isDown():
            fill = colours.brand_soft
        paint.card(painter, rect, fill, outline=colours.line, radius=Size.RADIUS_SMALL)
        if self._icon is not None:
            box = QRectF(0, 0, 24, 24)
            box.moveCenter(rect.center())
            paint_icon(painter, self._icon, box, ink)
            return
        size = Type.TITLE if len(self.text()) == 1 else Type.BODY
        paint.text(painter, rect.adjusted(4, 0, -4, 0), self.text(), ink, size=size, align=paint.CENTRE)


class OnScreenKeyboard(QWidget):
    """Signals: `text(str)`, `backspace()`, `enter()`, `hide_wanted()`.

    In Chinese, letters are gathered in the candidate bar until one is tapped, or the space bar takes
    the first; Enter gives the letters as they are.
    """

    text = Signal(str)
    backspace = Signal()
    enter = Signal()
    hide_wanted = Signal()

    def __init__(self, language: Language, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._tasks = language, tasks
        self._chinese, self._upper = False, False
        self._name_begins = True
        self._letters: dict[str, KeyCap] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.GAP, Size.GAP, Size.GAP, Size.GAP)
        column.setSpacing(6)
        self.bar = CandidateBar(language)
        self.bar.chosen.connect(self._chosen)
        column.addWidget(self.bar)
        self._make_keys(column)
        language.changed.connect(self.retranslate)
        self.retranslate()
        self._show()

    @property
    def chinese(self) -> bool:
        """Whether letters are pinyin."""
        return self._chinese

    def begin(self, *, chinese: bool, name: bool) -> None:
        """Start in a field: in Chinese or not, with a capital and surnames first in a name."""
        self.bar.clear()
        self._name_begins = name
        self._upper = name and not chinese
        self.set_chinese(chinese)

    def set_chinese(self, chinese: bool) -> None:
        """Change between pinyin and letters; the table is made on the worker the first time."""
        self._chinese = chinese
        self._flush()
        if chinese and not self.bar.ready:
            self._tasks.run(PinyinCandidates.load, self.bar.set_table)
        self._show()

    def key(self, name: str) -> KeyCap:
        """A key by its character, or "shift", "backspace", "enter", "hide", "中", " "."""
        named = {"shift": self._shift, "backspace": self._erase, "enter": self._enter, "hide": self._hide}
        others = {"中": self._switch, " ": self._space}
        return (self._letters | named | others)[name]

    def press(self, name: str) -> None:
        """Press a key, as a finger does."""
        self.key(name).click()

    def retranslate(self) -> None:
        """Name the keys that are not characters."""
        words = self._language.catalogue
        self._shift.say(words.text("Capital letters"))
        self._erase.say(words.text("Delete the last character"))
        self._enter.say(words.text("Enter"))
        self._hide.say(words.text("Hide the keyboard"))
        self._space.set_face(words.text("Space"))
        self._switch.set_face("中" if self._chinese else "EN", words.text("Chinese or English letters"))
        self.setAccessibleName(words.text("Keyboard"))

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        painter.fillRect(self.rect(), QColor(colours.sunk))
        painter.fillRect(0, 0, self.width(), 1, QColor(colours.edge))
        painter.end()

    def _make_keys(self, column: QVBoxLayout) -> None:
        self._shift = KeyCap("shift", Icon.SHIFT_KEY, quiet=True, stretch=3)
        self._erase = KeyCap("backspace", Icon.BACKSPACE, quiet=True, stretch=3)
        self._switch = KeyCap("EN", quiet=True, stretch=3)
        self._space = KeyCap(" ", stretch=9)
        self._hide = KeyCap("hide", Icon.HIDE, quiet=True, stretch=3)
        self._enter = KeyCap("enter", Icon.ENTER, quiet=True, stretch=3)
        for characters in _ROWS[:3]:
            self._row(column, [self._letter(c) for c in characters], inset=characters == _ROWS[2])
        last = [self._letter(c) for c in _ROWS[3]]
        self._row(column, [self._shift, *last, self._letter("-"), self._erase])
        before, after = ([self._letter(c) for c in signs] for signs in ("@:/", ".'"))
        self._row(column, [self._switch, *before, self._space, *after, self._hide, self._enter])
        self._shift.clicked.connect(self._shifted)
        self._erase.clicked.connect(self._erased)
        self._switch.clicked.connect(lambda: self.set_chinese(not self._chinese))
        self._space.clicked.connect(self._spaced)
        self._hide.clicked.connect(self.hide_wanted.emit)
        self._enter.clicked.connect(self._entered)

    def _row(self, column: QVBoxLayout, keys: list[KeyCap], *, inset: bool = False) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        if inset:
            row.addStretch(1)
        for key in keys:
            row.addWidget(key, key.stretch)
        if inset:
            row.addStretch(1)
        column.addLayout(row)

    def _letter(self, character: str) -> KeyCap:
        key = KeyCap(character)
        key.tapped.connect(self._typed)
        self._letters[character] = key
        return key

    def _typed(self, character: str) -> None:
        if self._chinese and (character.isalpha() or (character == "'" and self.bar.letters)):
            self.bar.type(character, surname=self._name_begins)
            return
        self._flush()
        self._emit(character.upper() if self._upper else character)
        if self._upper:
            self._upper = False
            self._show()

    def _chosen(self, characters: str) -> None:
        self._emit(characters)

    def _spaced(self) -> None:
        if not self.bar.take_first():
            self._emit(" ")
            self._name_begins = False
            self._upper = not self._chinese and self._upper

    def _entered(self) -> None:
        if self.bar.letters:
            self._flush()
        else:
            self.enter.emit()

    def _erased(self) -> None:
        if not self.bar.erase():
            self.backspace.emit()

    def _shifted(self) -> None:
        self._upper = not self._upper
        self._show()

    def _flush(self) -> None:
        """Give the letters that wait in the bar as they are."""
        if letters := self.bar.letters:
            self.bar.clear()
            self._emit(letters)

    def _emit(self, characters: str) -> None:
        self._name_begins = False
        self.text.emit(characters)

    def _show(self) -> None:
        for character, key in self._letters.items():
            key.set_face(character.upper() if self._upper and not self._chinese else character)
        self._shift.set_chosen(self._upper and not self._chinese)
        self._shift.setEnabled(not self._chinese)
        self._switch.set_face(
            "中" if self._chinese else "EN", self._language.catalogue.text("Chinese or English letters")
        )
        self.bar.setVisible(self._chinese)
