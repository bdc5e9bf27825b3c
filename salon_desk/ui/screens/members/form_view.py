"""The form of a member: name, telephone on the number pad, language, allergies as chips, the card scanned.

What is valid is known by the service; what was refused stands under the field it is about. Fields keep what is typed
when the language changes.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.members.presenter import TypedMember
from salon_desk.ui.screens.members.view_model import FormModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST, _TALLEST = 1180, 780


class MemberFormView(QWidget):
    """Signals: `saved(TypedMember)`, `cancelled()`, `typing()`, `language_chosen(code)`, `allergy_tapped(substance)`,
    `open_taken()`, `card_refused()`."""

    saved = Signal(object)
    cancelled = Signal()
    typing = Signal()
    language_chosen = Signal(str)
    allergy_tapped = Signal(str)
    open_taken = Signal()
    card_refused = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = language
        card = panel("card")
        card.setMaximumSize(_WIDEST, _TALLEST)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(Size.PAD)
        self._title = Words("", Role.TITLE)
        column.addWidget(self._title)
        content = QWidget()
        halves = QHBoxLayout(content)
        halves.setContentsMargins(0, 0, Size.GAP, 0)
        halves.setSpacing(Size.PAD * 2)
        halves.addLayout(self._make_person(), 1)
        halves.addLayout(self._make_rest(), 1)
        column.addWidget(ScrollColumn(content), 1)
        column.addLayout(self._make_foot())

    def begin(self, start: TypedMember) -> None:
        """Put these words into the fields and the focus into the first."""
        for field, text in zip(self._fields(), _parts(start), strict=True):
            field.set_text(text)
        self.other.set_text("")
        self.focus_first()

    def focus_first(self) -> None:
        """The focus into the first field, as if somebody tapped it: that opens the keyboard."""
        self.name.field.clearFocus()
        self.name.field.setFocus()

    @property
    def typed(self) -> TypedMember:
        """What stands in the fields."""
        return TypedMember(*(field.text for field in self._fields()))

    def show_form(self, model: FormModel) -> None:
        """Write everything but the fields' own words."""
        words = self._language.catalogue
        self._title.setText(model.title)
        self._name_fields()
        self._language_label.setText(words.text("Language of the member"))
        self.languages.set_categories(model.languages, model.language)
        self._allergy_label.setText(words.text("Allergies: tap what applies"))
        self.allergies.set_categories(model.allergies, None)
        for substance in model.chosen_allergies:
            if pill := self.allergies.pill(substance):
                pill.set_chosen(True)
        self._card_label.setText(words.text("Stored-value card"))
        self._card.setText(model.card)
        self.no_card.set_text(words.text("No card"))
        self.no_card.setVisible(model.has_card)
        for part in (self._card_label, self._card):
            part.setVisible(model.new)
        self._refuse(model)
        self.cancel.set_text(words.text("Cancel"))
        self.save.set_text(model.save)
        self.save.setEnabled(not model.saving)

    def _refuse(self, model: FormModel) -> None:
        self.name.refuse(model.name_refusal)
        self.phone.refuse(model.phone_refusal)
        self.taken.set_text(model.taken)
        self.taken.setVisible(bool(model.taken))
        said = model.card_refusal or model.other_refusal
        self._refusal.setText(said)
        self._refusal.setVisible(bool(said))

    def _fields(self) -> tuple[FormField, FormField, FormField, FormField]:
        return self.name, self.latin_name, self.phone, self.note

    def _name_fields(self) -> None:
        words = self._language.catalogue
        self.name.set_label(words.text("Name"), words.text("As the member writes it"))
        self.latin_name.set_label(words.text("Name in Latin letters"), words.text("If there is one"))
        self.phone.set_label(words.text("Phone"), words.text("Ten digits"))
        self.note.set_label(words.text("Note"), words.text("What whoever serves should know"))
        self.other.set_label(words.text("Another allergy"), words.text("Type it, then Enter"))

    def _make_person(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.GAP + 4)
        self.name = FormField("", KeyboardWish.NAME)
        self.phone = FormField("", KeyboardWish.NUMBER)
        self.taken = ActionButton("", Kind.SECONDARY_AMBER, icon=Icon.PERSON)
        self.taken.hide()
        self.latin_name = FormField("", KeyboardWish.TEXT)
        self._language_label = Words("", Role.MUTED)
        self.languages = _flowing()
        self.note = FormField("", KeyboardWish.TEXT)
        upper = (self.name, self.phone, self.taken, self._language_label, self.languages)
        for part in (*upper, self.latin_name, self.note):
            column.addWidget(part)
        column.addStretch(1)
        self.languages.tapped.connect(self.language_chosen)
        self.taken.clicked.connect(self.open_taken.emit)
        for field in (self.name, self.latin_name, self.phone):
            field.typed.connect(lambda _text: self.typing.emit())
            field.submitted.connect(self._save)
        return column

    def _make_rest(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Size.GAP + 4)
        self._allergy_label = Words("", Role.MUTED)
        self.allergies = _flowing()
        self.other = FormField("", KeyboardWish.TEXT)
        self._card_label, self._card = Words("", Role.MUTED), Words("", Role.STRONG)
        self.no_card = ActionButton("", Kind.PLAIN)
        card = QHBoxLayout()
        card.addWidget(self._card, 1)
        card.addWidget(self.no_card)
        for part in (self._allergy_label, self.allergies, self.other, self._card_label):
            column.addWidget(part)
        column.addLayout(card)
        column.addStretch(1)
        self.allergies.tapped.connect(self.allergy_tapped)
        self.other.submitted.connect(self._another)
        self.no_card.clicked.connect(self.card_refused.emit)
        return column

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP + 4)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self.cancel = ActionButton("", Kind.PLAIN, height=Size.TOUCH_BIG)
        self.save = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        row.addWidget(self._refusal, 2)
        row.addWidget(self.cancel, 1)
        row.addWidget(self.save, 2)
        self.cancel.clicked.connect(self.cancelled.emit)
        self.save.clicked.connect(self._save)
        return row

    def _another(self) -> None:
        if self.other.text:
            self.allergy_tapped.emit(self.other.text)
            self.other.set_text("")

    def _save(self) -> None:
        self._another()
        self.saved.emit(self.typed)


def _flowing() -> CategoryPills:
    """Pills in a column that scrolls: as high as their rows are at this width, and not as they were in one column."""
    pills = CategoryPills()
    policy = pills.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    pills.setSizePolicy(policy)
    return pills


def _parts(typed: TypedMember) -> tuple[str, str, str, str]:
    return typed.name, typed.latin_name, typed.phone, typed.note
