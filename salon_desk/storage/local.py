"""Local rows that are no facts: settings of this machine and failed sign-ins.

Print jobs have a file of their own. Each function is its own small transaction; none of this is in `verify` or
`digest`.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, insert, select

from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.store import Store
from salon_desk.storage.tables.local import settings
from salon_desk.storage.tables.local import sign_in_failures as failures

_FAILURES = Statement(
    lambda: select(failures.c.at).where(failures.c.staff == bindparam("staff")).order_by(failures.c.number)
)
_NEXT = Statement(
    lambda: select(func.coalesce(func.max(failures.c.number), 0) + 1).where(
        failures.c.staff == bindparam("staff")
    )
)
_ADD = Statement(lambda: insert(failures))
_FORGET = Statement(lambda: delete(failures).where(failures.c.staff == bindparam("of_staff")))
_SETTING = Statement(lambda: select(settings.c.value).where(settings.c.name == bindparam("name")))
_DROP_SETTING = Statement(lambda: delete(settings).where(settings.c.name == bindparam("of_name")))
_ADD_SETTING = Statement(lambda: insert(settings))


def sign_in_failures(transaction: Transaction, staff: str) -> list[str]:
    """The instants of a person's wrong tries since the last right one, oldest first."""
    return [row.at for row in transaction.all(_FAILURES, staff=staff)]


def note_sign_in_failure(store: Store, staff: str, at: str) -> None:
    """One more wrong try."""
    with store.local() as transaction:
        transaction.run(_ADD, staff=staff, at=at, number=transaction.value(_NEXT, staff=staff))


def forget_sign_in_failures(store: Store, staff: str) -> None:
    """A right PIN clears the count."""
    with store.local() as transaction:
        transaction.run(_FORGET, of_staff=staff)


def setting(transaction: Transaction, name: str, default: str = "") -> str:
    """A setting of this machine."""
    found = transaction.value(_SETTING, name=name)
    return default if found is None else str(found)


def save_setting(store: Store, name: str, value: str) -> None:
    """Keep a setting of this machine."""
    with store.local() as transaction:
        put_setting(transaction, name, value)


def put_setting(transaction: Transaction, name: str, value: str) -> None:
    """The same inside a transaction of local rows."""
    transaction.run(_DROP_SETTING, of_name=name)
    transaction.run(_ADD_SETTING, name=name, value=value)
