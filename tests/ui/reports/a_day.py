"""A shop that has traded: one closed shift and one that is open, for the tests of the reports; no test lives here."""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.domain.shift import Denomination
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.services import shifts
from tests.ui.back_office import CASHIER, MANAGER, Shop, external


def trade(shop: Shop) -> None:
    """Some sales of every kind in the open shift."""
    value = PlannedTender(TenderKind.STORED_VALUE, Money(2000, "USD"), card_id=shop.card_of("张晓梅"))
    shop.sell("凝胶美甲", member=shop.member("张晓梅"), tenders=(value, PlannedTender(TenderKind.CASH, None)))
    shop.sell("经典修脚", "护手霜", tip=700, tenders=(external(),))
    shop.sell("经典美甲", tip=500)
    shifts.pay_out(shop.till, shop.command(), MANAGER, amount=Money(1250, "USD"), reason="Tea")


def close_shift(shop: Shop, *, short: int = 0) -> None:
    """Count the drawer `short` cents short of nothing in particular, and close."""
    pieces = (Denomination(1, 10_000 - short),)
    shifts.count(shop.till, shop.command(), CASHIER, denominations=pieces)
    shifts.close(shop.till, shop.command(), CASHIER)
