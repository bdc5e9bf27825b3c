"""The one check of everything owned: statement, purses, ledger and liability report say the same to the cent.

For tills that know the same and are one after the other; what lies in head office's cover counts twice and is left to its own tests.
"""

from __future__ import annotations

from collections import Counter

from salon_desk.domain.owed import ACCOUNTS, owed_for
from salon_desk.services.reports import liability_report
from salon_desk.services.till import Till
from salon_desk.storage.queries.moves import everywhere
from salon_desk.storage.queries.statement import statement
from tests.integration.services.ledger_sums import account_sums


def balances(till: Till) -> dict[str, int]:
    """By asset what there is of it anywhere: what its purses and moves say, and its statement, which must be the same."""
    found = {}
    with till.read() as transaction:
        rows = till.store.database.driver().execute(
            "SELECT asset FROM purses UNION SELECT asset FROM moves UNION SELECT asset FROM movements"
        )
        for (asset,) in rows.fetchall():
            found[asset] = everywhere(transaction, asset)
            assert found[asset] >= 0, asset
            assert statement(transaction, (asset,)).after == found[asset], asset
    return found


def good_coupons(till: Till, held: dict[str, int]) -> int:
    """Those that have not lapsed by the till's day."""
    with till.read() as transaction:
        today = till.business_day(transaction)
    rows = till.store.database.driver().execute("SELECT id, to_day FROM coupons").fetchall()
    return sum(held.get(f"coupon/{coupon}", 0) for coupon, to_day in rows if not to_day or to_day >= today)


def agree(*tills: Till) -> dict[str, int]:
    """Hold the tills to it, each by itself; what is owed by account, in cents."""
    owed: dict[str, int] = {}
    for till in tills:
        sums = Counter[str]()
        held = balances(till)
        for asset, units in held.items():
            one = owed_for(asset, units)
            if one is not None:
                sums[one.account] += one.cents
        books = account_sums(till)
        assert sum(books.values()) == 0
        assert {name: -books.get(name, 0) for name in ACCOUNTS} == {name: sums[name] for name in ACCOUNTS}
        with till.read() as transaction:
            report = liability_report(transaction)
        assert report.agrees
        told = (report.paid, report.bonus, report.gifts, report.series)
        assert tuple(one.cents for one in told) == tuple(sums[name] for name in ACCOUNTS)
        points = sum(units for asset, units in held.items() if asset.startswith("points/"))
        assert (report.points, report.coupons) == (points, good_coupons(till, held))
        owed = {name: sums[name] for name in ACCOUNTS}
    return owed
