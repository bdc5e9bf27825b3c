"""Tips leave the drawer once, to who is owed them, and never more than is owed."""

from __future__ import annotations

import pytest

from salon_desk.domain.errors import (
    AmountMissing,
    AmountTooLarge,
    CurrencyMismatch,
    DomainError,
    DuplicateId,
    NegativeAmount,
    TipWithoutTechnician,
)
from salon_desk.domain.money import Money
from salon_desk.operations.description import StoreDescribed
from salon_desk.services import shifts, voids
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownStaff
from tests.integration.histories.giving_back import close_shift
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, Shop, dollars, external


@pytest.fixture
def tipped(shop: Shop) -> Shop:
    """Lily is owed $3.32 and Kim $2.00, both paid by card."""
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"))
    shop.sell(ticket, external(), tips=(("lily", dollars("3.32")), ("kim", dollars("2.00"))))
    return shop


def pay(shop: Shop, *tips: tuple[str, str]) -> None:
    """Pay tips out in cash."""
    owed = tuple((who, dollars(amount)) for who, amount in tips)
    shifts.pay_tips(shop.till, shop.command(), CASHIER, tips=owed)


@pytest.mark.parametrize(
    ("tips", "refusal"),
    [
        ([("lily", "3.33")], AmountTooLarge),
        ([("lily", "1.00"), ("lily", "1.00")], DuplicateId),
        ([("lily", "3.32"), ("kim", "-2.00")], NegativeAmount),
        ([("lily", "0.00"), ("kim", "1.00")], AmountMissing),
        ([], AmountMissing),
        ([("nobody", "1.00")], UnknownStaff),
        ([("amy", "1.00")], AmountTooLarge),
    ],
)
def test_what_is_not_owed_is_not_paid(
    tipped: Shop, tips: list[tuple[str, str]], refusal: type[DomainError]
) -> None:
    head = tipped.till.store.head
    with pytest.raises(refusal):
        pay(tipped, *tips)
    assert tipped.till.store.head == head


def test_a_tip_is_split_by_services_whoever_sold_the_hand_cream(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"), ("cream", "kim"))
    sold = shop.sell(ticket, external(), tip="15.00").sale
    assert [(tip.technician, tip.amount) for tip in sold.tips] == [
        ("lily", dollars("8.13")),
        ("kim", dollars("6.87")),
    ]
    with pytest.raises(TipWithoutTechnician):
        shop.sell(shop.ticket(("cream", "kim")), external(), tip="1.00")


def test_tips_of_another_currency_are_refused(tipped: Shop) -> None:
    with pytest.raises(CurrencyMismatch):
        shifts.pay_tips(tipped.till, tipped.command(), CASHIER, tips=(("lily", Money(100, "CAD")),))


def test_nothing_is_owed_twice_and_parts_are_paid(tipped: Shop) -> None:
    pay(tipped, ("lily", "3.00"))
    with pytest.raises(AmountTooLarge):
        pay(tipped, ("lily", "0.33"))
    pay(tipped, ("lily", "0.32"), ("kim", "2.00"))
    assert shifts.status(tipped.till).tips_due == ()
    with pytest.raises(AmountTooLarge):
        pay(tipped, ("kim", "0.01"))


def test_tips_of_an_earlier_shift_can_still_be_paid(tipped: Shop) -> None:
    close_shift(tipped, 10000)
    tipped.open_shift()
    pay(tipped, ("lily", "3.32"))
    assert account_sums(tipped.till)["Liabilities:Tips"] == -200


def test_without_pennies_a_tip_is_paid_up_to_the_next_five_cents(tipped: Shop) -> None:
    describe(tipped.till, tipped.command(), None, [(StoreDescribed, "s1", {"cash_rounding": "nearest_five"})])
    pay(tipped, ("lily", "3.32"), ("kim", "2.00"))
    sums = account_sums(tipped.till)
    assert sums["Assets:Drawer"] == 10000 - 335 - 200
    assert sums["Expenses:CashRounding"] == 3
    assert "Liabilities:Tips" not in sums
    assert close_shift(tipped, 9465).over_short == dollars("0")


def test_a_tip_of_a_voided_sale_that_was_paid_out_is_owed_back(shop: Shop) -> None:
    first = shop.sell(shop.ticket(("gel", "lily")), external(), tip="5.00")
    pay(shop, ("lily", "5.00"))
    voids.void(shop.till, shop.command(), MANAGER, first.op_id, reason="wrong guest")
    assert shifts.status(shop.till).tips_due == (("lily", dollars("-5.00")),)
    shop.sell(shop.ticket(("gel", "lily")), external(), tip="4.00")
    with pytest.raises(AmountTooLarge):
        pay(shop, ("lily", "1.00"))
