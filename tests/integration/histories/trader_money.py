"""Acts that move money, done at the till and in the world alike: selling, topping up, giving back, holding, the drawer.

Each gives the same answer for ever when its command comes again. Tickets and settings are in `trader.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.shift import Denomination
from salon_desk.operations.payment import TenderPart
from salon_desk.operations.sale import SaleCompleted
from salon_desk.operations.shift import ShiftClosed, ShiftOpened
from salon_desk.services import cards, checkout, recovery, refunds, shifts, voids
from salon_desk.services.checkout import PaymentPlan, Sold
from tests.integration.histories import plans
from tests.integration.histories.compared import compare_z
from tests.integration.histories.paying import STORED, Taken, coins
from tests.integration.histories.restarting import lose
from tests.integration.histories.trader import Trader, usd
from tests.integration.histories.world import Document, Shift, TopUp
from tests.integration.services.shop import CASHIER

_LAW_SINCE = 2009
"""The year from which the pack knows the city's tax on these services."""


class MoneyTrader(Trader):
    """A trader who also takes money."""

    def keep_trading(self, chance: Random) -> None:
        """Mostly go on to the next shift when nothing can be sold, so that a history does not stand still."""
        if chance.random() < 0.5:
            return
        if self.world.shift is None:
            while self.shop.clock.instant.year < _LAW_SINCE:
                self.turn_clock(chance)
            self.open_shift(chance)
        elif self.world.shift.counted is not None:
            self.close_shift(chance)

    def open_shift(self, chance: Random) -> None:
        """The drawer gets its float."""
        notes, command = chance.randrange(300), self.shop.command()
        reasons = {"ShiftAlreadyOpen"} if self.world.shift else set()
        if self.shop.clock.instant.year < _LAW_SINCE:
            reasons.add("RuleMissing")

        def done(opened: ShiftOpened) -> None:
            self.world.shift = Shift(opened.shift, opened.business_day, notes * 100, notes * 100)
            self.world.books["float"] -= notes * 100

        pieces = (Denomination(100, notes),)
        call = lambda: shifts.open_shift(self.shop.till, command, CASHIER, denominations=pieces)  # noqa: E731
        self.act(reasons, call, done, repeat=True)

    def sell(self, chance: Random) -> None:
        """A ticket is paid, with tips and top-ups."""
        name = self.some_ticket(chance, filled=True)
        reasons = self.world.trading() | self.world.why_not_change(name)
        ticket = self.world.tickets[name]
        if not ticket.lines:
            reasons.add("TicketEmpty")
        tip, named, tips = self._tips(chance, name, reasons)
        top_ups = self._top_ups(chance)
        bought = sum(one.paid for one in top_ups)
        due = self.world.due(name, tips, top_ups)
        plan = plans.plan(chance, max(due, 0), self.world, bought=max(bought, 0))
        taken, wrong = self.world.pay(due, plan, top_ups, name) if not reasons else ([], set())
        wanted = PaymentPlan(
            tenders=tuple(plans.planned(pay) for pay in plan),
            tip=usd(tip) if tip else None,
            tips=tuple((who, usd(cents)) for who, cents in named),
            top_ups=tuple(plans.asked(one) for one in top_ups),
            print_language=chance.choice(("", "en")),
        )
        if not reasons | wrong:
            self._preview(name, wanted, due, taken)
        if not reasons:
            reasons = wrong
        else:
            faults = [*(pay.fault for pay in plan), *(one.fault for one in top_ups)]
            reasons |= set(filter(None, faults))
        command = self.shop.command()

        def done(sold: Sold) -> None:
            document = self.world.sell(sold.op_id, name, taken, tips=tips, top_ups=top_ups)
            self._same_sale(sold.sale, taken)
            assert [(t.technician, t.amount.cents, t.tender) for t in sold.sale.tips] == document.tips

        call = lambda: checkout.complete(self.shop.till, command, CASHIER, name, wanted)  # noqa: E731
        self.act(reasons, call, done, repeat=True)

    def lose_power(self, chance: Random) -> None:
        """The power goes after something was done, and only the anchor kept it: it is all there again."""
        acts = (self.sell, self.sell, self.top_up, self.refund, self.void, self.add_line, self.hold)
        act = chance.choice(acts)
        lose(self.shop, self.folder, lambda: act(chance))
        recovery.start(self.shop.till)
        self.compare()

    def _tips(
        self, chance: Random, name: str, reasons: set[str]
    ) -> tuple[int, tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
        """A tip for all, or by person: what is asked for, and what it comes to."""
        draw = chance.random()
        if draw < 0.5:
            return 0, (), ()
        if draw < 0.75:
            tip = chance.choice((1, 200, 813, 5_000))
            if not self.world.tickets[name].served():
                reasons.add("TipWithoutTechnician")
            return tip, (), self.world.tips_of(name, tip)
        people = ("lily", "kim", "nobody") if chance.random() < 0.05 else ("lily", "kim")
        named = tuple((who, chance.choice((100, 333, 1_200))) for who in people if chance.random() < 0.7)
        if any(who == "nobody" for who, _ in named):
            reasons.add("UnknownStaff")
        return 0, named, named

    def _top_ups(self, chance: Random) -> tuple[TopUp, ...]:
        how_many = chance.choice((0, 0, 0, 0, 1, 1, 2))
        card = self.some_card(chance)
        return tuple(
            plans.top_up(chance, card if chance.random() < 0.7 else self.some_card(chance))
            for _ in range(how_many)
        )

    def _preview(self, name: str, plan: PaymentPlan, due: int, taken: Sequence[Taken]) -> None:
        head = self.shop.till.store.head
        seen = checkout.preview(self.shop.till, name, plan)
        assert (seen.due.cents, seen.open_due.cents) == (due, 0)
        assert [one.amount.cents for one in seen.settlement.tenders] == [one.amount for one in taken]
        assert self.shop.till.store.head == head

    def _same_sale(self, sale: SaleCompleted, taken: Sequence[Taken]) -> None:
        document = self.world.documents[next(reversed(self.world.documents))]
        lines = {line.line: (line.net.cents, sum(t.cents for _, t in line.taxes)) for line in sale.lines}
        assert lines == {name: (sold.net, sold.tax) for name, sold in document.lines.items()}
        assert sale.tax.cents == sum(part.tax.cents for part in sale.taxes)
        assert sale.receipt == f"S1-1-{self.world.receipts:06d}"
        _same_tenders(sale.tenders, taken)

    def top_up(self, chance: Random) -> None:
        """Value is bought alone."""
        one = plans.top_up(chance, self.some_card(chance))
        reasons = self.world.trading()
        plan = plans.plan(chance, max(one.paid, 0), self.world, bought=max(one.paid, 0))
        taken, wrong = self.world.pay(one.paid, plan, (one,))
        reasons |= wrong
        command, ask = self.shop.command(), plans.asked(one)
        tenders = tuple(plans.planned(pay) for pay in plan)

        def done(bought: cards.ToppedUp) -> None:
            self.world.top_up(bought.op_id, taken, one)
            _same_tenders(bought.top_up.tenders, taken)

        call = lambda: cards.top_up(self.shop.till, command, CASHIER, ask, tenders=tenders)  # noqa: E731
        self.act(reasons, call, done, repeat=True)

    def refund(self, chance: Random) -> None:
        """Some lines of some sale are given back, wholly or in part."""
        if not self.world.documents:
            return
        name = self._some_document(chance, lambda one: one.kind == "sale" and not one.voided)
        lines = self.world.documents[name].lines
        wanted = chance.sample(list(lines), chance.randrange(1, len(lines) + 1)) if lines else ["none"]
        asked = [(line, self._part_of(chance, lines[line].left) if lines else None) for line in wanted]
        reasons = self.world.why_not_refund(name, asked)
        if lines and chance.random() < 0.04:
            asked.append(("no such line", None))
            reasons.add("LineMissing")
        who, command = self.manager(chance, reasons), self.shop.command()
        asks = tuple(RefundAsk(line, None if cents is None else usd(cents)) for line, cents in asked)
        if not reasons:
            seen = refunds.preview(self.shop.till, name, asks)

        def done(given: refunds.GivenBack) -> None:
            ways = self.world.refund(name, asked)
            found = [
                (t.of_tender, -t.amount.cents, -t.taken.cents, _less(t.from_bonus), _less(t.from_paid))
                for t in given.document.tenders
            ]
            assert found == [(way.place, way.amount, way.coins, way.bonus, way.paid) for way in ways]
            assert -given.document.total == seen.total
            assert [(one.tender, one.paid) for one in seen.tenders] == [
                (t.of_tender, -t.taken) for t in given.document.tenders
            ]

        call = lambda: refunds.refund(  # noqa: E731
            self.shop.till, command, who, name, asked=asks, reason="unhappy"
        )
        self.act(reasons, call, done, repeat=True)

    def _some_document(self, chance: Random, wanted: Callable[[Document], bool]) -> str:
        """One of the newest, more likely one that is wanted."""
        newest = list(self.world.documents)[-12:]
        fitting = [name for name in newest if wanted(self.world.documents[name])]
        return chance.choice((fitting if chance.random() < 0.6 else []) or newest)

    def _part_of(self, chance: Random, left: int) -> int | None:
        draw = chance.random()
        if draw < 0.5 or not left:
            return None
        return left + 1 if draw < 0.53 else chance.randrange(1, left + 1)

    def void(self, chance: Random) -> None:
        """A sale or top-up is undone as a whole."""
        if not self.world.documents:
            return
        name = self._some_document(chance, lambda one: (not one.refunds and bool(one.tips)) or one.voided)
        reasons = self.world.why_not_void(name)
        who, command = self.manager(chance, reasons), self.shop.command()
        self.act(
            reasons,
            lambda: voids.void(self.shop.till, command, who, name, reason="wrong guest"),
            lambda _voided: self.world.void(name),
            repeat=True,
        )

    def hold(self, chance: Random) -> None:
        """Value is set aside for a ticket."""
        name, card = self.some_ticket(chance), self.some_card(chance)
        owned = self.world.cards[card]
        bonus, paid = owned.free(name)
        amount = chance.choice((1, 500, bonus, bonus + paid, bonus + paid + 1))
        reasons = self.world.why_not_change(name)
        reasons |= {"CardIsFrozen"} if owned.frozen else set()
        reasons |= {"InsufficientValue"} if amount > bonus + paid else set()
        reasons |= {"AmountMissing"} if not amount else set()
        command = self.shop.command()

        def done(_none: None) -> None:
            owned.holds[name] = (min(amount, bonus), amount - min(amount, bonus))

        till, money = self.shop.till, usd(amount)
        self.act(reasons, lambda: cards.hold(till, command, CASHIER, name, card_id=card, amount=money), done)

    def release(self, chance: Random) -> None:
        """The payment was given up."""
        held = [name for card in self.world.cards.values() for name in card.holds]
        name = chance.choice(held) if held else self.some_ticket(chance)
        command = self.shop.command()

        def done(_none: None) -> None:
            for card in self.world.cards.values():
                card.holds.pop(name, None)

        self.act(set(), lambda: cards.release(self.shop.till, command, CASHIER, name), done)

    def move_cash(self, chance: Random) -> None:
        """Paid in, paid out, dropped into the safe, or the drawer just opened."""
        till, command, cents = self.shop.till, self.shop.command(), chance.choice((0, 1, 500, 2_000, 12_345))
        reasons, amount = self.world.trading(), usd(cents)
        kind = chance.choice(("paid_in", "paid_out", "dropped", "no_sale"))
        who = CASHIER if kind == "paid_in" else self.manager(chance, reasons)
        if kind != "no_sale" and not cents:
            reasons.add("AmountMissing")
        calls: dict[str, Callable[[], None]] = {
            "paid_in": lambda: shifts.pay_in(till, command, who, amount=amount, reason="change"),
            "paid_out": lambda: shifts.pay_out(till, command, who, amount=amount, reason="towels"),
            "dropped": lambda: shifts.drop(till, command, who, amount=amount),
            "no_sale": lambda: shifts.no_sale(till, command, who, reason="change for a guest"),
        }

        def done(_none: None) -> None:
            shift, books = self.world.shift, self.world.books
            assert shift is not None
            shift.no_sales += kind == "no_sale"
            if kind != "no_sale":
                sign = 1 if kind == "paid_in" else -1
                shift.moved[kind] += cents
                shift.expected += sign * cents
                books["safe" if kind == "dropped" else kind] -= sign * cents

        self.act(reasons, calls[kind], done)

    def pay_tips(self, chance: Random) -> None:
        """Tips that are owed leave the drawer, each up to the next coin there is."""
        owed = {who: cents for who, cents in self.world.tips_owed.items() if cents > 0}
        reasons, command = self.world.trading(), self.shop.command()
        paid = [(who, chance.choice((cents, (cents + 1) // 2))) for who, cents in owed.items()]
        paid = [one for one in paid if chance.random() < 0.8]
        if chance.random() < 0.15:
            who, cents, refusal = chance.choice(
                (
                    ("lily", max(self.world.tips_owed["lily"], 0) + 1, "AmountTooLarge"),
                    ("kim", 0, "AmountMissing"),
                    ("kim", -1, "NegativeAmount"),
                    ("nobody", 5, "UnknownStaff"),
                )
            )
            paid = [one for one in paid if one[0] != who] + [(who, cents)]
            reasons.add(refusal)
        if not paid:
            reasons.add("AmountMissing")

        def done(_none: None) -> None:
            shift = self.world.shift
            assert shift is not None
            for who, cents in paid:
                coin = cents if self.world.rounding == "exact" else -coins(-cents, "customer_favour")
                shift.paid_out[who] += cents
                shift.moved["tips_paid_out"] += coin
                shift.expected -= coin
                self.world.tips_owed[who] -= cents
                self.world.books["rounding"] += coin - cents

        tips = tuple((who, usd(cents)) for who, cents in paid)
        self.act(reasons, lambda: shifts.pay_tips(self.shop.till, command, CASHIER, tips=tips), done)

    def close_batch(self, chance: Random) -> None:
        """The card machine's own total is typed."""
        command, shift = self.shop.command(), self.world.shift
        machine = max(0, (self.world.machine() if shift else 0) + chance.choice((0, 0, 100)))
        wanted = machine - self.world.machine() if shift else 0
        call = lambda: shifts.close_card_batch(self.shop.till, command, CASHIER, machine=usd(machine))  # noqa: E731

        def done(difference: object) -> None:
            assert difference == usd(wanted)

        self.act(set() if shift else {"ShiftNotOpen"}, call, done, repeat=True)

    def count(self, chance: Random) -> None:
        """The drawer is counted, more or less rightly."""
        shift, command = self.world.shift, self.shop.command()
        counted = max(0, (shift.expected if shift else 0) + chance.choice((0, 0, 0, -100, 37)))
        notes = ((1_000_000, counted // 1_000_000), (100, counted // 100 % 10_000), (1, counted % 100))
        pieces = tuple(Denomination(worth, number) for worth, number in notes)

        def done(result: shifts.Counted) -> None:
            assert shift is not None
            shift.counted = counted
            assert (result.expected.cents, result.counted.cents) == (shift.expected, counted)

        call = lambda: shifts.count(self.shop.till, command, CASHIER, denominations=pieces)  # noqa: E731
        self.act(self.world.trading(), call, done, repeat=True)

    def close_shift(self, chance: Random) -> None:
        """The Z."""
        shift, command, language = self.world.shift, self.shop.command(), chance.choice(("", "en"))
        reasons = {"ShiftNotOpen"} if shift is None else set()
        if shift is not None and shift.counted is None:
            reasons.add("ShiftNotCounted")

        def done(z: ShiftClosed) -> None:
            assert shift is not None
            assert shift.counted is not None
            documents = list(self.world.of_shift())
            self.world.zs += 1
            compare_z(self.world, shift, z, documents, self.last_z)
            self.last_z = z.to_seq
            assert z.to_seq == self.shop.till.store.head.seq
            books = self.world.books
            books["over_short"] -= shift.counted - shift.expected
            books["float"] += shift.opening
            books["safe"] += shift.counted - shift.opening
            self.world.shift = None

        call = lambda: shifts.close(self.shop.till, command, CASHIER, print_language=language)  # noqa: E731
        self.act(reasons, call, done, repeat=True)


def _same_tenders(parts: Sequence[TenderPart], taken: Sequence[Taken]) -> None:
    assert [(p.kind.value, p.amount.cents, p.taken.cents, p.change.cents) for p in parts] == [
        (one.kind, one.amount, one.taken, one.change) for one in taken
    ]
    for part, one in zip(parts, taken, strict=True):
        spent = (_less(part.from_bonus, -1), _less(part.from_paid, -1))
        assert spent == ((one.bonus, one.paid) if one.kind == STORED else (0, 0))


def _less(amount: object, sign: int = 1) -> int:
    """What went back (sign -1: what was taken), nothing for a tender without purses."""
    return -sign * amount.cents if amount is not None else 0  # type: ignore[attr-defined]
