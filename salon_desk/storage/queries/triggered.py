"""What triggers ask besides habits: how the shop uses each, which sales are new, whose cards paid, which service to suggest.

The rules are in `domain/trigger.py`, what habits are made of is in `habits.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.domain.message import Trigger
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.trigger import KINDS, Settings, TaskFor, defaults, fitting
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.planned import list_on_day
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.cards import cards
from salon_desk.storage.tables.catalogue import items
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.promotions import promotions
from salon_desk.storage.tables.sales import sale_lines, sale_tenders, sales
from salon_desk.storage.tables.triggers import triggers

LATEST_VISITS = 10
"""A usual service is told from the lines of so many of the last sales."""

_SETTINGS = Statement(lambda: select(triggers).order_by(triggers.c.id))
_TOUCHED = Statement(
    lambda: (
        select(
            journal.c.position,
            sales.c.op_id,
            sales.c.kind,
            sales.c.member,
            sales.c.store,
            sales.c.currency,
            sales.c.sold_at,
            sales.c.voided_by,
        )
        .outerjoin(sales, sales.c.op_id == journal.c.op_id)
        .where(journal.c.position > bindparam("position"))
        .order_by(journal.c.position)
        .limit(bindparam("most"))
    )
)
_PAID_FROM = Statement(
    lambda: (
        select(cards.c.member)
        .join(sale_tenders, sale_tenders.c.card == cards.c.id)
        .where(
            sale_tenders.c.op_id == bindparam("sale"),
            sale_tenders.c.bonus_cents + sale_tenders.c.paid_cents > 0,
            cards.c.member != "",
        )
        .distinct()
    )
)
_SALE = Statement(
    lambda: select(
        sales.c.member, sales.c.store, sales.c.currency, sales.c.total_cents, sales.c.voided_by
    ).where(sales.c.op_id == bindparam("sale"))
)
_LATEST = Statement(
    lambda: (
        select(sales.c.op_id, sales.c.sold_at)
        .where(sales.c.member == bindparam("member"), sales.c.kind == "sale", sales.c.voided_by == "")
        .order_by(sales.c.business_day.desc(), sales.c.sold_at.desc())
        .limit(LATEST_VISITS)
    )
)
_SERVICES = Statement(
    lambda: (
        select(sale_lines.c.item, items.c.name_en, items.c.name_zh_cn, items.c.name_zh_tw)
        .join(items, items.c.id == sale_lines.c.item)
        .where(
            sale_lines.c.op_id == bindparam("sale"),
            sale_lines.c.item_kind == "service",
            items.c.active == 1,
            items.c.price_cents > 0,
            items.c.price_cents <= bindparam("most"),
            items.c.currency == bindparam("currency"),
        )
        .order_by(sale_lines.c.number)
    )
)
_CALLED = Statement(
    lambda: select(promotions.c.name_en, promotions.c.name_zh_cn, promotions.c.name_zh_tw).where(
        promotions.c.id == bindparam("id")
    )
)
_LAST = Statement(lambda: select(func.coalesce(func.max(journal.c.position), 0)))


@dataclass(frozen=True, slots=True)
class Touched:
    """A sale that was recorded here lately and stands. `sold_at`: an instant as operations keep it."""

    position: int
    sale: str
    member: str
    store: str
    currency: str
    sold_at: str


def settings(transaction: Transaction, day: str) -> dict[Trigger, Settings]:
    """How the shop uses every trigger on a day, in the order in which they are shown."""
    rows = list_on_day(
        transaction,
        TriggerDescribed,
        transaction.all(_SETTINGS),
        day,
        listed=lambda _row: True,
        order=lambda row: row.id,
    )
    said = {row.id: row for row in rows}
    return {
        trigger: _settings(trigger, said[trigger.value]) if trigger.value in said else defaults(trigger)
        for trigger in KINDS
    }


def touched(transaction: Transaction, position: int, most: int) -> tuple[int, list[Touched]]:
    """The sales recorded behind a position of the journal, and up to which position that was looked at."""
    rows = transaction.all(_TOUCHED, position=position, most=most)
    found = [
        Touched(row.position, row.op_id, row.member, row.store, row.currency, row.sold_at)
        for row in rows
        if row.kind == "sale" and not row.voided_by
    ]
    return (rows[-1].position if rows else position), found


def last_position(transaction: Transaction) -> int:
    """The end of the journal."""
    return int(transaction.value(_LAST))


def paid_from(transaction: Transaction, sale: str) -> list[str]:
    """Whose cards paid for a sale."""
    return [row.member for row in transaction.all(_PAID_FROM, sale=sale)]


def sale_total(transaction: Transaction, sale: str) -> Money | None:
    """What a sale came to with its tax; None when there is none or it was voided."""
    row = transaction.one(_SALE, sale=sale)
    return None if row is None or row.voided_by else Money(row.total_cents, row.currency)


def was_voided(transaction: Transaction, sale: str) -> bool:
    """Whether a sale is known here, and that it was undone as a whole."""
    row = transaction.one(_SALE, sale=sale)
    return row is not None and bool(row.voided_by)


def fitting_service(transaction: Transaction, ids: Iterable[str], balance: Money) -> Names | None:
    """The service that a person had most often lately and that the balance pays; of equals the latest. None without one."""
    latest = [row for one in ids for row in transaction.all(_LATEST, member=one)]
    latest.sort(key=lambda row: (row.sold_at, row.op_id), reverse=True)
    counted: dict[str, int] = {}
    called: dict[str, Names] = {}
    for sale in latest[:LATEST_VISITS]:
        rows = transaction.all(_SERVICES, sale=sale.op_id, most=balance.cents, currency=balance.currency)
        for row in rows:
            counted[row.item] = counted.get(row.item, 0) + 1
            called.setdefault(row.item, names(row))
    return called[max(counted, key=lambda item: counted[item])] if counted else None


def promotion_called(transaction: Transaction, promotion: str) -> Names:
    """What a coupon's promotion is called now; nothing where nobody described it."""
    row = transaction.one(_CALLED, id=promotion)
    return Names("") if row is None else names(row)


def _settings(trigger: Trigger, row: Any) -> Settings:
    usual = defaults(trigger)
    return fitting(
        Settings(
            trigger,
            enabled=bool(row.enabled),
            sends=bool(row.sends),
            template=row.template or usual.template,
            threshold=usual.threshold if row.threshold is None else row.threshold,
            days=usual.days if row.days is None else row.days,
            makes_task=TaskFor(row.makes_task) if row.makes_task in set(TaskFor) else TaskFor.NOBODY,
        )
    )
