"""The tiers screen: the tiers left, one rule right, and below it who would move before it holds.

What is shown comes from the view model; the presenter decides.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.tier import Measure
from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.tiers.presenter import TiersPresenter, TypedTier
from salon_desk.ui.screens.tiers.view_model import FormModel, form_model, rule_rows
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words

_LIST_WIDTHS = (340, 460)


class TiersScreen(ScreenBehind):
    """`list`, `add`, `form` and the form's parts are there for tests."""

    title = N_("Tiers of members")
    rail_key = "settings"

    def __init__(self, host: ScreenHost, presenter: TiersPresenter, *, back_to: Callable[[], None]) -> None:
        super().__init__(host, back_to)
        self._presenter = presenter
        self._standing: str | None = None
        self._looking = False
        place_beside(self, self._make_list(), self._make_page())
        presenter.changed = self.show_all
        presenter.saved = self._tell_saved

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @property
    def typed(self) -> TypedTier:
        """What stands in the fields."""
        return TypedTier(self.zh.text, self.en.text, self.least.text, self.days.text)

    def _make_list(self) -> QWidget:
        box = QWidget()
        box.setMinimumWidth(_LIST_WIDTHS[0])
        box.setMaximumWidth(_LIST_WIDTHS[1])
        column = QVBoxLayout(box)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._hint, self.list = Words("", Role.MUTED), KineticList()
        self.add = ActionButton("", Kind.PRIMARY, icon=Icon.PLUS, height=Size.TOUCH_PAY)
        column.addWidget(self._hint)
        column.addWidget(self.list, 1)
        column.addWidget(self.add)
        self.list.tapped.connect(self._presenter.choose)
        self.add.clicked.connect(self._presenter.add)
        return box

    def _make_page(self) -> PageSide:
        self._choose, self.form = EmptyState(Icon.MEMBERS), QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._title = Words("", Role.TITLE)
        self.zh, self.en = FormField("", KeyboardWish.NAME), FormField("", KeyboardWish.TEXT)
        self.least, self.days = FormField("", KeyboardWish.NUMBER), FormField("", KeyboardWish.NUMBER)
        self.measures = CategoryPills()
        policy = self.measures.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.measures.setSizePolicy(policy)
        self._measure_label = Words("", Role.MUTED)
        column.addWidget(self._title)
        column.addLayout(_beside(self.zh, self.en))
        column.addWidget(self._measure_label)
        column.addWidget(self.measures)
        column.addLayout(_beside(self.least, self.days))
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self._told, self.rows = Words("", Role.NAME), KineticList()
        column.addWidget(self._refusal)
        column.addLayout(self._make_acts())
        column.addWidget(self._told)
        column.addWidget(self.rows, 1)
        column.addWidget(self.hold)
        self.measures.tapped.connect(lambda key: self._presenter.use_measure(Measure(key)))
        for field in (self.zh, self.en, self.least, self.days):
            field.typed.connect(lambda _text: self._presenter.typing())
        return self._with_form()

    def _with_form(self) -> PageSide:
        self._side = PageSide(self._choose, self.form)
        return self._side

    def _make_acts(self) -> QHBoxLayout:
        self.leave = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.remove = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self.try_out = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.hold = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_BIG)
        self.leave.clicked.connect(self._presenter.leave)
        self.remove.clicked.connect(self._presenter.try_without)
        self.try_out.clicked.connect(self._try)
        self.hold.clicked.connect(self._presenter.let_hold)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        for button, share in ((self.leave, 1), (self.remove, 1), (self.try_out, 2)):
            row.addWidget(button, share)
        return row

    def _try(self) -> None:
        if self._looking:
            self._presenter.stop()
        else:
            self._presenter.try_out(self.typed)

    @override
    def show_all(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        rows = rule_rows(state, words)
        self._hint.setText(
            words.text("The highest that a member has reached stands.")
            if rows
            else words.text("There are no tiers yet.")
        )
        self.list.set_rows(rows)
        self.list.choose(next((at for at, row in enumerate(rows) if row.key == state.chosen), -1))
        self.add.set_text(words.text("New tier"))
        self._choose.set_words(
            words.text("Members move up and down by themselves"),
            words.text("Tap a tier, or add one. You see who would move before it holds."),
        )
        self._side.show_page(self._choose if state.chosen is None else self.form)
        if state.chosen is not None:
            self._show_form(form_model(state, words))
        self._standing = state.chosen

    def _show_form(self, model: FormModel) -> None:
        words, start = self.words.catalogue, self._presenter.state.start
        if self._standing != self._presenter.state.chosen:
            for field, text in ((self.zh, start.zh), (self.en, start.en)):
                field.set_text(text)
            for field, text in ((self.least, start.least), (self.days, start.days)):
                field.set_text(text)
        self._title.setText(model.title)
        self.zh.set_label(words.text("Name in Chinese"))
        self.en.set_label(words.text("Name in English"))
        self._measure_label.setText(words.text("What counts"))
        self.measures.set_categories(model.measures, model.measure)
        self.least.set_label(model.least_label)
        self.days.set_label(words.text("Within how many days"), words.text("Empty: ever"))
        self._refusal.setText(model.refusal)
        self._refusal.setVisible(bool(model.refusal))
        self.leave.set_text(words.text("Cancel"))
        self.remove.set_text(words.text("End this tier"))
        self.remove.setVisible(not model.new)
        self._looking = model.looking
        self.try_out.set_text(words.text("Stop") if model.looking else words.text("See who would move"))
        self.try_out.setEnabled(not model.working)
        self._told.setText(model.told)
        self.rows.set_rows(model.rows)
        self.hold.set_text(model.hold)
        self.hold.setVisible(bool(model.hold))
        self.hold.setEnabled(not model.working)

    def _tell_saved(self) -> None:
        words = self.words.catalogue
        self.host.notify(
            Alert.GOOD,
            words.text("The tiers hold from now on."),
            words.text("Members are moved in the background; each profile says why."),
        )


def _beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Size.PAD)
    row.addWidget(left, 1)
    row.addWidget(right, 1)
    return row
