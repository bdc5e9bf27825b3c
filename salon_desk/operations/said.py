"""What somebody typed about a member beside an act that stays: it rides apart, so that it goes when the member is erased.

Which acts have such words is in `services/sayings.py`. An act keeps the name of its words alone, which says nothing.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.operations.operation import Operation

NAME = "said:"


class ReasonSaid(Operation, frozen=True, kw_only=True):
    """The words for which an operation of the same command has only their name, `saying`; about `member`."""

    KIND: ClassVar[str] = "reason.said"
    saying: str
    member: str
    words: str
