"""The pages of the screen of campaigns: a new one with what would become of it, and one that is out.

What is shown comes from the view models.
"""

from __future__ import annotations

from dataclasses import asdict, fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.campaigns.draft import TypedCampaign
from salon_desk.ui.screens.campaigns.out_model import OutModel
from salon_desk.ui.screens.campaigns.parts import Examples, Facts
from salon_desk.ui.screens.campaigns.view_model import DraftModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, rule

_NOTHING = (("", Tone.PLAIN),) * 2
_FORM = ("offer_zh", "offer", "segment", "template", "held_back", "name")


class DraftPage(QWidget):
    """Signals: `typing()`, `tapped(group, key)`, `send()`, `stopped()`."""

    typing = Signal()
    tapped = Signal(str, str)
    send = Signal()
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names = tuple(one.name for one in fields(TypedCampaign))
        self.rows = FormRows(RowNames((_FORM,), self._names))
        self.rows.typing.connect(self.typing.emit)
        self.rows.tapped.connect(self.tapped.emit)
        self._title = Words("", Role.TITLE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        outer.setSpacing(Size.GAP + 2)
        halves = QHBoxLayout()
        halves.setSpacing(Size.PAD * 2)
        halves.addWidget(self.rows, 1)
        halves.addWidget(self._what_comes(), 1)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self._launching = Words("", Role.STRONG)
        outer.addWidget(self._title)
        outer.addLayout(halves, 1)
        outer.addWidget(self._launching)
        outer.addWidget(self._refusal)
        outer.addLayout(self._acts())

    def begin(self, typed: TypedCampaign) -> None:
        """Put these words into the fields."""
        self.rows.begin(asdict(typed))

    @property
    def typed(self) -> TypedCampaign:
        """What stands in the fields."""
        return TypedCampaign(**self.rows.texts)

    def show_draft(self, model: DraftModel, called: str, words: Catalogue) -> None:
        """Write everything but the fields' own words; `called`: its name where none is typed."""
        self._title.setText(words.text("A new campaign"))
        hint = words.text("Such as 20 % off until Sunday.")
        self.rows.name_field("offer_zh", words.text("What you offer, in Chinese"), hint)
        self.rows.name_field("offer", words.text("What you offer, in English"), hint)
        self.rows.name_field("name", words.text("What the campaign is called"), called)
        for name in ("offer", "offer_zh"):
            self.rows.show_field(name, model.offer)
        for name, group in model.groups.items():
            self.rows.show_group(name, group)
        self.facts.show_facts(model.facts)
        self.examples.show_read(model.examples)
        for label, text in (
            (self.told, model.told),
            (self._launching, model.launching),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.sends.set_text(model.send)
        self.sends.setEnabled(model.can_send)
        self._stops.set_text(words.text("Stop"))
        self._stops.setVisible(bool(model.launching))

    def _what_comes(self) -> ScrollColumn:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, Size.GAP, 0)
        column.setSpacing(Size.GAP + 2)
        self.told, self.facts, self.examples = Words("", Role.STRONG), Facts(), Examples()
        for part in (self.told, self.facts, self.examples):
            column.addWidget(part)
        column.addStretch(1)
        return ScrollColumn(side)

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        self._stops = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_BIG)
        self.sends = ActionButton("", icon=Icon.MESSAGE, height=Size.TOUCH_BIG)
        self._stops.clicked.connect(self.stopped.emit)
        self.sends.clicked.connect(self.send.emit)
        row.addWidget(self._stops, 1)
        row.addWidget(self.sends, 2)
        return row


class OutPage(QWidget):
    """Signals: `stopped()`, `again()`."""

    stopped = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, Size.GAP, 0)
        column.setSpacing(Size.GAP + 2)
        self._title, self._state = Words("", Role.TITLE), Words("", Role.STRONG)
        self._what, self._offer = Words("", Role.MUTED), Words("")
        self._note, self.sent = Words("", Role.MUTED), Facts()
        self._came_label, self.came = Words("", Role.NAME), Facts()
        self.findings = (Words("", Role.STRONG), Words("", Role.STRONG))
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        for part in (
            self._title,
            self._state,
            self._what,
            self._offer,
            rule(),
            self.sent,
            self._note,
            rule(),
        ):
            column.addWidget(part)
        self.people = Facts()
        for part in (self._came_label, self.came, *self.findings, self.people):
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        outer.setSpacing(Size.GAP + 2)
        outer.addWidget(ScrollColumn(content), 1)
        outer.addWidget(self._refusal)
        outer.addLayout(self._acts())

    def show_out(self, model: OutModel, words: Catalogue) -> None:
        """Write everything."""
        for label, text in (
            (self._title, model.title),
            (self._state, model.state),
            (self._what, model.what),
            (self._offer, model.offer),
            (self._note, model.note),
            (self._came_label, model.came_label),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        for label, (text, tone) in zip(self.findings, (*model.findings, *_NOTHING), strict=False):
            label.setText(text)
            label.setVisible(bool(text))
            label.set_tone(None if tone is Tone.PLAIN else tone)
        self.sent.show_facts(model.sent)
        self.came.show_facts(model.came)
        self.people.show_facts(model.people)
        self.stops.set_text(words.text("Stop it"))
        self.stops.setVisible(model.can_stop)
        self._again.set_text(words.text("Look again"))

    def _acts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        self.stops = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        self._again = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_BIG)
        self.stops.clicked.connect(self.stopped.emit)
        self._again.clicked.connect(self.again.emit)
        row.addWidget(self.stops, 1)
        row.addWidget(self._again, 1)
        return row
