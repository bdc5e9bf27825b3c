"""Bonus before paid across stores: paid value spent while bonus lay elsewhere is swapped for it, once for each payment."""

from __future__ import annotations

import pytest

from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import SWAP
from salon_desk.domain.refund import RefundAsk
from salon_desk.operations.claim import ValueSwapped
from salon_desk.services import refunds, voids
from salon_desk.services.checkout import Sold
from salon_desk.wire.messages import Part
from tests.integration.cover.facts import operations
from tests.integration.moves.chain import CARD, own
from tests.integration.services.shop import MANAGER, dollars
from tests.integration.undoing.two_stores import TwoStores, value_of

NAMES = card_assets(CARD, "USD")


def whole(stores: TwoStores) -> tuple[int, int]:
    """Paid and bonus of the card, wherever they lie."""
    return stores.chain.total(NAMES.paid), stores.chain.total(NAMES.bonus)


def paid_away(stores: TwoStores) -> Sold:
    """$30 of paid value spent at the second store while $20 of bonus lie at the first."""
    stores.first.top_up("", offer="100")
    stores.settle()
    ask = stores.second.counter
    assert ask is not None
    stores.fetch(stores.second, [Part(NAMES.paid, 3000)])
    assert value_of(stores.second)[0] >= 3000
    bonus = own(stores.second.till.store, NAMES.bonus)
    if bonus:  # bonus came along: it goes home, as after a recall
        stores.fetch(stores.first, [Part(NAMES.bonus, bonus)])
    assert own(stores.second.till.store, NAMES.bonus) == 0
    return stores.second.sell(stores.second.ticket(("service-3000", "lily")), stores.second.stored("30.00"))


def swaps(stores: TwoStores) -> list[ValueSwapped]:
    """As head office holds them."""
    return [one for one in operations(stores.chain.office) if isinstance(one, ValueSwapped)]


def test_bonus_takes_the_place_of_paid_value_spent_while_it_lay_elsewhere(stores: TwoStores) -> None:
    sold = paid_away(stores)
    assert whole(stores) == (7000, 2000)
    assert stores.lying(SWAP) == 2000
    stores.settle()
    assert whole(stores) == (9000, 0)
    (swap,) = swaps(stores)
    assert (swap.sale, swap.store, swap.amount.cents) == (sold.op_id, "S2", 2000)
    assert stores.lying(SWAP) == 0
    stores.check()


@pytest.mark.parametrize("settled", [False, True])
def test_an_undo_is_true_whether_the_swap_was_made_or_not(stores: TwoStores, settled: bool) -> None:
    sold = paid_away(stores)
    if settled:
        stores.settle()
        stores.fetch(stores.second, [Part(f"refund/{sold.sale.ticket}/{sold.sale.lines[0].line}", 3000)])
    voids.void(stores.second.till, "void", MANAGER, sold.op_id, reason="wrong guest")
    stores.check()
    assert whole(stores) == (10000, 2000)
    assert stores.lying(SWAP) == 0
    assert len(swaps(stores)) == settled


@pytest.mark.parametrize("settled", [0, 1, 2, 3])
def test_a_refund_in_parts_gives_back_what_was_spent_wherever_the_right_is_meanwhile(
    stores: TwoStores, settled: int
) -> None:
    sold = paid_away(stores)
    right = f"refund/{sold.sale.ticket}/{sold.sale.lines[0].line}"
    for number in range(3):
        if settled == number:
            stores.settle()
            stores.fetch(stores.second, [Part(right, 3000 - 1000 * number)])
        ask = RefundAsk(sold.sale.lines[0].line, dollars("10.00"))
        refunds.refund(stores.second.till, f"part {number}", MANAGER, sold.op_id, asked=(ask,), reason="x")
        assert sum(whole(stores)) == 9000 + 1000 * (number + 1)
    stores.check()
    assert whole(stores) == (10000, 2000)
    assert stores.lying(SWAP) == 0


def test_two_holders_of_bonus_never_swap_for_the_same_payment(stores: TwoStores) -> None:
    """Bonus lies at head office and at a till; the payment stands for $30, and no more is ever swapped."""
    paid_away(stores)
    stores.first.top_up("", offer="100")  # bonus that is new: $40 lie about
    stores.first.top_up("", offer="100")
    stores.check()
    assert sum(one.amount.cents for one in swaps(stores)) == 2000
    assert whole(stores) == (27000 + 2000, 6000 - 2000)


def test_two_payments_never_have_rights_to_more_bonus_than_there_is(stores: TwoStores) -> None:
    stores.first.top_up("", offer="100")
    stores.settle()
    stores.fetch(stores.second, [Part(NAMES.paid, 6000)])
    bonus = own(stores.second.till.store, NAMES.bonus)
    if bonus:
        stores.fetch(stores.first, [Part(NAMES.bonus, bonus)])
    for _time in range(2):
        ticket = stores.second.ticket(("service-3000", "lily"))
        stores.second.sell(ticket, stores.second.stored("30.00"))
    assert stores.lying(SWAP) == 2000
    stores.check()
    assert whole(stores) == (6000, 0)
    assert stores.lying(SWAP) == 0
