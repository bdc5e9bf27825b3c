"""What lists brought: by list, and the gift card or series that it is, so that it is found and used like a sold one.

Units and postings are applied as of any operation that moves them. What comes a second time, after it was taken back, is the same
thing; it began with the earliest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec

from salon_desk.domain.gift import CardKind
from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.carried_over import AssetCarriedOver, Owned
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.envelope import Header
from salon_desk.storage.apply import bonus_ends
from salon_desk.storage.engine import Transaction
from salon_desk.storage.putting import Rows
from salon_desk.storage.tables.cards import cards
from salon_desk.storage.tables.carried import carried
from salon_desk.storage.tables.series import series

_COMMAND = re.compile(r"import/([^/]+)/batch/(\d{1,6})(?:/|$)")
_CARRY = Rows(carried)


class Carried(NamedTuple):
    """What stands in a row besides where it came from."""

    asset: str
    member: str
    number: int
    units: int


_GIFT = Rows(
    cards,
    lambda new: {"issued_on": new.issued_on},
    only=lambda new: cards.c.issued_on > new.issued_on,
)
_SERIES = Rows(
    series,
    lambda new: {"issued_on": new.issued_on, "op_id": new.op_id},
    only=lambda new: series.c.op_id > new.op_id,
)


def member_described(transaction: Transaction, header: Header, operation: MemberDescribed) -> None:
    """That a list describes a member; by whomever else it is done, it is none of this table's business."""
    list_id, step = _came_by(header)
    if list_id:
        _note(transaction, header, Carried("", operation.id, 0, 0), list_id, step)


def value_carried_over(transaction: Transaction, header: Header, operation: ValueCarriedOver) -> None:
    """What a list brought on a card; what came otherwise is in no list."""
    bonus_ends.carried_over(transaction, header, operation)
    list_id, step = _came_by(header)
    if list_id:
        for change in operation.purse_changes:
            _note(transaction, header, Carried(change.asset, "", operation.row, change.units), list_id, step)


def _came_by(header: Header) -> tuple[str, int]:
    """The list and the batch by whose command something was recorded; ("", 0) for what came otherwise."""
    found = _COMMAND.match(header.command_id)
    return (found[1], int(found[2])) if found else ("", 0)


def _note(transaction: Transaction, header: Header, one: Carried, list_id: str, step: int) -> None:
    transaction.put(
        _CARRY,
        asset=one.asset,
        op_id=header.op_id,
        node=header.node,
        list_id=list_id,
        step=step,
        member=one.member,
        number=one.number,
        units=one.units,
    )


def asset_carried_over(transaction: Transaction, header: Header, operation: AssetCarriedOver) -> None:
    """A gift card with its code, of nobody; a series with what it is for, of its member."""
    list_id, step = _came_by(header)
    for change in operation.purse_changes if list_id else ():
        one = Carried(change.asset, operation.member, operation.row, change.units)
        _note(transaction, header, one, list_id, step)
    if operation.owned_kind == Owned.GIFT:
        transaction.put(
            _GIFT,
            id=operation.owned,
            code=operation.code,
            currency=operation.worth.currency,
            member="",
            kind=CardKind.GIFT.value,
            issued_on=header.business_day,
        )
    elif operation.owned_kind == Owned.SERIES and operation.names is not None:
        transaction.put(
            _SERIES,
            id=operation.owned,
            offer="",
            buyer=operation.member,
            name_en=operation.names.en,
            name_zh_cn=operation.names.zh_CN,
            name_zh_tw=operation.names.zh_TW,
            parts=msgspec.json.encode(operation.parts).decode(),
            price_cents=operation.worth.cents,
            currency=operation.worth.currency,
            tax_point=operation.tax_point,
            op_id=header.op_id,
            store=operation.store,
            issued_on=header.business_day,
        )
