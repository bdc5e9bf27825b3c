"""The worked example of Flushing as operations made by hand: a sale, its refund, its void, a top-up; and their words.

Nothing is asserted here. Amounts are DOMAIN's: $95.89, tip $15.00 split Lily $8.13 and Kim $6.87, $62.50 stored value.
"""

from __future__ import annotations

from salon_desk.documents.bilingual import Bilingual
from salon_desk.documents.receipt_words import CardWords, ReceiptWords
from salon_desk.domain.catalog import ItemKind
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.pricing import LineDiscount
from salon_desk.domain.tax import TaxPart
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.ticket import Bearer
from salon_desk.domain.tip import TipPart
from salon_desk.i18n import Catalogue
from salon_desk.operations.card import CardToppedUp
from salon_desk.operations.payment import Funding, TenderPart
from salon_desk.operations.sale import RefundedLine, SaleCompleted, SaleRefunded, SaleVoided, SoldLine

SOLD_AT = "2026-11-22T20:05:00.000Z"
WHERE = {"store": "s1", "shift": "shift-1", "sold_at": SOLD_AT, "member": "m1"}


def usd(cents: int) -> Money:
    """Cents of a dollar."""
    return Money(cents, "USD")


def line(names: Names, cents: int, *, off: int = 0, who: str = "", requested: bool = False) -> SoldLine:
    """A line of one piece; `off` is its part of the birthday coupon."""
    coupon = LineDiscount("birthday", Names("Birthday coupon", "生日券"), Bearer.SALON, usd(off))
    service = bool(who)
    return SoldLine(
        line=names.en,
        item=names.en,
        item_kind=ItemKind.SERVICE if service else ItemKind.PRODUCT,
        names=names,
        quantity=1,
        unit_price=usd(cents),
        list_total=usd(cents),
        net=usd(cents - off),
        tax_class="service.nail" if service else "goods",
        technician=who,
        requested=requested,
        discounts=(coupon,) if off else (),
    )


def tender(
    kind: TenderKind, cents: int, *, change: int = 0, taken: int | None = None, **more: object
) -> TenderPart:
    """A tender; `taken` where cash was rounded."""
    came_in = cents if taken is None else taken
    return TenderPart(
        kind=kind,
        amount=usd(cents),
        taken=usd(came_in),
        given=usd(max(0, came_in + change)),
        change=usd(change),
        **more,  # type: ignore[arg-type]
    )


def stored_value(bonus: int, paid: int) -> TenderPart:
    """So much bonus and paid value from the member's card."""
    return tender(
        TenderKind.STORED_VALUE, bonus + paid, card="c1", from_bonus=usd(bonus), from_paid=usd(paid)
    )


GEL = line(Names("Gel Manicure", "凝胶美甲"), 4500, off=542, who="lily", requested=True)
PEDICURE = line(Names("Classic Pedicure", "经典修脚"), 3800, off=458, who="kim")
CREAM = line(Names("Hand Cream", "护手霜"), 1800)
SERVICES_TAX = TaxPart(
    "US-NY-NYC-Services", Names("NYC tax on services", "纽约市服务税"), "0.045", usd(7300), usd(329)
)
GOODS_TAX = TaxPart(
    "US-NY-NYC-Goods", Names("New York sales tax", "纽约销售税"), "0.08875", usd(1800), usd(160)
)
TENDERS = (stored_value(2000, 4250), tender(TenderKind.CASH, 4839, change=1161))


def flushing_sale(**changed: object) -> SaleCompleted:
    """The sale, or the same with some fields changed."""
    fields: dict[str, object] = {
        **WHERE,
        "ticket": "t1",
        "receipt": "S1-1-000042",
        "lines": (GEL, PEDICURE, CREAM),
        "taxes": (SERVICES_TAX, GOODS_TAX),
        "tenders": TENDERS,
        "tips": (TipPart("lily", usd(813), 1), TipPart("kim", usd(687), 1)),
        "fundings": (),
        "subtotal": usd(10100),
        "discount": usd(1000),
        "tax": usd(489),
        "total": usd(9589),
        "rounding": usd(0),
        "rule_pack": "2026-11",
    }
    return SaleCompleted(**(fields | changed))  # type: ignore[arg-type]


def flushing_refund(**changed: object) -> SaleRefunded:
    """The hand cream given back in cash."""
    fields: dict[str, object] = {
        **WHERE,
        "sale": "op-1",
        "ticket": "t1",
        "receipt": "S1-1-000043",
        "lines": (RefundedLine(sold=CREAM, net=usd(1800), tax=usd(160)),),
        "taxes": (GOODS_TAX,),
        "tenders": (tender(TenderKind.CASH, -1960),),
        "total": usd(-1960),
        "rounding": usd(0),
        "reason": "Allergic",
        "approver": "wang",
    }
    return SaleRefunded(**(fields | changed))  # type: ignore[arg-type]


def flushing_void(**changed: object) -> SaleVoided:
    """The whole sale undone, tips included."""
    fields: dict[str, object] = {
        **WHERE,
        "sale": "op-1",
        "ticket": "t1",
        "receipt": "S1-1-000044",
        "lines": tuple(
            RefundedLine(sold=sold, net=sold.net, tax=usd(tax))
            for sold, tax in ((GEL, 178), (PEDICURE, 151), (CREAM, 160))
        ),
        "taxes": (SERVICES_TAX, GOODS_TAX),
        "tenders": (stored_value(-2000, -4250), tender(TenderKind.CASH, -4839)),
        "tips": (TipPart("lily", usd(-813), 1), TipPart("kim", usd(-687), 1)),
        "fundings": (),
        "total": usd(-9589),
        "rounding": usd(0),
        "reason": "Wrong guest",
    }
    return SaleVoided(**(fields | changed))  # type: ignore[arg-type]


FUNDING = Funding(
    card="c1",
    paid=usd(30000),
    bonus=usd(3000),
    bonus_terms="赠送金额一年内有效。Bonus lapses after one year.",
    bonus_expires="2027-11-22",
)


def flushing_top_up(**changed: object) -> CardToppedUp:
    """$300 with $30 bonus, by card."""
    fields: dict[str, object] = {
        **WHERE,
        "top_up": "u1",
        "receipt": "S1-1-000041",
        "funding": FUNDING,
        "tenders": (tender(TenderKind.EXTERNAL_CARD, 30000, last_four="1881"),),
    }
    return CardToppedUp(**(fields | changed))  # type: ignore[arg-type]


def words(**changed: object) -> ReceiptWords:
    """The shop's words and everybody's names."""
    fields: dict[str, object] = {
        "shop": Names("Lotus Nails & Spa", "莲花美甲"),
        "store": "s1",
        "time_zone": "America/New_York",
        "address": "136-20 Roosevelt Ave, Flushing, NY",
        "phone": "+17188880123",
        "cashier": Names("Amy", "陈艾米"),
        "member": Names("May Zhang", "张晓梅"),
        "staff": {"lily": Names("Lily", "莉莉"), "kim": Names("Kim", "小金")},
        "cards": {"c1": CardWords("4417", usd(5750), usd(0))},
        "tenders": {"zelle": Names("Zelle")},
        "footer": Names("See you soon!", "欢迎再来！"),
        "return_policy": Names("Redone free within 7 days.", "七天内免费返工。"),
    }
    return ReceiptWords(**(fields | changed))  # type: ignore[arg-type]


def say(language: str) -> Bilingual:
    """A reader's language with the other one beside it."""
    return Bilingual(Catalogue.load(language), Catalogue.load("zh_CN" if language == "en" else "en"))
