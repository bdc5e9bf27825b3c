"""Who holds which value, since when and why it lies there; what is stranded and what that may cost the merchant.

It only reads. Where value should lie is decided in `placement.py`, what is covered in `covering.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from salon_desk.domain.card import card_assets, card_of
from salon_desk.domain.claim import card_of_claim
from salon_desk.domain.clock import instant_text
from salon_desk.domain.cover import Covered, may_be_covered
from salon_desk.domain.gift import money_card
from salon_desk.domain.overdraft import card_of_overdraft
from salon_desk.head_office import covering, placement
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.storage import journal
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import covers, moves, stores, stranded
from salon_desk.storage.queries.all_purses import all_purses
from salon_desk.storage.queries.cards import Card
from salon_desk.storage.queries.stranded import Lost, WhyStranded
from salon_desk.storage.store import Store

ISSUED_HERE = "issued"
"""Why units lie where no move brought them: they were sold or put on the card there."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A node in one epoch as people call it; store and till are empty for head office. `lost`: why it cannot be asked."""

    node: str
    epoch: str
    store: str
    till: str
    lost: str = ""
    lost_since: str = ""


@dataclass(frozen=True, slots=True)
class OnCard:
    """Units of one asset of a card at one holder, or on their way to it; `since` and `why` of the last move that came."""

    asset: str
    units: int
    held: int
    under_way: bool
    since: str
    why: str
    holder: Holder


@dataclass(frozen=True, slots=True)
class InAll:
    """All that one holder has of one currency, in cents."""

    holder: Holder
    currency: str
    cards: int
    paid: int
    bonus: int
    held: int


@dataclass(frozen=True, slots=True)
class StrandedHere:
    """Units that nobody can be asked for, and how many of them are covered."""

    asset: str
    card: str
    units: int
    covered: int
    under_way: bool
    since: str
    why: WhyStranded
    reason: str
    holder: Holder


