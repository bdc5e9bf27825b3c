"""Taking back what was issued and has meanwhile been used: what of it is still there, and who makes good the rest.

It speaks of assets and units, so that points or visits are taken back like value. What to ask for first and what is recorded is
the services' business; the one rule: what cannot be taken back is deducted from the money returned, or owed (PROTOCOL 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.errors import InsufficientValue
from salon_desk.domain.money import Money


class Rest(StrEnum):
    """What becomes of units that are gone: they are deducted from the money returned, or all of it is owed."""

    DEDUCT = "deduct"
    OWE = "owe"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """By asset, the units that can be taken back here, and those that cannot; only such as are above zero."""

    taken: Mapping[str, int]
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """What is given back of the money that was `paid`; `kept` was deducted for units that are gone, `owed` is still open."""

    returned: Money
    kept: Money
    owed: Money


def take_back(issued: Mapping[str, int], here: Mapping[str, int]) -> TakenBack:
    """What of the units that were issued can be taken back, given what may be spent here of each asset."""
    taken = {asset: min(units, max(here.get(asset, 0), 0)) for asset, units in issued.items()}
    return TakenBack(
        taken={asset: units for asset, units in taken.items() if units},
        missing={asset: units - taken[asset] for asset, units in issued.items() if units > taken[asset]},
    )


def worth(missing: Mapping[str, int], cents: Mapping[str, int]) -> int:
    """What missing units come to, at so many `cents` a unit of each asset; 0 for what is forgiven.

    Raises InsufficientValue for an asset that nobody put a price on: without it the undo cannot be.
    """
    for asset, units in missing.items():
        if asset not in cents:
            raise InsufficientValue(asset, units, 0)
    return sum(units * cents[asset] for asset, units in missing.items())


def money_back(paid: Money, gone: Money, rest: Rest) -> MoneyBack:
    """How `paid` is given back when units worth `gone` are not there any more."""
    zero = paid - paid
    kept = min(gone, paid) if rest is Rest.DEDUCT else zero
    return MoneyBack(returned=paid - kept, kept=kept, owed=gone - kept)
