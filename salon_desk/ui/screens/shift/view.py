"""The shift screen: opening, the shift as it stands, cash being moved, tips, and the six screens of the close.

What is shown comes from the view models; presenter and closing decide. The counters are made when the currency is known.
"""

from __future__ import annotations

from typing import assert_never

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.money import Money
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.shift.close_model import close_model
from salon_desk.ui.screens.shift.close_view import CloseView
from salon_desk.ui.screens.shift.closing import ShiftClosing
from salon_desk.ui.screens.shift.home_view import ShiftHomeView
from salon_desk.ui.screens.shift.movement_view import MovementView
from salon_desk.ui.screens.shift.open_view import TALLEST, WIDEST, ShiftOpenView
from salon_desk.ui.screens.shift.presenter import ShiftPresenter
from salon_desk.ui.screens.shift.state import CloseStep, Movement, Page
from salon_desk.ui.screens.shift.tips_panel import TipsPanel
from salon_desk.ui.screens.shift.view_model import home_model, movement_model, tips_model, told_words
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Heading, Question
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.words import Role, Words, panel


class ShiftScreen(Screen):
    """`open_view`, `home`, `movement`, `tips` and `close_view` are there for tests."""

    def __init__(self, host: ScreenHost, presenter: ShiftPresenter) -> None:
        super().__init__(host)
        self._presenter, self._closing = presenter, ShiftClosing(presenter)
        self._begun = ""
        self.open_view: ShiftOpenView | None = None
        self.close_view: CloseView | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._waiting = QWidget()
        self.home, self.movement = ShiftHomeView(), MovementView(self.words)
        self.tips, tips_page = TipsPanel(self.words), QWidget()
        self._lay_out_tips(tips_page)
        self._tips_page = tips_page
        for page in (self._waiting, self.home, self.movement, tips_page):
            self._stack.addWidget(page)
        self._connect()
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.told = self._tell

    @override
    def heading(self) -> Heading:
        words, page = self.words.catalogue, self._presenter.state.page
        close = self._presenter.state.close
        back = page in (Page.MOVEMENT, Page.TIPS)
        if page is Page.CLOSE and close is not None:
            back = close.step in (CloseStep.TIPS, CloseStep.COUNT)
        return Heading(words.text("Shift"), back=back)

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def back(self) -> None:
        self._presenter.home()

    @override
    def retranslate(self) -> None:
        self._show()

    def _connect(self) -> None:
        presenter, home, movement = self._presenter, self.home, self.movement
        home.act.connect(self._act)
        home.close_wanted.connect(self._closing.begin)
        movement.digit.connect(presenter.type_amount)
        movement.erased.connect(presenter.erase_amount)
        movement.reason_given.connect(presenter.choose_reason)
        movement.confirmed.connect(presenter.move)
        movement.cancelled.connect(presenter.home)
        self.tips.toggled.connect(presenter.toggle_tip)
        self.pay_tips.clicked.connect(presenter.pay_tips)

    def _lay_out_tips(self, page: QWidget) -> None:
        outer = QHBoxLayout(page)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        card = panel("card")
        card.setMaximumSize(WIDEST, TALLEST)
        outer.addWidget(card)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(Size.PAD)
        self._tips_title, self._tips_hint = Words("", Role.TITLE), Words("", Role.MUTED)
        for part in (self._tips_title, self._tips_hint):
            column.addWidget(part)
        column.addWidget(self.tips, 1)
        self.pay_tips = primary(height=Size.TOUCH_BIG)
        foot = QHBoxLayout()
        foot.addStretch(3)
        foot.addWidget(self.pay_tips, 2)
        column.addLayout(foot)

    def _act(self, key: str) -> None:
        if key == "tips":
            self._presenter.begin_tips()
        elif key == "x":
            self._presenter.print_x(self.words.code)
        else:
            self._presenter.begin_movement(Movement(key))
            self.movement.begin()
            self.movement.pad.setFocus()

    def _show(self) -> None:
        state = self._presenter.state
        if state.facts is None:
            self._stack.setCurrentWidget(self._waiting)
            return
        match state.page:
            case Page.WAITING:
                self._stack.setCurrentWidget(self._waiting)
            case Page.OPEN:
                self._show_open(state.facts.shop.currency)
            case Page.HOME:
                if state.facts.status.shift is not None:
                    self.home.show_home(home_model(state.facts, self.words.catalogue))
                self._stack.setCurrentWidget(self.home)
            case Page.MOVEMENT:
                self._show_movement()
            case Page.TIPS:
                self._show_tips()
            case Page.CLOSE:
                self._show_close(state.facts.shop.currency)
            case _:
                assert_never(state.page)
        self.heading_changed.emit()

    def _show_open(self, currency: str) -> None:
        if self.open_view is None:
            self.open_view = ShiftOpenView(self.words, currency)
            self.open_view.opened.connect(self._presenter.open_shift)
            self._stack.addWidget(self.open_view)
        self.open_view.show_words()
        self.open_view.set_busy(self._presenter.state.saving)
        self._stack.setCurrentWidget(self.open_view)

    def _show_movement(self) -> None:
        state = self._presenter.state
        if state.movement is not None and state.facts is not None:
            self.movement.show_movement(movement_model(state.movement, state.facts, self.words.catalogue))
        self._stack.setCurrentWidget(self.movement)

    def _show_tips(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        self._tips_title.setText(words.text("Pay tips"))
        self._tips_hint.setText(
            words.text("Tips from cards that the shop still owes, in cash from the drawer.")
        )
        if state.tips is not None and state.facts is not None:
            model = tips_model(state.tips, state.facts, words)
            if not model.rows:
                self._tips_hint.setText(words.text("No tips are owed. Card tips of this shift stand here."))
            self.tips.show_tips(model)
            self.pay_tips.set_text(model.pay)
            self.pay_tips.setEnabled(model.ready)
        self._stack.setCurrentWidget(self._tips_page)

    def _show_close(self, currency: str) -> None:
        state, words = self._presenter.state, self.words.catalogue
        if state.close is None or state.facts is None:
            return
        view = self._close_view(currency)
        command = state.close.commands[CloseStep.COUNT]
        if self._begun != command:
            self._begun = command
            view.begin()
        tips = tips_model(state.tips, state.facts, words) if state.tips is not None else None
        if tips is not None:
            view.tips.show_tips(tips)
        view.show_step(close_model(state.close, state.facts, words, counted=view.counter.total, tips=tips))
        self._stack.setCurrentWidget(view)

    def _close_view(self, currency: str) -> CloseView:
        if self.close_view is None:
            view = self.close_view = CloseView(self.words, currency)
            view.tips.toggled.connect(self._presenter.toggle_tip)
            view.digit.connect(self._closing.type_batch)
            view.erased.connect(self._closing.erase_batch)
            view.counted_changed.connect(self._show)
            view.went_on.connect(self._go_on)
            view.other_taken.connect(self._take_other)
            self._stack.addWidget(view)
        return self.close_view

    def _go_on(self) -> None:
        form = self._presenter.state.close
        if form is None:
            return
        match form.step:
            case CloseStep.TIPS:
                self._closing.pay_tips()
            case CloseStep.COUNT:
                self._ask_count()
            case CloseStep.BATCH if form.by_terminal:
                self._closing.close_terminal()
            case CloseStep.BATCH:
                self._closing.give_batch()
            case CloseStep.RESULT:
                self._closing.accept()
            case CloseStep.CONFIRM:
                self._closing.close(self.words.code)
            case CloseStep.CLOSED:
                self._closing.finish()
            case _:
                assert_never(form.step)

    def _take_other(self) -> None:
        form = self._presenter.state.close
        if form is None:
            return
        match form.step:
            case CloseStep.TIPS:
                self._closing.skip_tips()
            case CloseStep.COUNT:
                self._closing.leave()
            case CloseStep.BATCH if form.by_terminal:
                self._closing.by_hand()
            case CloseStep.BATCH:
                self._closing.no_batch()
            case CloseStep.CLOSED:
                self._closing.print_again(self.words.code)
            case CloseStep.RESULT | CloseStep.CONFIRM:
                pass
            case _:
                assert_never(form.step)

    def _ask_count(self) -> None:
        view, words = self.close_view, self.words.catalogue
        if view is None:
            return
        counts, total = dict(view.counter.counts), words.money(view.counter.total)
        question = Question(
            words.text("Keep the count of {amount}?", amount=total),
            words.text(
                "It is recorded as it is. Then it is shown what was expected, and nothing is sold any more."
            ),
            words.text("Keep the count"),
            cancel=words.text("Count on"),
            danger=False,
        )
        self.host.ask(question, lambda yes: self._closing.count(counts) if yes else None)

    def _tell(self, what: Movement | str, amount: Money | None) -> None:
        self.host.notify(Alert.GOOD, told_words(what, amount, self.words.catalogue))
