"""The pages of the import before anything is signed: the choice of a list, and the list as it would be taken.

What is shown comes ready from the view model; taps are told by key.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salon_desk.domain.importing_columns import Column
from salon_desk.i18n import Catalogue
from salon_desk.ui.screens.importing import view_model
from salon_desk.ui.screens.importing.presenter import ImportingState
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words

_NOTHING = "-"


def _pills() -> CategoryPills:
    pills = CategoryPills()
    policy = pills.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    pills.setSizePolicy(policy)
    return pills


class Half(QWidget):
    """A titled list. `title`, `hint` and `list` are there for the page."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Size.GAP)
        self.title, self.hint, self.list = Words("", Role.NAME), Words("", Role.MUTED), KineticList()
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)


class ChoosePage(QWidget):
    """Signals: `chosen(path)`, `back_wanted(list_id)`."""

    chosen = Signal(str)
    back_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        row.setSpacing(Size.PAD)
        self.files, self.lists = Half(), Half()
        row.addWidget(self.files, 3)
        row.addWidget(self.lists, 2)
        self.files.list.tapped.connect(self.chosen)
        self.lists.list.tapped.connect(lambda key: self.back_wanted.emit(key) if key else None)

    def show_state(self, state: ImportingState, words: Catalogue) -> None:
        """Write what lies here and what was taken over."""
        files = state.files or ()
        self.files.title.setText(words.text("Which list?"))
        self.files.hint.setText(
            words.text("CSV or XLSX from the old system: on this machine, or on a stick that was plugged in.")
            if files or state.files is None
            else words.text(
                "No CSV or XLSX was found. Plug in the stick and come back, or save the list under Downloads."
            )
        )
        self.files.list.set_rows(view_model.file_rows(files, words))
        self.lists.title.setText(words.text("Taken over before"))
        self.lists.hint.setText(
            view_model.twice_words_of(state.lists, words) or words.text("Tap one to take it back.")
            if state.lists
            else words.text("Nothing was taken over yet.")
        )
        self.lists.list.set_rows(view_model.list_rows(state.lists, state.currency, words))


class LookPage(QWidget):
    """Columns left, rows right. Signals: `column_tapped(int)`, `wanted()` to go on, `again()` for another list."""

    column_tapped = Signal(int)
    wanted = Signal()
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._broken = False
        self._state, self._words = ImportingState(), Catalogue("en")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        outer.setSpacing(Size.GAP)
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        outer.addLayout(row, 1)
        self.columns, self.rows, self.pills = Half(), Half(), _pills()
        right = QVBoxLayout()
        right.addWidget(self.pills)
        right.addWidget(self.rows, 1)
        row.addWidget(self.columns, 2)
        row.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.setSpacing(Size.GAP)
        self.other = ActionButton("", Kind.PLAIN, height=Size.TOUCH_PAY)
        self.go_on = ActionButton("", Kind.PRIMARY, height=Size.TOUCH_PAY)
        foot.addWidget(self.other, 1)
        foot.addWidget(self.go_on, 2)
        outer.addLayout(foot)
        self.columns.list.tapped.connect(lambda key: self.column_tapped.emit(int(key)))
        self.pills.tapped.connect(self._show_kind)
        self.other.clicked.connect(self.again)
        self.go_on.clicked.connect(self.wanted)

    def show_state(self, state: ImportingState, refusal: str, words: Catalogue) -> None:
        """Write the list as it would be taken; `refusal`: why it cannot be, in words."""
        self._state, self._words = state, words
        self.columns.title.setText(words.text("Columns"))
        self.columns.hint.setText(words.text("Tap one to say what it means."))
        self.columns.list.set_rows(view_model.column_rows(state, words), keep_place=True)
        self.other.set_text(words.text("Another list"))
        self.go_on.set_text(words.text("Go on to the signature"))
        plan = state.plan
        ready = plan is not None and state.looked >= len(plan.people)
        self.go_on.setEnabled(ready and bool(plan and plan.people))
        if plan is None:
            self.rows.title.setText(refusal)
        self._show_rows()

    def _show_kind(self, key: str) -> None:
        self._broken = key == "broken"
        self._show_rows()

    def _show_rows(self) -> None:
        state, words, plan = self._state, self._words, self._state.plan
        if plan is None:
            self.rows.hint.setText("")
            self.rows.list.set_rows(())
            return
        broken = state.broken
        self.pills.set_categories(
            [
                Chip(words.plural("{n} row is taken", "{n} rows are taken", _taken(state)), key="rows"),
                Chip(words.plural("{n} row is not", "{n} rows are not", len(broken)), key="broken"),
            ],
            "broken" if self._broken else "rows",
        )
        totals = plan.totals
        said = [
            f"{words.text(name)}: {view_model.figure(key, totals, state.currency, words)}"
            for key, name in view_model.FIGURES.items()
            if view_model.figure(key, totals, state.currency, words) not in ("0", words.number(0))
        ]
        self.rows.title.setText(state.file)
        self.rows.hint.setText(" · ".join(said))
        if self._broken:
            self.rows.list.set_rows(view_model.broken_rows(broken, words), keep_place=True)
        else:
            self.rows.list.set_rows(view_model.first_rows(state, words), keep_place=True)


class MeaningSheet(Sheet):
    """What a column means. Signal: `chosen(str)`, a Column or empty, after the sheet has closed; `pills` is there for tests."""

    chosen = Signal(str)

    def __init__(self, header: str, column: Column | None, words: Catalogue) -> None:
        super().__init__(words.text("What does “{header}” mean?", header=header), width=720)
        self.pills = _pills()
        chips = [Chip(words.text(name), key=one.value) for one, name in view_model.COLUMNS.items()]
        chips.append(Chip(words.text("not taken"), key=_NOTHING))
        self.pills.set_categories(chips, column.value if column else _NOTHING)
        self.pills.tapped.connect(self._choose)
        self.body.addWidget(self.pills)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)

    def _choose(self, key: str) -> None:
        self.closed.emit()
        self.chosen.emit("" if key == _NOTHING else key)


def _taken(state: ImportingState) -> int:
    rows = len(state.plan.parsed.rows) if state.plan else 0
    return rows - len(state.collided)