@dataclass(frozen=True, slots=True)
class CoverHere:
    """A cover that is open, and how much of what it stands for lies where it was stranded still."""

    card: str
    asset: str
    currency: str
    units: int
    still_stranded: int
    holder: Holder


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the merchant may lose in one currency, in cents.

    `stranded` and the `covered` part of it; `cover_open`: all that is put on cards and not taken back; `overdraft_open`: given
    and not recovered; `cover_limit`: of one card without a person; `overdraft_most_of_card`: what all stores that are cut off could
    give on one card, the limit times the stores.
    """

    currency: str
    stranded: int
    covered: int
    cover_open: int
    overdraft_open: int
    cover_limit: int
    overdraft_most_of_card: int = 0


def of_card(transaction: Transaction, office: Store, card: Card) -> list[OnCard]:
    """Where the value of a card lies, bonus first. Any thread; a read transaction will do."""
    found = []
    lost = stranded.lost_holders(transaction, office.node, office.epoch)
    names = card_assets(card.card, card.currency)
    for asset in (names.bonus, names.paid):
        for one in moves.lying(transaction, asset):
            since, why = _brought(transaction, asset, one.node, one.epoch, one.under_way)
            holder = holder_of(transaction, one.node, one.epoch, lost.get((one.node, one.epoch)))
            found.append(OnCard(asset, one.units, one.held, one.under_way, since, why, holder))
    return found


def in_all(transaction: Transaction, office: Store) -> list[InAll]:
    """What each holder has, by store and till. Reads all purses."""
    lost = stranded.lost_holders(transaction, office.node, office.epoch)
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    cards: dict[tuple[str, str, str], set[str]] = {}
    for one in all_purses(transaction):
        card = card_of(one.asset)
        if card:
            currency, part = one.asset.rsplit("/", 2)[-2:]
            key = (one.node, one.epoch, currency)
            of = sums.setdefault(key, {"paid": 0, "bonus": 0, "held": 0})
            of[part] += one.units
            of["held"] += one.held
            cards.setdefault(key, set()).add(card)
    found = [
        InAll(
            holder=holder_of(transaction, node, epoch, lost.get((node, epoch))),
            currency=currency,
            cards=len(cards[node, epoch, currency]),
            **of,
        )
        for (node, epoch, currency), of in sums.items()
    ]
    return sorted(found, key=lambda one: (one.holder.store, one.holder.till, one.holder.epoch, one.currency))


def stranded_here(transaction: Transaction, office: Store) -> list[StrandedHere]:
    """All that is stranded, by holder."""
    open_for: dict[tuple[str, str, str], int] = {}
    for cover in covers.open_covers(transaction):
        key = (cover.covered.asset, cover.covered.node, cover.covered.epoch)
        open_for[key] = open_for.get(key, 0) + cover.units
    found = []
    for one in stranded.stranded(transaction, office.node, office.epoch):
        key = (one.asset, one.node, one.epoch)
        covered = min(open_for.get(key, 0), one.units)
        open_for[key] = open_for.get(key, 0) - covered
        lost = Lost(one.why, one.since, one.reason)
        found.append(
            StrandedHere(
                asset=one.asset,
                card=money_card(one.asset) or card_of_claim(one.asset),
                units=one.units,
                covered=covered,
                under_way=one.under_way,
                since=one.since,
                why=one.why,
                reason=one.reason,
                holder=holder_of(transaction, one.node, one.epoch, lost),
            )
        )
    return found


def exposure(
    transaction: Transaction, rows: Sequence[StrandedHere], *, overdraft_limit: int = 0
) -> list[Exposure]:
    """What may be lost, by currency. `overdraft_limit`: cents that a store may give on one card while it is cut off."""
    sums: dict[str, dict[str, int]] = {}

    def add(currency: str, name: str, units: int) -> None:
        of = sums.setdefault(
            currency, dict.fromkeys(("stranded", "covered", "cover_open", "overdraft_open"), 0)
        )
        of[name] += units

    for one in rows:
        if may_be_covered(one.asset):
            currency = Covered(one.asset, "", "").currency
            add(currency, "stranded", one.units)
            add(currency, "covered", one.covered)
    for cover in covers.open_covers(transaction):
        add(cover.covered.currency, "cover_open", cover.units)
    for purse in all_purses(transaction):
        if card_of_overdraft(purse.asset):
            add(purse.asset.rpartition("/")[2], "overdraft_open", purse.units)
    limit = covering.limit_of(transaction)
    most = overdraft_limit * len(stores.all_stores(transaction))
    return [
        Exposure(currency=currency, cover_limit=limit, overdraft_most_of_card=most, **of)
        for currency, of in sorted(sums.items())
    ]


def covers_here(transaction: Transaction, office: Store) -> list[CoverHere]:
    """Every cover that is open, whatever is left of what it stands for."""
    lost = stranded.lost_holders(transaction, office.node, office.epoch)
    return [
        CoverHere(
            card=one.covered.card,
            asset=one.covered.asset,
            currency=one.covered.currency,
            units=one.units,
            still_stranded=stranded.still_there(
                transaction, one.covered.asset, one.covered.node, one.covered.epoch
            ),
            holder=holder_of(
                transaction,
                one.covered.node,
                one.covered.epoch,
                lost.get((one.covered.node, one.covered.epoch)),
            ),
        )
        for one in covers.open_covers(transaction)
    ]


def holder_of(transaction: Transaction, node: str, epoch: str, lost: Lost | None = None) -> Holder:
    """A holder as people call it."""
    return Holder(
        node=node,
        epoch=epoch,
        store=stores.store_of_till(transaction, node),
        till=stores.till_name(transaction, node),
        lost=lost.why.value if lost else "",
        lost_since=lost.since if lost else "",
    )


def told(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as JSON says them."""
    return [asdict(one) for one in rows]


def _brought(transaction: Transaction, asset: str, node: str, epoch: str, under_way: bool) -> tuple[str, str]:
    """When the last move came to a holder, and why it was made; that units were issued there where none did."""
    last: tuple[str, str] = ("", "" if under_way else ISSUED_HERE)
    for one in placement.explain(transaction, asset).moves:
        if (one.move.to_node, one.move.to_epoch) != (node, epoch):
            continue
        half = one.move.sent_by if under_way else one.move.received_by
        if under_way and one.move.received_by:
            continue
        found = journal.operation_of(transaction, half) if half else None
        if found is not None:
            last = max(last, (instant_text(instant_of(found[0].at)), one.why))
    return last
