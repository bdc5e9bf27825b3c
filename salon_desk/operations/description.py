"""Descriptions: what things are called, cost and look like, merged field by field.

Facts do not belong here. Each field carries n = 1 + the highest n its editor had seen; the highest
(n, at, node) wins on every node, whatever the order of arrival (PROTOCOL 2).
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from salon_desk.operations.operation import Operation

FieldValue = str | int | bool | None | list[str]


class Field(msgspec.Struct, frozen=True, array_like=True):
    """One field's new value and its edit number n."""

    n: int
    value: FieldValue


class Described(Operation, frozen=True, kw_only=True):
    """New values for some fields of one thing."""

    id: str
    fields: dict[str, Field]


class StoreDescribed(Described, frozen=True, kw_only=True):
    """A shop: names, address, jurisdiction, time zone, currency, receipt words, settings."""

    KIND: ClassVar[str] = "store.described"


class TillDescribed(Described, frozen=True, kw_only=True):
    """A counter PC: its store and name; its id is the node's."""

    KIND: ClassVar[str] = "till.described"


class StaffDescribed(Described, frozen=True, kw_only=True):
    """Someone who works here: names, role, roster order."""

    KIND: ClassVar[str] = "staff.described"


class CategoryDescribed(Described, frozen=True, kw_only=True):
    """A category of services or products."""

    KIND: ClassVar[str] = "category.described"


class ItemDescribed(Described, frozen=True, kw_only=True):
    """A service or a product."""

    KIND: ClassVar[str] = "item.described"


class OfferDescribed(Described, frozen=True, kw_only=True):
    """A top-up offer."""

    KIND: ClassVar[str] = "offer.described"


class DiscountDescribed(Described, frozen=True, kw_only=True):
    """A discount that a cashier can pick, with its bearer."""

    KIND: ClassVar[str] = "discount.described"


class PromotionDescribed(Described, frozen=True, kw_only=True):
    """A rule for a discount: what it takes off, for what, under which conditions, beside which others."""

    KIND: ClassVar[str] = "promotion.described"


class TenderDescribed(Described, frozen=True, kw_only=True):
    """An owner-named tender such as Zelle."""

    KIND: ClassVar[str] = "tender.described"


class MemberDescribed(Described, frozen=True, kw_only=True):
    """A member's name, phone, language, note."""

    KIND: ClassVar[str] = "member.described"


class TierDescribed(Described, frozen=True, kw_only=True):
    """A tier of members and how it is reached."""

    KIND: ClassVar[str] = "tier.described"


class AllergyNoted(Operation, frozen=True, kw_only=True):
    """A member's allergy; stays until a person removes this very note."""

    KIND: ClassVar[str] = "member.allergy_noted"
    allergy_id: str
    member: str
    substance: str


class AllergyRemoved(Operation, frozen=True, kw_only=True):
    """A person decided that this note was wrong. `member`: whose note it is."""

    KIND: ClassVar[str] = "member.allergy_removed"
    allergy_id: str
    reason: str
    member: str = ""


class PinSet(Operation, frozen=True, kw_only=True):
    """A member of staff has a new PIN; only its argon2 hash is kept."""

    KIND: ClassVar[str] = "staff.pin_set"
    staff: str
    pin_hash: str


class ChangePlanned(Operation, frozen=True, kw_only=True):
    """New values for some fields of one thing from a business day (ISO date) on.

    `subject` is the kind of description it will be, such as "item.described". A kind of its own, so that a program that
    knows no plans keeps it aside instead of applying it at once.
    """

    KIND: ClassVar[str] = "description.planned"
    subject: str
    id: str
    from_day: str
    fields: dict[str, Field]
