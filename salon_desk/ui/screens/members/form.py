"""The form of a member as state: what its fields begin with, what was chosen, how it is recorded.

What is typed stays in the fields until it is saved. No Qt; `record` runs on the database worker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member, tidy_tags
from salon_desk.services import members
from salon_desk.services.members import NewMember
from salon_desk.services.tickets import MemberFigures
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries.staff import StaffMember

_BETWEEN_TAGS = re.compile(r"[,;，；、]")


@dataclass(frozen=True, slots=True)
class TypedMember:
    """What stands in the form's fields; tags with commas between them."""

    name: str = ""
    latin_name: str = ""
    phone: str = ""
    note: str = ""
    email: str = ""
    wechat: str = ""
    birthday: str = ""
    tags: str = ""
    colours: str = ""
    pressure: str = ""
    preferences: str = ""


@dataclass(frozen=True, slots=True)
class MemberForm:
    """The form besides its fields. `member` is None for a new one; `start` is what its fields begin with."""

    command: str
    start: TypedMember
    member: Member | None = None
    language: str = "zh_CN"
    allergies: tuple[str, ...] = ()
    technician: str = ""
    consultant: str = ""
    people: tuple[StaffMember, ...] = ()
    card_code: str = ""
    refusal: DomainError | None = None
    saving: bool = False


_SAME_NAME = tuple(one.name for one in fields(TypedMember) if one.name != "tags")


def form_of(command: str, member: Member) -> MemberForm:
    """The form that changes a member."""
    start = TypedMember(**{name: getattr(member, name) for name in _SAME_NAME}, tags=", ".join(member.tags))
    return MemberForm(
        command,
        start,
        member=member,
        language=member.language,
        allergies=member.allergies,
        technician=member.preferred_technician,
        consultant=member.consultant,
    )


def record(till: Till, actor: Actor, form: MemberForm, typed: TypedMember) -> MemberFigures:
    """Add the member, or record what was changed; database worker."""
    said = {name: getattr(typed, name) for name in _SAME_NAME}
    said |= {
        "tags": tidy_tags(_BETWEEN_TAGS.split(typed.tags)),
        "language": form.language,
        "preferred_technician": form.technician,
        "consultant": form.consultant,
    }
    if form.member is None:
        new = NewMember(**said, allergies=form.allergies, card_code=form.card_code)
        return members.add(till, form.command, actor, new)
    figures = members.edit(till, form.command, actor, replace(form.member, **said))
    for substance in form.allergies:
        if substance not in form.member.allergies:
            command = f"{form.command}:{substance}"
            figures = members.note_allergy(till, command, actor, form.member.member_id, substance)
    return figures
