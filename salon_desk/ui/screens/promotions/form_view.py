"""The form of a promotion: what it takes off and for what left, when and beside which others right, the trial at the foot.

What is valid is known by the service; what was refused stands at the foot. Fields keep what is typed when the language changes.
"""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.promotions.form import TypedRule
from salon_desk.ui.screens.promotions.view_model import FormModel, PillGroup
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import primary, secondary
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words

_NUMBERS = frozenset(("least", "most", "points", "valid_days", "quorum"))
_WHAT = (
    "flags", "name", "name_zh", "kind", "worth", "scope", "categories", "bearer", "group", "most", "points", "starts",
)  # fmt: skip
_WHEN = (
    "birthday", "weekdays", "tiers", "least", "from_day", "to_day", "month_days", "valid_days", "terms", "terms_zh",
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
        self.fields: dict[str, FormField] = {}
        self.pills: dict[str, CategoryPills] = {}
        self._labels: dict[str, Words] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.PAD)
        self._title = Words("", Role.TITLE)
        column.addWidget(self._title)
        content = QWidget()
        halves = QHBoxLayout(content)
        halves.setContentsMargins(0, 0, Size.GAP, 0)
        halves.setSpacing(Size.PAD * 2)
        for names in (_WHAT, _WHEN):
            rows = QVBoxLayout()
            rows.setSpacing(Size.GAP + 2)
            for name in names:
                self._add(rows, name)
            rows.addStretch(1)
            halves.addLayout(rows, 1)
        column.addWidget(ScrollColumn(content), 1)
        self._told, self._refusal = Words("", Role.STRONG), Words("", Role.STRONG, tone=Tone.DANGER)
        column.addWidget(self._told)
        column.addWidget(self._refusal)
        column.addLayout(self._foot())

    def begin(self, start: TypedRule) -> None:
        """Put these words into the fields."""
        for name, field in self.fields.items():
            field.set_text(getattr(start, name))

    @property
    def typed(self) -> TypedRule:
        """What stands in the fields."""
        return TypedRule(**{name: field.text for name, field in self.fields.items()})

    def show_form(self, model: FormModel) -> None:
        """Write everything but the fields' own words."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self._name_fields()
        for name, group in model.groups.items():
            self._show_group(name, group)
        for label, text in ((self._told, model.told), (self._refusal, model.refusal)):
            label.setText(text)
            label.setVisible(bool(text))
        self.attempt.set_text(words.text("Stop") if model.busy else words.text("Try it on last month"))
        self._busy = model.busy
        self.save.set_text(model.save)
        self.save.setEnabled(not model.saving)

    def _show_group(self, name: str, group: PillGroup) -> None:
        self._labels[name].setText(group.label)
        self._labels[name].setVisible(bool(group.label))
        self.pills[name].set_categories(group.chips, None)
        for key in group.on:
            if pill := self.pills[name].pill(key):
                pill.set_chosen(True)

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
            "starts": (words.text("Change from"), words.text("Empty: at once, or a day such as 2026-12-01")),
        }
        for name, (label, hint) in named.items():
            self.fields[name].set_label(label, hint)

    def _add(self, rows: QVBoxLayout, name: str) -> None:
        if name in {one.name for one in fields(TypedRule)}:
            field = FormField("", KeyboardWish.NUMBER if name in _NUMBERS else KeyboardWish.TEXT)
            field.typed.connect(lambda _text: self.typing.emit())
            self.fields[name] = field
            rows.addWidget(field)
            return
        label, pills = Words("", Role.MUTED), CategoryPills()
        policy = pills.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        pills.setSizePolicy(policy)
        pills.tapped.connect(lambda key, group=name: self.tapped.emit(group, key))
        self._labels[name], self.pills[name] = label, pills
        rows.addWidget(label)
        rows.addWidget(pills)

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
