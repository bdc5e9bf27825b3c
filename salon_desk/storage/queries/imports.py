"""Lists that were taken over: which, how far, and whether somebody here came from one.

What was recorded for a list is found by its commands, `import/<list>/…`, on the till that took it over. Each function reads inside
its caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from salon_desk.operations.card import ValueCarriedOver
from salon_desk.operations.carried_over import AssetCarriedOver, ImportSigned
from salon_desk.operations.description import MemberDescribed
from salon_desk.operations.envelope import Header
from salon_desk.operations.operation import Operation
from salon_desk.operations.registry import decode_known
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.rows import envelope_of
from salon_desk.storage.tables.cards import cards
from salon_desk.storage.tables.catalogue import items
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.members import members
from salon_desk.storage.tables.movements import movements

_BEHIND = "\U0010ffff"
_OF_LIST = Statement(
    lambda: (
        select(journal)
        .where(
            journal.c.node == bindparam("node"),
            journal.c.command_id >= bindparam("low"),
            journal.c.command_id < bindparam("high"),
        )
        .order_by(journal.c.position)
    )
)
_DONE = Statement(
    lambda: select(journal.c.op_id).where(
        journal.c.node == bindparam("node"), journal.c.command_id == bindparam("command_id")
    )
)
_COMMANDS = Statement(
    lambda: select(journal.c.command_id).where(
        journal.c.node == bindparam("node"),
        journal.c.command_id >= bindparam("low"),
        journal.c.command_id < bindparam("high"),
    )
)
_SIGNED = Statement(
    lambda: select(journal).where(journal.c.kind == ImportSigned.KIND).order_by(journal.c.position)
)
_CARRIED = (ValueCarriedOver.KIND, AssetCarriedOver.KIND)
_CARRIED_TO = Statement(
    lambda: (
        select(func.count())
        .select_from(movements)
        .join(journal, journal.c.op_id == movements.c.op_id)
        .where(
            movements.c.asset >= bindparam("low"),
            movements.c.asset < bindparam("high"),
            journal.c.kind.in_(_CARRIED),
        )
    )
)
_SINCE = Statement(
    lambda: select(func.min(movements.c.at)).where(
        movements.c.asset == bindparam("asset"), movements.c.units > 0
    )
)
_STANDS = Statement(lambda: select(members.c.active).where(members.c.id == bindparam("id")))
_HIDDEN = Statement(
    lambda: (
        select(journal)
        .where(
            journal.c.position > bindparam("after"),
            journal.c.position <= bindparam("upto"),
            journal.c.kind == MemberDescribed.KIND,
            journal.c.node != bindparam("node"),
            journal.c.command_id.like("unimport/%"),
        )
        .order_by(journal.c.position)
    )
)
_LAST = Statement(lambda: select(func.max(journal.c.position)))
_IS_CARD = Statement(lambda: select(cards.c.id).where(cards.c.id == bindparam("id")))
_SERVICES = Statement(
    lambda: (
        select(items.c.id, items.c.name_en, items.c.name_zh_cn, items.c.name_zh_tw, items.c.code)
        .where(items.c.active == 1, items.c.kind == "service")
        .order_by(items.c.id)
    )
)


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list that the owner has signed for, and who at which instant of the hybrid clock."""

    signed: ImportSigned
    actor: str
    at: int
    node: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service and everything that it is called."""

    item: str
    names: tuple[str, ...]


def signed_lists(transaction: Transaction) -> list[SignedList]:
    """Every list, oldest first."""
    found = []
    for row in transaction.all(_SIGNED):
        operation = decode_known(row.kind, row.version, row.body)
        if isinstance(operation, ImportSigned):
            found.append(SignedList(operation, row.actor, row.at, row.node))
    return found


def recorded_for(transaction: Transaction, node: str, command: str) -> Iterator[tuple[Header, Operation]]:
    """What a till recorded by one command, in its order; bodies that are gone are passed over."""
    # the first operation bears the command itself, the others it with a stroke and a number
    for row in transaction.all(_OF_LIST, node=node, low=command, high=f"{command}0"):
        operation = decode_known(row.kind, row.version, row.body)
        if operation is not None:
            yield envelope_of(row).header, operation


def commands_done(transaction: Transaction, node: str, command: str) -> set[str]:
    """The commands that a till has carried out which begin like this."""
    low, high = f"{command}/", f"{command}/{_BEHIND}"
    return {row.command_id for row in transaction.all(_COMMANDS, node=node, low=low, high=high)}


def is_done(transaction: Transaction, node: str, command: str) -> bool:
    """Whether a till has carried out this very command."""
    return transaction.one(_DONE, node=node, command_id=command) is not None


def is_reversed(transaction: Transaction, node: str, list_id: str) -> bool:
    """Whether a till has taken back all that it carried of a list: the last batch, which goes last."""
    command = f"import/{list_id}/batch"
    parts = (
        one.removeprefix(f"{command}/").partition("/")[0] for one in commands_done(transaction, node, command)
    )
    last = max((int(one) for one in parts if one.isdecimal()), default=None)
    return last is not None and is_done(transaction, node, f"unimport/{list_id}/{last}")


def times_reversed(transaction: Transaction, node: str, base: str) -> int:
    """How often a list was taken back, under whichever of its names."""
    ids = {one.signed.list_id for one in signed_lists(transaction) if one.node == node}
    mine = {one for one in ids if one.partition("-")[0] == base}
    return sum(is_reversed(transaction, node, one) for one in mine)


def was_carried_to(transaction: Transaction, asset_begins: str) -> bool:
    """Whether anything was ever carried over to an asset that begins like this."""
    return bool(transaction.value(_CARRIED_TO, low=asset_begins, high=asset_begins + _BEHIND))


def left_since(transaction: Transaction, claim: str) -> int:
    """When a list was taken back and left this over, by the hybrid clock."""
    return int(transaction.value(_SINCE, asset=claim) or 0)


def stands(transaction: Transaction, member: str) -> bool | None:
    """Whether a member is one now; None for one that never was."""
    row = transaction.one(_STANDS, id=member)
    return None if row is None else bool(row.active)


def hidden_between(transaction: Transaction, node: str, after: int, upto: int) -> list[tuple[str, str]]:
    """(op id, member) of those whom others' taking back of a list hid, by positions of the journal."""
    found = []
    for row in transaction.all(_HIDDEN, node=node, after=after, upto=upto):
        operation = decode_known(row.kind, row.version, row.body)
        if isinstance(operation, MemberDescribed):
            found.append((row.op_id, operation.id))
    return found


def last_position(transaction: Transaction) -> int:
    """How far the journal goes."""
    return int(transaction.value(_LAST) or 0)


def is_card(transaction: Transaction, card: str) -> bool:
    """Whether a card of this id was ever issued."""
    return transaction.one(_IS_CARD, id=card) is not None


def services(transaction: Transaction) -> list[Service]:
    """Every service that is sold, with its names and code."""
    return [
        Service(row.id, tuple(filter(None, (row.name_en, row.name_zh_cn, row.name_zh_tw, row.code))))
        for row in transaction.all(_SERVICES)
    ]
