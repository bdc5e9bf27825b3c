"""Projections of campaigns: a row for each launch, each batch of an audience, each stop.

Nothing is merged: which launch and which stop count is asked by the queries, so that any order gives the same tables.
"""

from __future__ import annotations

import msgspec

from salon_desk.domain.clock import parse_instant
from salon_desk.operations.campaign import CampaignAudience, CampaignLaunched, CampaignStopped
from salon_desk.operations.envelope import Header
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.campaigns import campaign_audiences, campaign_stops, campaigns

_LAUNCH = Rows(campaigns)
_BATCH = Rows(campaign_audiences)
_STOP = Rows(campaign_stops)


def campaign_launched(transaction: Transaction, header: Header, operation: CampaignLaunched) -> None:
    """Keep what was launched. Raises ValueError for an instant that is none."""
    for instant in (operation.launched_at, operation.due_at, operation.expires_at):
        parse_instant(instant)
    transaction.put(
        _LAUNCH,
        op_id=header.op_id,
        campaign=operation.campaign,
        name=operation.name,
        segment=operation.segment,
        conditions=_list(operation.conditions),
        template=operation.template,
        store=operation.store,
        held_back_percent=operation.held_back_percent,
        audience=operation.audience,
        held_back=operation.held_back,
        batches=operation.batches,
        launched_at=operation.launched_at,
        due_at=operation.due_at,
        expires_at=operation.expires_at,
        offer_en=operation.offer.en,
        offer_zh_cn=operation.offer.zh_CN,
        offer_zh_tw=operation.offer.zh_TW,
        segments=operation.segments,
        currency=operation.cost.currency if operation.cost else "",
        cost_cents=operation.cost.cents if operation.cost else 0,
        actor=header.actor,
        node=header.node,
        at=header.at,
    )


def campaign_audience(transaction: Transaction, header: Header, operation: CampaignAudience) -> None:
    """Keep whom it is for."""
    transaction.put(
        _BATCH,
        op_id=header.op_id,
        campaign=operation.campaign,
        number=operation.number,
        members=_list(operation.members),
    )


def campaign_stopped(transaction: Transaction, header: Header, operation: CampaignStopped) -> None:
    """Keep that it was stopped. Raises ValueError for an instant that is none."""
    parse_instant(operation.stopped_at)
    transaction.put(
        _STOP,
        op_id=header.op_id,
        campaign=operation.campaign,
        reason=operation.reason,
        stopped_at=operation.stopped_at,
        actor=header.actor,
        at=header.at,
    )


def _list(words: tuple[str, ...]) -> str:
    return msgspec.json.encode(words).decode()
