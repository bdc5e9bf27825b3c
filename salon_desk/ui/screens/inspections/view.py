"""The screen of the terminal's monthly look: the looks so far left, the form of today's right.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.inspections.presenter import InspectionsPresenter, TypedLook
from salon_desk.ui.screens.inspections.view_model import inspections_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.words import Role, Words

_LIST_WIDTHS = (340, 480)


class InspectionsScreen(ScreenBehind):
    """`list`, `serial`, `note`, `photo`, `seals` and `keep` are there for tests."""

    title = N_("Monthly look at the terminal")
    rail_key = "settings"

    def __init__(
        self, host: ScreenHost, presenter: InspectionsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self._left = ListSide(Icon.TERMINAL, widths=_LIST_WIDTHS)
        self.list = self._left.list
        place_beside(self, self._left, PageSide(self._make_form()))
        presenter.changed = self.show_all
        presenter.kept = self._kept

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _make_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        self._title, self._told = Words("", Role.TITLE), Words("", Role.MUTED)
        self._warning, self._what = Words("", Role.STRONG, tone=Tone.DANGER), Words("")
        self.serial, self.note, self.photo = FormField(), FormField(), FormField()
        self.seals = CategoryPills()
        policy = self.seals.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.seals.setSizePolicy(policy)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self.keep: ActionButton = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        for part in (
            self._title,
            self._told,
            self._warning,
            self._what,
            self.serial,
            self.seals,
            self.photo,
            self.note,
            self._refusal,
        ):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.keep)
        for field in (self.serial, self.note, self.photo):
            field.typed.connect(lambda _text: self.presenter.typing())
        self.seals.tapped.connect(self.presenter.say_seal)
        self.keep.clicked.connect(self._keep)
        return form

    def _keep(self) -> None:
        self.presenter.keep(TypedLook(self.serial.text, self.note.text, self.photo.text))

    def _kept(self) -> None:
        for field in (self.serial, self.note, self.photo):
            field.set_text("")
        self.host.notify(Alert.GOOD, self.words.catalogue.text("Kept, under your name."))

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = inspections_model(self.presenter.state, words)
        self._left.show_list(model.rows, chosen="", known=model.known)
        self.list.setAccessibleName(words.text("Looks so far"))
        self._left.nothing.set_words(
            words.text("Nobody has looked yet"), words.text("Each look stands here with who looked.")
        )
        self._title.setText(model.terminal or words.text("No terminal is set up"))
        self._what.setText(
            words.text(
                "Read the serial number from the terminal itself. Look for a seal that is cut, screws, "
                "a second reader over the slot, a cable that is not its own."
            )
        )
        for label, text in (
            (self._told, model.told),
            (self._warning, model.warning),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self.serial.set_label(words.text("Serial number"))
        self.note.set_label(words.text("Note"), words.text("may stay empty"))
        self.photo.set_label(words.text("File of a photo"), words.text("may stay empty"))
        self.seals.set_categories(model.seals, model.seal)
        self.keep.set_text(words.text("Sign and keep"))
        self.keep.setEnabled(model.can_keep)
