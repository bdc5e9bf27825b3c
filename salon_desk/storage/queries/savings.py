"""Savings as this node knows them: the plans of a day, what a card saves for, how much of its deposits still stands.

A deposit stands as long as the right to undo it is anywhere, and its payment is not waited for. Nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select

from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.savings import Progress, SavingsPlan, saved_right, saving_right, savings_ended
from salon_desk.operations.savings import SavingsPlanDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.queries.planned import list_on_day, on_day
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.savings import savings, savings_deposits, savings_plans

_PLANS = Statement(
    lambda: (
        select(savings_plans)
        .where(savings_plans.c.active == 1)
        .order_by(savings_plans.c.position, savings_plans.c.id)
    )
)
_EVERY = Statement(lambda: select(savings_plans).order_by(savings_plans.c.position, savings_plans.c.id))
_JOINED = Statement(
    lambda: select(func.count()).select_from(savings).where(savings.c.plan == bindparam("plan"))
)
_PLAN = Statement(lambda: select(savings_plans).where(savings_plans.c.id == bindparam("id")))


def _named() -> Any:
    return select(
        savings, savings_plans.c.name_en, savings_plans.c.name_zh_cn, savings_plans.c.name_zh_tw
    ).outerjoin(savings_plans, savings_plans.c.id == savings.c.plan)


_ONE = Statement(lambda: _named().where(savings.c.id == bindparam("id")))
_OF_CARD = Statement(
    lambda: _named().where(savings.c.card == bindparam("card")).order_by(savings.c.joined_on, savings.c.id)
)
_DEPOSITS = Statement(
    lambda: select(savings_deposits).where(savings_deposits.c.savings == bindparam("savings"))
)


@dataclass(frozen=True, slots=True)
class Savings:
    """What a card saves for, as it was agreed. `open`: the bonus may still be granted; `granted`: it was, and may go back.

    With neither it is over: the card was refunded, or the bonus was taken back when some of it was used.
    """

    savings: str
    card: str
    plan: str
    names: Names
    bonus: Money
    coupon: str
    terms: str
    progress: Progress
    open: bool
    granted: bool


def plans(transaction: Transaction, day: str) -> list[SavingsPlan]:
    """The plans that the shop has on a day, in the owner's order; dates of their own are looked at when a card joins."""
    rows = list_on_day(
        transaction,
        SavingsPlanDescribed,
        transaction.all(_PLANS),
        day,
        listed=lambda row: bool(row.active),
        order=lambda row: (row.position, row.id),
    )
    return [_plan(row) for row in rows]


def every(transaction: Transaction, day: str) -> list[tuple[SavingsPlan, bool]]:
    """All plans in the owner's order with whether cards can join, as of a day; those that ended as well."""
    rows = [on_day(transaction, SavingsPlanDescribed, row, day) for row in transaction.all(_EVERY)]
    return [(_plan(row), bool(row.active)) for row in rows]


def joined(transaction: Transaction, plan_id: str) -> int:
    """How many cards joined a plan, ever."""
    return int(transaction.value(_JOINED, plan=plan_id) or 0)


def plan(transaction: Transaction, plan_id: str, day: str) -> SavingsPlan | None:
    """One plan."""
    row = on_day(transaction, SavingsPlanDescribed, transaction.one(_PLAN, id=plan_id), day)
    return None if row is None else _plan(row)


def one(transaction: Transaction, savings_id: str) -> Savings | None:
    """What one card saves for."""
    row = transaction.one(_ONE, id=savings_id)
    return None if row is None else _savings(transaction, row)


def of_card(transaction: Transaction, card: str) -> list[Savings]:
    """All that a card saves or saved for, the oldest in front."""
    return [_savings(transaction, row) for row in transaction.all(_OF_CARD, card=card)]


def open_of_card(transaction: Transaction, card: str) -> str:
    """What the next deposit of a card counts towards; empty where it saves for nothing."""
    rows = transaction.all(_OF_CARD, card=card)
    return next((row.id for row in rows if _is_open(transaction, row)), "")


def _is_open(transaction: Transaction, row: Any) -> bool:
    if everywhere(transaction, savings_ended(row.card, row.id)) > 0:
        return False
    return everywhere(transaction, saving_right(row.card, row.id)) > 0


def _deposited(transaction: Transaction, savings_id: str) -> int:
    return sum(
        row.cents
        for row in transaction.all(_DEPOSITS, savings=savings_id)
        if everywhere(transaction, row.top_up) > 0
        and not (row.pending and everywhere(transaction, row.pending) > 0)
    )


def _savings(transaction: Transaction, row: Any) -> Savings:
    deposited = Money(_deposited(transaction, row.id), row.currency)
    return Savings(
        savings=row.id,
        card=row.card,
        plan=row.plan,
        names=Names(row.name_en or "", row.name_zh_cn or "", row.name_zh_tw or ""),
        bonus=Money(row.bonus_cents, row.currency),
        coupon=row.coupon,
        terms=row.terms,
        progress=Progress(deposited, Money(row.target_cents, row.currency)),
        open=_is_open(transaction, row),
        granted=everywhere(transaction, saved_right(row.card, row.id)) > 0,
    )


def _plan(row: Any) -> SavingsPlan:
    return SavingsPlan(
        plan_id=row.id,
        names=names(row),
        target=Money(row.target_cents, row.currency),
        bonus=Money(row.bonus_cents, row.currency),
        coupon=row.coupon,
        terms=names(row, "terms"),
        from_day=row.from_day,
        to_day=row.to_day,
    )
