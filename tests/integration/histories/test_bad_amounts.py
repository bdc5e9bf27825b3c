"""Amounts that are none (below zero, nothing, another currency, more than any drawer holds) are refused by every verb."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.errors import (
    AmountMissing,
    AmountTooLarge,
    CurrencyMismatch,
    DomainError,
    InsufficientValue,
    NegativeAmount,
)
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.services import cards, checkout, refunds, shifts, tickets
from salon_desk.services.checkout import PaymentPlan
from salon_desk.services.payment import TopUpAsk
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, external

HUGE = 2**70
BAD = [
    (Money(-1, "USD"), (NegativeAmount,)),
    (Money(0, "USD"), (AmountMissing,)),
    (Money(1, "CAD"), (CurrencyMismatch,)),
    (Money(HUGE, "USD"), (AmountTooLarge, InsufficientValue)),
    (Money(-HUGE, "USD"), (NegativeAmount,)),
]
Verb = Callable[[Shop, str, Money], object]


def _pay(shop: Shop, ticket: str, plan: PaymentPlan) -> object:
    return checkout.complete(shop.till, shop.command(), CASHIER, ticket, plan)


def _tender(kind: TenderKind) -> Verb:
    def pay(shop: Shop, ticket: str, amount: Money) -> object:
        tender = PlannedTender(
            kind, amount, tender_id="zelle", card_id=shop.card, reference="1", last_four="4417"
        )
        return _pay(shop, ticket, PaymentPlan(tenders=(tender, external())))

    return pay


def _top_up(shop: Shop, _ticket: str, amount: Money) -> object:
    ask = TopUpAsk(shop.card, pay=amount)
    return cards.top_up(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))


def _discount(shop: Shop, ticket: str, amount: Money) -> object:
    wanted = Discount("typed", Names("Typed"), Bearer.SALON, amount=amount)
    return tickets.custom_discount(shop.till, shop.command(), MANAGER, ticket, wanted=wanted)


VERBS: dict[str, Verb] = {
    "paid in": lambda s, _t, a: shifts.pay_in(s.till, s.command(), CASHIER, amount=a, reason="change"),
    "paid out": lambda s, _t, a: shifts.pay_out(s.till, s.command(), MANAGER, amount=a, reason="towels"),
    "dropped": lambda s, _t, a: shifts.drop(s.till, s.command(), MANAGER, amount=a),
    "held": lambda s, t, a: cards.hold(s.till, s.command(), CASHIER, t, card_id=s.card, amount=a),
    "top-up": _top_up,
    "top-up in a sale": lambda s, t, a: _pay(
        s, t, PaymentPlan(tenders=(cash(),), top_ups=(TopUpAsk(s.card, pay=a),))
    ),
    "discount": _discount,
    **{f"paid by {kind.value}": _tender(kind) for kind in TenderKind if kind is not TenderKind.WALLET},
}
"""What a wallet pays is what its charge says, and not typed."""


@pytest.mark.parametrize(("amount", "refusals"), BAD, ids=["below", "nothing", "canadian", "huge", "abyss"])
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_what_is_no_amount_moves_nothing(
    shop: Shop, verb: Verb, amount: Money, refusals: tuple[type[DomainError], ...]
) -> None:
    shop.top_up("60.00")
    ticket = shop.ticket(("gel", "lily"))
    head = shop.till.store.head
    with pytest.raises(refusals):
        verb(shop, ticket, amount)
    assert shop.till.store.head == head


@pytest.mark.parametrize("amount", [Money(-1, "USD"), Money(0, "USD"), Money(1, "CAD"), Money(HUGE, "USD")])
def test_no_such_amount_is_given_back(shop: Shop, amount: Money) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    head, asked = shop.till.store.head, (RefundAsk(sold.sale.lines[0].line, amount),)
    with pytest.raises(DomainError):
        refunds.refund(shop.till, shop.command(), MANAGER, sold.op_id, asked=asked, reason="unhappy")
    assert shop.till.store.head == head


@pytest.mark.parametrize("tip", [Money(-1, "USD"), Money(1, "CAD"), Money(HUGE, "USD")])
def test_no_such_tip_is_taken(shop: Shop, tip: Money) -> None:
    ticket = shop.ticket(("gel", "lily"))
    head = shop.till.store.head
    for plan in (PaymentPlan((cash(),), tip=tip), PaymentPlan((cash(),), tips=(("lily", tip),))):
        with pytest.raises(DomainError):
            _pay(shop, ticket, plan)
    assert shop.till.store.head == head


@pytest.mark.parametrize("piece", [Denomination(HUGE, 1), Denomination(-100, 1), Denomination(100, HUGE)])
def test_a_drawer_holds_no_such_piece(shop: Shop, piece: Denomination) -> None:
    head = shop.till.store.head
    with pytest.raises(DomainError):
        shifts.count(shop.till, shop.command(), CASHIER, denominations=(piece,))
    assert shop.till.store.head == head
