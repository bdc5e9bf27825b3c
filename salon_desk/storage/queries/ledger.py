"""The ledger as an accountant reads it: entries in journal order, and balances of accounts.

Writing Beancount or CSV is in `services/ledger_export.py`. The one rule: rows are streamed, so that years of trade
need no more memory than a day; no other statement may run on the transaction meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, func, select

from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.tables.journal import journal
from salon_desk.storage.tables.money import ledger
from salon_desk.storage.tables.sales import sales

FIRST_DAY, LAST_DAY = "", "9999-12-31"
"""As good as no bound on either side."""

_ENTRIES = Statement(
    lambda: (
        select(
            journal.c.position,
            journal.c.op_id,
            journal.c.kind,
            journal.c.node,
            journal.c.seq,
            journal.c.business_day,
            ledger.c.account,
            ledger.c.currency,
            ledger.c.cents,
            sales.c.receipt,
        )
        .select_from(journal)
        .join(ledger, ledger.c.op_id == journal.c.op_id)
        .outerjoin(sales, sales.c.op_id == journal.c.op_id)
        .where(journal.c.business_day.between(bindparam("first"), bindparam("last")))
        .order_by(journal.c.position, ledger.c.line)
    )
)
_ACCOUNTS = Statement(
    lambda: (
        select(
            ledger.c.account,
            ledger.c.currency,
            func.min(ledger.c.business_day).label("since"),
            func.max(ledger.c.business_day).label("until"),
        )
        .where(ledger.c.business_day <= bindparam("last"))
        .group_by(ledger.c.account, ledger.c.currency)
        .order_by(ledger.c.account, ledger.c.currency)
    )
)
_BALANCES = Statement(
    lambda: (
        select(ledger.c.account, ledger.c.currency, func.sum(ledger.c.cents).label("cents"))
        .where(ledger.c.business_day <= bindparam("last"))
        .group_by(ledger.c.account, ledger.c.currency)
        .order_by(ledger.c.account, ledger.c.currency)
    )
)
_OWED = Statement(
    lambda: (
        select(ledger.c.account, func.sum(ledger.c.cents).label("cents"))
        .where(
            ledger.c.account >= "Liabilities:",
            ledger.c.account < "Liabilities;",
            ledger.c.currency == bindparam("currency"),
        )
        .group_by(ledger.c.account)
        .order_by(ledger.c.account)
    )
)
_BALANCES_BEFORE = Statement(
    lambda: (
        select(ledger.c.account, ledger.c.currency, func.sum(ledger.c.cents).label("cents"))
        .where(ledger.c.business_day < bindparam("day"))
        .group_by(ledger.c.account, ledger.c.currency)
        .having(func.sum(ledger.c.cents) != 0)
        .order_by(ledger.c.account, ledger.c.currency)
    )
)
_BALANCE = Statement(
    lambda: select(func.coalesce(func.sum(ledger.c.cents), 0)).where(
        ledger.c.account == bindparam("account"),
        ledger.c.currency == bindparam("currency"),
        ledger.c.business_day <= bindparam("last"),
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation that moved money, with its postings in their order; they add up to zero."""

    position: int
    op_id: str
    kind: str
    node: str
    seq: int
    business_day: str
    receipt: str
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An account in use, in one currency, from its first to its last business day."""

    account: str
    currency: str
    since: str
    until: str


def entries(transaction: Transaction, first: str = FIRST_DAY, last: str = LAST_DAY) -> Iterator[Entry]:
    """The entries of the business days from `first` to `last`, in journal order, one by one."""
    rows = transaction.stream(_ENTRIES, first=first, last=last)
    for _position, lines in groupby(rows, key=lambda row: row.position):
        group = list(lines)
        head = group[0]
        yield Entry(
            position=head.position,
            op_id=head.op_id,
            kind=head.kind,
            node=head.node,
            seq=head.seq,
            business_day=head.business_day,
            receipt=head.receipt or "",
            postings=tuple(Posting(row.account, Money(row.cents, row.currency)) for row in group),
        )


def used_accounts(transaction: Transaction, last: str = LAST_DAY) -> list[Account]:
    """Every account that was posted to up to a business day, by name."""
    return [Account(*row) for row in transaction.all(_ACCOUNTS, last=last)]


def balances(transaction: Transaction, last: str = LAST_DAY) -> list[Posting]:
    """What stands on each account at the end of a business day."""
    return [
        Posting(row.account, Money(row.cents, row.currency)) for row in transaction.all(_BALANCES, last=last)
    ]


def owed(transaction: Transaction, currency: str) -> dict[str, Money]:
    """What the shop owes now by each liability account of one currency, by name; positive is owed."""
    rows = transaction.all(_OWED, currency=currency)
    return {row.account: Money(-row.cents, currency) for row in rows}


def balances_before(transaction: Transaction, day: str) -> list[Posting]:
    """What stands on each account before a business day, accounts that come to zero left out."""
    rows = transaction.all(_BALANCES_BEFORE, day=day)
    return [Posting(row.account, Money(row.cents, row.currency)) for row in rows]


def balance_until(transaction: Transaction, account: str, currency: str, last: str = LAST_DAY) -> Money:
    """What stands on one account at the end of a business day."""
    cents = transaction.value(_BALANCE, account=account, currency=currency, last=last)
    return Money(cents, currency)
