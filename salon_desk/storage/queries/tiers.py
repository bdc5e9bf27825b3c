"""Tiers and the figures by which members reach them; why they changed.

Which tier follows is decided in `domain/tier.py`. Figures are sums over a member's documents under every id of the person, an
index look-up each; those of everybody read all documents and are for a preview.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, func, literal_column, select

from salon_desk.domain.names import Names
from salon_desk.domain.tier import Measure, TierRule
from salon_desk.operations.description import TierDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.planned import list_on_day
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.sales import sales
from salon_desk.storage.tables.tiers import tier_changes, tiers

_ACTIVE = Statement(lambda: select(tiers).where(tiers.c.active == 1).order_by(tiers.c.rank, tiers.c.id))
_NAME = Statement(lambda: select(tiers).where(tiers.c.id == bindparam("id")))
_IS_VISIT = (sales.c.kind == "sale") & (sales.c.voided_by == "")
_SPEND = func.coalesce(func.sum(sales.c.total_cents - sales.c.tax_cents), 0)
_VISITS = func.count(func.distinct(case((_IS_VISIT, sales.c.business_day))))
_TOP_UP = func.coalesce(func.sum(sales.c.funded_cents), 0)
_FIGURES = (_SPEND.label("spend"), _VISITS.label("visits"), _TOP_UP.label("top_up"))
_OF_ONE = Statement(
    lambda: select(*_FIGURES).where(
        sales.c.member == bindparam("member"), sales.c.business_day >= bindparam("first_day")
    )
)
_WHOSE = func.coalesce(sales.c.member, literal_column("''"))
"""An expression, so that the rows are read as they lie and not member by member: eight times as fast."""


def _of_all(figure: Any) -> tuple[Statement, Statement]:
    """A figure of everybody, ever and since a day."""
    of_all = select(_WHOSE.label("member"), figure.label("figure")).group_by(_WHOSE)
    return (
        Statement(lambda: of_all),
        Statement(lambda: of_all.where(sales.c.business_day >= bindparam("first_day"))),
    )


_SPEND_OF_ALL, _VISITS_OF_ALL, _TOP_UP_OF_ALL = map(_of_all, (_SPEND, _VISITS, _TOP_UP))
_OF_ALL = {
    Measure.SPEND: _SPEND_OF_ALL,
    Measure.VISITS: _VISITS_OF_ALL,
    Measure.TOP_UP: _TOP_UP_OF_ALL,
}
_BETWEEN = (sales.c.member > bindparam("after")) & (sales.c.member <= bindparam("upto"))


def _of_some(figure: Any) -> Statement:
    """A figure of the members between two ids: the index is read in its own order, and only that part of it."""
    return Statement(
        lambda: (
            select(sales.c.member, figure.label("figure"))
            .where(_BETWEEN, sales.c.business_day >= bindparam("first_day"))
            .group_by(sales.c.member)
        )
    )


_OF_SOME = {
    Measure.SPEND: _of_some(_SPEND),
    Measure.VISITS: _of_some(_VISITS),
    Measure.TOP_UP: _of_some(_TOP_UP),
}
_VISITED = select(sales.c.op_id).where(
    sales.c.member == members.c.id, _IS_VISIT, sales.c.business_day >= bindparam("first_day")
)
_BROUGHT = Statement(
    lambda: (
        select(func.count())
        .select_from(members)
        .where(members.c.referred_by == bindparam("member"), _VISITED.exists())
    )
)
_ALL_BROUGHT = Statement(
    lambda: select(members.c.referred_by).where(members.c.referred_by != "", _VISITED.exists())
)
_SOME_BROUGHT = Statement(
    lambda: select(members.c.referred_by).where(
        members.c.referred_by > bindparam("after"),
        members.c.referred_by <= bindparam("upto"),
        _VISITED.exists(),
    )
)
_HOW_MANY = Statement(lambda: select(func.count()).select_from(members).where(members.c.active == 1))
_STANDING_PAGE = Statement(
    lambda: (
        select(members.c.id, members.c.tier)
        .where(members.c.id > bindparam("after"), members.c.active == 1)
        .order_by(members.c.id)
        .limit(bindparam("most"))
    )
)
_STANDING = Statement(lambda: select(members.c.id, members.c.tier).where(members.c.active == 1))
_PAGE = Statement(
    lambda: (
        select(members.c.id)
        .where(members.c.id > bindparam("after"), members.c.active == 1)
        .order_by(members.c.id)
        .limit(bindparam("most"))
    )
)
_TOUCHED = Statement(
    lambda: (
        select(journal.c.position, sales.c.member)
        .outerjoin(sales, sales.c.op_id == journal.c.op_id)
        .where(journal.c.position > bindparam("position"))
        .order_by(journal.c.position)
        .limit(bindparam("most"))
    )
)
_CHANGES = Statement(
    lambda: (
        select(tier_changes)
        .where(tier_changes.c.member == bindparam("member"))
        .order_by(tier_changes.c.at.desc(), tier_changes.c.op_id)
        .limit(bindparam("most"))
    )
)


@dataclass(frozen=True, slots=True)
class TierChange:
    """A change of tier by itself, and why; `at` is a hybrid clock reading."""

    member: str
    before: str
    tier: str
    measure: str
    measured: int
    least: int
    window_days: int
    at: int


def rules(transaction: Transaction, day: str) -> list[TierRule]:
    """The tiers that are reached by figures on a day, the lowest first."""
    rows = list_on_day(
        transaction,
        TierDescribed,
        transaction.all(_ACTIVE),
        day,
        listed=lambda row: bool(row.active),
        order=lambda row: (row.rank, row.id),
    )
    return [one for one in map(_rule, rows) if one is not None]


def called(transaction: Transaction, tier: str) -> Names:
    """What a tier is called; the tier itself where it is the owner's own word."""
    row = transaction.one(_NAME, id=tier)
    return Names(tier) if row is None else names(row)


