"""Value that is carried over: on its card like any other, owed in the ledger, against an account of its own."""

from __future__ import annotations

import pytest

from salon_desk.domain import ledger
from salon_desk.domain.errors import (
    AmountMissing,
    CurrencyMismatch,
    DomainError,
    NegativeAmount,
    TextTooLong,
)
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.operations.payment import Funding
from salon_desk.services import ledger_export, reports
from salon_desk.services.carry_over import carried_over
from salon_desk.services.errors import ReasonMissing
from tests.integration.services.shop import CASHIER, Shop, dollars


def test_what_is_carried_over_can_be_spent_here_and_bonus_stays_bonus(shop: Shop) -> None:
    _carry_over(shop, Funding(card=shop.card, paid=dollars("40.00"), bonus=dollars("5.50")))
    assert shop.value() == (dollars("40.00"), dollars("5.50"))
    (tender,) = shop.sell(shop.ticket(("six", "lily")), shop.stored()).sale.tenders
    assert (tender.from_bonus, tender.from_paid) == (dollars("5.50"), tender.amount - dollars("5.50"))


def test_it_is_booked_against_what_was_carried_over_and_not_as_a_sale_or_an_expense() -> None:
    done = carried_over(
        Funding(card="c", paid=dollars("40.00"), bonus=dollars("5.50")), reason=" old program "
    )
    assert done.reason == "old program"
    assert done.postings == (
        Posting(ledger.STORED_VALUE_PAID, -dollars("40.00")),
        Posting(ledger.STORED_VALUE_BONUS, -dollars("5.50")),
        Posting(ledger.VALUE_CARRIED_OVER, dollars("45.50")),
    )


def test_a_purse_without_anything_in_it_is_not_touched() -> None:
    done = carried_over(Funding(card="c", paid=dollars("40.00"), bonus=dollars("0.00")), reason="old")
    assert [(one.asset, one.units) for one in done.purse_changes] == [("card/c/USD/paid", 4000)]


def test_the_liability_report_agrees_and_the_export_names_the_account(shop: Shop) -> None:
    _carry_over(shop, Funding(card=shop.card, paid=dollars("40.00"), bonus=dollars("5.50")))
    with shop.till.read() as transaction:
        report = reports.liability_report(transaction)
        text = "".join(ledger_export.beancount(transaction))
    assert (report.paid, report.bonus) == (dollars("40.00"), dollars("5.50"))
    assert report.agrees
    assert f"  {ledger.VALUE_CARRIED_OVER}  45.50 USD" in text
    assert 'kind: "card.carried_over"' in text


@pytest.mark.parametrize(
    ("paid", "bonus", "reason", "refusal"),
    [
        (Money(0, "USD"), Money(0, "USD"), "old", AmountMissing),
        (Money(1, "USD"), Money(0, "USD"), " ", ReasonMissing),
        (Money(1, "USD"), Money(0, "USD"), "o" * 65, TextTooLong),
        (Money(1, "USD"), Money(1, "CAD"), "old", CurrencyMismatch),
        (Money(5, "USD"), Money(-1, "USD"), "old", NegativeAmount),
    ],
)
def test_what_cannot_be_is_refused(
    paid: Money, bonus: Money, reason: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        carried_over(Funding(card="c", paid=paid, bonus=bonus), reason=reason)


def _carry_over(shop: Shop, funding: Funding) -> None:
    shop.till.record(
        shop.command(), CASHIER, lambda _transaction: carried_over(funding, reason="old program")
    )
