"""Members that may be one person: they share a telephone, or a name and a birthday.

Whether they are is decided by a person (`services/merging.py`). Reads an index of all members and is for a screen of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, func, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.tables.members import members

_SHARED_PHONES = Statement(
    lambda: (
        select(members.c.phone)
        .where(members.c.phone != "", members.c.active == 1)
        .group_by(members.c.phone)
        .having(func.count() > 1)
        .order_by(members.c.phone)
    )
)
_SHARED_BIRTHDAYS = Statement(
    lambda: (
        select(members.c.name, members.c.birthday)
        .where(members.c.birthday != "", members.c.name != "", members.c.active == 1)
        .group_by(members.c.name, members.c.birthday)
        .having(func.count() > 1)
        .order_by(members.c.name, members.c.birthday)
    )
)
_OF_PHONE = Statement(
    lambda: (
        select(members.c.id)
        .where(members.c.phone == bindparam("phone"), members.c.active == 1)
        .order_by(members.c.id)
    )
)
_OF_BIRTHDAY = Statement(
    lambda: (
        select(members.c.id)
        .where(
            members.c.birthday == bindparam("birthday"),
            members.c.name == bindparam("name"),
            members.c.active == 1,
        )
        .order_by(members.c.id)
    )
)


class Why(StrEnum):
    """What two descriptions have in common."""

    PHONE = "phone"
    BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two members or more that may be one person, the id that was made first in front, and why."""

    members: tuple[str, ...]
    why: Why


def alike(transaction: Transaction, most: int = 50) -> list[Alike]:
    """Who may be the same person and is not merged yet; at most so many, by telephone first."""
    found: dict[tuple[str, ...], Alike] = {}

    def add(ids: Iterable[str], why: Why) -> None:
        people = tuple(dict.fromkeys(canonical(transaction, one) for one in ids))
        if len(people) > 1 and not any(set(people) <= set(known) for known in found):
            found[people] = Alike(people, why)

    for row in transaction.all(_SHARED_PHONES):
        if len(found) >= most:
            return list(found.values())
        add((one.id for one in transaction.all(_OF_PHONE, phone=row.phone)), Why.PHONE)
    for row in transaction.all(_SHARED_BIRTHDAYS):
        if len(found) >= most:
            break
        same = transaction.all(_OF_BIRTHDAY, name=row.name, birthday=row.birthday)
        add((one.id for one in same), Why.BIRTHDAY)
    return list(found.values())
