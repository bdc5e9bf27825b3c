"""Campaigns: what was launched, for whom, what was stopped, and what members did in the days that followed.

What may be said of it is `domain/campaign.py`'s. Of two launches under one name the first counts, and any stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import bindparam, case, func, select

from salon_desk.domain.campaign import price_of
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.shop import names
from salon_desk.storage.tables.campaigns import campaign_audiences, campaign_stops, campaigns
from salon_desk.storage.tables.people import stores
from salon_desk.storage.tables.sales import sales

_ONE = Statement(
    lambda: (
        select(campaigns)
        .where(campaigns.c.campaign == bindparam("campaign"))
        .order_by(campaigns.c.at, campaigns.c.op_id)
        .limit(1)
    )
)
_LISTED = Statement(
    lambda: (
        select(campaigns)
        .where(campaigns.c.at < bindparam("before"))
        .order_by(campaigns.c.at.desc(), campaigns.c.op_id)
        .limit(bindparam("most"))
    )
)
_AFTER = Statement(
    lambda: (
        select(campaigns)
        .where(campaigns.c.expires_at > bindparam("now"))
        .order_by(campaigns.c.at, campaigns.c.op_id)
    )
)
_STOP = Statement(
    lambda: (
        select(campaign_stops)
        .where(campaign_stops.c.campaign == bindparam("campaign"))
        .order_by(campaign_stops.c.at, campaign_stops.c.op_id)
        .limit(1)
    )
)
_BATCH = Statement(
    lambda: (
        select(campaign_audiences.c.number, campaign_audiences.c.members)
        .where(
            campaign_audiences.c.campaign == bindparam("campaign"),
            campaign_audiences.c.number >= bindparam("number"),
        )
        .order_by(campaign_audiences.c.number, campaign_audiences.c.op_id)
        .limit(1)
    )
)
_BATCHES = Statement(
    lambda: select(func.count(func.distinct(campaign_audiences.c.number))).where(
        campaign_audiences.c.campaign == bindparam("campaign")
    )
)
_BOUGHT = Statement(
    lambda: select(
        func.coalesce(func.sum(sales.c.total_cents - sales.c.tax_cents), 0).label("cents"),
        func.count(case((sales.c.kind == "sale", sales.c.op_id))).label("visits"),
    ).where(
        sales.c.member == bindparam("member"),
        sales.c.business_day >= bindparam("from_day"),
        sales.c.business_day <= bindparam("to_day"),
        sales.c.kind.in_(("sale", "refund")),
        sales.c.voided_by == "",
        sales.c.currency == bindparam("currency"),
        sales.c.sold_at > bindparam("after"),
        sales.c.sold_at <= bindparam("upto"),
    )
)
_PRICE = Statement(lambda: select(stores.c.sms_price).where(stores.c.id == bindparam("store")))
_members = msgspec.json.Decoder(tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as it was launched. `stopped_at` is empty while nobody stopped it; `mark`: by which lists go on."""

    campaign: str
    name: str
    segment: str
    conditions: tuple[str, ...]
    template: str
    store: str
    held_back_percent: int
    audience: int
    held_back: int
    batches: int
    launched_at: str
    due_at: str
    expires_at: str
    offer: Names
    segments: int
    cost: Money | None
    actor: str
    mark: int
    stopped_at: str = ""
    stopped_by: str = ""
    stop_reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days to look at: from an instant (excluded) to an instant, and the business days that these may fall on."""

    after: str
    upto: str
    from_day: str
    to_day: str


def campaign(transaction: Transaction, campaign_id: str) -> Campaign | None:
    """One campaign, None where none was launched under this id."""
    row = transaction.one(_ONE, campaign=campaign_id)
    return None if row is None else _campaign(transaction, row)


def listed(transaction: Transaction, most: int = 100, before: int = 1 << 62) -> list[Campaign]:
    """Campaigns, the newest first; `before`: the mark behind which the list goes on."""
    return [_campaign(transaction, row) for row in transaction.all(_LISTED, most=most, before=before)]


def running(transaction: Transaction, now: str) -> list[Campaign]:
    """Campaigns that were neither stopped nor are over by an instant, the oldest first."""
    found = (_campaign(transaction, row) for row in transaction.all(_AFTER, now=now))
    return [one for one in found if not one.stopped_at]


def is_stopped(transaction: Transaction, campaign_id: str) -> bool:
    """Whether nothing more is to be sent for it."""
    return transaction.one(_STOP, campaign=campaign_id) is not None


def batch(transaction: Transaction, campaign_id: str, number: int) -> tuple[int, tuple[str, ...]] | None:
    """The batch with this number or the next one that there is, and its members; None behind the last."""
    row = transaction.one(_BATCH, campaign=campaign_id, number=number)
    return None if row is None else (int(row.number), _members.decode(row.members))


def batches(transaction: Transaction, campaign_id: str) -> int:
    """How many batches of its audience are here."""
    return int(transaction.value(_BATCHES, campaign=campaign_id))


def bought(transaction: Transaction, member: str, span: Span, currency: str) -> tuple[int, int]:
    """How often a person came in these days, under whichever id, and the cents spent before tax, refunds taken off."""
    rows = [
        transaction.one(
            _BOUGHT,
            member=one,
            currency=currency,
            after=span.after,
            upto=span.upto,
            from_day=span.from_day,
            to_day=span.to_day,
        )
        for one in group(transaction, member)
    ]
    return sum(int(row.visits) for row in rows if row), sum(int(row.cents) for row in rows if row)


def sms_price(transaction: Transaction, store: str) -> Decimal | None:
    """What a store says one SMS segment costs, in units of its currency; None where it says nothing that can be meant."""
    said = transaction.value(_PRICE, store=store)
    return price_of(said) if said else None


def named(transaction: Transaction, campaign_ids: Iterable[str]) -> dict[str, str]:
    """What campaigns are called, by id."""
    found = ((one, transaction.one(_ONE, campaign=one)) for one in campaign_ids)
    return {one: row.name for one, row in found if row is not None}


def _campaign(transaction: Transaction, row: Any) -> Campaign:
    stop = transaction.one(_STOP, campaign=row.campaign)
    conditions: Sequence[str] = _members.decode(row.conditions)
    return Campaign(
        campaign=row.campaign,
        name=row.name,
        segment=row.segment,
        conditions=tuple(conditions),
        template=row.template,
        store=row.store,
        held_back_percent=row.held_back_percent,
        audience=row.audience,
        held_back=row.held_back,
        batches=row.batches,
        launched_at=row.launched_at,
        due_at=row.due_at,
        expires_at=row.expires_at,
        offer=names(row, "offer"),
        segments=row.segments,
        cost=Money(row.cost_cents, row.currency) if row.currency else None,
        actor=row.actor,
        mark=row.at,
        stopped_at=stop.stopped_at if stop else "",
        stopped_by=stop.actor if stop else "",
        stop_reason=stop.reason if stop else "",
    )
