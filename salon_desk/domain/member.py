"""A member's description: name, telephone, language, allergies; and how a telephone is written down.

No value, tier rule or consent lives here. Telephones are kept in E.164 whatever was typed, so that
the same person is found again; allergies are shown before a service.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from salon_desk.domain.errors import BadPhone, NameMissing, UnknownLanguage
from salon_desk.domain.limits import MAX_NAME, MAX_NOTE, check_text

LANGUAGES = ("en", "zh_CN", "zh_TW")
_PUNCTUATION = set(" \t-.()/·\u00a0\u2010\u2011\u2012\u2013")


@dataclass(frozen=True, slots=True)
class Member:
    """A person the shop knows. `phone` is E.164 or empty, `birthday` "MM-DD" or an ISO date or empty."""

    member_id: str
    name: str
    latin_name: str = ""
    phone: str = ""
    language: str = "zh_CN"
    allergies: tuple[str, ...] = ()
    note: str = ""
    tier: str = ""
    birthday: str = ""

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

    Raises NameMissing, TextTooLong, UnknownLanguage, BadPhone (not as `normalise_phone` writes it).
    """
    if not member.name.strip() and not member.latin_name.strip():
        raise NameMissing("name")
    check_text("name", member.name, MAX_NAME)
    check_text("latin_name", member.latin_name, MAX_NAME)
    check_text("note", member.note, MAX_NOTE)
    for allergy in member.allergies:
        check_text("allergies", allergy, MAX_NAME)
    if member.language not in LANGUAGES:
        raise UnknownLanguage(member.language)
    if member.phone and normalise_phone(member.phone) != member.phone:
        raise BadPhone(member.phone)


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


def _is_nanp(local: str) -> bool:
    """Whether ten digits can be a number in North America: area and exchange start at 2, no N11 area."""
    return local[0] >= "2" and local[3] >= "2" and local[1:3] != "11"
