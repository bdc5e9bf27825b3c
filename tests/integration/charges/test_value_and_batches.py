"""Value sold by card, batches compared with our own figures, terminals that are looked at, what a start has to tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from salon_desk.domain.charge import BatchFailed, BatchTotals, ChargeKind, ChargeProblem, Unknown
from salon_desk.domain.shift import Denomination
from salon_desk.services import batches, charges, gifts, inspections, recovery, series_sales, shifts
from salon_desk.services.batches import Compared
from salon_desk.services.charge_errors import ChargeOfAnother, ChargeUsed, SerialMissing, UnknownCharge
from salon_desk.services.charges import ChargeAsk
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.inspections import InspectionAsk
from salon_desk.storage.errors import CannotRecord
from salon_desk.storage.verify import verify
from tests.integration.charges.counter import Counter, approved, by
from tests.integration.services.shop import CASHIER, MANAGER, cash, dollars


def test_a_gift_card_is_sold_by_the_charge_that_was_made_for_it(counter: Counter) -> None:
    shop = counter.shop
    document = shop.till.new_id()
    view = counter.ask(document, "60.00")
    ask = GiftAsk(dollars("60.00"))
    ticket = shop.ticket(("gel", "lily"))
    wrong = counter.ask(ticket, "60.00")
    with pytest.raises(ChargeOfAnother):
        gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(by(wrong),))
    bogus = by(replace(view, reference="x"))
    with pytest.raises(UnknownCharge):
        gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(bogus,))
    done = gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(by(view),)).gift
    assert (done.document, done.tenders[0].charge) == (document, view.reference)
    with pytest.raises(ChargeUsed):
        counter.ask(document, "60.00")
    assert verify(counter.folder).problems == ()


def test_a_guest_is_asked_for_a_tip_with_a_ticket_and_not_with_value_alone(counter: Counter) -> None:
    counter.ask(counter.shop.till.new_id(), "60.00")
    counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert [one.asks_tip for one in counter.bank.asked] == [False, True]


def test_value_that_was_charged_and_not_recorded_is_offered_to_be_voided(counter: Counter) -> None:
    shop = counter.shop
    view = counter.ask(shop.till.new_id(), "60.00")
    told = recovery.start(shop.till)
    assert told is not None
    assert [one.reference for one in told.charges] == [view.reference]
    void = ChargeAsk(view.subject, kind=ChargeKind.VOID, of_reference=view.reference)
    counter.desk.begin(shop.command(), MANAGER, void)
    recovery.finish(shop.till)
    assert recovery.start(shop.till) is None


def closed(counter: Counter, totals: BatchTotals | BatchFailed) -> Compared | BatchFailed:
    heard: list[Compared | BatchFailed] = []
    counter.bank.totals = totals
    counter.desk.close_batch(counter.shop.command(), CASHIER, "front", heard.append)
    return heard[0]


def test_a_batch_that_agrees_counts_tips_and_returns_and_no_voided_charge(counter: Counter) -> None:
    shop = counter.shop
    counter.bank.script.append(lambda charge: approved(charge, tip="3.00"))
    ticket = shop.ticket(("gel", "lily"))
    view = counter.ask(ticket, "47.03", terminal="front")
    sale = shop.sell(ticket, by(view))
    gone = counter.ask(shop.ticket(("six", "lily")), "6.00", terminal="front")
    void = ChargeAsk(gone.subject, kind=ChargeKind.VOID, of_reference=gone.reference, terminal="front")
    counter.desk.begin(shop.command(), MANAGER, void)
    back = ChargeAsk(
        sale.op_id, dollars("10.00"), ChargeKind.RETURN, of_reference=view.reference, terminal="front"
    )
    counter.desk.begin(shop.command(), MANAGER, back)
    found = closed(counter, BatchTotals("12", 1, dollars("50.03"), 1, dollars("10.00")))
    assert isinstance(found, Compared)
    assert (found.batch.agrees, found.suspects, len(found.charges)) == (True, (), 4)
    again = closed(counter, BatchTotals("13", 0, dollars("0"), 0, dollars("0")))
    assert isinstance(again, Compared)
    assert (again.batch.agrees, again.charges) == (True, ())
    assert verify(counter.folder).problems == ()


def test_a_difference_is_shown_with_the_charges_that_may_explain_it(counter: Counter) -> None:
    shop = counter.shop
    counter.bank.idle = False
    counter.bank.script.append(lambda charge: Unknown(charge.reference, ChargeProblem.SILENT))
    open_one = counter.ask(shop.ticket(("gel", "lily")), "47.03", terminal="front")
    counter.bank.script.append(lambda charge: Unknown(charge.reference, ChargeProblem.SILENT))
    decided = counter.ask(shop.ticket(("six", "lily")), "6.00", terminal="front")
    counter.desk.decide(shop.command(), MANAGER, decided.reference, charged=False, evidence="no slip")
    counter.ask(shop.ticket(("gel", "lily")), "45.00", terminal="front")
    found = closed(counter, BatchTotals("12", 2, dollars("51.00"), 0, dollars("0")))
    assert isinstance(found, Compared)
    assert found.batch.difference == dollars("6.00")
    assert {one.reference for one in found.suspects} == {open_one.reference, decided.reference}
    assert batches.ours(shop.till, "front").charges == (counter.now(open_one.reference),)


def test_a_batch_that_was_not_closed_is_not_kept(counter: Counter) -> None:
    assert closed(counter, BatchFailed(ChargeProblem.BUSY)) == BatchFailed(ChargeProblem.BUSY)
    assert batches.newest(counter.shop.till, "front") == ()


def test_a_batch_that_the_disk_does_not_take_keeps_nobody_waiting(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object) -> None:
        raise CannotRecord("disk-full")

    monkeypatch.setattr(batches, "closed", full)
    found = closed(counter, BatchTotals("9", 0, dollars("0"), 0, dollars("0")))
    assert isinstance(found, BatchFailed)


def test_a_terminal_is_looked_at_every_month(counter: Counter) -> None:
    shop = counter.shop
    assert inspections.standing(shop.till, "front").is_overdue
    with pytest.raises(SerialMissing):
        inspections.inspect(shop.till, shop.command(), CASHIER, InspectionAsk("front", " ", True))
    first = inspections.inspect(shop.till, shop.command(), CASHIER, InspectionAsk("front", "A1", True))
    assert (first.is_overdue, first.is_suspect, first.every) == (False, False, 31)
    assert first.last is not None
    assert first.last.signer == "amy"
    swapped = inspections.inspect(shop.till, shop.command(), CASHIER, InspectionAsk("front", "B2", True))
    assert swapped.is_suspect
    broken = inspections.inspect(shop.till, shop.command(), CASHIER, InspectionAsk("front", "B2", False))
    assert (broken.other_serial, broken.is_suspect) == (False, True)
    assert verify(counter.folder).problems == ()


def test_a_look_that_is_older_than_the_rule_is_overdue(counter: Counter) -> None:
    shop = counter.shop
    inspections.inspect(shop.till, shop.command(), CASHIER, InspectionAsk("front", "A1", True))
    shifts.count(shop.till, shop.command(), CASHIER, denominations=(Denomination(100, 100),))
    shifts.close(shop.till, shop.command(), CASHIER)
    shop.clock.instant += timedelta(days=31)
    assert not inspections.standing(shop.till, "front").is_overdue
    shop.clock.instant += timedelta(days=1)
    assert inspections.standing(shop.till, "front").is_overdue


def test_a_payment_without_charges_is_as_it_was(counter: Counter) -> None:
    shop = counter.shop
    assert gifts.sell(shop.till, shop.command(), CASHIER, GiftAsk(dollars("20.00")), tenders=(cash(),))
    assert charges.unsettled(shop.till) == ()
    assert series_sales.offers(shop.till) == ()
