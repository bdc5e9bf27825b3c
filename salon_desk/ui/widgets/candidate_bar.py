"""The bar over the keyboard where pinyin waits and its characters are offered.

What letters stand for lives in `pinyin_candidates`. Candidates keep their places while nothing is
typed, and scroll sideways with a finger.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from salon_desk.ui.language import Language
from salon_desk.ui.theme import paint
from salon_desk.ui.theme.tokens import Palette, Size, Type
from salon_desk.ui.widgets.kinetic import make_kinetic
from salon_desk.ui.widgets.painted_button import PaintedButton
from salon_desk.ui.widgets.pinyin_candidates import Candidate, PinyinCandidates, Wanted
from salon_desk.ui.widgets.words import Role, Words


class _Offer(PaintedButton):
    """One candidate."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        self.set_key(text)
        self.setText(text)
        self.say(text)
        words = paint.text_width(text, Type.TITLE)
        self.setMinimumWidth(max(words + 26, Size.TOUCH))
        self.update()

    @override
    def paint_face(self, painter: QPainter, rect: QRectF, colours: Palette) -> None:
        if self.isDown():
            paint.card(painter, rect, colours.brand_soft, radius=Size.RADIUS_SMALL)
        paint.text(painter, rect, self.text(), colours.ink, size=Type.TITLE, align=paint.CENTRE)


class CandidateBar(QWidget):
    """Signal: `chosen(str)` with the characters tapped; letters they do not use stay."""

    chosen = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        self._table: PinyinCandidates | None = None
        self._offered: tuple[Candidate, ...] = ()
        self._surname = True
        self.letters = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.GAP, 0, Size.GAP, 0)
        self._typed = Words("", Role.STRONG, wrap=False)
        self._typed.setMinimumWidth(64)
        row.addWidget(self._typed)
        content = QWidget()
        content.setProperty("panel", "clear")
        self._row = QHBoxLayout(content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(content)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFixedHeight(Size.TOUCH)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        make_kinetic(self._area)
        row.addWidget(self._area, 1)
        self._offers: list[_Offer] = []

    @property
    def ready(self) -> bool:
        """Whether the table is there."""
        return self._table is not None

    def set_table(self, table: PinyinCandidates) -> None:
        """Offer from this table; letters typed meanwhile are answered now."""
        self._table = table
        self._offer()

    def type(self, letter: str, *, surname: bool) -> None:
        """Add a letter; `surname` where a name begins."""
        if not self.letters:
            self._surname = surname
        self.letters += letter
        self._offer()

    def erase(self) -> bool:
        """Take the last letter away; False when there is none."""
        had = bool(self.letters)
        self.letters = self.letters[:-1]
        self._offer()
        return had

    def clear(self) -> None:
        """Forget the letters."""
        self.letters = ""
        self._offer()

    def take_first(self) -> bool:
        """Choose the first candidate; False when nothing waits."""
        if self._offered:
            self._take(self._offered[0].text)
            return True
        return bool(self.letters)

    def offers(self) -> tuple[str, ...]:
        """What is offered now."""
        return tuple(candidate.text for candidate in self._offered)

    def offer(self, text: str) -> PaintedButton | None:
        """The button of a candidate, for tests."""
        return next((o for o in self._offers if o.key == text and not o.isHidden()), None)

    def _take(self, text: str) -> None:
        taken = next((c for c in self._offered if c.text == text), None)
        if taken is None:
            return
        self.letters = self.letters.replace("'", "")[taken.letters :]
        self._surname = False
        self._offer()
        self.chosen.emit(text)

    def _offer(self) -> None:
        self._offered = ()
        if self._table is not None and self.letters:
            wanted = Wanted(self._surname, self._language.code == "zh_TW")
            self._offered = self._table.candidates(self.letters, wanted)
        self._typed.setText(self.letters)
        while len(self._offers) < len(self._offered):
            button = _Offer()
            button.tapped.connect(self._take)
            self._row.insertWidget(len(self._offers), button)
            self._offers.append(button)
        for at, button in enumerate(self._offers):
            button.setVisible(at < len(self._offered))
            if at < len(self._offered):
                button.set_text(self._offered[at].text)
        self._area.horizontalScrollBar().setValue(0)
