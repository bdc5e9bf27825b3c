"""Coupons, points, savings and who proved to be the spender on the day that `trading.py` records. The shift is open.

No test lives here. Of each kind of operation there is one at least, and each leaves a row.
"""

from __future__ import annotations

from salon_desk.domain.signature import pack
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.description import FieldValue, StoreDescribed
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.services import coupons, proof, savings, tickets
from salon_desk.services.describe import describe
from tests.integration.services.loyal import give, grant, sell, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop


def loyalty(shop: Shop) -> None:
    """A coupon used and one taken back, points that turn into bonus, a member's PIN and a signature, savings that come to their target."""
    till = shop.till
    with_rules(shop, "gift-20", rate="1", points_convert_at=100, points_convert_bonus_cents=500)
    give(shop)
    sell(shop, shop.ticket(("gel", "lily")))
    coupons.withdraw(till, shop.command(), MANAGER, give(shop), reason="given by mistake")
    give(shop)
    grant(shop, 150)
    sell(shop, shop.ticket(("pedicure", "kim")))
    proof.set_pin(till, shop.command(), MANAGER, shop.member, "4321")
    describe(till, shop.command(), None, [(StoreDescribed, "s1", {"unproven_limit_cents": 100})])
    shop.top_up("60.00")
    ticket = shop.ticket(("gel", "lily"))
    wanted = [(TenderKind.STORED_VALUE, shop.card, tickets.view(till, ticket).priced.total)]
    (holder,) = proof.spending(till, wanted).holders
    shown = proof.by_signature(holder.debit, pack([[(n * 50, (n % 3) * 300) for n in range(20)]]))
    shop.sell(ticket, shop.stored(), proofs=(shown,))
    describe(till, shop.command(), None, [(StoreDescribed, "s1", {"unproven_limit_cents": 5000})])
    plan: dict[str, FieldValue] = {"target_cents": 5000, "bonus_cents": 500, "currency": "USD"}
    describe(till, shop.command(), None, [(SavingsPlanDescribed, "save", plan)])
    savings.join(till, shop.command(), CASHIER, shop.card, "save")
    shop.top_up("50.00")
