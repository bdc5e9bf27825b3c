"""The ledger for an accountant: Beancount text, or CSV with one posting a row; line by line, in journal order.

Accounts and amounts were decided when each operation was recorded (`domain/ledger.py`). The one rule: the text is
complete in itself, so that Beancount's own checker accepts it, ranges included, and its last lines assert every balance.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain

from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.services.report_errors import DaysReversed
from salon_desk.services.reports import checked_day
from salon_desk.storage import heads
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import ledger
from salon_desk.storage.queries.ledger import Account, Entry
from salon_desk.storage.queries.shop import shop

OPENING_BALANCES = "Equity:Opening-Balances"
_CARRIED = ("Assets:", "Liabilities:", "Equity:")
"""Accounts whose balance outlives a period."""
CSV_COLUMNS = (
    "position", "business_day", "op_id", "kind", "node", "seq", "receipt", "account", "amount", "currency",
)  # fmt: skip


def beancount(transaction: Transaction, *, first: str = "", last: str = "") -> Iterator[str]:
    """Beancount text of the business days from `first` to `last` (ISO dates, both in it; empty: no bound).

    With `first`, one opening entry carries what stood before on assets, liabilities and equity; income and expenses
    of before lie in its Equity:Opening-Balances, so that the period's own stand alone. Give it one read snapshot and
    run nothing else on it meanwhile. Raises BadDay, DaysReversed before the first line.
    """
    start, end = _range(first, last)
    accounts = ledger.used_accounts(transaction, end)
    before = ledger.balances_before(transaction, start) if first else []
    after = ledger.balances(transaction, end)
    carried = [posting for posting in before if posting.account.startswith(_CARRIED)]
    weights = _counterweights(carried)
    opened = start if first else min((account.since for account in accounts), default="")
    closed = max([start, *(account.until for account in accounts)])
    return chain(
        _options(transaction),
        _opens([*accounts, *(Account(p.account, p.amount.currency, start, start) for p in weights)], opened),
        _opening([*carried, *weights], opened),
        (_entry(entry) for entry in ledger.entries(transaction, start, end)),
        _balances([*_less(after, before, carried), *weights], closed),
    )


def csv_rows(transaction: Transaction, *, first: str = "", last: str = "") -> Iterator[str]:
    """CSV text, a heading and then one posting a row, of the same days in the same order. Raises as `beancount`."""
    start, end = _range(first, last)
    return chain(
        [_csv_line(CSV_COLUMNS)],
        (row for entry in ledger.entries(transaction, start, end) for row in _csv_entry(entry)),
    )


def _range(first: str, last: str) -> tuple[str, str]:
    start = checked_day(first) if first else ledger.FIRST_DAY
    end = checked_day(last) if last else ledger.LAST_DAY
    if start > end:
        raise DaysReversed(start, end)
    return start, end


def _options(transaction: Transaction) -> list[str]:
    own = transaction.one(heads.IDENTITY)
    place = shop(transaction, own.node) if own else None
    title = place.names.in_language("en") if place else "Salon Desk"
    currency = place.currency if place else "USD"
    return [f'option "title" {_quoted(title)}\n', f'option "operating_currency" {_quoted(currency)}\n\n']


def _opens(accounts: Sequence[Account], day: str) -> Iterator[str]:
    """Every account that is used, opened at or before its first entry."""
    currencies: dict[str, list[str]] = {}
    for account in accounts:
        currencies.setdefault(account.account, []).append(account.currency)
    for name, held in currencies.items():
        yield f"{day} open {name} {','.join(held)}\n"


def _opening(carried: Sequence[Posting], day: str) -> Iterator[str]:
    """One entry that carries what stood before the first day."""
    if not carried:
        return
    yield f'\n{day} * "opening balances"\n'
    for posting in carried:
        yield _posting(posting)


def _counterweights(carried: Iterable[Posting]) -> list[Posting]:
    sums: dict[str, int] = {}
    for posting in carried:
        sums[posting.amount.currency] = sums.get(posting.amount.currency, 0) - posting.amount.cents
    return [Posting(OPENING_BALANCES, Money(cents, currency)) for currency, cents in sums.items() if cents]


def _entry(entry: Entry) -> str:
    lines = [
        f"\n{entry.business_day} * {_quoted(entry.kind)} {_quoted(entry.receipt)}\n",
        f"  op_id: {_quoted(entry.op_id)}\n",
        f"  kind: {_quoted(entry.kind)}\n",
        f"  node: {_quoted(entry.node)}\n",
        f"  seq: {entry.seq}\n",
    ]
    return "".join([*lines, *(_posting(posting) for posting in entry.postings)])


def _posting(posting: Posting) -> str:
    return f"  {posting.account}  {_decimal(posting.amount)} {posting.amount.currency}\n"


def _less(after: Iterable[Posting], before: Iterable[Posting], carried: Sequence[Posting]) -> list[Posting]:
    """What stands at the end, without what stood before and was not carried over."""
    behind = {(p.account, p.amount.currency): p.amount for p in before if p not in carried}
    return [
        Posting(
            p.account, p.amount - behind.get((p.account, p.amount.currency), Money.zero(p.amount.currency))
        )
        for p in after
    ]


def _balances(after: Sequence[Posting], closed: str) -> Iterator[str]:
    """What must stand on each account the day after, to the cent, for Beancount to check."""
    if not after:
        return
    day = (date.fromisoformat(closed) + timedelta(days=1)).isoformat()
    yield "\n"
    for posting in after:
        amount = posting.amount
        yield f"{day} balance {posting.account}  {_decimal(amount)} ~ 0 {amount.currency}\n"


def _csv_entry(entry: Entry) -> Iterator[str]:
    head = (entry.position, entry.business_day, entry.op_id, entry.kind, entry.node, entry.seq, entry.receipt)
    for posting in entry.postings:
        yield _csv_line((*head, posting.account, _decimal(posting.amount), posting.amount.currency))


def _csv_line(values: Sequence[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _decimal(amount: Money) -> str:
    whole, cents = divmod(abs(amount.cents), 100)
    return f"{'-' if amount.cents < 0 else ''}{whole}.{cents:02d}"


def _quoted(text: str) -> str:
    """A Beancount string; line ends have no place in one."""
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
