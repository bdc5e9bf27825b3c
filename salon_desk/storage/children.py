"""The devices that enrolled with this node, and the one-time codes by which they do: local rows, no facts.

Who may do what is decided in `head_office/`. Tokens and codes come in as hashes and never stand here in the clear. Each
function runs inside its caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.network import children, enrolment_codes

_COLUMNS = [column for column in children.columns if column.name != "token_hash"]
_BY_TOKEN = Statement(lambda: select(*_COLUMNS).where(children.c.token_hash == bindparam("token_hash")))
_BY_NODE = Statement(lambda: select(*_COLUMNS).where(children.c.node == bindparam("node")))
_ALL = Statement(lambda: select(*_COLUMNS).order_by(children.c.store, children.c.name, children.c.node))
_ADD = Statement(lambda: insert(children))
_CONFIRM = Statement(
    lambda: update(children).where(children.c.node == bindparam("of_node")).values(confirmed=1)
)
_ENTER = Statement(
    lambda: update(children).where(children.c.node == bindparam("of_node")).values(epoch=bindparam("entered"))
)
_READMIT = Statement(
    lambda: (
        update(children)
        .where(children.c.node == bindparam("of_node"))
        .values(
            token_hash=bindparam("token"),
            confirmed=bindparam("is_confirmed"),
            seen_at=bindparam("at"),
            program=bindparam("by_program"),
        )
    )
)
_SEEN = Statement(
    lambda: (
        update(children).where(children.c.node == bindparam("of_node")).values(seen_at=bindparam("seen_at"))
    )
)
_LEFT = Statement(
    lambda: (
        update(children)
        .where(children.c.node == bindparam("of_node"))
        .values(seen_at=bindparam("at"), left_at=bindparam("at"))
    )
)
_CURSOR = Statement(
    lambda: update(children).where(children.c.node == bindparam("of_node")).values(cursor=bindparam("cursor"))
)
_CODE = Statement(
    lambda: select(enrolment_codes).where(enrolment_codes.c.code_hash == bindparam("code_hash"))
)
_ADD_CODE = Statement(lambda: insert(enrolment_codes))
_USE_CODE = Statement(
    lambda: (
        update(enrolment_codes)
        .where(enrolment_codes.c.code_hash == bindparam("of_hash"), enrolment_codes.c.node == "")
        .values(node=bindparam("node"), public_key=bindparam("public_key"))
    )
)
_OPEN_CODES = Statement(
    lambda: (
        select(enrolment_codes.c.code_hash)
        .where(enrolment_codes.c.node == "", enrolment_codes.c.lapses_at > bindparam("now"))
        .order_by(enrolment_codes.c.lapses_at.desc())
        .limit(bindparam("most"))
    )
)
_OPEN_CODES_BY = Statement(
    lambda: (
        select(enrolment_codes.c.code_hash)
        .where(
            enrolment_codes.c.made_by == bindparam("by"),
            enrolment_codes.c.node == "",
            enrolment_codes.c.lapses_at > bindparam("now"),
        )
        .order_by(enrolment_codes.c.made_at.desc(), enrolment_codes.c.code_hash)
    )
)
_FORGET_CODE = Statement(
    lambda: delete(enrolment_codes).where(
        enrolment_codes.c.code_hash == bindparam("of_hash"), enrolment_codes.c.node == ""
    )
)
_FORGET_CODES = Statement(
    lambda: delete(enrolment_codes).where(
        enrolment_codes.c.node == "", enrolment_codes.c.lapses_at < bindparam("before")
    )
)


@dataclass(frozen=True, slots=True)
class Child:
    """A device that enrolled here. `cursor`: the feed position that it asked behind when it was last seen.

    `left_at`: when it last said that it would be gone.
    """

    node: str
    epoch: str
    store: str
    name: str
    public_key: str
    confirmed: bool
    enrolled_at: str
    seen_at: str = ""
    left_at: str = ""
    cursor: int = 0
    program: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code. `node` and `public_key`: the device that used it, empty before."""

    code_hash: str
    store: str
    till_name: str
    made_by: str
    made_at: str
    lapses_at: str
    confirmed: bool
    node: str = ""
    public_key: str = ""


