"""Operations about stranded value: a till declared dead, the cover of what lies there, how the cover ended.

All of them are head office's. A cover changes the card's purse and the purse of what is covered together, so that value is
never made twice; it ends by a debit of units that came home, or as a loss that is written down (PROTOCOL 4.1, 5).
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from salon_desk.domain.money import Money
from salon_desk.operations.operation import Moving, Operation


class WhyCovered(StrEnum):
    """Why value was covered: within the limit, by the owner's command, or all that a restored head office's backup shows."""

    AUTOMATIC = "automatic"
    OWNER = "owner"
    BACKUP = "backup"


class TillDeclaredDead(Operation, frozen=True, kw_only=True):
    """The owner does not expect this till back in this epoch: its purses are stranded, and nobody takes them."""

    KIND: ClassVar[str] = "till.declared_dead"
    node: str
    epoch: str
    reason: str = ""


class TillFound(Operation, frozen=True, kw_only=True):
    """The owner takes back that this till is dead."""

    KIND: ClassVar[str] = "till.found"
    node: str
    epoch: str


class CoverOpened(Moving, frozen=True, kw_only=True):
    """The merchant put its own money on `card` for value that is stranded at the holder (`node`, `epoch`).

    `known_seq`: how far that holder's chain was known, so that what it did since can be told from what was counted.
    """

    KIND: ClassVar[str] = "cover.opened"
    card: str
    node: str
    epoch: str
    amount: Money
    why: WhyCovered
    known_seq: int = 0


class CoverRepaid(Moving, frozen=True, kw_only=True):
    """Units of a card that came home were taken for what is covered on it."""

    KIND: ClassVar[str] = "cover.repaid"
    card: str
    node: str
    epoch: str
    amount: Money


class CoverLost(Moving, frozen=True, kw_only=True):
    """A cover that nothing comes home for: the stranded value was spent, and so was the cover. The merchant's loss."""

    KIND: ClassVar[str] = "cover.lost"
    card: str
    node: str
    epoch: str
    amount: Money


class DebtCarriedOver(Moving, frozen=True, kw_only=True):
    """What an earlier epoch of head office was owed (overdraft, cover) is owed to the present one, after a restore.

    Units alone: the books said so when it was given.
    """

    KIND: ClassVar[str] = "debt.carried_over"
    from_epoch: str
