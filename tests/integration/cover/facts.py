"""What is asked of a chain again and again in the tests of cover: what is open, what the books say, that nothing is overspent."""

from __future__ import annotations

from collections import Counter as Sums

from salon_desk.domain import ledger
from salon_desk.head_office import consequences
from salon_desk.operations.cover import CoverLost, CoverOpened, CoverRepaid
from salon_desk.operations.operation import Cause, Moving
from salon_desk.operations.registry import decode
from salon_desk.storage import journal
from salon_desk.storage.queries import covers
from salon_desk.storage.queries import ledger as books
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from tests.integration.moves.chain import Chain, Counter

DEBT = "cover/"


def with_tills(chain: Chain) -> Chain:
    """The same with tills of S1, S1 and S2 that have everything."""
    for store in ("S1", "S1", "S2"):
        chain.add_till(store)
    for till in chain.tills:
        chain.feed(till)
    return chain


def push(chain: Chain, till: Counter) -> None:
    """Hand everything to head office, with all that follows there."""
    recorded = receive(chain.office, chain.chain_of(till)).recorded
    chain.seen(till)
    consequences.after_push(chain.office, recorded)


def settle_down(chain: Chain, *tills: Counter) -> None:
    """Hand everything to everybody in reach until nothing new comes of it."""
    before, now = -1, 0
    while before != now:
        before = now
        for till in tills:
            push(chain, till)
            chain.feed(till)
            till.answer(chain.recalls(till))
        now = sum(store.head.position for store in chain.stores())


def still_open(store: Store) -> int:
    """Cents of cover that are open, as a node knows it."""
    with store.database.read() as transaction:
        return sum(one.units for one in covers.open_covers(transaction))


def standing(store: Store) -> tuple[int, int]:
    """Cents that the books expect back of covers, and that they have as an expense."""
    with store.database.read() as transaction:
        return tuple(  # type: ignore[return-value]
            books.balance_until(transaction, account, "USD").cents
            for account in (ledger.COVER, ledger.COVER_LOST)
        )


def entries(store: Store) -> list[CoverOpened | CoverRepaid | CoverLost]:
    """What was recorded about covers."""
    return [one for one in operations(store) if isinstance(one, CoverOpened | CoverRepaid | CoverLost)]


def operations(store: Store) -> list[Moving]:
    """Every operation that moves units or money, as a node holds it."""
    with store.database.read() as transaction:
        rows = [one for _position, one in journal.after(transaction, 0)]
    found = [decode(one.header.kind, one.header.version, one.body or b"") for one in rows]
    return [one for one in found if isinstance(one, Moving)]


def overspent(chain: Chain) -> int:
    """Cents redeemed anywhere beyond what was issued and covered: never above 0. By each node's own operations."""
    sums: Sums[str] = Sums()
    for store in chain.stores():
        with store.database.read() as transaction:
            own = [one for _p, one in journal.after(transaction, 0) if one.header.node == store.node]
        for one in own:
            operation = decode(one.header.kind, one.header.version, one.body or b"")
            for change in getattr(operation, "purse_changes", ()):
                if change.asset.startswith("card/"):
                    sums[change.cause] += change.units
    redeemed = -sums[Cause.REDEEM] - sums[Cause.UNDO]
    return redeemed - sums[Cause.ISSUE]
