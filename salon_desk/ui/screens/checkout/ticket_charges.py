"""What the checkout says of tickets whose card was charged, or may have been: a mark in the strip, a row among the sums. No Qt.

Such a ticket is locked by the services until it is finished or voided on the pay screen; here it is only said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from salon_desk.domain.charge_state import ChargeState
from salon_desk.i18n import Catalogue
from salon_desk.ui.charging import ChargeLine, ChargeNow
from salon_desk.ui.screens.checkout.ticket_model import SumRow, TicketModel
from salon_desk.ui.screens.checkout.view_model import CheckoutModel
from salon_desk.ui.tasks import Tasks
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import TicketFace


class TicketCharges:
    """The charges that are open, by what was heard last; `changed` paints. UI thread only."""

    def __init__(self, tasks: Tasks, line: ChargeLine, changed: Callable[[], None]) -> None:
        self._tasks, self._line, self._changed = tasks, line, changed
        self.charges: tuple[ChargeNow, ...] = ()
        line.hear(lambda _charge: self.look())

    def look(self) -> None:
        """Read them anew."""
        self._tasks.run(self._line.unsettled, self._read, replaces="checkout-charges")

    def _read(self, charges: tuple[ChargeNow, ...]) -> None:
        if charges != self.charges:
            self.charges = charges
            self._changed()


def marked(model: CheckoutModel, charges: Sequence[ChargeNow], words: Catalogue) -> CheckoutModel:
    """The screen with what was charged for its tickets."""
    of = {one.ask.subject: one for one in charges}
    if not of:
        return model
    panel = model.panel
    if panel is not None and model.ticket in of:
        panel = _panel(panel, of[model.ticket], words)
    tickets = tuple(_face(one, of[one.key], words) if one.key in of else one for one in model.tickets)
    return replace(model, tickets=tickets, panel=panel)


def _face(face: TicketFace, charge: ChargeNow, words: Catalogue) -> TicketFace:
    if charge.standing is ChargeState.APPROVED:
        return replace(face, detail=words.text("card charged, not finished"), tone=Tone.AMBER)
    return replace(face, detail=words.text("card charged or not: unknown"), tone=Tone.DANGER)


def _panel(panel: TicketModel, charge: ChargeNow, words: Catalogue) -> TicketModel:
    if charge.standing is ChargeState.APPROVED:
        row = SumRow(words.text("Charged, not finished"), words.money(charge.taken), Tone.AMBER)
    else:
        row = SumRow(words.text("Charged or not: unknown"), words.money(charge.ask.amount), Tone.DANGER)
    return replace(panel, sums=(*panel.sums, row))
