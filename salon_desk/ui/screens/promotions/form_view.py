"""The form of a promotion: what it takes off and for what left, when and beside which others right, the trial at the foot.

What is valid is known by the service; what was refused stands at the foot. Fields keep what is typed when the language changes.
"""

from __future__ import annotations

from dataclasses import asdict, fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.promotions.form import TypedRule
from salon_desk.ui.screens.promotions.view_model import FormModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_NUMBERS = frozenset(("least", "most", "points", "valid_days", "quorum"))
_WHAT = (
    "flags", "name", "name_zh", "kind", "worth", "scope", "categories", "bearer", "group", "most", "points", "starts",
)  # fmt: skip
_WHEN = (
    "birthday", "weekdays", "tiers", "least", "from_day", "to_day", "month_days", "gives", "valid_days", "terms", "terms_zh",
    "quorum",
)  # fmt: skip


class PromotionForm(QWidget):
    """Signals: `saved(TypedRule)`, `tried(TypedRule)`, `stopped()`, `typing()`, `tapped(group, key)`."""

    saved = Signal(object)
    tried = Signal(object)
    stopped = Signal()
    typing = Signal()
    tapped = Signal(str, str)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language, self._busy = language, False
        self.attempt, self.save = secondary(height=Size.TOUCH_BIG), primary(height=Size.TOUCH_BIG)
        self._rows = FormRows(RowNames((_WHAT, _WHEN), {one.name for one in fields(TypedRule)}, _NUMBERS))
        self._rows.typing.connect(self.typing.emit)
        self._rows.tapped.connect(self.tapped.emit)
        self.fields, self.pills = self._rows.fields, self._rows.pills
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.PAD)
        self._title = Words("", Role.TITLE)
        column.addWidget(self._title)
        column.addWidget(self._rows, 1)
        self._told, self._refusal = Words("", Role.STRONG), Words("", Role.STRONG, tone=Tone.DANGER)
        column.addWidget(self._told)
        column.addWidget(self._refusal)
        column.addLayout(self._foot())

    def begin(self, start: TypedRule) -> None:
        """Put these words into the fields."""
        self._rows.begin(asdict(start))

    @property
    def typed(self) -> TypedRule:
        """What stands in the fields."""
        return TypedRule(**self._rows.texts)

    def show_form(self, model: FormModel) -> None:
        """Write everything but the fields' own words."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self._name_fields()
        for name, group in model.groups.items():
            self._rows.show_group(name, group)
        for label, text in ((self._told, model.told), (self._refusal, model.refusal)):
            label.setText(text)
            label.setVisible(bool(text))
        self.attempt.set_text(words.text("Stop") if model.busy else words.text("Try it on last month"))
        self._busy = model.busy
        self.save.set_text(model.save)
        self.save.setEnabled(not model.saving)

    def _name_fields(self) -> None:
        words = self._language.catalogue
        named = {
            "name": (words.text("Name in English"), ""),
            "name_zh": (words.text("Name in Chinese"), ""),
            "worth": (words.text("How much it takes off"), words.text("10 for 10 %, or 10.00 for an amount")),
            "least": (words.text("Least spend"), words.text("List price of what it is for")),
            "tiers": (words.text("Only for these tiers"), words.text("With commas between them")),
            "month_days": (words.text("Only on these days of the month"), words.text("Such as 8, 18, 28")),
            "from_day": (words.text("First day"), words.text("Such as 2026-12-01")),
            "to_day": (words.text("Last day"), words.text("Such as 2026-12-31")),
            "most": (words.text("Times on one ticket"), ""),
            "points": (words.text("Points it costs each time"), words.text("Empty: it costs none")),
            "group": (
                words.text("Not together with the same group"),
                words.text("Any word, such as birthday"),
            ),
            "valid_days": (words.text("Days a coupon is good"), words.text("Empty: without an end")),
            "quorum": (words.text("People in a group"), words.text("Empty: each for itself")),
            "terms": (words.text("Text on the coupon in English"), ""),
            "terms_zh": (words.text("Text on the coupon in Chinese"), ""),
            "starts": (words.text("Change from"), words.text("At once, or 2026-12-01")),
        }
        for name, (label, hint) in named.items():
            self._rows.name_field(name, label, hint)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        row.addWidget(self.attempt, 1)
        row.addWidget(self.save, 1)
        self.attempt.clicked.connect(self._attempt)
        self.save.clicked.connect(lambda: self.saved.emit(self.typed))
        return row

    def _attempt(self) -> None:
        if self._busy:
            self.stopped.emit()
        else:
            self.tried.emit(self.typed)
