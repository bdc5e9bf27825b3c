"""Random histories of gift cards and series at two tills that hear of each other now and then: whatever happens, purses, books and
liability say the same to the cent, nothing is overspent, and every till verifies.

`SALON_DESK_OWNED_STEPS` says how many steps; the default is short.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.operations.series import SeriesOfferDescribed
from salon_desk.services import (
    cards,
    gifts,
    moves,
    payouts,
    refunds,
    series,
    series_payouts,
    series_sales,
    tickets,
    visits,
    voids,
)
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.reports import liability_report
from salon_desk.services.series_sales import SeriesAsk
from tests.integration.moves.chain import described_at
from tests.integration.services.ledger_sums import account_sums
from tests.integration.services.shop import CASHIER, MANAGER, cash
from tests.integration.undoing.two_stores import Store2, TwoStores

STEPS = int(os.environ.get("SALON_DESK_OWNED_STEPS", "70"))
OFFERS = {
    "twelve": (40000, ["a;visit;12;0;service-3000,service-1000;"]),
    "ten-and-two": (9999, ["a;visit;10;2;service-1000;", "b;visit;3;0;service-3000;"]),
}


@dataclass
class History:
    """What was done so far, as far as the steps need to know."""

    stores: TwoStores
    chance: random.Random
    gifts: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    sales: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)

    def step(self) -> None:
        """One thing at one till; a refusal leaves everything as it was."""
        shop = self.chance.choice((self.stores.first, self.stores.second))
        act = self.chance.choice(
            (
                self.sell_gift, self.sell_series, self.spend, self.spend, self.use, self.use, self.use,
                self.give_back, self.void, self.refund_gift, self.refund_series, self.fetch, self.fetch,
                self.freeze, self.settle,
            )
        )  # fmt: skip
        try:
            act(shop)
        except DomainError as refusal:
            self.count(f"{act.__name__} refused: {type(refusal).__name__}")
        else:
            self.count(act.__name__)

    def count(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1

    def sell_gift(self, shop: Store2) -> None:
        ask = GiftAsk(Money(self.chance.randrange(1, 9000), "USD"))
        made = gifts.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))
        self.gifts.append(made.gift.gift)
        self.documents.append(made.op_id)

    def sell_series(self, shop: Store2) -> None:
        ask = SeriesAsk(self.chance.choice(list(OFFERS)), shop.member)
        made = series_sales.sell(shop.till, shop.command(), CASHIER, ask, tenders=(cash(),))
        self.series.append(made.sold.series)
        self.documents.append(made.op_id)

    def spend(self, shop: Store2) -> None:
        gift = self.chance.choice(self.gifts or [""])
        amount = Money(self.chance.randrange(1, 3001), "USD")
        tender = PlannedTender(TenderKind.GIFT_CARD, amount, card_id=gift)
        rest = (cash(),) if amount.cents < 3000 else ()
        self.sold(shop, shop.ticket(("service-3000", "lily")), tender, *rest)

    def use(self, shop: Store2) -> None:
        name = self.chance.choice(self.series or [""])
        item = self.chance.choice(("service-3000", "service-1000"))
        ticket = shop.ticket((item, "lily"), ("service-1000", "lily"))
        line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
        visits.cover(shop.till, shop.command(), CASHIER, ticket, line=line, series_id=name)
        self.sold(shop, ticket, cash())

    def sold(self, shop: Store2, ticket: str, *tenders: PlannedTender) -> None:
        sale = shop.sell(ticket, *tenders)
        self.sales.append(sale.op_id)
        self.documents.append(sale.op_id)

    def give_back(self, shop: Store2) -> None:
        sale = self.chance.choice(self.sales or [""])
        lines = refunds.look_up(shop.till, sale).lines
        asked = (RefundAsk(self.chance.choice(lines).line_id),)
        self.stores.fetch(shop, refunds.wanted(shop.till, sale, asked))
        refunds.refund(shop.till, shop.command(), MANAGER, sale, asked=asked, reason="unhappy")

    def void(self, shop: Store2) -> None:
        document = self.chance.choice(self.documents or [""])
        voids.void(shop.till, shop.command(), MANAGER, document, reason="wrong")

    def refund_gift(self, shop: Store2) -> None:
        if self.chance.random() < 0.3:
            gift = self.chance.choice(self.gifts or [""])
            done = payouts.pay_out(
                shop.till, shop.command(), MANAGER, gift, why=WhyPaidOut.REFUND, tender=cash(), reason="moves"
            )
            self.documents.append(done.op_id)

    def refund_series(self, shop: Store2) -> None:
        if self.chance.random() < 0.3:
            name = self.chance.choice(self.series or [""])
            done = series_payouts.pay_out(
                shop.till, shop.command(), MANAGER, name, tender=cash(), reason="moves"
            )
            self.documents.append(done.op_id)

    def fetch(self, shop: Store2) -> None:
        """A guest stands here: what she could use is asked for."""
        if self.gifts and self.chance.random() < 0.5:
            view = cards.by_id(shop.till, self.chance.choice(self.gifts))
            self.stores.fetch(shop, moves.wanted(shop.till, view.card, view.value.balance))
            return
        ticket = shop.ticket(("service-3000", "lily"))
        line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
        for fit in visits.fitting(shop.till, ticket, line)[:2]:
            self.stores.fetch(shop, visits.wanted(fit))

    def freeze(self, shop: Store2) -> None:
        gift = self.chance.choice(self.gifts or [""])
        cards.freeze(shop.till, shop.command(), MANAGER, gift, reason="lost")
        cards.unfreeze(shop.till, shop.command(), MANAGER, gift)
        name = self.chance.choice(self.series or [""])
        series.transfer(shop.till, shop.command(), MANAGER, name, member=shop.member)

    def settle(self, _shop: Store2) -> None:
        self.stores.settle()


def test_whatever_happens_purses_books_and_liability_agree(stores: TwoStores) -> None:
    described_at(
        stores.chain.office,
        *(
            (SeriesOfferDescribed, name, {"name_en": name, "price_cents": cents, "parts": parts})
            for name, (cents, parts) in OFFERS.items()
        ),
    )
    stores.settle()
    seed = random.randrange(1 << 32)
    history = History(stores, random.Random(seed))
    for _step in range(STEPS):
        history.step()
    stores.settle()
    told = (seed, history.done)
    sums = account_sums(stores.first.till)
    with stores.first.till.read() as transaction:
        report = liability_report(transaction)
    assert report.agrees, told
    assert (report.gifts.cents, report.series.cents) == (
        -sums.get("Liabilities:GiftCards", 0),
        -sums.get("Liabilities:Series", 0),
    ), told
    assert account_sums(stores.second.till) == sums, told
    stores.check()
