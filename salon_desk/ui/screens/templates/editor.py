"""The form of a text: language, words and what can be put in left, what a member would read right, the acts at the foot.

What is said comes from the view model. Fields keep what is typed when the language of the reader changes.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.templates.form import TypedText
from salon_desk.ui.screens.templates.view_model import BRACKETS, FormModel, TemplatesModel
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind, primary, secondary
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.text_area import TextArea
from salon_desk.ui.widgets.words import Role, Words, panel

_SHARES = (4, 3)
_LEAST_TEXT = 100
_TWO_ROWS = 2 * Size.TOUCH + Size.GAP


class TemplateEditor(QWidget):
    """Signal: `typing(TypedText)`. Its parts are there for the screen and for tests."""

    typing = Signal(object)

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._title, self._told = Words("", Role.TITLE), Words("", Role.MUTED)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        sides = QHBoxLayout()
        sides.setSpacing(Size.PAD)
        sides.addLayout(self._make_words(), _SHARES[0])
        sides.addLayout(self._make_trial(language), _SHARES[1])
        head = QHBoxLayout()
        head.setSpacing(Size.PAD)
        head.addWidget(self._title, 1)
        head.addWidget(self.purposes, 1)
        column.addLayout(head)
        column.addWidget(self._told)
        column.addLayout(sides, 1)
        column.addWidget(self._refusal)
        column.addLayout(self._make_acts())

    def begin(self, start: TypedText) -> None:
        """Put these words into the fields."""
        self._filling = True
        for field, text in (
            (self.name, start.name),
            (self.name_zh, start.name_zh),
            (self.subject, start.subject),
            (self.text, start.text),
        ):
            field.set_text(text)
        self._filling = False

    def show_form(self, model: FormModel, around: TemplatesModel) -> None:
        """Say everything but what is typed."""
        for label, text in (
            (self._title, model.title),
            (self._told, model.told),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.purposes.set_categories(model.purposes, model.purpose)
        self.pages.set_categories(model.pages, model.page)
        self.ways.set_categories(model.ways, None)
        self.ways.setVisible(bool(model.ways))
        self.values.set_categories(model.values, None)
        for part in (self.purposes, self.name, self.name_zh):
            part.setVisible(model.own)
        self.name.set_label(model.labels["name"])
        self.name_zh.set_label(model.labels["name_zh"])
        self.subject.set_label(model.labels["subject"])
        self.text.set_label(model.labels["text"])
        self._tap.setText(model.labels["values"])
        self.complaint.setText(model.complaint)
        self.complaint.setVisible(bool(model.complaint))
        self._show_trial(model, around)
        for button, text in ((self.put_back, model.put_back), (self.end, model.end), (self.save, model.save)):
            button.set_text(text)
            button.setVisible(bool(text))
            button.setEnabled(not model.saving)

    def _show_trial(self, model: FormModel, around: TemplatesModel) -> None:
        if not around.searching:
            self.search.field.clear()
        self._trials.setCurrentIndex(1 if around.searching else 0)
        self.found.set_rows(around.found)
        self.found.setAccessibleName(model.trial.title)
        for label, text in (
            (self._whose, model.trial.title),
            (self.read, model.trial.text),
            (self._length, model.trial.length),
            (self._warning, model.trial.warning),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._bubble.setVisible(bool(model.trial.text))

    def _make_words(self) -> QVBoxLayout:
        self.purposes, self.pages, self.ways, self.values = _pills(), _pills(), _pills(), _pills()
        self.name, self.name_zh = FormField("", KeyboardWish.TEXT), FormField("", KeyboardWish.NAME)
        self.subject, self.text = FormField("", KeyboardWish.TEXT), TextArea()
        self.text.setMinimumHeight(_LEAST_TEXT)
        self._tap = Words("", Role.SMALL)
        for field in (self.name, self.name_zh, self.subject, self.text):
            field.typed.connect(lambda _text: self._tell())
        self.values.tapped.connect(self._put_in)
        column = QVBoxLayout()
        column.setSpacing(Size.GAP)
        names = QHBoxLayout()
        names.setSpacing(Size.GAP)
        names.addWidget(self.name)
        names.addWidget(self.name_zh)
        column.addLayout(names)
        for part in (self.pages, self.ways, self.subject):
            column.addWidget(part)
        column.addWidget(self.text, 2)
        column.addWidget(self._tap)
        values = ScrollColumn(self.values)
        values.setMinimumHeight(_TWO_ROWS)
        column.addWidget(values, 3)
        return column

    def _make_trial(self, language: Language) -> QVBoxLayout:
        self.search, self.found = SearchField(language), KineticList()
        self.complaint = Words("", Role.STRONG, tone=Tone.DANGER)
        self._whose, self.read = Words("", Role.MUTED), Words("", Role.BODY)
        self._length, self._warning = Words("", Role.SMALL), Words("", Role.STRONG, tone=Tone.AMBER)
        self._bubble = panel("sunk")
        inside = QVBoxLayout(self._bubble)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.addWidget(self.read)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        for part in (self.complaint, self._whose, self._bubble, self._length, self._warning):
            column.addWidget(part)
        column.addStretch(1)
        self._trials = QStackedWidget()
        self._trials.addWidget(ScrollColumn(page))
        self._trials.addWidget(self.found)
        side = QVBoxLayout()
        side.setSpacing(Size.GAP)
        side.addWidget(self.search)
        side.addWidget(self._trials, 1)
        return side

    def _make_acts(self) -> QHBoxLayout:
        self.put_back, self.save = secondary(height=Size.TOUCH_BIG), primary(height=Size.TOUCH_BIG)
        self.end = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_BIG)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        for button in (self.put_back, self.end, self.save):
            row.addWidget(button, 1)
        return row

    def _put_in(self, key: str) -> None:
        if key == BRACKETS:
            self.text.enclose("[", "]")
        else:
            self.text.insert(f"{{{key}}}")

    def _tell(self) -> None:
        if not self._filling:
            self.typing.emit(TypedText(self.name.text, self.name_zh.text, self.subject.text, self.text.text))


def _pills() -> CategoryPills:
    pills = CategoryPills()
    policy = pills.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    pills.setSizePolicy(policy)
    return pills
