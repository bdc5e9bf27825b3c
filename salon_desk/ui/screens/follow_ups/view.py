"""The screen of tasks: the lists left, the task that was tapped right, with what came of it.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.follow_up import Result
from salon_desk.i18n import N_
from salon_desk.services.follow_ups import Whose
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.follow_ups.presenter import FollowUpsPresenter
from salon_desk.ui.screens.follow_ups.view_model import TaskModel, follow_ups_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Alert
from salon_desk.ui.widgets.action_button import primary
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_LIST_WIDTHS = (400, 560)
_EMPTY = {"note": "", "next_on": ""}


class FollowUpsScreen(ScreenBehind):
    """`lists`, `list`, `rows` and `save` are there for tests."""

    title = N_("Tasks")
    rail_key = "reminders"

    def __init__(
        self, host: ScreenHost, presenter: FollowUpsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.lists = CategoryPills()
        self._left = ListSide(Icon.CHECK, widths=_LIST_WIDTHS, above=(self.lists,))
        self.list = self._left.list
        self._hint, self._page = EmptyState(Icon.PERSON), self._make_page()
        self._side = PageSide(self._hint, self._page)
        place_beside(self, self._left, self._side)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()

    def _make_page(self) -> QWidget:
        page = QWidget()
        self._name, self._phone = Words("", Role.TITLE), Words("", Role.STRONG)
        self._why, self._script, self._said = (
            Words("", Role.MUTED),
            Words("", Role.NAME),
            Words("", Role.BODY),
        )
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self.rows = FormRows(RowNames((("result", "note", "next_on"),), tuple(_EMPTY)))
        self.save = primary(height=Size.TOUCH_BIG)
        column = QVBoxLayout(page)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 4)
        for part in (self._name, self._phone, self._why, self._script, self._said):
            column.addWidget(part)
        column.addWidget(self.rows, 1)
        column.addWidget(self._refusal)
        column.addWidget(self.save)
        return page

    def _connect(self) -> None:
        presenter = self.presenter
        presenter.changed = self.show_all
        presenter.opened = lambda: self.rows.begin(_EMPTY)
        presenter.saved = lambda: self.host.notify(Alert.GOOD, self.words.catalogue.text("Written down."))
        self.lists.tapped.connect(lambda key: presenter.show(Whose(key)))
        self.list.tapped.connect(presenter.open)
        self.rows.tapped.connect(lambda _group, key: presenter.say(Result(key)))
        self.rows.typing.connect(presenter.typing)
        self.save.clicked.connect(lambda: presenter.save(self.rows.texts["note"], self.rows.texts["next_on"]))

    @override
    def show_all(self) -> None:
        words = self.words.catalogue
        model = follow_ups_model(self.presenter.state, words)
        self.lists.set_categories(model.lists, model.whose)
        self.list.setAccessibleName(words.text("Tasks"))
        self._left.show_list(model.rows, chosen=model.chosen, known=model.known)
        self._left.nothing.set_words(
            words.text("Nothing is waiting here"),
            words.text("A trigger can make tasks by itself: say so under “What is sent by itself”."),
        )
        self._hint.set_words(
            words.text("Tap a task"), words.text("It says whom to call, why, and what to say.")
        )
        self._refusal.setText(model.refusal)
        self._refusal.setVisible(bool(model.refusal))
        self._side.show_page(self._hint if model.task is None else self._page)
        if model.task is not None:
            self._show_task(model.task)

    def _show_task(self, model: TaskModel) -> None:
        said = "\n".join(model.said)
        why = self.words.catalogue.text("{why} · {due}", why=model.why, due=model.due)
        for label, text in (
            (self._name, model.name),
            (self._phone, model.phone),
            (self._why, why),
            (self._script, model.script),
            (self._said, said),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._why.set_tone(Tone.AMBER if model.late else None)
        self.rows.setEnabled(model.answer is not None)
        self.rows.setVisible(model.answer is not None)
        self.save.setVisible(model.answer is not None)
        if model.answer is not None:
            self.rows.show_group("result", model.answer)
        for name, said_of in model.fields.items():
            self.rows.name_field(name, said_of.label, said_of.hint, said_of.told)
        self.save.set_text(model.save)
        self.save.setEnabled(model.can_save)
