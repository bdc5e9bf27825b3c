"""The figures of a Z, of a shift as it stands, and of business days, summed in SQL (PITFALLS 5).

Parts by tax, tender and person are in `takings.py`, by work in `breakdowns.py`. The one rule: cents are added up by
the database, and a Z is read from the till's own numbers inside the transaction that freezes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select

from salon_desk.documents.figures import CashFigures, TaxFigures, TenderFigures, TipFigures
from salon_desk.domain import ledger as accounts
from salon_desk.domain.money import Money
from salon_desk.domain.shift import MovementKind
from salon_desk.domain.tender import TenderKind
from salon_desk.operations.shift import DrawerOpened, TenderTotal, ZFigures
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import takings
from salon_desk.storage.queries.ledger import balance_until
from salon_desk.storage.queries.liability import card_liability, other_liability
from salon_desk.storage.queries.report_scope import Conditions, Scope, Scoped, ShiftNumbers, StoreDays
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.sales import sale_tenders, sales


@dataclass(frozen=True, slots=True)
class CardsOwed:
    """What is owed on cards at the moment of a report."""

    paid: Money
    bonus: Money
    gifts: Money | None = None
    series: Money | None = None


def _sum(amount: Any, condition: ColumnElement[bool] | None = None) -> Any:
    picked = amount if condition is None else case((condition, amount), else_=0)
    return func.coalesce(func.sum(picked), 0)


def _document_sums(within: Conditions) -> Any:
    stands = (sales.c.voided_by == "") & (sales.c.kind != "void")
    sale = stands & (sales.c.kind == "sale")
    refund = stands & (sales.c.kind == "refund")
    return select(
        _sum(1, sale).label("sales"),
        _sum(1, stands & (sales.c.kind == "top_up")).label("top_ups"),
        _sum(1, refund).label("refunds"),
        _sum(1, sales.c.kind == "void").label("voids"),
        _sum(sales.c.subtotal_cents, sale).label("gross"),
        _sum(sales.c.discount_cents, sale).label("discounts"),
        _sum(-sales.c.subtotal_cents, refund).label("refunded"),
        _sum(sales.c.tax_cents, stands).label("tax"),
        _sum(sales.c.tip_cents, stands).label("tips"),
        _sum(sales.c.funded_cents, stands & sales.c.kind.not_in(("gift", "series", "pay_out"))).label(
            "funded"
        ),
        _sum(sales.c.funded_cents, stands & (sales.c.kind == "gift")).label("gifts"),
        _sum(sales.c.funded_cents, stands & (sales.c.kind == "series")).label("series"),
        _sum(-sales.c.funded_cents, stands & (sales.c.kind == "pay_out")).label("paid_out"),
        _sum(sales.c.bonus_cents, stands).label("bonus"),
    ).where(within.documents)


def _payment_sums(within: Conditions) -> Any:
    return (
        select(
            _sum(sale_tenders.c.taken_cents - sale_tenders.c.amount_cents).label("rounding"),
            _sum(sale_tenders.c.paid_cents, sale_tenders.c.kind == TenderKind.STORED_VALUE.value).label(
                "paid"
            ),
            _sum(sale_tenders.c.bonus_cents).label("bonus"),
        )
        .select_from(sales)
        .join(sale_tenders, sale_tenders.c.op_id == sales.c.op_id)
        .where(within.counted)
    )


_DOCUMENTS = Scoped(_document_sums)
_PAYMENTS = Scoped(_payment_sums)
_BY_KIND = Statement(
    lambda: (
        select(_sum(sale_tenders.c.taken_cents))
        .select_from(sales)
        .join(sale_tenders, sale_tenders.c.op_id == sales.c.op_id)
        .where(sales.c.shift == bindparam("shift"), sale_tenders.c.kind == bindparam("kind"))
    )
)
_LAST_SEQ = 2**62
"""No till gets that far."""
_NO_SALES = Scoped(
    lambda within: (
        select(func.count().label("count"))
        .select_from(journal)
        .where(journal.c.kind == DrawerOpened.KIND, within.journal)
    )
)


def z_figures(
    transaction: Transaction,
    *,
    node: str,
    epoch: str,
    shift: str,
    from_seq: int,
    to_seq: int,
    currency: str,
) -> ZFigures:
    """The figures of one shift over this node's own numbers `from_seq` to `to_seq`, both in it.

    `tips_due` is what the shift's tips are still owed for, by person: neither left with them in cash nor paid out.
    Call it in the closing transaction; in a read snapshot it gives the figures of an X.
    """
    scope = ShiftNumbers(shift, node, epoch, from_seq, to_seq)
    owed = card_liability(transaction, currency)
    others = other_liability(transaction, currency)
    cards = CardsOwed(owed.paid, owed.bonus, others.gifts, others.series)
    return figures(transaction, scope, currency=currency, owed=cards)


def card_machine_total(transaction: Transaction, *, shift: str, currency: str) -> Money:
    """What the card machine's batch of this shift should come to: taken by card less given back, tips included."""
    kind = TenderKind.EXTERNAL_CARD.value
    return Money(transaction.value(_BY_KIND, shift=shift, kind=kind), currency)


