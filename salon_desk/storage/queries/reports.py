"""The figures of a shift, of business days and of a Z, summed in SQL (PITFALLS 5).

Who and what made them is in `breakdowns.py`, what a report covers in `report_scope.py`. The one rule: cents are added
up by the database, and a Z is read from the till's own numbers inside the transaction that freezes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, or_, select

from salon_desk.documents.figures import TenderFigures, TipFigures
from salon_desk.domain import ledger as accounts
from salon_desk.domain.money import Money, total
from salon_desk.operations.shift import TenderTotal, ZFigures
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import breakdowns
from salon_desk.storage.queries.ledger import balance_until
from salon_desk.storage.queries.report_scope import Conditions, Days, Scope, Scoped, ShiftNumbers
from salon_desk.storage.tables.cards import cards, purses
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.sales import sales, sale_tenders


def _total(amount: Any, condition: ColumnElement[bool] | None = None) -> Any:
    picked = amount if condition is None else case((condition, amount), else_=0)
    return func.coalesce(func.sum(picked), 0)


def _document_sums(within: Conditions) -> Any:
    stands = (sales.c.voided_by == "") & (sales.c.kind != "void")
    sale = stands & (sales.c.kind == "sale")
    refund = stands & (sales.c.kind == "refund")
    return select(
        _total(1, sale).label("sales"),
        _total(1, stands & (sales.c.kind == "top_up")).label("top_ups"),
        _total(1, refund).label("refunds"),
        _total(1, sales.c.kind == "void").label("voids"),
        _total(sales.c.subtotal_cents, sale).label("gross"),
        _total(sales.c.discount_cents, sale).label("discounts"),
        _total(-sales.c.subtotal_cents, refund).label("refunded"),
        _total(sales.c.tax_cents, stands).label("tax"),
        _total(sales.c.tip_cents, stands).label("tips"),
        _total(sales.c.funded_cents, stands).label("funded"),
        _total(sales.c.bonus_cents, stands).label("bonus"),
    ).where(within.documents)


def _tender_sums(within: Conditions) -> Any:
    return (
        select(
            _total(sale_tenders.c.taken_cents - sale_tenders.c.amount_cents).label("rounding"),
            _total(sale_tenders.c.paid_cents).label("paid"),
            _total(sale_tenders.c.bonus_cents).label("bonus"),
        )
        .select_from(sales)
        .join(sale_tenders, sale_tenders.c.op_id == sales.c.op_id)
        .where(within.counted)
    )


_DOCUMENTS = Scoped(_document_sums)
_TENDERS = Scoped(_tender_sums)
_NO_SALES = Scoped(
    lambda within: (
        select(func.count().label("count"))
        .select_from(journal)
        .where(journal.c.kind == "drawer.opened", within.journal)
    )
)

_CARDS_FROM, _CARDS_TO = "card/", "card0"
"""Assets of cards, as a range of the purses' key ("0" follows "/")."""
_IN_PURSES = Statement(
    lambda: select(
        _total(purses.c.units, purses.c.asset.like(bindparam("paid_assets"))).label("paid"),
        _total(purses.c.units, purses.c.asset.like(bindparam("bonus_assets"))).label("bonus"),
        _total(
            purses.c.held,
            or_(
                purses.c.asset.like(bindparam("paid_assets")), purses.c.asset.like(bindparam("bonus_assets"))
            ),
        ).label("held"),
    ).where(purses.c.asset >= _CARDS_FROM, purses.c.asset < _CARDS_TO)
)
_CARDS_WITH_VALUE = Statement(
    lambda: select(
        func.count(
            func.distinct(func.substr(purses.c.asset, 1, func.length(purses.c.asset) - func.length(bindparam("tail"))))
        )
    ).where(
        purses.c.asset >= _CARDS_FROM,
        purses.c.asset < _CARDS_TO,
        purses.c.units > 0,
        or_(purses.c.asset.like(bindparam("paid_assets")), purses.c.asset.like(bindparam("bonus_assets"))),
    )
)
_CARDS = Statement(
    lambda: select(func.count().label("count"), _total(cards.c.frozen).label("frozen")).where(
        cards.c.currency == bindparam("currency")
    )
)
