"""A terminal that knows nothing of a charge says so for sure only if it is the one that was asked, and still has that batch."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import timedelta

import pytest

from salon_desk.domain.charge import Answer, BatchTotals, Charge, ChargeKind, ChargeProblem, Means, Unknown
from salon_desk.domain.charge_state import ChargeState
from salon_desk.services import charges, tickets
from salon_desk.services.charge_errors import TicketLocked
from salon_desk.services.charges import ChargeAsk, ChargeView
from tests.integration.charges.counter import Bank, Counter, declined
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


def test_another_account_of_a_wallet_knows_nothing_of_what_the_one_before_took(counter: Counter) -> None:
    counter.desk.use(Means.WECHAT_PAY, Gone(), name="901800000116")
    ticket = counter.shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, "45.00", means=Means.WECHAT_PAY, terminal="Front")
    assert view.terminal == "901800000116"  # and not what the card terminal is called
    counter.desk.use(Means.WECHAT_PAY, Bank(), name="901800000117")
    still_unknown(counter, view)


def test_a_terminal_that_has_another_name_now_is_asked_as_before(counter: Counter) -> None:
    view = lost(counter)
    counter.desk.use(Means.TERMINAL, counter.bank, name="By the door")
    assert counter.desk.look_up(view.reference)


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


def given_back(counter: Counter, view: ChargeView, terminal: str = "Front") -> ChargeView:
    """Ask for a void of a charge that no document took."""
    ask = ChargeAsk(view.subject, kind=ChargeKind.VOID, of_reference=view.reference, terminal=terminal)
    return counter.now(counter.desk.begin(counter.shop.command(), MANAGER, ask).reference)


def captured(counter: Counter) -> ChargeView:
    return counter.ask(counter.shop.ticket(("gel", "lily")), "45.00", terminal="Front")


def test_a_captured_charge_is_voided_by_its_terminal_the_same_day(counter: Counter) -> None:
    assert given_back(counter, captured(counter)).kind is ChargeKind.VOID


def test_what_cannot_be_voided_any_more_goes_back_as_a_return_and_frees_its_ticket(counter: Counter) -> None:
    refused, elsewhere, old, batched = (captured(counter) for _ in range(4))
    counter.bank.script.append(declined)
    assert given_back(counter, refused).state is ChargeState.DECLINED
    found = [given_back(counter, refused), given_back(counter, elsewhere, "Spare")]
    counter.bank.totals = BatchTotals("7", 0, dollars("0"), 0, dollars("0"))
    counter.desk.close_batch(counter.shop.command(), MANAGER, "Front", lambda _compared: None)
    found.append(given_back(counter, batched))
    counter.shop.clock.instant += timedelta(hours=13)
    found.append(given_back(counter, old))
    for one in found:
        assert (one.kind, one.state, one.approved) == (
            ChargeKind.RETURN,
            ChargeState.APPROVED,
            dollars("45.00"),
        )
        tickets.discard(counter.shop.till, counter.shop.command(), MANAGER, one.subject)
    assert charges.unsettled(counter.shop.till) == ()
