"""The conditions of segments as SQL, each over a row of `members`.

What a condition means is `domain/segment.py`; who is looked at is `segments.py`'s. The one rule: a condition that SQL cannot tell of
everybody lets whoever may meet it through, for `segments.py` to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import and_, case, func, literal, or_, select

from salon_desk.domain.consent import Basis, Channel
from salon_desk.domain.segment import Compare, Condition, Figure
from salon_desk.storage.queries.habits import IS_SPENDABLE, coupon_is_left, purses_of_card
from salon_desk.storage.tables.cards import card_freezes, cards, purses
from salon_desk.storage.tables.leaving import leaving_people
from salon_desk.storage.tables.members import consents, members
from salon_desk.storage.tables.promotions import coupons
from salon_desk.storage.tables.sales import sales

NO, YES, LOOK = 0, 1, 2
"""What SQL says of a consent; LOOK: what was said has to be read."""
_OF_MEMBER = sales.c.member == members.c.id
_IS_VISIT = and_(_OF_MEMBER, sales.c.kind == "sale", sales.c.voided_by == "")
_ADDRESS = {Channel.SMS: members.c.phone, Channel.EMAIL: members.c.email, Channel.WECHAT: members.c.wechat}
_WORDS = {
    Figure.TIER: members.c.tier,
    Figure.HOME_STORE: members.c.home_store,
    Figure.CONSULTANT: members.c.consultant,
    Figure.LANGUAGE: case((members.c.language == "", "zh_CN"), else_=members.c.language),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Conditions with what they are asked of: `today` an ordinal, money in `currency`, for how long an implied consent holds,
    and the list of who is leaving that stands (`storage/leaving.py`).
    """

    conditions: tuple[Condition, ...]
    today: int
    currency: str
    implied_months: int
    leaving: str = ""


def term(question: Question, condition: Condition) -> Any:
    """A condition as SQL."""
    match condition.figure:
        case Figure.LAST_VISIT:
            return _last_visit(question, condition)
        case Figure.BALANCE | Figure.VISITS | Figure.SPEND | Figure.LEAVING:
            number = _NUMBERS[condition.figure](question, condition)
            wanted = condition.number
            return number >= wanted if condition.compare is Compare.AT_LEAST else number <= wanted
        case Figure.MAY_WRITE:
            never = NO if condition.compare is Compare.IS else YES
            return may_by_sql(condition) != never
        case Figure.USUAL_TICKET:
            return select(sales.c.member).where(_IS_VISIT).exists()
        case _:
            has = _has(question, condition)
            return has if condition.compare is Compare.IS else ~has


def cost(condition: Condition) -> int:
    """How much asking costs, the least first: what stands in the row itself, one look-up, a sum."""
    if condition.figure in _WORDS or condition.figure in (Figure.TAG, Figure.BIRTHDAY_MONTH):
        return 0
    order = (Figure.LEAVING, Figure.LAST_VISIT, Figure.COUPON, Figure.VISITS, Figure.BALANCE, Figure.SPEND)
    return 1 + order.index(condition.figure) if condition.figure in order else 9


def may_by_sql(condition: Condition) -> Any:
    """YES, NO or LOOK: whether something may be sent, as far as that can be told without reckoning what holds."""
    channel, purpose = condition.may

    def said(*more: Any) -> Any:
        of = (
            consents.c.member == members.c.id,
            consents.c.channel == channel.value,
            consents.c.purpose == purpose.value,
        )
        return select(consents.c.op_id).where(*of, *more).exists()

    plain = and_(consents.c.given == 1, consents.c.basis.in_(("", Basis.EXPRESS.value)))
    return case(
        (_ADDRESS[channel] == "", NO),
        (~said(consents.c.given == 1), NO),
        (or_(said(consents.c.given == 0), ~said(plain)), LOOK),
        else_=YES,
    )


def _last_visit(question: Question, condition: Condition) -> Any:
    """Whoever was here after a day has been here; whoever never was, has not for longer than anybody."""
    day = iso(question.today - condition.number)
    if condition.compare is Compare.AT_LEAST:
        return ~select(sales.c.member).where(_IS_VISIT, sales.c.business_day > day).exists()
    return select(sales.c.member).where(_IS_VISIT, sales.c.business_day >= day).exists()


def _balance(question: Question, _condition: Condition) -> Any:
    units = (
        select(func.coalesce(func.sum(purses.c.units), 0))
        .select_from(cards)
        .join(purses, purses.c.asset.in_(purses_of_card()))
        .outerjoin(card_freezes, card_freezes.c.card == cards.c.id)
        .where(cards.c.member == members.c.id, cards.c.currency == question.currency, IS_SPENDABLE)
    )
    return units.correlate(members).scalar_subquery()


def _visits(question: Question, condition: Condition) -> Any:
    return (
        select(func.count(sales.c.business_day.distinct()))
        .where(_IS_VISIT, *_within(question, condition))
        .correlate(members)
        .scalar_subquery()
    )


def _spend(question: Question, condition: Condition) -> Any:
    return (
        select(func.coalesce(func.sum(sales.c.total_cents - sales.c.tax_cents), 0))
        .where(
            _OF_MEMBER,
            sales.c.kind.in_(("sale", "refund")),
            sales.c.voided_by == "",
            sales.c.currency == question.currency,
            *_within(question, condition),
        )
        .correlate(members)
        .scalar_subquery()
    )


def _leaving(question: Question, _condition: Condition) -> Any:
    """Nobody reckoned it where there is no row; where there is one without a model, the list itself says that somebody leaves."""
    chance = case((leaving_people.c.active_percent < 0, 100), else_=100 - leaving_people.c.active_percent)
    return (
        select(chance)
        .where(leaving_people.c.member == members.c.id, leaving_people.c.list == question.leaving)
        .limit(1)
        .correlate(members)
        .scalar_subquery()
    )


_NUMBERS = {
    Figure.BALANCE: _balance,
    Figure.VISITS: _visits,
    Figure.SPEND: _spend,
    Figure.LEAVING: _leaving,
}


def _has(question: Question, condition: Condition) -> Any:
    match condition.figure:
        case Figure.TAG:
            quoted = msgspec.json.encode(condition.value).decode()
            return func.replace(members.c.tags, quoted, "") != members.c.tags
        case Figure.BIRTHDAY_MONTH:
            month = func.substr(members.c.birthday, func.length(members.c.birthday) - 4, 2)
            return month == f"{int(condition.value):02d}"
        case Figure.COUPON:
            today = iso(question.today)
            whose = [
                coupons.c.member == members.c.id,
                coupons.c.from_day <= today,
                or_(coupons.c.to_day == "", coupons.c.to_day >= today),
                coupon_is_left(),
            ]
            if condition.value:
                whose.append(coupons.c.promotion == condition.value)
            return select(coupons.c.id).where(*whose).correlate(members).exists()
        case _:
            return _WORDS[condition.figure] == literal(condition.value)


def _within(question: Question, condition: Condition) -> list[Any]:
    if not condition.days:
        return []
    return [
        sales.c.business_day > iso(question.today - condition.days),
        sales.c.business_day <= iso(question.today),
    ]


def iso(day: int) -> str:
    """A day (an ordinal) as an ISO date."""
    return date.fromordinal(max(day, 1)).isoformat()
