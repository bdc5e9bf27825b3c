"""The made-up members: where their telephones are at home, how often they come, what they agreed to, and which shops they go to.

Nothing is recorded here. Clocks are told again, not by `area_codes.toml`, so that the witness of the night has a source of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.operations.description import FieldValue


@dataclass(frozen=True, slots=True)
class Shop:
    """A store: `most` offers in thirty days, and one a day."""

    id: str
    zone: str
    jurisdiction: str
    currency: str
    most: int = 4


@dataclass(frozen=True, slots=True)
class Home:
    """Where a telephone is at home: law and clock."""

    jurisdiction: str
    zone: str


SHOPS = (
    Shop("s-ny", "America/New_York", "US-NY", "USD"),
    Shop("s-tx", "America/Chicago", "US-TX", "USD", most=2),
    Shop("s-ca", "America/Los_Angeles", "US-CA", "USD"),
    Shop("s-on", "America/Toronto", "CA-ON", "CAD"),
)
HOMES = {
    "718": Home("US-NY", "America/New_York"),
    "917": Home("US-NY", "America/New_York"),
    "713": Home("US-TX", "America/Chicago"),
    "915": Home("US-TX", "America/Denver"),
    "602": Home("US-AZ", "America/Phoenix"),
    "415": Home("US-CA", "America/Los_Angeles"),
    "808": Home("US-HI", "Pacific/Honolulu"),
    "416": Home("CA-ON", "America/Toronto"),
    "709": Home("CA-NL", "America/St_Johns"),
}
FAR_APART = (
    Home("CA-NL", "America/St_Johns"),
    Home("US-NY", "America/New_York"),
    Home("US-AK", "America/Anchorage"),
    Home("US-HI", "Pacific/Honolulu"),
)
"""Of whom nobody knows where they are: an hour has to suit at least these."""
_CODES = {
    "s-ny": "718 718 718 917 709 602",
    "s-tx": "713 713 713 915 808",
    "s-ca": "415 415 602 808 718",
    "s-on": "416 416 416 709 718",
}
_LANGUAGES = ("zh_CN", "zh_CN", "zh_CN", "en", "en", "zh_TW", "")
_NAMES = (
    "王芳",
    "李娜",
    "张敏",
    "刘静",
    "陈丽",
    "May Chen",
    "Grace Lee",
    "Ann O'Neil",
    "林怡君",
    "黄 {name}",
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """One consent from the beginning on. `basis_day`: of an implied one."""

    channel: Channel
    purpose: Purpose
    basis_day: str = ""


@dataclass(slots=True)
class Person:
    """A member and a way of living: days between two visits, cents of a ticket. `ids`: of all who are merged."""

    id: str
    shop: Shop
    name: str
    language: str
    phone: str
    email: str
    birthday: str
    card: str
    joins: int
    cycle: float
    ticket: int
    agreed: tuple[Agreed, ...] = ()
    joined: bool = False
    erased: bool = False
    ids: list[str] = field(default_factory=list)


def made_people(count: int, chance: random.Random, *, days: int, past: int, implied: str) -> Iterator[Person]:
    """So many members. Most joined before the first day; `implied`: the first day's consents from purchases lapse from then on."""
    phone = ""
    for number in range(count):
        shop = chance.choices(SHOPS, weights=(4, 3, 2, 2))[0]
        if not phone or chance.random() > 0.02:  # else a family with one telephone
            code = chance.choice(_CODES[shop.id].split())
            phone = f"+1{code}{2_000_000 + number:07d}"
        telephone = chance.choices((phone, "", f"+86138{number:08d}"), weights=(90, 6, 4))[0]
        id_ = f"m{number:06d}"
        yield Person(
            id=id_,
            shop=shop,
            name=chance.choice(_NAMES),
            language=chance.choice(_LANGUAGES),
            phone=telephone,
            email=f"{id_}@example.com" if chance.random() < 0.4 else "",
            birthday=_birthday(chance),
            card=f"c{number:06d}",
            joins=-past if chance.random() < 0.8 else chance.randrange(-past, max(days, 1)),
            cycle=min(max(chance.lognormvariate(3.2, 0.5), 6), 80),
            ticket=chance.randrange(4_000, 15_000, 100),
            agreed=tuple(_agreed(chance, implied)),
            ids=[id_],
        )


def described_as(shop: Shop) -> dict[str, FieldValue]:
    """The fields of a store's description."""
    return {
        "name_en": f"Lotus {shop.id}",
        "name_zh_cn": "莲花",
        "name_zh_tw": "蓮花",
        "address": "1 Main St",
        "phone": "+12125550100",
        "time_zone": shop.zone,
        "jurisdiction": shop.jurisdiction,
        "currency": shop.currency,
        "offers_most": shop.most,
        "offers_most_a_day": 1,
    }


def _birthday(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return ""
    if chance.random() < 0.02:
        return "02-29"
    return f"{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"


def _agreed(chance: random.Random, implied: str) -> Iterator[Agreed]:
    for channel, share in ((Channel.SMS, 0.75), (Channel.EMAIL, 0.6)):
        if chance.random() > share:
            continue
        yield Agreed(channel, Purpose.TRANSACTIONAL)
        if chance.random() < 0.8:
            basis = implied if chance.random() < 0.15 else ""
            yield Agreed(channel, Purpose.MARKETING, basis)
