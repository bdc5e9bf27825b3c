"""The till held against the world after every act: purses, drawer, tips, books, strip, numbers, chain.

Everything is read from the store as a stranger would: the tables by SQL, figures through what screens use. The tally of
the journal's own purse changes shows that redeemed <= issued whatever the projections say.
"""

from __future__ import annotations

from collections import Counter

from salon_desk.operations.operation import Cause, Moving
from salon_desk.operations.registry import decode
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services import cards, shifts, tickets
from salon_desk.services.till import Till
from salon_desk.storage.queries.shifts import expected
from tests.integration.histories.world import Document, Shift, World

_GROUPS = {
    "Assets:Safe": "safe",
    "Assets:CardClearing": "machine",
    "Assets:Tender:Zelle": "zelle",
    "Income:PaidIn": "paid_in",
    "Expenses:PaidOut": "paid_out",
    "Expenses:OverShort": "over_short",
    "Expenses:CashRounding": "rounding",
    "Expenses:Promotions:Bonus": "promotion",
    "Equity:Float": "float",
}


class Journal:
    """The journal read along: every operation once, in order, balanced, and what it did to each asset."""

    def __init__(self) -> None:
        self.position = 0
        self.issued: Counter[str] = Counter()
        self.redeemed: Counter[str] = Counter()

    def read_on(self, till: Till) -> None:
        """Read what was recorded since, and hold each operation to the laws of the journal."""
        driver = till.store.database.driver()
        rows = driver.execute(
            "SELECT position, seq, kind, version, body FROM journal WHERE position > ? ORDER BY position",
            (self.position,),
        ).fetchall()
        for position, seq, kind, version, body in rows:
            assert (position, seq) == (self.position + 1, self.position + 1)
            self.position = position
            operation = decode(kind, version, body)
            if isinstance(operation, Moving):
                self._move(operation)
        assert till.store.head.seq == self.position

    def _move(self, operation: Moving) -> None:
        sums: Counter[str] = Counter()
        for posting in operation.postings:
            sums[posting.amount.currency] += posting.amount.cents
        assert not any(sums.values()), operation
        for change in operation.purse_changes:
            if change.cause is Cause.ISSUE:
                self.issued[change.asset] += change.units
            else:
                self.redeemed[change.asset] -= change.units


def compare(till: Till, world: World, journal: Journal) -> None:
    """Assert that till and world agree."""
    journal.read_on(till)
    _purses(till, world, journal)
    _cards(till, world)
    _books(till, world)
    _shift(till, world)
    _strip(till, world)
    last = till.store.database.driver().execute(
        "SELECT COUNT(*), COUNT(DISTINCT receipt), MIN(receipt), MAX(receipt) FROM sales"
    )
    number = world.receipts
    bounds = ("S1-1-000001", f"S1-1-{number:06d}") if number else (None, None)
    assert last.fetchone() == (number, number, *bounds)


def _purses(till: Till, world: World, journal: Journal) -> None:
    rights = {
        f"refund/{document_ticket}/{line}": sold.left
        for document_ticket, document in _sales(till, world).items()
        for line, sold in document.lines.items()
        if sold.net + sold.tax
    }
    rows = till.store.database.driver().execute("SELECT asset, units, held FROM purses").fetchall()
    for asset, units, held in rows:
        assert 0 <= held <= units, asset
        assert journal.redeemed[asset] <= journal.issued[asset], asset
        assert journal.issued[asset] - journal.redeemed[asset] == units, asset
    assert {asset: units for asset, units, _ in rows if asset.startswith("refund/")} == rights


def _sales(till: Till, world: World) -> dict[str, Document]:
    rows = till.store.database.driver().execute("SELECT op_id, ticket FROM sales WHERE kind = 'sale'")
    return {ticket: world.documents[op_id] for op_id, ticket in rows}


def _cards(till: Till, world: World) -> None:
    for name, card in world.cards.items():
        view = cards.by_id(till, name)
        bonus, paid = card.free()
        here = view.value
        assert (here.paid.cents, here.bonus.cents) == (paid, bonus), name
        assert (here.held.cents, here.balance.cents) == (card.held, card.paid + card.bonus), name
        assert here.elsewhere.cents == 0
        assert view.card.frozen == card.frozen


