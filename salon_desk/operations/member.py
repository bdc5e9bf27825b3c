"""Operations about what members are to each other, and what was said to whoever serves them.

Names, telephones and notes are descriptions (`description.py`), consents in `consent.py`. Ids only, but for the words of an
acknowledged allergy, which a store may not get to see.
"""

from __future__ import annotations

from typing import ClassVar

from salon_desk.domain.member import Relation
from salon_desk.operations.operation import Operation


class FamilyLinked(Operation, frozen=True, kw_only=True):
    """Two members belong together. Symmetric: what `other` is to `member` in words, the reverse follows."""

    KIND: ClassVar[str] = "member.family_linked"
    link: str
    member: str
    other: str
    relation: Relation


class FamilyUnlinked(Operation, frozen=True, kw_only=True):
    """A person took this very link back."""

    KIND: ClassVar[str] = "member.family_unlinked"
    link: str


class AllergiesAcknowledged(Operation, frozen=True, kw_only=True):
    """Whoever stands at the till was shown these allergies before the service of a ticket, and went on.

    Who and when stand in the header. `item`: what was being added, if it was that which might conflict.
    """

    KIND: ClassVar[str] = "member.allergies_acknowledged"
    ticket: str
    member: str
    substances: tuple[str, ...]
    item: str = ""
