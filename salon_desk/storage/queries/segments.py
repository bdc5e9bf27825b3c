"""Who belongs to a segment: its conditions over a page of members, each asked only of whoever met the cheaper ones.

Conditions as SQL are `segment_terms.py`'s; `figures` says of one person what the SQL says of a page. Those of whom no simple sum can
tell (merged ids, value under way or covered, a consent beside a withdrawal, a usual ticket) are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Select, bindparam, case, literal_column, select

from salon_desk.domain.consent import standings
from salon_desk.domain.habit import habit, history
from salon_desk.domain.segment import (
    BUILT_IN,
    Condition,
    Figure,
    Figures,
    Segment,
    check,
    meets,
    needs_ticket,
)
from salon_desk.domain.segment import read as condition_in
from salon_desk.domain.trigger_errors import SegmentInvalid
from salon_desk.operations.segment import SegmentDescribed
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries import habits
from salon_desk.storage.queries.consents import said_by
from salon_desk.storage.queries.habits import Whose
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.planned import list_on_day
from salon_desk.storage.queries.segment_terms import LOOK, Question, cost, iso, may_by_sql, term
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.leaving import leaving_people
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.triggers import segments

A_PAGE = 3_000
"""Members that are looked at in one go: some ten milliseconds."""
A_PAGE_WITH_TICKETS = 250
"""The same where all documents of whoever is left have to be read."""

_SEGMENTS = Statement(
    lambda: select(segments).where(segments.c.active == 1).order_by(segments.c.position, segments.c.id)
)
_UPTO = Statement(
    lambda: (
        select(members.c.id)
        .where(members.c.id > bindparam("after"))
        .order_by(members.c.id)
        .limit(1)
        .offset(bindparam("most"))
    )
)
_PERSON = Statement(lambda: select(members).where(members.c.id == bindparam("member"), members.c.active == 1))
_CHANCE = Statement(
    lambda: (
        select(leaving_people.c.active_percent)
        .where(leaving_people.c.list == bindparam("of_list"), leaving_people.c.member == bindparam("member"))
        .limit(1)
    )
)
_LAST = "\U0010ffff"
"""Behind every id."""


@dataclass(frozen=True, slots=True)
class Page:
    """Those of the members that were looked at who belong to it, in the order of their ids; `after`: the last one that was looked
    at, empty at the end.
    """

    members: tuple[str, ...]
    after: str


def described(transaction: Transaction, day: str) -> list[Segment]:
    """All segments of a day: those that come with the program, then the shop's own in their order. Conditions that this program
    cannot mean are left out with their whole segment: fewer conditions would be more people.
    """
    rows = list_on_day(
        transaction,
        SegmentDescribed,
        transaction.all(_SEGMENTS),
        day,
        listed=lambda row: bool(row.active),
        order=lambda row: (row.position, row.id),
    )
    own = [found for found in map(_segment, rows) if found is not None]
    return [*BUILT_IN, *own]


def page(transaction: Transaction, question: Question, after: str = "") -> Page:
    """Whoever of the next members behind an id meets all conditions."""
    with_tickets = needs_ticket(question.conditions)
    most = A_PAGE_WITH_TICKETS if with_tickets else A_PAGE
    last = transaction.value(_UPTO, after=after, most=most - 1)
    whose = Whose(after, last or _LAST)
    alone = set(habits.merged_in(transaction, whose))
    if any(one.figure is Figure.BALANCE for one in question.conditions):
        alone |= habits.unsettled(transaction, whose)
    found = set(_plain(transaction, question, whose, alone))
    for member in sorted(alone):
        if member > after and _belongs(transaction, question, member):
            found.add(member)
    return Page(tuple(sorted(found)), last or "")


def figures(transaction: Transaction, question: Question, member: str) -> Figures | None:
    """What a person's figures are, as conditions ask for them; None for who is no member, or answered for by another id."""
    row = transaction.one(_PERSON, member=member)
    ids = group(transaction, member)
    if row is None or ids[0] != member:
        return None
    documents = [row for one in ids for row in habits.documents(transaction, Whose(member=one)).get(one, ())]
    past = history(documents, question.currency)
    usual = habit(past.visits)
    today = iso(question.today)
    said = said_by(transaction, member)
    address = {"sms": row.phone, "email": row.email, "wechat": row.wechat}
    return Figures(
        member=member,
        balance=sum(habits.balances(transaction, Whose(member=one))[one, question.currency] for one in ids),
        last_visit=usual.last,
        usual_ticket=usual.usual_ticket,
        leaving=_chance(transaction, question, member),
        tier=row.tier,
        tags=tuple(msgspec.json.decode(row.tags)),
        home_store=row.home_store,
        birthday=row.birthday,
        consultant=row.consultant,
        language=row.language,
        may_write=[
            (one.channel, one.purpose)
            for one in standings(said, today=today, implied_months=question.implied_months)
            if one.allows and address[one.channel]
        ],
        coupons=[
            coupon.promotion
            for one in ids
            for coupon in habits.coupons_left(transaction, Whose(member=one), today).get(one, ())
        ],
        visits=[one.day for one in past.visits],
        spent=past.spent,
    )


def _plain(transaction: Transaction, question: Question, whose: Whose, alone: set[str]) -> Iterator[str]:
    """Those of a page of whom SQL tells, and of the rest whoever is found to belong when looked at."""
    rows = transaction.all(_statement(question), after=whose.after, upto=whose.upto)
    for row in rows:
        if row.id not in alone and (row.sure or _belongs(transaction, question, row.id)):
            yield row.id


@lru_cache(maxsize=32)
def _statement(question: Question) -> Statement:
    def build() -> Select[Any]:
        ordered = sorted(question.conditions, key=cost)
        sure: Any = literal_column("0" if needs_ticket(ordered) else "1")
        written: list[Condition] = [one for one in ordered if one.figure is Figure.MAY_WRITE]
        for one in written:
            sure = sure * case((may_by_sql(one) == LOOK, 0), else_=1)
        return select(members.c.id, sure.label("sure")).where(
            members.c.id > bindparam("after"),
            members.c.id <= bindparam("upto"),
            members.c.active == 1,
            *(term(question, one) for one in ordered),
        )

    return Statement(build)


def _belongs(transaction: Transaction, question: Question, member: str) -> bool:
    found = figures(transaction, question, member)
    return found is not None and all(meets(found, one, question.today) for one in question.conditions)


def _chance(transaction: Transaction, question: Question, member: str) -> int | None:
    active = transaction.value(_CHANCE, of_list=question.leaving, member=member) if question.leaving else None
    if active is None:
        return None
    return 100 if active < 0 else 100 - int(active)


def _segment(row: Any) -> Segment | None:
    conditions = [condition_in(text) for text in msgspec.json.decode(row.conditions)]
    known = tuple(one for one in conditions if one is not None)
    found = Segment(row.id, names(row), known)
    try:
        check(found)
    except SegmentInvalid:
        return None
    return found if len(known) == len(conditions) else None
