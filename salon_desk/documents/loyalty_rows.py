"""What a receipt says of coupons and points: used, earned, put back, given with a top-up, savings, and the balance of points.

Everything else of a receipt is in `sale_receipt.py` and its neighbours. The one rule: a coupon that lapses stands there with its
day and its text (RULES 2).
"""

from __future__ import annotations

from collections.abc import Iterable

from salon_desk.documents import receipt_parts as parts
from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.layout import Row, Rule, amount_row
from salon_desk.documents.receipt_words import ReceiptWords
from salon_desk.domain.coupon import COUPON
from salon_desk.domain.points import POINTS
from salon_desk.i18n import N_
from salon_desk.operations.redeemed import RedeemedPart
from salon_desk.operations.sale import SaleCompleted, SaleRefunded


def loyalty_rows(sale: SaleCompleted, words: ReceiptWords, say: Bilingual) -> list[Row]:
    """What a sale spent and earned of points and coupons, then the balance of points; nothing where there was nothing."""
    rows = [
        *_counted(N_("Coupons used"), _units(sale.redeemed, COUPON), say),
        *_counted(N_("Points used"), -_units(sale.redeemed, POINTS), say),
        *_counted(N_("Points earned"), sale.points, say),
        *_counted(N_("Points that were owed"), -sale.points_owed, say),
        *_balance(words, say),
    ]
    return [Rule(), *rows] if rows else []


def returned_rows(refund: SaleRefunded, words: ReceiptWords, say: Bilingual) -> list[Row]:
    """What a refund puts back and takes back of them."""
    rows = [
        *_counted(N_("Coupons given back"), _units(refund.put_back, COUPON), say),
        *_counted(N_("Points given back"), _units(refund.put_back, POINTS), say),
        *_counted(N_("Points taken back"), -refund.points, say),
        *_counted(N_("Points owed"), refund.points_owed, say),
        *_balance(words, say),
    ]
    return [Rule(), *rows] if rows else []


def coupon_rows(words: ReceiptWords, say: Bilingual) -> Iterable[Row]:
    """The coupons that come with this document, each with the day and the text under which it was given."""
    for coupon in words.coupons:
        yield Rule()
        yield amount_row(parts.typed(say.name(coupon.names)), say.label(N_("Coupon")), bold=True)
        if coupon.until is not None:
            yield amount_row(say.label(N_("Good until")), say.first.day(coupon.until, year=True))
        if coupon.terms:
            yield parts.indented(parts.typed(coupon.terms))


def savings_rows(words: ReceiptWords, say: Bilingual) -> Iterable[Row]:
    """How the savings stand that this document paid into, and the text under which their bonus is given."""
    for one in words.savings:
        yield Rule()
        name = parts.typed(say.name(one.names)) or say.label(N_("Savings plan"))
        yield amount_row(name, say.money(one.deposited), bold=True)
        yield amount_row(say.label(N_("Target")), say.money(one.target))
        label = N_("Bonus given") if one.granted else N_("Bonus at the target")
        yield amount_row(say.label(label), say.money(one.bonus))
        if one.terms:
            yield parts.indented(parts.typed(one.terms))


def _balance(words: ReceiptWords, say: Bilingual) -> list[Row]:
    if words.points is None:
        return []
    return [amount_row(say.label(N_("Points balance")), say.first.number(words.points))]


def _counted(msgid: str, units: int, say: Bilingual) -> list[Row]:
    return [amount_row(say.label(msgid), say.first.number(units))] if units else []


def _units(redeemed: Iterable[RedeemedPart], kind: str) -> int:
    return sum(one.units for one in redeemed if one.asset.startswith(kind))
