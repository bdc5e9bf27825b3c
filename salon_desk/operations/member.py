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
    """A person took this very link back. `member` and `other` as in the link."""

    KIND: ClassVar[str] = "member.family_unlinked"
    link: str
    member: str = ""
    other: str = ""


class AllergiesAcknowledged(Operation, frozen=True, kw_only=True):
    """Whoever stands at the till was shown these allergies before the service of a ticket, and went on.

    Who and when stand in the header. `item`: what was being added, if it was that which might conflict.
    """

    KIND: ClassVar[str] = "member.allergies_acknowledged"
    ticket: str
    member: str
    substances: tuple[str, ...]
    item: str = ""


class MembersMerged(Operation, frozen=True, kw_only=True):
    """Two descriptions are one person's: what is asked of `duplicate` is answered for `member`. Only a root says so.

    Nothing moves: cards, documents and descriptions stay under the ids they have, so that it can be undone.
    """

    KIND: ClassVar[str] = "member.merged"
    merge: str
    member: str
    duplicate: str
    proposal: str = ""


class MembersUnmerged(Operation, frozen=True, kw_only=True):
    """They were two people after all."""

    KIND: ClassVar[str] = "member.unmerged"
    merge: str
    proposal: str = ""


class MergeProposed(Operation, frozen=True, kw_only=True):
    """A till that is no root asks its parent to merge two members, or, `apart`, to undo the merge of them."""

    KIND: ClassVar[str] = "member.merge_proposed"
    proposal: str
    member: str
    duplicate: str
    apart: bool = False


class MergeRefused(Operation, frozen=True, kw_only=True):
    """The root decided against a proposal."""

    KIND: ClassVar[str] = "member.merge_refused"
    proposal: str
    reason: str = ""


class TierChanged(Operation, frozen=True, kw_only=True):
    """Why a member's tier changed by itself: what was measured, over how many days, and what the tier asks for.

    The tier itself is a field of the description, which comes with it. `least` and `window_days` are zero on the way out of
    every tier.
    """

    KIND: ClassVar[str] = "member.tier_changed"
    member: str
    before: str
    tier: str
    measure: str = ""
    measured: int = 0
    least: int = 0
    window_days: int = 0