def figures(transaction: Transaction, member: str) -> Callable[[Measure, str], int]:
    """A person's figures since a day, each looked up when it is asked for the first time."""
    ids = group(transaction, member)
    found: dict[tuple[bool, str], Counter[str]] = {}

    def measured(measure: Measure, first_day: str) -> int:
        brought = measure is Measure.REFERRALS
        if (brought, first_day) not in found:
            read = _brought if brought else _documents
            found[brought, first_day] = sum((read(transaction, one, first_day) for one in ids), Counter())
        return found[brought, first_day][measure.value]

    return measured


def figures_of_all(transaction: Transaction, measure: Measure, first_day: str) -> dict[str, int]:
    """The figure of every member who has one, each id for itself. Reads every document; seconds in a large chain."""
    if measure is Measure.REFERRALS:
        return Counter(row.referred_by for row in transaction.stream(_ALL_BROUGHT, first_day=first_day))
    ever, since = _OF_ALL[measure]
    rows = transaction.stream(since, first_day=first_day) if first_day else transaction.stream(ever)
    return {row.member: int(row.figure) for row in rows if row.member}


def figures_between(
    transaction: Transaction, measure: Measure, first_day: str, *, after: str, upto: str
) -> dict[str, int]:
    """The figure of every member behind one id and up to another who has one, each id for itself."""
    asked = {"first_day": first_day, "after": after, "upto": upto}
    if measure is Measure.REFERRALS:
        return Counter(row.referred_by for row in transaction.all(_SOME_BROUGHT, **asked))
    return {row.member: int(row.figure) for row in transaction.all(_OF_SOME[measure], **asked)}


def how_many(transaction: Transaction) -> int:
    """How many members there are to be looked at. Counts them: some milliseconds for 200,000."""
    return int(transaction.value(_HOW_MANY) or 0)


def standing_behind(transaction: Transaction, after: str, most: int) -> dict[str, str]:
    """By member behind an id, in the order of their ids, the tier that stands."""
    return {row.id: row.tier for row in transaction.all(_STANDING_PAGE, after=after, most=most)}


def standing(transaction: Transaction) -> dict[str, str]:
    """By member, the tier that stands. Reads all members."""
    return {row.id: row.tier for row in transaction.stream(_STANDING)}


def page(transaction: Transaction, after: str, most: int) -> list[str]:
    """Members behind an id, in the order of their ids."""
    return [row.id for row in transaction.all(_PAGE, after=after, most=most)]


def touched(transaction: Transaction, position: int, most: int) -> tuple[int, set[str]]:
    """Whose documents were recorded behind a position of the journal, and up to which position that was looked at."""
    rows = transaction.all(_TOUCHED, position=position, most=most)
    return (rows[-1].position if rows else position), {row.member for row in rows if row.member}


def changes(transaction: Transaction, member: str, most: int = 5) -> list[TierChange]:
    """Why a member's tier changed, newest first."""
    return [_change(row) for row in transaction.all(_CHANGES, member=member, most=most)]


def _documents(transaction: Transaction, member: str, first_day: str) -> Counter[str]:
    row = transaction.one(_OF_ONE, member=member, first_day=first_day)
    return Counter({name: int(value) for name, value in row._asdict().items()} if row is not None else ())


def _brought(transaction: Transaction, member: str, first_day: str) -> Counter[str]:
    count = transaction.value(_BROUGHT, member=member, first_day=first_day)
    return Counter({Measure.REFERRALS.value: int(count or 0)})


def _rule(row: Any) -> TierRule | None:
    if row.measure not in {one.value for one in Measure} or row.least <= 0:
        return None
    return TierRule(row.id, names(row), row.rank, Measure(row.measure), row.least, max(row.window_days, 0))


def _change(row: Any) -> TierChange:
    return TierChange(
        row.member, row.before, row.tier, row.measure, row.measured, row.least, row.window_days, row.at
    )
