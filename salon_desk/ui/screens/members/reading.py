"""What the members screen reads, each in one snapshot, on the database worker.

Nothing is recorded here (`services/members.py`) and nothing is written in words (`view_model.py`, `bands.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.member import Member, Relation
from salon_desk.services import consents, members, merging, owned, referrals, search
from salon_desk.services.consents import Consents
from salon_desk.services.members import MemberPage
from salon_desk.services.merging import MergedIn
from salon_desk.services.referrals import Referral
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import allergies as acknowledgements
from salon_desk.storage.queries import members as stored
from salon_desk.storage.queries import sales, staff, tiers
from salon_desk.storage.queries.allergies import Acknowledged
from salon_desk.storage.queries.family import relatives
from salon_desk.storage.queries.owned import Owned
from salon_desk.storage.queries.shop import Shop
from salon_desk.storage.queries.staff import StaffMember
from salon_desk.storage.queries.tiers import TierChange
from salon_desk.ui.counter.elsewhere import Place, places_of

MOST_FOUND = 40
_LOOKED_THROUGH = 200
_MOST_RECENT = 30
_MOST_ACKNOWLEDGED = 3


@dataclass(frozen=True, slots=True)
class MemberFound:
    """A member in the list; `card_tail` where it was found by its card."""

    member: Member
    card_tail: str = ""


@dataclass(frozen=True, slots=True)
class RelativeKnown:
    """Somebody of the family, what they are to the member, and the link that says so."""

    link: str
    member: Member
    relation: Relation


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a member besides the description: what is owned, consents, family, who was merged in."""

    owned: tuple[Owned, ...]
    consents: Consents
    family: tuple[RelativeKnown, ...]
    merged: tuple[MergedIn, ...]
    acknowledged: tuple[Acknowledged, ...]
    people: tuple[StaffMember, ...]
    tier_change: TierChange | None = None
    referral: Referral | None = None

    def person(self, staff_id: str, language: str) -> str:
        """What somebody of the staff is called, empty for nobody."""
        return next((one.called(language) for one in self.people if one.staff == staff_id), "")


@dataclass(frozen=True, slots=True)
class MemberOpened:
    """A member's page with the shop it is read in. `places`: where value of the member's cards lies that is not here."""

    page: MemberPage
    shop: Shop
    known: Known
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
        known = _known(till, transaction, page.figures.member)
        return MemberOpened(page, till.shop(transaction), known, places)


def people(till: Till) -> tuple[StaffMember, ...]:
    """Who works here today: for the form's choices."""
    with till.read() as transaction:
        return tuple(staff.active_staff(transaction, till.business_day(transaction)))


def member_of_code(till: Till, code: str) -> str | None:
    """Whose card this is, None when no card has the code."""
    found = search.by_code(till, code)
    return found.member.member_id if found and found.member else None


def _known(till: Till, transaction: Transaction, member: Member) -> Known:
    day = till.business_day(transaction)
    said = consents.of_member(till, transaction, member.member_id)
    shown = acknowledgements.acknowledged_of(transaction, member.member_id, _MOST_ACKNOWLEDGED)
    wanted = {member.consultant, member.preferred_technician}
    wanted |= {one.actor for one in said.said} | {one.actor for one in shown}
    found = (staff.staff_member(transaction, one) for one in sorted(wanted) if one)
    return Known(
        owned=owned.of_member(till, transaction, member.member_id),
        consents=said,
        family=tuple(_family(transaction, member.member_id, day)),
        merged=merging.merged_into(transaction, member.member_id, day),
        acknowledged=tuple(shown),
        people=tuple(one for one in found if one is not None),
        tier_change=next(iter(tiers.changes(transaction, member.member_id, 1)), None),
        referral=referrals.referral_of(till, transaction, member),
    )


def _family(transaction: Transaction, member: str, day: str) -> list[RelativeKnown]:
    found = []
    for one in relatives(transaction, member):
        relative = stored.member(transaction, one.member, day)
        if relative is not None:
            found.append(RelativeKnown(one.link, relative, one.relation))
    return found