def _books(till: Till, world: World) -> None:
    rows = till.store.database.driver().execute("SELECT account, SUM(cents) FROM ledger GROUP BY account")
    found: Counter[str] = Counter()
    for account, cents in rows:
        found[_group(account)] += cents
    wanted: Counter[str] = Counter(world.books)
    wanted["drawer"] = world.shift.expected if world.shift else 0
    wanted["tips"] = -sum(world.tips_owed.values())
    wanted["paid"] = -sum(card.paid for card in world.cards.values())
    wanted["bonus"] = -sum(card.bonus for card in world.cards.values())
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in wanted.items() if v}
    assert sum(found.values()) == 0


def _group(account: str) -> str:
    if account.startswith("Liabilities:SalesTax:"):
        return "tax"
    if account in ("Income:Services", "Income:Products", "Income:Discounts"):
        return "income"
    names = {
        "Assets:Drawer": "drawer",
        "Liabilities:Tips": "tips",
        "Liabilities:StoredValue:Paid": "paid",
        "Liabilities:StoredValue:Bonus": "bonus",
    }
    return _GROUPS.get(account) or names[account]


def _shift(till: Till, world: World) -> None:
    status = shifts.status(till)
    if world.shift is None:
        assert status.shift is None
        return
    assert status.shift is not None
    assert status.shift.shift == world.shift.name
    assert status.open_tickets == sum(t.state in ("open", "parked") for t in world.tickets.values())
    assert {who: tip.cents for who, tip in status.tips_due} == world.tips_due()
    with till.read() as transaction:
        assert expected(transaction, status.shift).cents == world.shift.expected
    days = till.store.database.driver().execute(
        "SELECT DISTINCT business_day FROM sales WHERE shift = ?", (world.shift.name,)
    )
    assert [day for (day,) in days] in ([], [world.shift.day])


def _strip(till: Till, world: World) -> None:
    waiting = {view.ticket.ticket_id: view for view in tickets.waiting(till)}
    assert set(waiting) == {n for n, one in world.tickets.items() if one.state in ("open", "parked")}
    for name, view in waiting.items():
        assert view.priced.total.cents == world.tickets[name].priced.total
        assert view.ticket.state.value == world.tickets[name].state


def compare_z(world: World, shift: Shift, z: ShiftClosed, documents: list[Document], after: int) -> None:
    """Assert that a Z says what the world knows of its shift, over the numbers from the last Z on."""
    assert (z.z_number, z.from_seq) == (world.zs, after + 1)
    assert z.shift == shift.name
    assert (z.expected.cents, z.counted.cents) == (shift.expected, shift.counted)
    assert z.over_short == z.counted - z.expected
    figures = z.figures
    sales = [one for one in documents if one.kind == "sale"]
    refunds = [one for d in world.documents.values() for one in d.refunds if one[0] == shift.name]
    assert (figures.sales, figures.top_ups) == (len(sales), len(documents) - len(sales))
    assert figures.refunds == len(refunds)
    assert figures.no_sales == shift.no_sales
    of_shift = [one for one in world.documents.values() if one.shift == shift.name]
    assert figures.voids == sum(one.voided for one in of_shift)
    net = sum(line.net for one in sales for line in one.lines.values()) - sum(net for _, net, _, _ in refunds)
    tax = sum(line.tax for one in sales for line in one.lines.values()) - sum(tax for _, _, tax, _ in refunds)
    assert (figures.net.cents, figures.tax.cents) == (net, tax)
    assert figures.gross.cents == sum(one.listed for one in sales)
    assert figures.gross - figures.discounts - figures.refunded == figures.net
    assert sum(amount.cents for _, _, amount in figures.taxes) == tax
    assert figures.tips.cents == sum(cents for one in sales for _, cents, _ in one.tips)
    assert figures.paid_value_sold.cents == sum(top.paid for one in documents for top in one.top_ups)
    assert figures.bonus_given.cents == sum(top.bonus for one in documents for top in one.top_ups)
    for name in ("paid_in", "paid_out", "dropped", "tips_paid_out"):
        assert getattr(figures, name).cents == shift.moved[name], name
    taken = figures.net + figures.tax + figures.tips + figures.paid_value_sold + figures.rounding
    assert sum(one.amount.cents for one in figures.tenders) == taken.cents
    assert figures.card_liability_paid.cents == sum(card.paid for card in world.cards.values())
    assert figures.card_liability_bonus.cents == sum(card.bonus for card in world.cards.values())
