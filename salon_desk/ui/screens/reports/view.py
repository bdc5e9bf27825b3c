"""The reports screen: which report above, its sections with their main figure left, one table of it right.

What is shown comes from the view model; the presenter decides.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.reports.bar_table import BarTable
from salon_desk.ui.screens.reports.presenter import ReportsPresenter
from salon_desk.ui.screens.reports.reading import BY_DAY, ReportKind
from salon_desk.ui.screens.reports.view_model import ReportModel, TableModel, report_model, tabs, z_rows
from salon_desk.ui.screens.reports.z_sheet import ZSheet
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Heading, ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.words import Role, Words, panel

_REPORT, _NOTHING, _LOCKED = range(3)


class ReportsScreen(Screen):
    """`tabs`, `list`, `table`, `earlier`, `later`, `newest`, `all` and `print` are there for tests."""

    def __init__(self, host: ScreenHost, presenter: ReportsPresenter) -> None:
        super().__init__(host)
        self._presenter = presenter
        self._rows: tuple[ListRow, ...] = ()
        self._table: TableModel | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        column.addLayout(self._make_head())
        column.addLayout(self._make_steps())
        self._head, self._note = Words("", Role.MUTED), Words("", Role.STRONG)
        column.addWidget(self._head)
        column.addWidget(self._note)
        self._pages = QStackedWidget()
        self._nothing, self.locked = EmptyState(Icon.REPORTS), EmptyState(Icon.LOCK)
        for page in (self._make_report(), self._nothing, self.locked):
            self._pages.addWidget(page)
        column.addWidget(self._pages, 1)
        self.locked.acted.connect(presenter.begin)
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.printed = self._tell

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Reports"))

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def left(self) -> None:
        self._presenter.end()

    @override
    def retranslate(self) -> None:
        self._show()

    def _make_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.PAD)
        self.tabs = CategoryPills()
        self.tabs.tapped.connect(lambda key: self._presenter.show(ReportKind(key)))
        self.print = ActionButton("", Kind.PRIMARY, icon=Icon.PRINTER, height=Size.TOUCH)
        self.print.clicked.connect(lambda: self._presenter.print(self.words.code))
        row.addWidget(self.tabs, 1)
        row.addWidget(self.print)
        return row

    def _make_steps(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        presenter = self._presenter
        self.earlier = ActionButton("", Kind.PLAIN, icon=Icon.BACK)
        self.later = ActionButton("", Kind.PLAIN, icon=Icon.NEXT)
        self.newest = ActionButton("", Kind.PLAIN)
        self.all = ActionButton("", Kind.PLAIN)
        self._title = Words("", Role.TITLE, wrap=False)
        self.earlier.clicked.connect(lambda: presenter.step(-1))
        self.later.clicked.connect(lambda: presenter.step(1))
        self.newest.clicked.connect(presenter.newest)
        self.all.clicked.connect(self._ask_z)
        row.addWidget(self.earlier)
        row.addWidget(self.later)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.newest)
        row.addWidget(self.all)
        return row

    def _make_report(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Size.PAD)
        left, right = panel("card"), panel("card")
        inner = QVBoxLayout(left)
        inner.setContentsMargins(8, 8, 8, 8)
        self.list = KineticList()
        inner.addWidget(self.list)
        column = QVBoxLayout(right)
        column.setContentsMargins(Size.PAD, 14, Size.PAD, Size.PAD)
        self._section, self.table = Words("", Role.NAME), BarTable()
        column.addWidget(self._section)
        column.addWidget(self.table, 1)
        row.addWidget(left, 2)
        row.addWidget(right, 4)
        self.list.tapped.connect(lambda key: self._presenter.choose_section(int(key)))
        return box

    def _ask_z(self) -> None:
        shown = self._presenter.state.read
        if shown is None:
            return
        words = self.words.catalogue
        rows = z_rows(shown, words)
        place = next((at for at, row in enumerate(rows) if row.key == shown.close_op), -1)
        sheet = ZSheet(rows, place, words)
        sheet.chosen.connect(self._presenter.choose_z)
        self.host.open_sheet(sheet)

    def _tell(self) -> None:
        words = self.words.catalogue
        self.host.notify(Alert.INFORMATION, words.text("The report is queued for the printer."))

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        model = report_model(state, words)
        self.tabs.set_categories(tabs(words), state.wanted.kind.value)
        self._show_steps(model)
        self.print.set_text(words.text("Print"))
        self.print.setVisible(self._presenter.can_print)
        self.print.setEnabled(not state.printing)
        self.locked.set_words(
            words.text("A manager opens the reports"),
            words.text("It counts until you go to another screen."),
            words.text("Ask a manager"),
        )
        for label, text in (
            (self._head, model.head if model else ""),
            (self._note, model.note if model else ""),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        if model is None:
            self._pages.setCurrentIndex(_LOCKED if state.locked else _NOTHING)
            self._nothing.set_words("")
        elif model.table is None:
            self._pages.setCurrentIndex(_NOTHING)
            self._nothing.set_words(model.empty_title, model.empty_hint)
        else:
            self._pages.setCurrentIndex(_REPORT)
            self._show_report(model, model.table)

    def _show_steps(self, model: ReportModel | None) -> None:
        state, words = self._presenter.state, self.words.catalogue
        kind = state.wanted.kind
        stepping = model is not None and kind in (*BY_DAY, ReportKind.Z)
        day = kind in BY_DAY
        self.earlier.set_text("", words.text("The day before") if day else words.text("The Z before"))
        self.later.set_text("", words.text("The day after") if day else words.text("The Z after"))
        self.newest.set_text(words.text("Today") if day else words.text("Newest"))
        self.all.set_text(words.text("All Z reports"))
        self.earlier.setEnabled(self._presenter.can_step(-1))
        self.later.setEnabled(self._presenter.can_step(1))
        self.newest.setEnabled(self._presenter.can_step(1))
        for button in (self.earlier, self.later, self.newest):
            button.setVisible(stepping)
        self.all.setVisible(stepping and not day and bool(state.read and state.read.shifts))
        self._title.setText(model.title if model else "")

    def _show_report(self, model: ReportModel, table: TableModel) -> None:
        if model.sections != self._rows:
            self._rows = model.sections
            self.list.set_rows(model.sections, keep_place=True)
        self.list.choose(model.chosen)
        self.list.setAccessibleName(model.title)
        self._section.setText(table.title)
        if table != self._table:
            self._table = table
            self.table.show_table(table)
