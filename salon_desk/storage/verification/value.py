"""Value: the purses and holds that stand in the tables, the fold's, and what the ledger owes for cards, gift cards and series.

The three are reckoned in three ways and have to agree: by `apply`, by the pure fold, by the postings.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from salon_desk.domain.owed import ACCOUNTS, owed_for
from salon_desk.storage.verification.folds import Hold, Purse, PurseFold
from salon_desk.storage.verification.problems import Problems, named

_PURSES = "SELECT asset, node, epoch, units, held FROM purses"
_HOLDS = "SELECT hold, asset, node, epoch, units, ticket FROM holds"
_OWED = "SELECT account, currency, sum(cents) FROM ledger WHERE account IN (?, ?, ?, ?) GROUP BY account, currency"
_UNDER_WAY = (
    "SELECT asset, sum(CASE WHEN received_by = '' THEN units ELSE -units END) FROM moves "
    "WHERE received_by = '' OR sent_by = '' GROUP BY asset"
)


def check_purses(driver: Any, fold: PurseFold, problems: Problems) -> None:
    """Compare tables, fold and ledger. `driver` gives text as bytes; the fold is used up."""
    in_purses: dict[tuple[str, str], int] = {}
    try:
        for asset, node, epoch, units, held in map(_decoded, driver.execute(_PURSES)):
            purse = fold.purses.pop((asset, node, epoch), Purse())
            if (units, held) != (purse.units, purse.held):
                problems.add(
                    f"purses {named(asset)} of {named(node)} {named(epoch)}: {units} with {held} set aside, "
                    f"the operations add up to {purse.units} with {purse.held}"
                )
            _add(in_purses, asset, units)
        for asset, units in map(_decoded, driver.execute(_UNDER_WAY)):
            _add(in_purses, asset, units)
        holds = {row[0]: Hold(row[1:4], row[4], row[5]) for row in map(_decoded, driver.execute(_HOLDS))}
        owed = list(map(_decoded, driver.execute(_OWED, ACCOUNTS)))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        problems.add(f"purses, holds, ledger: cannot be read: {error}")
        return
    for asset, node, epoch in fold.purses:
        problems.add(f"purses {named(asset)} of {named(node)} {named(epoch)}: the row is missing")
    for name in sorted(holds.keys() | fold.holds.keys()):
        if holds.get(name) != fold.holds.get(name):
            problems.add(f"holds {named(name)}: is not what the operations add up to")
    _check_liabilities(in_purses, owed, problems)


def _add(in_purses: dict[tuple[str, str], int], asset: str, units: int) -> None:
    found = owed_for(asset, units)
    if found is not None:
        place = (found.account, found.currency)
        in_purses[place] = in_purses.get(place, 0) + found.cents


def _check_liabilities(in_purses: dict[tuple[str, str], int], owed: list[Any], problems: Problems) -> None:
    in_ledger = {(account, currency): -cents for account, currency, cents in owed}
    for account, currency in sorted(in_ledger.keys() | in_purses.keys()):
        booked = in_ledger.get((account, currency), 0)
        held = in_purses.get((account, currency), 0)
        if booked != held:
            problems.add(f"ledger {account} {currency}: owes {booked} cents, the purses hold {held}")


def _decoded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(value.decode() if isinstance(value, bytes) else value for value in row)
