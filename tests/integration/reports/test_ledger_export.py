"""The ledger for an accountant: Beancount's own checker accepts it, and it says what the till's tables say."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal

import pytest
from beancount import loader
from beancount.core import data

from salon_desk.operations import description as described
from salon_desk.services import ledger_export
from salon_desk.services.describe import describe
from salon_desk.services.report_errors import BadDay, DaysReversed
from tests.integration.reports.fold import journal
from tests.integration.reports.trade import trade_days
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import Shop


def text(shop: Shop, first: str = "", last: str = "") -> str:
    """The export as one text."""
    with shop.till.read() as transaction:
        return "".join(ledger_export.beancount(transaction, first=first, last=last))


def checked(exported: str) -> list[data.Directive]:
    """The entries that Beancount reads, after its own checks found nothing wrong."""
    entries, errors, _options = loader.load_string(exported)
    assert errors == []
    return list(entries)


def transactions(entries: list[data.Directive]) -> list[data.Transaction]:
    """Only the transactions."""
    return [entry for entry in entries if isinstance(entry, data.Transaction)]


def cents_by_account(entries: list[data.Transaction]) -> dict[str, int]:
    """Sums of postings; accounts at zero are left out."""
    sums: Counter[str] = Counter()
    for entry in entries:
        for posting in entry.postings:
            assert posting.units is not None
            assert posting.units.currency == "USD"
            sums[posting.account] += int(posting.units.number * 100)
    return {account: cents for account, cents in sums.items() if cents}


@pytest.mark.parametrize("seed", [3, 11])
def test_beancount_accepts_it_and_sums_to_the_same(untouched: Shop, seed: int) -> None:
    trade_days(untouched, seed=seed)
    entries = checked(text(untouched))
    assert cents_by_account(transactions(entries)) == account_sums(untouched.till)


def test_there_is_one_transaction_for_each_operation_that_moves_money(traded: Shop) -> None:
    moving = [header for header, one in journal(traded.till) if getattr(one, "postings", ())]
    written = transactions(checked(text(traded)))
    assert [(entry.meta["op_id"], entry.meta["kind"], entry.meta["node"]) for entry in written] == [
        (header.op_id, header.kind, header.node) for header in moving
    ]
    assert [int(entry.meta["seq"]) for entry in written] == [header.seq for header in moving]
    assert [entry.date.isoformat() for entry in written] == [header.business_day for header in moving]


def test_card_liabilities_are_the_purses(traded: Shop) -> None:
    sums = cents_by_account(transactions(checked(text(traded))))
    paid, bonus = traded.value()
    assert sums.get("Liabilities:StoredValue:Paid", 0) == -paid.cents
    assert sums.get("Liabilities:StoredValue:Bonus", 0) == -bonus.cents


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-11-21", ""),
        ("2026-11-21", "2026-11-21"),
        ("", "2026-11-20"),
        ("2026-11-22", ""),
        ("2027-01-01", ""),
    ],
)
def test_a_range_is_accepted_with_what_stood_before(traded: Shop, first: str, last: str) -> None:
    entries = checked(text(traded, first, last))
    whole = transactions(checked(text(traded)))
    chosen = [e for e in transactions(entries) if "op_id" in e.meta]
    within = [e for e in whole if (first or "0") <= e.date.isoformat() <= (last or "9")]
    assert [entry.meta["op_id"] for entry in chosen] == [entry.meta["op_id"] for entry in within]
    until = [entry for entry in whole if entry.date.isoformat() <= (last or "9")]
    carried = ("Assets", "Liabilities", "Equity:Float")
    ends = cents_by_account(transactions(entries))
    expected = cents_by_account(until)
    assert {a: c for a, c in ends.items() if a.startswith(carried)} == {
        account: cents for account, cents in expected.items() if account.startswith(carried)
    }
    own = cents_by_account(within)
    for account in ("Income:Services", "Expenses:CashRounding"):
        assert ends.get(account, 0) == own.get(account, 0)


def test_its_last_lines_assert_every_balance_to_the_cent(traded: Shop) -> None:
    exported = text(traded)
    asserted = [entry for entry in checked(exported) if isinstance(entry, data.Balance)]
    opened = [entry for entry in checked(exported) if isinstance(entry, data.Open)]
    assert {entry.account for entry in asserted} == {entry.account for entry in opened}
    assert all(entry.tolerance == Decimal(0) for entry in asserted)
    before, cent, after = exported.partition(" ~ 0 USD\n")
    wrong = before[:-1] + str((int(before[-1]) + 1) % 10) + cent + after
    assert loader.load_string(wrong)[1]


def test_where_nobody_traded_it_is_empty_and_accepted(untouched: Shop) -> None:
    for first in ("", "2026-11-20"):
        exported = text(untouched, first)
        assert transactions(checked(exported)) == []
        assert exported.startswith("option ")


def test_a_name_cannot_break_out_of_its_quotes(untouched: Shop) -> None:
    name = 'Lotus "Nails" \\ & Spa\n2026-01-01 open Assets:Evil'
    describe(untouched.till, untouched.command(), None, [(described.StoreDescribed, "s1", {"name_en": name})])
    assert checked(text(untouched)) == []


def test_csv_has_one_posting_a_row_in_the_same_order(traded: Shop) -> None:
    with traded.till.read() as transaction:
        lines = list(ledger_export.csv_rows(transaction))
    rows = list(csv.DictReader(lines))
    assert tuple(rows[0]) == ledger_export.CSV_COLUMNS
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["account"]] += int(Decimal(row["amount"]) * 100)
    assert {account: cents for account, cents in sums.items() if cents} == account_sums(traded.till)
    positions = [int(row["position"]) for row in rows]
    assert positions == sorted(positions)
    with traded.till.read() as transaction:
        day = list(csv.DictReader(ledger_export.csv_rows(transaction, first="2026-11-21", last="2026-11-21")))
    assert {row["business_day"] for row in day} == {"2026-11-21"}


def test_a_day_that_is_none_is_refused_before_the_first_line(traded: Shop) -> None:
    with traded.till.read() as transaction:
        with pytest.raises(BadDay):
            ledger_export.beancount(transaction, first="2026-13-01")
        with pytest.raises(DaysReversed):
            ledger_export.csv_rows(transaction, first="2026-11-22", last="2026-11-21")
