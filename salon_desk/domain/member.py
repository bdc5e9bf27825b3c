"""A member's description: name, telephone, language, allergies, likings; and how a telephone is written down.

No value, tier rule or consent lives here. Telephones are kept in E.164 whatever was typed, so that
the same person is found again; allergies are shown before a service.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from salon_desk.domain.errors import BadBirthday, BadEmail, BadPhone, NameMissing, UnknownLanguage
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, MAX_REFERENCE, check_text
from salon_desk.domain.names import Names

NO_NAMES = Names("")
LANGUAGES = ("en", "zh_CN", "zh_TW")
MAX_TAGS = 20
_LEAP_YEAR = 2000
_PUNCTUATION = set(" \t-.()/·\u00a0\u2010\u2011\u2012\u2013")


class Relation(StrEnum):
    """What one member is to another; the reverse is said by the same link."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    FRIEND = "friend"
    OTHER = "other"

    @property
    def reverse(self) -> Relation:
        """What the other is to this one."""
        return {Relation.PARENT: Relation.CHILD, Relation.CHILD: Relation.PARENT}.get(self, self)


@dataclass(frozen=True, slots=True)
class Member:
    """A person the shop knows. `phone` is E.164 or empty, `birthday` "MM-DD" or an ISO date or empty.

    `consultant` and `preferred_technician` are ids of staff, `referred_by` and `home_store` of a member and a store.
    `colours`, `pressure` and `preferences` are the member's likings in free words; `tier` is a tier's id or the owner's own word.
    """

    member_id: str
    name: str
    latin_name: str = ""
    phone: str = ""
    language: str = "zh_CN"
    allergies: tuple[str, ...] = ()
    note: str = ""
    tier: str = ""
    birthday: str = ""
    email: str = ""
    wechat: str = ""
    tags: tuple[str, ...] = ()
    consultant: str = ""
    preferred_technician: str = ""
    colours: str = ""
    pressure: str = ""
    preferences: str = ""
    referred_by: str = ""
    home_store: str = ""
    tier_names: Names = NO_NAMES

    def tier_called(self, language: str) -> str:
        """What the member's tier is called; the owner's own word where no rule describes it."""
        return self.tier_names.in_language(language) or self.tier

    def called(self, language: str) -> str:
        """The name as this reader reads it best."""
        if language == "en":
            return self.latin_name or self.name
        return self.name or self.latin_name

    def also_called(self, language: str) -> str:
        """The other name, empty when there is none."""
        other = self.name if language == "en" else self.latin_name
        return "" if other == self.called(language) else other


def check_member(member: Member) -> None:
    """Refuse a member that cannot be kept.

    Raises NameMissing, TextTooLong, UnknownLanguage, BadEmail, BadBirthday, BadPhone (not as `normalise_phone` writes it).
    """
    if not member.name.strip() and not member.latin_name.strip():
        raise NameMissing("name")
    for field in ("name", "latin_name", "email", "wechat", "colours", "pressure", "tier"):
        check_text(field, getattr(member, field), MAX_NAME)
    for field in ("note", "preferences"):
        check_text(field, getattr(member, field), MAX_NOTE)
    for field in ("consultant", "preferred_technician", "referred_by", "home_store"):
        check_text(field, getattr(member, field), MAX_REFERENCE)
    check_text("birthday", member.birthday, MAX_REFERENCE)
    check_text("tags", "".join(member.tags[MAX_TAGS:]), 0)
    for tag in member.tags:
        check_text("tags", tag, MAX_REFERENCE)
    if member.email and not _is_email(member.email):
        raise BadEmail(member.email)
    if member.birthday and not _is_birthday(member.birthday):
        raise BadBirthday(member.birthday)
    for allergy in member.allergies:
        check_text("allergies", allergy, MAX_NAME)
    if member.language not in LANGUAGES:
        raise UnknownLanguage(member.language)
    if member.phone and normalise_phone(member.phone) != member.phone:
        raise BadPhone(member.phone)


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags without blanks around them, none empty, each once, in the order in which they were put on."""
    return tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))


def birthday_on(member: Member) -> str:
    """Month and day of the birthday, "MM-DD", empty when it is not known."""
    return member.birthday[-5:]


def normalise_phone(text: str) -> str:
    """A typed telephone in E.164: US and Canada with or without the 1, other countries with a +.

    Full-width digits count as digits. Raises BadPhone.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    international = plain.startswith("+")
    digits = "".join(c for c in plain.removeprefix("+") if c not in _PUNCTUATION)
    if not (digits.isascii() and digits.isdigit()):
        raise BadPhone(text)
    if international and not digits.startswith("1"):
        if digits.startswith("0") or not 8 <= len(digits) <= 15:
            raise BadPhone(text)
        return f"+{digits}"
    local = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if len(local) != 10 or (international and len(digits) != 11) or not _is_nanp(local):
        raise BadPhone(text)
    return f"+1{local}"


def phone_tail(phone: str) -> str:
    """The last four digits, by which a telephone is found and shown."""
    return phone[-4:]


def _is_email(text: str) -> bool:
    """Whether it can be an address at all; only a message that arrives proves one."""
    name, at, place = text.partition("@")
    return bool(name and at and "." in place.strip(".")) and not any(c.isspace() for c in text)


def _is_birthday(text: str) -> bool:
    """A day of a month, in any year or in a leap year, so that nobody is born on 30 February."""
    try:
        whole = date.fromisoformat(text if len(text) > 5 else f"{_LEAP_YEAR}-{text}")
    except ValueError:
        return False
    return whole.isoformat().endswith(text)


def _is_nanp(local: str) -> bool:
    """Whether ten digits can be a number in North America: area and exchange start at 2, no N11 area."""
    return local[0] >= "2" and local[3] >= "2" and local[1:3] != "11"
