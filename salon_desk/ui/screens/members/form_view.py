"""The form of a member: name, telephone on the number pad, language, allergies as chips, the card scanned, likings.

What is valid is known by the service; what was refused stands under the field it is about. Fields keep what is typed
when the language changes. What is needed at once stands first, the rest a flick further down.
"""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.ui.language import Language
from salon_desk.ui.screens.members.form import TypedMember
from salon_desk.ui.screens.members.view_model import FormModel
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.words import Role, Words, panel

_WIDEST, _TALLEST = 1180, 980


class MemberFormView(QWidget):
    """Signals: `saved(TypedMember)`, `cancelled()`, `typing()`, `language_chosen(code)`, `allergy_tapped(substance)`,
    `technician_tapped(id)`, `consultant_tapped(id)`, `open_taken()`, `card_refused()`."""

    saved = Signal(object)
    cancelled = Signal()
    typing = Signal()
    language_chosen = Signal(str)
    allergy_tapped = Signal(str)
    technician_tapped = Signal(str)
    consultant_tapped = Signal(str)
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
        for name, field in self._fields.items():
            field.set_text(getattr(start, name))
        self.other.set_text("")
        self.focus_first()

    def focus_first(self) -> None:
        """The focus into the first field, as if somebody tapped it: that opens the keyboard."""
        self.name.field.clearFocus()
        self.name.field.setFocus()

    @property
    def typed(self) -> TypedMember:
        """What stands in the fields."""
        return TypedMember(**{name: field.text for name, field in self._fields.items()})

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
        self._technician_label.setText(words.text("Usual technician"))
        self.technicians.set_categories(model.technicians, model.technician or None)
        self._consultant_label.setText(words.text("Consultant"))
        self.consultants.set_categories(model.consultants, model.consultant or None)
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
        self.email.refuse(model.email_refusal)
        self.birthday.refuse(model.birthday_refusal)
        self.taken.set_text(model.taken)
        self.taken.setVisible(bool(model.taken))
        said = model.card_refusal or model.other_refusal
        self._refusal.setText(said)
        self._refusal.setVisible(bool(said))

    @property
    def _fields(self) -> dict[str, FormField]:
        """By the name of what is typed, its field."""
        return {one.name: getattr(self, one.name) for one in fields(TypedMember)}

    def _name_fields(self) -> None:
        words = self._language.catalogue
        self.name.set_label(words.text("Name"), words.text("As the member writes it"))
        self.latin_name.set_label(words.text("Name in Latin letters"), words.text("If there is one"))
        self.phone.set_label(words.text("Phone"), words.text("Ten digits"))
        self.email.set_label(words.text("E-mail"))
        self.wechat.set_label(words.text("WeChat ID"))
        self.birthday.set_label(words.text("Birthday"), words.text("Month and day, such as 11-28"))
        self.tags.set_label(words.text("Tags"), words.text("With commas between them"))
        self.note.set_label(words.text("Note"), words.text("What whoever serves should know"))
        self.colours.set_label(words.text("Colours"), words.text("What the member likes to wear"))
        self.pressure.set_label(words.text("Pressure"), words.text("Light, medium, strong"))
        self.preferences.set_label(words.text("Likes"), words.text("Tea, window seat, quiet"))
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
        self.email, self.wechat, self.birthday, self.tags = _lines(4)
        self.colours, self.pressure, self.preferences = _lines(3)
        upper = (self.name, self.phone, self.taken, self._language_label, self.languages)
        reached = (self.latin_name, self.email, self.wechat, self.birthday, self.tags)
        for part in (*upper, *reached, self.colours, self.pressure, self.preferences):
            column.addWidget(part)
        column.addStretch(1)
        self.languages.tapped.connect(self.language_chosen)
        self.taken.clicked.connect(self.open_taken.emit)
        for field in (self.name, self.latin_name, self.phone, self.email, self.birthday):
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
        self._technician_label, self._consultant_label = Words("", Role.MUTED), Words("", Role.MUTED)
        self.technicians, self.consultants = _flowing(), _flowing()
        self.note = FormField("", KeyboardWish.TEXT)
        people = (self._technician_label, self.technicians, self._consultant_label, self.consultants)
        for part in (self.note, *people):
            column.addWidget(part)
        column.addStretch(1)
        self.technicians.tapped.connect(self.technician_tapped)
        self.consultants.tapped.connect(self.consultant_tapped)
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


def _lines(count: int) -> list[FormField]:
    return [FormField("", KeyboardWish.TEXT) for _ in range(count)]
