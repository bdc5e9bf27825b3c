"""Who comes in: walk-ins, members by card, name or telephone, and guests who become members.

What they take is in `baskets.py`. A member sits in one chair at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from salon_desk.bootstrap.day.counter import Counter
from salon_desk.bootstrap.day.deck import Deck
from salon_desk.domain.member import Member
from salon_desk.services import members, search
from salon_desk.services.demo_file import MemberRow
from salon_desk.services.errors import CardCodeShared, CardCodeTaken, PhoneTaken
from salon_desk.services.members import NewMember
from salon_desk.storage.queries.cards import Card

_FAMILY = ("王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "单", "曾", "欧阳")
_GIVEN = ("小红", "丽华", "佳怡", "梦琪", "雅文", "晓燕", "静", "思雨", "欣怡", "婷", "美珍", "秀兰")
_LATIN = ("Emily Tran", "Grace Kim", "Olivia Brown", "Priya Shah", "Ana López", "Hannah Lee", "Zoe Miller")
_AREAS = ("718", "347", "929", "646", "917")


class GuestKind(Enum):
    """How somebody comes in."""

    WALK_IN = auto()
    MEMBER = auto()
    NEWCOMER = auto()


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at the counter; without a member a walk-in."""

    member: Member | None = None
    card: Card | None = None

    @property
    def member_id(self) -> str:
        """The member's id, empty for a walk-in."""
        return self.member.member_id if self.member else ""


class Guests:
    """Those who come in, one after the other."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._kinds = Deck(counter.dice, {GuestKind.WALK_IN: 9, GuestKind.MEMBER: 10, GuestKind.NEWCOMER: 1})

    def next(self, seated: set[str]) -> Guest:
        """The next one; never a member who sits already (`seated`: member ids)."""
        match self._kinds.draw():
            case GuestKind.WALK_IN:
                return Guest()
            case GuestKind.MEMBER:
                return self.member(seated)
            case GuestKind.NEWCOMER:
                return self.newcomer()

    def member(self, seated: set[str], *, with_card: bool = False) -> Guest:
        """A member of the demo shop, found as a cashier finds one; a walk-in if three tries find nobody."""
        rows = [row for row in self._counter.demo.member if row.card or not with_card]
        for row in self._counter.dice.sample(rows, 3):
            found = self._find(row)
            if found.member is not None and found.member_id not in seated:
                return found
        return Guest()

    def newcomer(self) -> Guest:
        """Somebody who becomes a member at the counter and takes a card."""
        dice = self._counter.dice
        latin = dice.random() < 0.4
        name = dice.choice(_LATIN) if latin else dice.choice(_FAMILY) + dice.choice(_GIVEN)
        phone = f"{dice.choice(_AREAS)}555{dice.randrange(200, 10_000):04d}"
        code = f"86{dice.randrange(10**7, 10**8)}"
        new = NewMember(name=name, phone=phone, language="en" if latin else "zh_CN", card_code=code)
        try:
            added = self._counter.act(members.add, new)
        except (PhoneTaken, CardCodeTaken):
            return Guest()
        return Guest(added.member, added.cards[0][0])

    def _find(self, row: MemberRow) -> Guest:
        if row.card:
            try:
                scanned = self._counter.ask(search.by_code, row.card)
            except CardCodeShared:
                return Guest()
            return Guest(scanned.member, scanned.card) if scanned else Guest()
        typed = row.phone[-4:] if row.phone and self._counter.chance(50) else row.name
        for found in self._counter.ask(search.search, typed):
            if found.member is not None and found.member.name == row.name:
                return Guest(found.member, found.card)
        return Guest()
