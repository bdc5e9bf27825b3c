"""A person of whom much is said, in words that stand nowhere else, and whether any of them is left on a disk.

What a shop does is in `tests/integration/services/shop.py`. Every file of a folder is read as bytes, whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from salon_desk.domain.access import Role
from salon_desk.operations.description import AllergyRemoved, ChangePlanned, Field, MemberDescribed
from salon_desk.operations.erasure import WhyErased
from salon_desk.operations.gift import GiftGreeted
from salon_desk.operations.operation import Operation
from salon_desk.services import erasing, members
from salon_desk.services.members import NewMember
from salon_desk.services.till import Actor
from salon_desk.storage.engine import Statement, Transaction
from salon_desk.storage.store import Store
from salon_desk.storage.tables import metadata
from tests.integration.services.shop import CASHIER, Shop
from tests.integration.storage.neighbours import record

OWNER = Actor("helen", Role.OWNER)
NEW = NewMember(
    name="欧阳雪莹",
    latin_name="Zebedee Quuxley",
    phone="718 555 0143",
    note="喜欢靠窗 likesthewindowseat",
    allergies=("latexgloves",),
    birthday="1987-06-05",
    card_code="882001",
)
WORDS = (
    *("欧阳雪莹", "雪莹", "Zebedee", "zebedee", "Quuxley", "quuxley", "7185550143", "7185550199"),
    *("ouyangxueying", "xueying", "oyxy", "靠窗", "windowseat", "otherphone", "latexgloves", "acetonepads"),
    *("小丽姐", "giftfriend", "happybirthdaydear", "1987-06-05", "wrongperson", "plannedtier"),
)


def described(shop: Shop) -> str:
    """The person, a member of this shop with a card; their id."""
    figures = members.add(shop.till, shop.command(), CASHIER, NEW)
    member = figures.member.member_id
    shop.member, shop.card = member, figures.cards[0][0].card
    members.note_allergy(shop.till, shop.command(), CASHIER, member, "acetonepads")
    members.edit(
        shop.till,
        shop.command(),
        CASHIER,
        replace(figures.member, phone="+17185550199", note="otherphone"),
    )
    record(shop, *more_of(member))
    return member


def more_of(member: str) -> list[Operation]:
    """What no screen of this shop says."""
    return [
        GiftGreeted(gift="g1", member=member, recipient="小丽姐giftfriend", greeting="happybirthdaydear"),
        AllergyRemoved(allergy_id="unknown", reason="wrongperson", member=member),
        ChangePlanned(
            subject=MemberDescribed.KIND,
            id=member,
            from_day="2027-01-01",
            fields={"tier": Field(1, "plannedtier")},
        ),
    ]


def erase(shop: Shop, member: str) -> None:
    """The owner erases them."""
    erasing.erase(shop.till, shop.command(), OWNER, member, WhyErased.ASKED)


def left_on_disk(folder: Path) -> list[tuple[str, str]]:
    """Files and words of the person that stand in them, in whatever encoding."""
    return [
        (path.name, word)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for word in _in(path.read_bytes())
    ]


def left_in_tables(store: Store) -> list[tuple[str, str]]:
    """Tables, local ones too, and words of the person in any of their columns: what a dump would have."""
    with store.database.read() as transaction:
        return sorted({(name, word) for name, data in _cells(transaction) for word in _in(data)})


def _cells(transaction: Transaction) -> Iterator[tuple[str, bytes]]:
    for table in metadata.sorted_tables:
        statement = Statement(lambda table=table: select(table))  # type: ignore[misc]
        for row in transaction.all(statement):
            for value in row:
                if isinstance(value, str):
                    yield table.name, value.encode()
                elif isinstance(value, bytes | memoryview):
                    yield table.name, bytes(value)


def _in(data: bytes) -> Iterable[str]:
    for word in WORDS:
        if any(word.encode(encoding) in data for encoding in ("utf-8", "utf-16-le", "gb18030")):
            yield word