def tips_due(
    transaction: Transaction, *, node: str, epoch: str, shift: str, currency: str
) -> tuple[tuple[str, Money], ...]:
    """What the shop still owes each person of a till's open shift's tips, as `ZFigures.tips_due`; `epoch` is the present one."""
    scope = ShiftNumbers(shift, node, epoch, 1, _LAST_SEQ)
    return _tips_due(takings.tips(transaction, scope, currency))


def day_figures(transaction: Transaction, days: StoreDays, *, currency: str) -> ZFigures:
    """The figures of a store's business days; what is owed on cards is the whole chain's, as of the last of them."""
    paid = balance_until(transaction, accounts.STORED_VALUE_PAID, currency, days.last)
    bonus = balance_until(transaction, accounts.STORED_VALUE_BONUS, currency, days.last)
    gifts = balance_until(transaction, accounts.GIFT_CARDS, currency, days.last)
    series = balance_until(transaction, accounts.SERIES, currency, days.last)
    owed = CardsOwed(-paid, -bonus, -gifts, -series)
    return figures(transaction, days, currency=currency, owed=owed)


def figures(transaction: Transaction, scope: Scope, *, currency: str, owed: CardsOwed) -> ZFigures:
    """The figures of any scope; gross - discounts - refunded = net, all of it before tax."""
    documents, payments = _DOCUMENTS.one(transaction, scope), _PAYMENTS.one(transaction, scope)
    drawer = takings.drawer(transaction, scope, currency)
    cents = {
        "gross": documents.gross,
        "discounts": documents.discounts,
        "refunded": documents.refunded,
        "net": documents.gross - documents.discounts - documents.refunded,
        "tax": documents.tax,
        "tips": documents.tips,
        "rounding": payments.rounding,
        "paid_value_sold": documents.funded,
        "gifts_sold": documents.gifts,
        "series_sold": documents.series,
        "value_paid_out": documents.paid_out,
        "bonus_given": documents.bonus,
        "paid_value_redeemed": payments.paid,
        "bonus_redeemed": payments.bonus,
        "paid_in": _moved(drawer, MovementKind.PAID_IN),
        "paid_out": -_moved(drawer, MovementKind.PAID_OUT),
        "dropped": -_moved(drawer, MovementKind.DROP),
        "tips_paid_out": -_moved(drawer, MovementKind.TIP_PAID_OUT),
    }
    amounts: Mapping[str, Money] = {name: Money(value, currency) for name, value in cents.items()}
    return ZFigures(
        sales=documents.sales,
        top_ups=documents.top_ups,
        refunds=documents.refunds,
        voids=documents.voids,
        taxes=_taxes(takings.taxes(transaction, scope, currency)),
        tenders=_tenders(takings.tenders_taken(transaction, scope, currency)),
        no_sales=_NO_SALES.one(transaction, scope).count,
        tips_due=_tips_due(takings.tips(transaction, scope, currency)),
        card_liability_paid=owed.paid,
        card_liability_bonus=owed.bonus,
        gift_liability=owed.gifts,
        series_liability=owed.series,
        **amounts,
    )


def tender_key(tender: TenderFigures) -> str:
    """How a Z names a tender: its kind, or the id of one of the shop's own."""
    return tender.tender or tender.kind.value


def _moved(drawer: Sequence[CashFigures], kind: MovementKind) -> int:
    return sum(one.amount.cents for one in drawer if one.kind is kind)


def _taxes(parts: Sequence[TaxFigures]) -> tuple[tuple[str, Money, Money], ...]:
    sums: dict[str, tuple[Money, Money]] = {}
    for part in parts:
        base, tax = sums.get(part.rate_id, (part.base - part.base, part.tax - part.tax))
        sums[part.rate_id] = (base + part.base, tax + part.tax)
    return tuple((rate_id, base, tax) for rate_id, (base, tax) in sums.items())


def _tenders(parts: Sequence[TenderFigures]) -> tuple[TenderTotal, ...]:
    return tuple(TenderTotal(tender_key(part), part.amount, part.count) for part in parts)


def _tips_due(tips: Sequence[TipFigures]) -> tuple[tuple[str, Money], ...]:
    return tuple((tip.technician, tip.due) for tip in tips if tip.due)
