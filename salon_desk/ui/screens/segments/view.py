"""The screen of groups: the groups left, the one that was tapped right, or its form.

What is shown comes from the view model, what happens is the presenter's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.errors import DomainError
from salon_desk.domain.names import Names
from salon_desk.i18n import N_
from salon_desk.ui.behind import ScreenBehind
from salon_desk.ui.list_beside_page import ListSide, PageSide, place_beside
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.segments.form import TypedSegment
from salon_desk.ui.screens.segments.page import SegmentPage
from salon_desk.ui.screens.segments.presenter import SegmentsPresenter
from salon_desk.ui.screens.segments.view_model import (
    called,
    form_model,
    list_rows,
    page_model,
    title_of,
)
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone
from salon_desk.ui.view_values import Question
from salon_desk.ui.widgets.action_button import ActionButton, Kind, primary
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.form_rows import FormRows, RowNames
from salon_desk.ui.widgets.words import Role, Words

_LIST_WIDTHS = (340, 480)
_COLUMNS = (
    ("balance", "away", "here", "visits", "visits_days", "spend", "spend_days"),
    ("name", "name_zh", "tag", "may", "tier", "month"),
)
_TEXTS = frozenset(("name", "name_zh", "tag"))
_LOOK_MS = 250


class SegmentsScreen(ScreenBehind):
    """`list`, `page`, `rows`, `add` and `save` are there for tests."""

    title = N_("Who to write to")
    rail_key = "reminders"

    def __init__(
        self, host: ScreenHost, presenter: SegmentsPresenter, *, back_to: Callable[[], None]
    ) -> None:
        super().__init__(host, back_to)
        self.presenter = presenter
        self.add = primary(height=Size.TOUCH_BIG, icon=Icon.PLUS)
        self._left = ListSide(Icon.MEMBERS, widths=_LIST_WIDTHS, below=(self.add,))
        self.list = self._left.list
        self._hint, self.page, self._form = EmptyState(Icon.MEMBERS), SegmentPage(), self._make_form()
        self._side = PageSide(self._hint, self.page, self._form)
        place_beside(self, self._left, self._side)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(presenter.tick)
        self._connect()

    @override
    def shown(self) -> None:
        self.presenter.begin()
        if self.presenter.state.editing:
            self.presenter.typing(self.typed)

    @override
    def left(self) -> None:
        self.presenter.stop()

    @property
    def typed(self) -> TypedSegment:
        """What stands in the fields."""
        return TypedSegment(**self.rows.texts)

    def _make_form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self._title = Words("", Role.TITLE)
        names = {one.name for one in fields(TypedSegment)}
        self.rows = FormRows(RowNames(_COLUMNS, names, names - _TEXTS))
        self._kept, self.told = Words("", Role.MUTED), Words("", Role.NAME)
        self._refusal = Words("", Role.STRONG, tone=Tone.DANGER)
        self._cancel = ActionButton("", Kind.PLAIN, height=Size.TOUCH_BIG)
        self.save = primary(height=Size.TOUCH_BIG)
        column.addWidget(self._title)
        column.addWidget(self.rows, 1)
        for part in (self._kept, self.told, self._refusal):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP + 4)
        foot.addWidget(self._cancel, 1)
        foot.addWidget(self.save, 2)
        column.addLayout(foot)
        return form

    def _connect(self) -> None:
        presenter, page = self.presenter, self.page
        presenter.changed = self.show_all
        presenter.opened = lambda: self.rows.begin(asdict(presenter.state.start))
        self.list.tapped.connect(presenter.choose)
        self.add.clicked.connect(presenter.add)
        self.rows.typing.connect(lambda: presenter.typing(self.typed))
        self.rows.tapped.connect(lambda group, key: presenter.tap(group, key, self.typed))
        self._cancel.clicked.connect(presenter.cancel)
        self.save.clicked.connect(self._save)
        page.write.connect(presenter.write)
        page.rows.tapped.connect(presenter.open_member)
        page.change.connect(presenter.change)
        page.drop.connect(self._ask_drop)
        page.reckon.connect(presenter.reckon)
        page.stopped.connect(presenter.stop_reckoning)

    def _save(self) -> None:
        typed, state = self.typed, self.presenter.state
        try:
            name = called(state, typed, self.words.catalogue)
        except DomainError:
            name = Names("")  # the presenter says what is wrong
        self.presenter.save(typed, name)

    def _ask_drop(self) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Delete {name}?", name=title_of(self.presenter.state, words)),
            words.text("The members stay as they are, and campaigns that went out to them too."),
            words.text("Delete it"),
        )
        self.host.ask(question, lambda yes: self.presenter.drop() if yes else None)

    @override
    def show_all(self) -> None:
        words, state = self.words.catalogue, self.presenter.state
        rows = list_rows(state, words)
        self.list.setAccessibleName(words.text("Groups of members"))
        self._left.show_list(rows, chosen=state.chosen)
        self.add.set_text(words.text("A new group"))
        self._hint.set_words(
            words.text("Groups of members"),
            words.text(
                "Tap one to see who belongs to it, and write to them. Make one of your own from their figures."
            ),
        )
        self._keep_time()
        page = page_model(state, words)
        if state.editing:
            self._show_form()
        elif page is not None:
            self.page.show_page(page, words)
            self._side.show_page(self.page)
        else:
            self._side.show_page(self._hint)

    def _keep_time(self) -> None:
        wanted = self.presenter.state.progress is not None
        if wanted and not self._timer.isActive():
            self._timer.start()
        elif not wanted:
            self._timer.stop()

    def _show_form(self) -> None:
        words = self.words.catalogue
        model = form_model(self.presenter.state, words)
        self._title.setText(model.title)
        self._name_fields()
        for name, group in model.groups.items():
            self.rows.show_group(name, group)
        for label, text in (
            (self._kept, model.kept),
            (self.told, model.told),
            (self._refusal, model.refusal),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._cancel.set_text(words.text("Cancel"))
        self.save.set_text(words.text("Save"))
        self.save.setEnabled(not model.saving)
        self._side.show_page(self._form)

    def _name_fields(self) -> None:
        words = self.words.catalogue
        own = words.text("Empty: what it means")
        ever = words.text("Empty: ever")
        named = {
            "balance": (words.text("Balance of at least"), words.text("Such as 100")),
            "away": (words.text("Not here for so many days"), words.text("Such as 60")),
            "here": (words.text("Was here in the last days"), words.text("Such as 90")),
            "visits": (words.text("Visits, at least"), ""),
            "visits_days": (words.text("Visits within how many days"), ever),
            "spend": (words.text("Spent at least"), ""),
            "spend_days": (words.text("Spent within how many days"), ever),
            "name": (words.text("Name in English"), own),
            "name_zh": (words.text("Name in Chinese"), own),
            "tag": (words.text("Tag"), words.text("Such as VIP")),
        }
        for name, (label, hint) in named.items():
            self.rows.name_field(name, label, hint)
