"""The shift screen's state: which page, the movement being typed, the close with its six steps.

Values only; `presenter.py` and `closing.py` change them, `view_model.py` writes them in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from salon_desk.domain.money import Money
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services.batches import Compared
from salon_desk.services.shifts import Counted
from salon_desk.ui.digit_entry import DigitEntry
from salon_desk.ui.screens.shift.reading import ShiftFacts


class Page(StrEnum):
    """What stands in front."""

    WAITING = "waiting"
    OPEN = "open"
    HOME = "home"
    MOVEMENT = "movement"
    TIPS = "tips"
    CLOSE = "close"


class Movement(StrEnum):
    """Why the drawer is opened besides selling."""

    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    DROP = "drop"
    NO_SALE = "no_sale"


class CloseStep(StrEnum):
    """One screen of the close, one question each."""

    TIPS = "tips"
    COUNT = "count"
    BATCH = "batch"
    RESULT = "result"
    CONFIRM = "confirm"
    CLOSED = "closed"


STEPS: Final = (
    CloseStep.TIPS,
    CloseStep.COUNT,
    CloseStep.BATCH,
    CloseStep.RESULT,
    CloseStep.CONFIRM,
    CloseStep.CLOSED,
)
"""Tips come before the count: cash that leaves the drawer after it was counted would be counted as missing."""


@dataclass(frozen=True, slots=True)
class MovementForm:
    """Cash being moved."""

    kind: Movement
    command: str
    entry: DigitEntry = field(default_factory=DigitEntry)
    reason: str = ""
    saving: bool = False


@dataclass(frozen=True, slots=True)
class TipsForm:
    """Tips being paid: to whom of those who are owed some."""

    command: str
    paying: frozenset[str]
    saving: bool = False


@dataclass(frozen=True, slots=True)
class CloseForm:
    """The close so far. `steps` without the tips where none are owed; `machine` is None where there is no batch to compare; `z` once it is closed.

    `by_terminal`: a terminal is there that closes its batch itself; `terminal`: what came of it.
    """

    step: CloseStep
    commands: Mapping[CloseStep, str]
    steps: tuple[CloseStep, ...] = STEPS
    paid: Money | None = None
    batch: DigitEntry = field(default_factory=lambda: DigitEntry(most=8))
    machine: Money | None = None
    by_terminal: bool = False
    terminal_failed: bool = False
    terminal: Compared | None = None
    compared: Counted | None = None
    z: ShiftClosed | None = None
    saving: bool = False


@dataclass(frozen=True, slots=True)
class ShiftScreenState:
    """Everything the screen shows."""

    page: Page = Page.WAITING
    facts: ShiftFacts | None = None
    movement: MovementForm | None = None
    tips: TipsForm | None = None
    close: CloseForm | None = None
    saving: bool = False
    commands: tuple[str, ...] = field(default=())
