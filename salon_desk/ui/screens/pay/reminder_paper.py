"""The member's reminder on paper, asked for after a payment: queued beside everything else, so that the next guest never waits. No Qt.

What it says is `services/reminder_slips.py`'s. Nothing is said of one that cannot be printed once the next ticket is open.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.services import reminder_slips
from salon_desk.services.till import Till
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.screens.pay.state import PayState
from salon_desk.ui.tasks import Tasks


class Paid(Protocol):
    """The payment after which it is asked for."""

    state: PayState


class ReminderPaper:
    """Prints it once for a payment."""

    def __init__(self, till: Till, tasks: Tasks, desk: Paid, outlet: Outlet) -> None:
        self._till, self._tasks, self._desk, self._outlet = till, tasks, desk, outlet

    def print_it(self) -> None:
        """Queue the slip; a second tap does nothing."""
        state = self._desk.state
        sold = state.sold
        if sold is None or not state.can_remind or state.reminded:
            return
        self._show(reminded=True)

        def refused(error: DomainError) -> None:
            if self._desk.state.sold is sold:
                self._outlet.refuse(error)
                self._show(reminded=False)

        self._tasks.run(
            lambda: reminder_slips.print_slip(self._till, sold.sale.member, about=sold.op_id),
            lambda _job: None,
            refused,
        )

    def _show(self, *, reminded: bool) -> None:
        self._desk.state = replace(self._desk.state, reminded=reminded)
        self._outlet.render()
