"""The rows of a long form: fields and labelled pills in two columns that scroll, each with a sentence of what it does.

What is valid lives in the services, what is said in the view models. Fields keep what is typed when the language changes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import PillGroup
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words


@dataclass(frozen=True, slots=True)
class RowNames:
    """Which rows stand in which column, which of them are fields (the others are pills), and which take numbers."""

    columns: tuple[tuple[str, ...], ...]
    fields: Collection[str]
    numbers: Collection[str] = ()


class FormRows(QWidget):
    """Signals: `typing()`, `tapped(group, key)`. `fields` and `pills` by their names are there for tests."""

    typing = Signal()
    tapped = Signal(str, str)

    def __init__(self, names: RowNames, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, FormField] = {}
        self.pills: dict[str, CategoryPills] = {}
        self._labels: dict[str, Words] = {}
        self._told: dict[str, Words] = {}
        content = QWidget()
        halves = QHBoxLayout(content)
        halves.setContentsMargins(0, 0, Size.GAP, 0)
        halves.setSpacing(Size.PAD * 2)
        for column in names.columns:
            rows = QVBoxLayout()
            rows.setSpacing(Size.GAP + 2)
            for name in column:
                self._add(rows, name, names)
            rows.addStretch(1)
            halves.addLayout(rows, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ScrollColumn(content))

    def begin(self, texts: Mapping[str, str]) -> None:
        """Put these words into the fields."""
        for name, field in self.fields.items():
            field.set_text(texts[name])

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.text for name, field in self.fields.items()}

    def name_field(self, name: str, label: str, hint: str = "", told: str = "") -> None:
        """Name a field; `hint` stands in it while it is empty, `told` says below it what it does."""
        self.fields[name].set_label(label, hint)
        _say(self._told[name], told)

    def show_field(self, name: str, shown: bool) -> None:
        """Whether a field stands there at all."""
        self.fields[name].setVisible(shown)
        told = self._told[name]
        told.setVisible(shown and bool(told.text()))

    def show_group(self, name: str, group: PillGroup) -> None:
        """Write the pills of a group and mark what is on; one without pills does not stand there."""
        self.pills[name].setVisible(bool(group.chips))
        _say(self._labels[name], group.label)
        _say(self._told[name], group.told)
        self.pills[name].set_categories(group.chips, None)
        for key in group.on:
            if pill := self.pills[name].pill(key):
                pill.set_chosen(True)

    def _add(self, rows: QVBoxLayout, name: str, names: RowNames) -> None:
        told = self._told[name] = Words("", Role.SMALL)
        told.hide()
        if name in names.fields:
            field = FormField("", KeyboardWish.NUMBER if name in names.numbers else KeyboardWish.TEXT)
            field.typed.connect(lambda _text: self.typing.emit())
            self.fields[name] = field
            parts: Sequence[QWidget] = (field, told)
        else:
            label, pills = Words("", Role.MUTED), CategoryPills()
            policy = pills.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            pills.setSizePolicy(policy)
            pills.tapped.connect(lambda key: self.tapped.emit(name, key))
            self._labels[name], self.pills[name] = label, pills
            parts = (label, pills, told)
        row = QVBoxLayout()
        row.setSpacing(4)
        for part in parts:
            row.addWidget(part)
        rows.addLayout(row)


def _say(label: Words, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
