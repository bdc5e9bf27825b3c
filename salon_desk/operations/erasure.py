"""The operation by which a person is erased, everywhere (PROTOCOL 2, RULES 22).

Which operations say something of a person is in `personal.py`. This one holds opaque ids only and is never erased itself: it
is what tells every node, whenever it hears of it, to forget.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from salon_desk.operations.operation import Operation


class WhyErased(StrEnum):
    """On whose wish a person is erased; who did it stands in the header."""

    ASKED = "asked"
    FOR_ANOTHER = "for-another"
    NOT_NEEDED = "not-needed"


class MemberErased(Operation, frozen=True, kw_only=True):
    """Nobody keeps what describes these members: they are one person, however often it was added.

    `op_ids`: the operations whose bodies were known to say so where this was decided. Whatever else describes the members is
    found by each node itself, also when it comes later. `reason` is a WhyErased or, from a newer program, another word.
    """

    KIND: ClassVar[str] = "member.erased"
    members: tuple[str, ...]
    reason: str
    op_ids: tuple[str, ...] = ()
