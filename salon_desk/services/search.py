"""One search over members, services, products and cards, as the one field on the checkout screen asks it.

How it is found is in `storage/search.py`. What comes back is enough to paint a row and to act on a tap.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.catalog import Item
from salon_desk.domain.gift import plain_code
from salon_desk.domain.member import Member
from salon_desk.services.errors import CardCodeShared, CardReplaced, GiftVoided
from salon_desk.services.till import Till
from salon_desk.storage import search as index
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, catalogue, members
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.gifts import in_use, is_voided
from salon_desk.storage.queries.merges import canonical


@dataclass(frozen=True, slots=True)
class Found:
    """One row of results: a member (perhaps through a card), or an item."""

    member: Member | None = None
    card: Card | None = None
    item: Item | None = None


def search(till: Till, fragment: str, limit: int = 12) -> tuple[Found, ...]:
    """What contains the fragment: name, pinyin, initials, phone tail, code; best first, each thing once."""
    with till.read() as transaction:
        day = till.business_day(transaction)
        found: dict[str, Found] = {}
        for hit in index.find(transaction, fragment, limit):
            if hit.subject == "item":
                item = catalogue.item(transaction, hit.id, day)
                if item is not None:
                    found.setdefault(f"item/{hit.id}", Found(item=item))
                continue
            card = cards.card(transaction, hit.id) if hit.subject == "card" else None
            member_id = canonical(transaction, card.member if card else hit.id)
            member = members.member(transaction, member_id, day)
            if member is not None:
                found.setdefault(f"member/{member_id}", Found(member=member, card=card))
        return tuple(found.values())


def gifts(till: Till, fragment: str, limit: int = 12) -> tuple[Card, ...]:
    """The gift cards whose code contains the fragment; they are nobody's, so that no member leads to them."""
    with till.read() as transaction:
        hits = index.find(transaction, plain_code(fragment), limit)
        found = [cards.card(transaction, hit.id) for hit in hits if hit.subject == "card"]
        return tuple(one for one in found if one is not None and one.is_gift)


def by_code(till: Till, code: str) -> Found | None:
    """What a scanned code means: a card, else a product; None when nothing has it. Raises CardCodeShared, CardReplaced."""
    wanted = code.strip()
    with till.read() as transaction:
        card, day = card_of_code(transaction, wanted), till.business_day(transaction)
        if card is not None:
            owner = canonical(transaction, card.member) if card.member else ""
            return Found(member=members.member(transaction, owner, day), card=card)
        item = catalogue.item_by_code(transaction, wanted, day) if wanted else None
        return Found(item=item) if item is not None else None


def to_pay_with(till: Till, code: str) -> Found | None:
    """The same for a code that is to pay. Raises GiftVoided besides."""
    found = by_code(till, code)
    if found is not None and found.card is not None:
        with till.read() as transaction:
            if is_voided(transaction, found.card):
                raise GiftVoided(found.card.tail)
    return found


def card_of_code(transaction: Transaction, code: str) -> Card | None:
    """The card with this code. Raises CardCodeShared when there are two: `search` shows whose they are; CardReplaced."""
    wanted = next((one for one in (code, plain_code(code)) if cards.ever_of_code(transaction, one)), code)
    ever = cards.ever_of_code(transaction, wanted)
    found = [one for one in ever if one.code == wanted]
    if ever and not found:
        raise CardReplaced(code, ever[0].tail)
    if len(found) > 1:
        found = in_use(transaction, found) or found[:1]
    if len(found) > 1:
        raise CardCodeShared(code, gifts=all(one.is_gift for one in found))
    return found[0] if found else None
