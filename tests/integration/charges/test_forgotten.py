"""A terminal that knows nothing of a charge says so for sure only if it is the one that was asked, and still has that batch."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import timedelta

import pytest

from salon_desk.domain.charge import Answer, BatchTotals, Charge, ChargeProblem, Means, Unknown
from salon_desk.domain.charge_state import ChargeState
from salon_desk.services import tickets
from salon_desk.services.charge_errors import TicketLocked
from salon_desk.services.charges import ChargeView
from tests.integration.charges.counter import Bank, Counter
from tests.integration.services.shop import CASHIER, MANAGER, dollars


class Gone(Bank):
    """It charged the card, its answer was lost, and it says nothing any more."""

    def charge(self, charge: Charge) -> Future[Answer]:
        super().charge(charge)
        return self.look_up(charge)

    def look_up(self, charge: Charge) -> Future[Answer]:
        done: Future[Answer] = Future()
        done.set_result(Unknown(charge.reference, ChargeProblem.OUT_OF_REACH))
        return done


def lost(counter: Counter) -> ChargeView:
    """A charge of which nobody knows, though the card was charged."""
    counter.bank = Gone()
    counter.desk.use(Means.TERMINAL, counter.bank, name="Front")
    return counter.ask(counter.shop.ticket(("gel", "lily")), "45.00", terminal="Front")


def still_unknown(counter: Counter, view: ChargeView) -> None:
    counter.desk.look_up_open()
    assert counter.now(view.reference).state is ChargeState.UNKNOWN
    with pytest.raises(TicketLocked):
        tickets.park(counter.shop.till, counter.shop.command(), CASHIER, view.subject)


def test_another_terminal_knows_nothing_of_what_the_one_before_charged(counter: Counter) -> None:
    view = lost(counter)
    counter.desk.use(Means.TERMINAL, Bank(), name="Spare")
    still_unknown(counter, view)


def test_a_terminal_that_closed_its_batch_has_forgotten_what_was_in_it(counter: Counter) -> None:
    view = lost(counter)
    back = Bank(totals=BatchTotals("7", 1, dollars("45.00"), 0, dollars("0")))
    counter.desk.use(Means.TERMINAL, back, name="Front")
    counter.desk.close_batch(counter.shop.command(), MANAGER, "Front", lambda _compared: None)
    still_unknown(counter, view)


def test_a_terminal_closes_its_batch_by_itself_at_night(counter: Counter) -> None:
    view = lost(counter)
    counter.desk.use(Means.TERMINAL, Bank(), name="Front")
    counter.shop.clock.instant += timedelta(hours=13)
    still_unknown(counter, view)


def test_the_terminal_that_was_asked_says_for_sure_that_it_knows_nothing(counter: Counter) -> None:
    view = lost(counter)
    counter.desk.use(Means.TERMINAL, Bank(), name="Front")
    counter.desk.look_up_open()
    assert counter.now(view.reference).state is ChargeState.NOT_CHARGED
