"""The linked till, left: the state in one sentence, what waits, the copy's bar, a clock that differs, a further till.

What it says comes ready from `view_model`. A card without anything to say is not there.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.counter.flowing import Flowing
from salon_desk.ui.plight_words import Said
from salon_desk.ui.screens.link.view_model import ProgressModel, StateModel, WaitingCount
from salon_desk.ui.theme import active, paint
from salon_desk.ui.theme.icons import Icon, paint_icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words

_WIDEST = 820
_MARK = 56
_MARKS: Final = {Tone.GOOD: Icon.CHECK, Tone.AMBER: Icon.CLOCK, Tone.DANGER: Icon.WARNING}


class _Mark(QWidget):
    """The state as an icon: a colour is never the only sign."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_MARK, _MARK)
        self.tone = Tone.PLAIN

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter, colours = QPainter(self), active.palette()
        rect = QRectF(self.rect())
        paint.disc(painter, rect.center(), _MARK / 2, colours.soft(self.tone))
        icon = _MARKS.get(self.tone, Icon.OFFICE)
        paint_icon(painter, icon, rect.adjusted(15, 15, -15, -15), colours.strong(self.tone))
        painter.end()


class LineCard(QFrame):
    """How the line is; `contact` and `again` are its buttons."""

    def __init__(self) -> None:
        super().__init__()
        column = _card(self)
        head = QHBoxLayout()
        head.setSpacing(Size.PAD)
        self._mark, self.headline, self._sentence = _Mark(), Words("", Role.TITLE), Words("")
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self.headline)
        text.addWidget(self._sentence)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(text, 1)
        column.addLayout(head)
        self._contact_at, self._address = Words("", Role.MUTED), Words("", Role.SMALL)
        facts = QVBoxLayout()
        facts.setSpacing(2)
        facts.addWidget(self._contact_at)
        facts.addWidget(self._address)
        self.contact = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.contact.setMinimumWidth(130)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP)
        foot.addSpacing(_MARK + Size.PAD)
        foot.addLayout(facts, 1)
        foot.addWidget(self.contact)
        column.addLayout(foot)
        self.again = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        column.addWidget(self.again)

    def show_model(self, model: StateModel, *, asking: bool) -> None:
        """Write the line."""
        self._mark.tone = model.tone
        self._mark.update()
        self.headline.setText(model.headline)
        self._sentence.setText(model.sentence)
        self._contact_at.setText(model.last_contact)
        self._address.setText(model.address)
        for button, text in ((self.contact, model.contact), (self.again, model.again)):
            button.setVisible(bool(text))
            button.set_text(text)
            button.setEnabled(not asking)


class CountCard(QFrame):
    """What waits for one place."""

    def __init__(self) -> None:
        super().__init__()
        column = _card(self)
        column.setSpacing(2)
        self._label, self.figure, self._detail = Words("", Role.MUTED), Words("", Role.FIGURE), Words("")
        for part in (self._label, self.figure, self._detail):
            column.addWidget(part)
        column.addStretch(1)

    def show_count(self, count: WaitingCount) -> None:
        """Write the figure."""
        self._label.setText(count.label)
        self.figure.setText(count.figure)
        self.figure.set_tone(count.tone)
        self._detail.setText(count.detail)
        self.setAccessibleName(f"{count.label}: {count.figure}")


class ProgressCard(QFrame):
    """The bar of the first copy. `bar` and `numbers` are there for tests."""

    def __init__(self) -> None:
        super().__init__()
        column = _card(self)
        self._title, self.numbers, self._detail = Words("", Role.NAME), Words("", Role.STRONG), Words("")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        for part in (self._title, self.bar, self.numbers, self._detail):
            column.addWidget(part)

    def show_progress(self, model: ProgressModel | None) -> None:
        """Move the bar, or take it away."""
        self.setVisible(model is not None)
        if model is not None:
            self._title.setText(model.title)
            self.numbers.setText(model.numbers)
            self._detail.setText(model.detail)
            self.bar.setValue(model.thousandths)
            self.bar.setAccessibleName(f"{model.title}: {model.numbers}")


