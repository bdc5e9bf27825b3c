"""The list of who is about to leave, as this machine keeps it: local rows, written in slices and read in pages.

What a row means is `services/leaving_list.py`'s. A new list is complete before it takes the place of the old one, whatever cuts it off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select

from salon_desk.storage import local
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.store import Store
from salon_desk.storage.tables.leaving import leaving_people as people
from salon_desk.storage.tables.members import members

HEAD = "leaving"
A_SLICE = 500

_ADD = Statement(lambda: insert(people))
_PAGE = Statement(
    lambda: (
        select(people)
        .join(members, members.c.id == people.c.member)
        .where(
            people.c.list == bindparam("of_list"),
            people.c.number > bindparam("after"),
            members.c.active == 1,
        )
        .order_by(people.c.number)
        .limit(bindparam("most"))
    )
)
_OTHERS = Statement(lambda: select(people.c.list).where(people.c.list != bindparam("of_list")).distinct())
_DROP = Statement(
    lambda: delete(people).where(people.c.list == bindparam("of_list"), people.c.number < bindparam("upto"))
)
_FIRST = Statement(lambda: select(func.min(people.c.number)).where(people.c.list == bindparam("of_list")))


def add(store: Store, list_id: str, start: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write one slice of a list that is not the list yet."""
    with store.local() as transaction:
        transaction.run_many(
            _ADD, [{"list": list_id, "number": number, **row} for number, row in enumerate(rows, start)]
        )


def make_current(store: Store, list_id: str, head: str) -> None:
    """From now on this is the list; `head` says how it was made."""
    local.save_setting(store, HEAD, f"{list_id}\n{head}")


def drop_others(store: Store, list_id: str) -> bool:
    """One slice of what was kept before, or was never finished; whether there is more."""
    with store.local() as transaction:
        other = transaction.value(_OTHERS, of_list=list_id)
        if other is None:
            return False
        first = transaction.value(_FIRST, of_list=other)
        transaction.run(_DROP, of_list=other, upto=first + A_SLICE)
    return True


def head(transaction: Transaction) -> tuple[str, str]:
    """The id of the list that is kept, and how it was made; both empty where none is."""
    list_id, _line, said = local.setting(transaction, HEAD).partition("\n")
    return list_id, said


def page(transaction: Transaction, list_id: str, after: int, most: int) -> list[Any]:
    """Rows behind a number, in the order of the list; who is no member any more is left out."""
    return transaction.all(_PAGE, of_list=list_id, after=after, most=most)