def by_token(transaction: Transaction, token_hash: str) -> Child | None:
    """The device with this token."""
    return _child(transaction.one(_BY_TOKEN, token_hash=token_hash))


def by_node(transaction: Transaction, node: str) -> Child | None:
    """The device of this node."""
    return _child(transaction.one(_BY_NODE, node=node))


def all_children(transaction: Transaction) -> Sequence[Child]:
    """Every device, by store and name."""
    return [Child(**{**row._asdict(), "confirmed": bool(row.confirmed)}) for row in transaction.all(_ALL)]


def add(transaction: Transaction, child: Child, token_hash: str) -> None:
    """A device has enrolled."""
    values = {name: getattr(child, name) for name in Child.__slots__}
    transaction.run(_ADD, **{**values, "confirmed": int(child.confirmed), "token_hash": token_hash})


def readmit(transaction: Transaction, child: Child, token_hash: str) -> None:
    """A device that was here before has enrolled again: another token, and whatever it was confirmed by."""
    transaction.run(
        _READMIT,
        of_node=child.node,
        token=token_hash,
        is_confirmed=int(child.confirmed),
        at=child.seen_at,
        by_program=child.program,
    )


def confirm(transaction: Transaction, node: str) -> None:
    """The owner has compared the fingerprint."""
    transaction.run(_CONFIRM, of_node=node)


def enter(transaction: Transaction, node: str, epoch: str) -> None:
    """A device has opened a new epoch."""
    transaction.run(_ENTER, of_node=node, entered=epoch)


def note_seen(transaction: Transaction, node: str, seen_at: str, cursor: int | None) -> None:
    """When a device was last heard of, and how far it had taken in the feed if it said so."""
    transaction.run(_SEEN, of_node=node, seen_at=seen_at)
    if cursor is not None:
        transaction.run(_CURSOR, of_node=node, cursor=cursor)


def note_left(transaction: Transaction, node: str, at: str) -> None:
    """A device said that it will not be heard of for a while."""
    transaction.run(_LEFT, of_node=node, at=at)


def code(transaction: Transaction, code_hash: str) -> Code | None:
    """The code with this hash, used or not, lapsed or not."""
    row = transaction.one(_CODE, code_hash=code_hash)
    return None if row is None else Code(**{**row._asdict(), "confirmed": bool(row.confirmed)})


def open_codes(transaction: Transaction, now: str, most: int) -> list[str]:
    """The hashes of codes that still open the door, those that were made last first."""
    return [row.code_hash for row in transaction.all(_OPEN_CODES, now=now, most=most)]


def open_codes_by(transaction: Transaction, made_by: str, now: str) -> list[str]:
    """The same of those that one till made."""
    return [row.code_hash for row in transaction.all(_OPEN_CODES_BY, by=made_by, now=now)]


def forget_code(transaction: Transaction, code_hash: str) -> None:
    """Drop a code that nobody has used."""
    transaction.run(_FORGET_CODE, of_hash=code_hash)


def add_code(transaction: Transaction, new: Code) -> None:
    """Keep a code that was just made."""
    values = {name: getattr(new, name) for name in Code.__slots__}
    transaction.run(_ADD_CODE, **{**values, "confirmed": int(new.confirmed)})


def use_code(transaction: Transaction, code_hash: str, node: str, public_key: str) -> bool:
    """Note who used a code; False when somebody else has."""
    return transaction.run(_USE_CODE, of_hash=code_hash, node=node, public_key=public_key) == 1


def forget_codes(transaction: Transaction, before: str) -> None:
    """Drop codes that lapsed unused before an instant."""
    transaction.run(_FORGET_CODES, before=before)


def _child(row: object) -> Child | None:
    return None if row is None else Child(**{**row._asdict(), "confirmed": bool(row.confirmed)})  # type: ignore[attr-defined]
