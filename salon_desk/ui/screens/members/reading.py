"""What the members screen reads, each in one snapshot, on the database worker.

Nothing is recorded here (`services/members.py`) and nothing is written in words (`view_model.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.member import Member
from salon_desk.services import members, search
from salon_desk.services.members import MemberPage
from salon_desk.services.till import Till
from salon_desk.storage.queries import members as stored
from salon_desk.storage.queries import sales
from salon_desk.storage.queries.shop import Shop
from salon_desk.ui.counter.elsewhere import Place, places_of

MOST_FOUND = 40
_LOOKED_THROUGH = 200
_MOST_RECENT = 30


@dataclass(frozen=True, slots=True)
class MemberFound:
    """A member in the list; `card_tail` where it was found by its card."""

    member: Member
    card_tail: str = ""


@dataclass(frozen=True, slots=True)
class MemberOpened:
    """A member's page with the shop it is read in. `places`: where value of the member's cards lies that is not here."""

    page: MemberPage
    shop: Shop
    places: tuple[Place, ...] = ()


def find(till: Till, fragment: str) -> tuple[MemberFound, ...]:
    """Whoever contains the fragment; without one, who was here last."""
    if not fragment.strip():
        return recently(till)
    return tuple(
        MemberFound(one.member, one.card.tail if one.card else "")
        for one in search.search(till, fragment, MOST_FOUND)
        if one.member is not None
    )


def recently(till: Till) -> tuple[MemberFound, ...]:
    """The members of the newest sales and top-ups, newest first."""
    with till.read() as transaction:
        newest = sales.recent(transaction, till.store.node, _LOOKED_THROUGH)
        ids = dict.fromkeys(one.member for one in newest if one.member)
        found = (stored.member(transaction, member) for member in list(ids)[:_MOST_RECENT])
        return tuple(MemberFound(one) for one in found if one is not None)


def open_page(till: Till, member: str) -> MemberOpened:
    """A member's page. Raises UnknownMember."""
    page = members.page(till, member)
    places = places_of(till, page.figures.cards)
    with till.read() as transaction:
        return MemberOpened(page, till.shop(transaction), places)


def member_of_code(till: Till, code: str) -> str | None:
    """Whose card this is, None when no card has the code."""
    found = search.by_code(till, code)
    return found.member.member_id if found and found.member else None
