"""Members: added at the counter, edited, their allergies noted.

Their cards are in `cards.py`; merging, import and erasing come with the members issue. A telephone is kept in E.164
and belongs to one member.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from salon_desk.domain.access import Permission
from salon_desk.domain.limits import MAX_NAME, MAX_REFERENCE, check_text
from salon_desk.domain.member import Member, check_member, normalise_phone, tidy_tags
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import AllergyNoted, FieldValue, MemberDescribed
from salon_desk.operations.operation import Operation
from salon_desk.services import occasions
from salon_desk.services.describe import described, edited
from salon_desk.services.errors import CardCodeTaken, PhoneTaken, ReasonMissing, UnknownMember
from salon_desk.services.tickets import MemberFigures, figures
from salon_desk.services.till import Actor, Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, members, sales
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.sales import Document


@dataclass(frozen=True, slots=True)
class NewMember:
    """What is asked when someone becomes a member at the counter; `card_code` of a card to give, if any."""

    name: str
    latin_name: str = ""
    phone: str = ""
    language: str = "zh_CN"
    allergies: tuple[str, ...] = ()
    note: str = ""
    birthday: str = ""
    card_code: str = ""
    email: str = ""
    wechat: str = ""
    tags: tuple[str, ...] = ()
    consultant: str = ""
    preferred_technician: str = ""
    colours: str = ""
    pressure: str = ""
    preferences: str = ""
    referred_by: str = ""


_SAID = tuple(one.name for one in fields(NewMember) if one.name != "card_code")
_TYPED = ("name", "latin_name", "note", "email", "wechat", "colours", "pressure", "preferences")
"""What people type, without the blanks that they type around it."""


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A member's page: figures, cards, and the newest documents."""

    figures: MemberFigures
    documents: tuple[Document, ...]


def add(till: Till, command_id: str, actor: Actor, new: NewMember) -> MemberFigures:
    """Add a member, with a card if one is given.

    Raises NameMissing, BadPhone, PhoneTaken (who has it), CardCodeTaken, TextTooLong, PermissionNeeded.
    """
    actor.require(Permission.EDIT_MEMBER)
    said = {name: getattr(new, name) for name in _SAID}
    member = _checked(Member(member_id=till.new_id(), **said))
    code = new.card_code.strip()
    check_text("code", code, MAX_REFERENCE)

    def decide(transaction: Transaction) -> list[Operation]:
        _require_free_phone(transaction, member)
        operations: list[Operation] = [
            described(
                transaction,
                MemberDescribed,
                member.member_id,
                {name: value for name, value in _fields(member).items() if value or name == "name"},
            )
        ]
        for substance in filter(str.strip, new.allergies):
            operations.append(
                AllergyNoted(allergy_id=till.new_id(), member=member.member_id, substance=substance.strip())
            )
        if code:
            if cards.ever_of_code(transaction, code):
                raise CardCodeTaken(code)
            currency = till.shop(transaction).currency
            operations.append(
                CardIssued(card=till.new_id(), code=code, currency=currency, member=member.member_id)
            )
        return [*operations, *occasions.for_newcomer(till, transaction, member.member_id)]

    recorded = till.record(command_id, actor, decide)
    first = recorded.operations[0]
    assert isinstance(first, MemberDescribed)
    return _figures(till, first.id)


def edit(till: Till, command_id: str, actor: Actor, changed: Member) -> MemberFigures:
    """Change a member's description; only fields that differ are recorded. Errors as `add`, UnknownMember."""
    actor.require(Permission.EDIT_MEMBER)
    member = _checked(changed)

    def decide(transaction: Transaction) -> list[Operation]:
        today = till.business_day(transaction)
        before = members.member(transaction, member.member_id, today)
        if before is None:
            raise UnknownMember(member.member_id)
        if member.phone != before.phone:  # two who share one already can still be edited
            _require_free_phone(transaction, member)
        old = _fields(before)
        values = {name: value for name, value in _fields(member).items() if old[name] != value}
        return edited(transaction, MemberDescribed, member.member_id, values, today=today) if values else []

    till.record(command_id, actor, decide)
    return _figures(till, member.member_id)


def note_allergy(till: Till, command_id: str, actor: Actor, member: str, substance: str) -> MemberFigures:
    """Note an allergy. Raises UnknownMember, ReasonMissing for empty text, TextTooLong."""
    actor.require(Permission.EDIT_MEMBER)
    if not substance.strip():
        raise ReasonMissing("allergy")
    check_text("allergies", substance, MAX_NAME)

    def decide(transaction: Transaction) -> AllergyNoted:
        if members.member(transaction, member) is None:
            raise UnknownMember(member)
        return AllergyNoted(allergy_id=till.new_id(), member=member, substance=substance.strip())

    till.record(command_id, actor, decide)
    return _figures(till, member)


def page(till: Till, member: str) -> MemberPage:
    """A member's page. Raises UnknownMember."""
    found = _figures(till, member)
    with till.read() as transaction:
        return MemberPage(found, tuple(sales.of_member(transaction, member)))


def _figures(till: Till, member: str) -> MemberFigures:
    with till.read() as transaction:
        found = figures(till, transaction, member)
    if found is None:
        raise UnknownMember(member)
    return found


def _checked(member: Member) -> Member:
    phone = normalise_phone(member.phone) if member.phone.strip() else ""
    plain = {name: getattr(member, name).strip() for name in _TYPED}
    checked = replace(member, phone=phone, tags=tidy_tags(member.tags), **plain)
    check_member(checked)
    return checked


def _require_free_phone(transaction: Transaction, member: Member) -> None:
    other = members.member_by_phone(transaction, member.phone) if member.phone else None
    if other is not None and other.member_id not in group(transaction, member.member_id):
        raise PhoneTaken(member.phone, other.member_id, other.name or other.latin_name)


def _fields(member: Member) -> dict[str, FieldValue]:
    return {
        "email": member.email,
        "wechat": member.wechat,
        "tags": list(member.tags),
        "consultant": member.consultant,
        "preferred_technician": member.preferred_technician,
        "colours": member.colours,
        "pressure": member.pressure,
        "preferences": member.preferences,
        "referred_by": member.referred_by,
        "name": member.name,
        "latin_name": member.latin_name,
        "phone": member.phone,
        "language": member.language,
        "note": member.note,
        "tier": member.tier,
        "birthday": member.birthday,
    }
