"""The sheet of one line: how many, by whom, requested or in turn, its price, its discount, a series that pays it, or off it goes.

Every tap changes the ticket at once and the sheet shows what came of it; nothing waits for "done".
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.domain.ticket import TicketLine
from salon_desk.ui.counter.tender_tiles import TenderTiles
from salon_desk.ui.language import Language
from salon_desk.ui.screens.checkout.state import CheckoutState
from salon_desk.ui.screens.checkout.ticket_edits import TicketEdits
from salon_desk.ui.screens.checkout.visit_tiles import visit_tiles
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Type
from salon_desk.ui.view_values import TechnicianFace
from salon_desk.ui.widgets import technician_button
from salon_desk.ui.widgets.action_button import ActionButton, Kind, plain, primary, secondary
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.face_grid import ButtonPool
from salon_desk.ui.widgets.flow_layout import GridLayout
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.technician_button import TechnicianButton
from salon_desk.ui.widgets.words import Figure, Role, Words

_WIDTH = 760


class LineSheet(Sheet):
    """Signals: `price_wanted()`, `discount_wanted()`; `show_state` after every change of the ticket."""

    price_wanted = Signal()
    discount_wanted = Signal()

    def __init__(
        self, language: Language, edits: TicketEdits, line: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("", width=_WIDTH, parent=parent)
        self.line = line
        self._language, self._edits = language, edits
        self._told: TicketLine | None = None
        self._counts()
        self._paid_before()
        self._people()
        self._foot()

    def show_state(self, state: CheckoutState) -> None:
        """Write the line as it is now; a line that is gone closes the sheet."""
        told = state.line_of(self.line)
        if told is None:
            self.closed.emit()
            return
        self._told = told
        words, code = self._language.catalogue, self._language.code
        self.set_title(told.names.in_language(code))
        self._second.setText(told.names.second(code))
        self._second.setVisible(bool(told.names.second(code)))
        self.fewer.setEnabled(told.quantity > 1)
        self.fewer.set_text("", words.text("One less"))
        self.more.set_text("", words.text("One more"))
        self.count.set_text(words.number(told.quantity))
        self.price.set_words(words.money(told.unit_price), words.text("Price of one"))
        self._show_visits(state, told)
        faces = [TechnicianFace(one.staff, one.called(code), "") for one in state.technicians]
        self._faces.show(faces, told.technician)
        self._who.setText(words.text("Who does it"))
        served = told.technician is not None
        self.in_turn.set_words(words.text("In turn"))
        self.requested.set_words(words.text("Requested by the guest"))
        self.in_turn.set_chosen(served and not told.requested)
        self.requested.set_chosen(told.requested)
        for button in (self.in_turn, self.requested):
            button.setEnabled(served)
        self.remove.set_text(words.text("Take off"))
        self.discount.set_text(words.text("Discount"))
        self.done.set_text(words.text("Done"))

    def _show_visits(self, state: CheckoutState, told: TicketLine) -> None:
        """The series that could pay this line; the one that does is marked."""
        words = self._language.catalogue
        used = told.visit.series if told.visit is not None else ""
        tiles = visit_tiles(state.fitting, used, words)
        self.visits.set_tiles(tiles)
        self._series.setText(words.text("Paid by a series"))
        for part in (self._series, self.visits):
            part.setVisible(bool(tiles))

    def face(self, staff: str) -> TechnicianButton | None:
        """The button of a technician."""
        return self._faces.button(staff)

    def _counts(self) -> None:
        self._second = Words("", Role.MUTED)
        self.body.addWidget(self._second)
        self.fewer = plain(icon=Icon.MINUS, height=Size.TOUCH_PAY)
        self.more = plain(icon=Icon.PLUS, height=Size.TOUCH_PAY)
        self.count = Figure("", size=Type.FIGURE, align=Qt.AlignmentFlag.AlignHCenter)
        self.count.setFixedWidth(80)
        self.price = ChoiceButton(filled=True, height=Size.TOUCH_BIG - 4)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        for button in (self.fewer, self.more):
            button.setMinimumWidth(Size.TOUCH_BIG)
        for part in (self.fewer, self.count, self.more):
            row.addWidget(part)
        row.addSpacing(Size.PAD)
        row.addWidget(self.price, 1)
        self.body.addLayout(row)
        self.fewer.clicked.connect(lambda: self._count(-1))
        self.more.clicked.connect(lambda: self._count(+1))
        self.price.clicked.connect(self.price_wanted.emit)

    def _paid_before(self) -> None:
        self._series = Words("", Role.MUTED)
        self.visits = TenderTiles(columns=2)
        self.body.addWidget(self._series)
        self.body.addWidget(self.visits)
        self.visits.tapped.connect(lambda series: self._edits.use_visit(self.line, series))

    def _people(self) -> None:
        self._who = Words("", Role.MUTED)
        self.body.addWidget(self._who)
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        grid = GridLayout(least=technician_button.LEAST_WIDTH, columns=6)
        column.addLayout(grid)
        self._faces: ButtonPool[TechnicianFace, TechnicianButton] = ButtonPool(
            grid, TechnicianButton, TechnicianButton.set_face, self._assign
        )
        self.body.addWidget(people)
        self.in_turn = ChoiceButton(filled=True)
        self.requested = ChoiceButton(filled=True)
        row = QHBoxLayout()
        row.setSpacing(Size.GAP)
        row.addWidget(self.in_turn, 1)
        row.addWidget(self.requested, 1)
        self.body.addLayout(row)
        self.in_turn.clicked.connect(lambda: self._request(False))
        self.requested.clicked.connect(lambda: self._request(True))

    def _foot(self) -> None:
        self.remove = ActionButton("", Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self.discount = secondary(height=Size.TOUCH_PAY)
        self.done = primary(height=Size.TOUCH_PAY)
        for button in (self.remove, self.discount, self.done):
            self.add_button(button)
        self.remove.clicked.connect(lambda: self._edits.remove(self.line))
        self.discount.clicked.connect(self.discount_wanted.emit)
        self.done.clicked.connect(self.dismiss)

    def _count(self, step: int) -> None:
        self._with(lambda told: self._edits.quantity(self.line, told.quantity + step))

    def _assign(self, staff: str) -> None:
        self._with(lambda told: self._edits.assign(self.line, staff, requested=_still(told, staff)))

    def _request(self, requested: bool) -> None:
        self._with(
            lambda told: (
                self._edits.assign(self.line, told.technician or "", requested=requested)
                if told.technician
                else None
            )
        )

    def _with(self, act: Callable[[TicketLine], None]) -> None:
        if self._told is not None:
            act(self._told)


def _still(told: TicketLine, staff: str) -> bool:
    """A request is for a person: it stays when the same face is tapped and goes with another."""
    return told.requested and told.technician == staff
