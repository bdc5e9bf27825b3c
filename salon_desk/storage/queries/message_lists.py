"""Lists of messages for people: newest first, of one member, of a campaign, in a state; and how many there are of each.

How one stands is `messages.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, bindparam, func, or_, select

from salon_desk.domain.message import MessageState
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.messages import Message, message_of
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.messages import messages


def _list(*where: Callable[[], Any]) -> Statement:
    """Messages, newest first, under conditions of which an index serves the first."""
    return Statement(
        lambda: (
            select(messages)
            .where(
                *(one() for one in where),
                messages.c.intended_at > 0,
                messages.c.intended_at < bindparam("before"),
                or_(bindparam("any_state", type_=Text) == "", messages.c.state == bindparam("state")),
                or_(bindparam("any_trigger", type_=Text) == "", messages.c.trigger == bindparam("trigger")),
            )
            .order_by(messages.c.intended_at.desc(), messages.c.message)
            .limit(bindparam("most"))
        )
    )


_LIST = _list()
_LIST_OF_MEMBER = _list(lambda: messages.c.member == bindparam("member"))
_LIST_OF_CAMPAIGN = _list(lambda: messages.c.campaign == bindparam("campaign"))
_CALLED = Statement(
    lambda: select(members.c.name, members.c.latin_name).where(members.c.id == bindparam("member"))
)
_COUNTS = Statement(
    lambda: (
        select(messages.c.state, messages.c.reason, func.count().label("many"))
        .where(
            messages.c.intended_at > 0,
            or_(bindparam("campaign", type_=Text) == "", messages.c.campaign == bindparam("of_campaign")),
        )
        .group_by(messages.c.state, messages.c.reason)
        .order_by(messages.c.state, messages.c.reason)
    )
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages a list shows, newest first; empty means all. `before`: the `mark` behind which it goes on."""

    member: str = ""
    campaign: str = ""
    state: str = ""
    trigger: str = ""
    before: int = 1 << 62
    most: int = 200


def listed(transaction: Transaction, wanted: Wanted) -> list[Message]:
    """Messages, newest first; of a member those under every id of the person."""
    narrow = {
        "before": wanted.before,
        "any_state": wanted.state,
        "state": wanted.state,
        "any_trigger": wanted.trigger,
        "trigger": wanted.trigger,
        "most": wanted.most,
    }
    if wanted.member:
        rows = [
            row
            for one in group(transaction, wanted.member)
            for row in transaction.all(_LIST_OF_MEMBER, member=one, **narrow)
            if wanted.campaign in ("", row.campaign)
        ]
        rows = sorted(rows, key=lambda row: (-int(row.intended_at), row.message))[: wanted.most]
    elif wanted.campaign:
        rows = transaction.all(_LIST_OF_CAMPAIGN, campaign=wanted.campaign, **narrow)
    else:
        rows = transaction.all(_LIST, **narrow)
    return [message_of(row) for row in rows]


def called(transaction: Transaction, member: str) -> tuple[str, str]:
    """A member's name and the one in Latin letters; nothing for whoever is not known any more."""
    row = transaction.one(_CALLED, member=member)
    return ("", "") if row is None else (row.name, row.latin_name)


def counts(transaction: Transaction, campaign: str = "") -> list[tuple[MessageState, str, int]]:
    """How many messages are in each state, by the last reason against them; of a campaign or of all."""
    found = transaction.all(_COUNTS, campaign=campaign, of_campaign=campaign)
    return [(MessageState(row.state), row.reason, int(row.many)) for row in found]