class NoteCard(QFrame):
    """A title, what it means, and perhaps a button."""

    def __init__(self, *, tone: Tone | None = None, act: bool = False) -> None:
        super().__init__()
        column = _card(self)
        self._title, self._hint = Words("", Role.NAME, tone=tone), Words("", Role.MUTED)
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self._title)
        text.addWidget(self._hint)
        row.addLayout(text, 1)
        self.act = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.act.setMinimumWidth(130)
        self.act.setVisible(act)
        row.addWidget(self.act)
        column.addLayout(row)

    def show_note(self, title: str, hint: str) -> None:
        """Write it; without a title the card is not there."""
        self.setVisible(bool(title))
        self._title.setText(title)
        self._hint.setText(hint)


class PlightCard(QFrame):
    """What befell the till: a title, and one fact after the other. `act` does not wait; `titles` is there for tests."""

    def __init__(self) -> None:
        super().__init__()
        self._column = _card(self)
        self._title = Words("", Role.TITLE)
        self._facts: list[tuple[Words, Words]] = []
        self.act = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self._column.setSpacing(Size.GAP + 4)
        self._column.addWidget(self._title)
        self._column.addWidget(self.act)

    @property
    def titles(self) -> list[str]:
        """What it says, without the details."""
        return [title.text() for title, _detail in self._facts if title.isVisibleTo(self)]

    def show_plight(self, title: str, facts: tuple[Said, ...], act: str) -> None:
        """Write it; the card is not there when nothing befell the till."""
        self.setVisible(bool(facts))
        self._title.setText(title)
        self._title.setVisible(bool(title))
        while len(self._facts) < len(facts):
            pair, both = (Words("", Role.NAME), Words("", Role.MUTED)), QVBoxLayout()
            both.setSpacing(2)
            for part in pair:
                both.addWidget(part)
            self._column.insertLayout(self._column.count() - 1, both)
            self._facts.append(pair)
        for at, (head, detail) in enumerate(self._facts):
            fact = facts[at] if at < len(facts) else None
            for part, text in ((head, fact.title if fact else ""), (detail, fact.detail if fact else "")):
                part.setText(text)
                part.setVisible(bool(text))
            head.set_tone(fact.tone if fact and fact.tone is not Tone.PLAIN else None)
        self.act.set_text(act)
        self.act.setVisible(bool(act))


class StateColumn(QWidget):
    """The cards. `line`, `plight`, `twice`, `progress`, `clock`, `codes` and `go_on` are there for the screen and for tests."""

    def __init__(self) -> None:
        super().__init__()
        content = Flowing()
        column = QVBoxLayout(content)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        self.line, self.plight, self.progress = LineCard(), PlightCard(), ProgressCard()
        self.parent_count, self.office_count = CountCard(), CountCard()
        self.clock, self.codes = NoteCard(tone=Tone.AMBER), NoteCard(act=True)
        self.twice = NoteCard(tone=Tone.DANGER)
        counts = QWidget()
        row = QHBoxLayout(counts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.GAP + 4)
        row.addWidget(self.parent_count, 1)
        row.addWidget(self.office_count, 1)
        self.go_on = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        cards = (
            self.line,
            self.plight,
            self.twice,
            self.progress,
            counts,
            self.clock,
            self.codes,
            self.go_on,
        )
        for part in cards:
            part.setMaximumWidth(_WIDEST)
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(content))

    def show_model(self, model: StateModel, code: str, *, asking: bool) -> None:
        """Write everything; `code` names the button for a further till's code."""
        self.line.show_model(model, asking=asking)
        self.plight.show_plight(model.plight_title, model.plight, model.without)
        self.progress.show_progress(model.progress)
        self.parent_count.show_count(model.waiting[0])
        self.office_count.show_count(model.waiting[1])
        self.twice.show_note(model.twice, model.twice_hint)
        self.clock.show_note(model.clock, model.clock_hint)
        self.codes.show_note(model.codes, model.codes_hint)
        self.codes.act.set_text(code)
        self.codes.act.setEnabled(model.can_code)
        self.go_on.set_text(model.go_on)
        self.go_on.setVisible(bool(model.go_on))


def _card(frame: QFrame) -> QVBoxLayout:
    """Make the frame a white card; the column in it."""
    frame.setProperty("panel", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(20, Size.PAD, 20, Size.PAD)
    column.setSpacing(Size.GAP)
    return column
