"""The ledger's accounts summed, for tests that hold purses, drawer and reports against it."""

from __future__ import annotations

from salon_desk.services.till import Till


def account_sums(till: Till) -> dict[str, int]:
    """Cents by account; accounts at zero are left out."""
    driver = till.store.database.driver()
    rows = driver.execute("SELECT account, SUM(cents) FROM ledger GROUP BY account").fetchall()
    return {account: cents for account, cents in rows if cents}
