"""The shop as the documents say it must be: cards, tickets, documents, drawer and books, in whole cents.

Nothing of the product is used here. A `why_not_...` gives the names of every refusal that fits, none if the act must go
through; the act itself is only called then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from tests.integration.histories import paying
from tests.integration.histories.paying import CASH, STORED, Back, Pay, Taken
from tests.integration.histories.prices import Line, Off, Priced, half_up, price, split


@dataclass
class Card:
    """A stored-value card; `holds` by ticket, as (bonus, paid)."""

    paid: int = 0
    bonus: int = 0
    frozen: bool = False
    holds: dict[str, tuple[int, int]] = field(default_factory=dict)

    def free(self, ticket: str = "") -> tuple[int, int]:
        """(bonus, paid) that this ticket may spend: what nobody else holds."""
        others = [held for owner, held in self.holds.items() if owner != ticket]
        return self.bonus - sum(b for b, _ in others), self.paid - sum(p for _, p in others)

    @property
    def held(self) -> int:
        return sum(bonus + paid for bonus, paid in self.holds.values())


@dataclass
class Ticket:
    """A ticket; `state` is open, parked, discarded or sold."""

    member: str
    state: str = "open"
    lines: list[Line] = field(default_factory=list)
    off: list[Off] = field(default_factory=list)

    @property
    def priced(self) -> Priced:
        return price(self.lines, self.off)

    def line(self, name: str) -> Line:
        return next(line for line in self.lines if line.name == name)

    def served(self) -> dict[str, int]:
        """List price of the services by technician, first seen first."""
        found: dict[str, int] = {}
        for line in self.lines:
            if line.technician and line.kind == "service":
                found[line.technician] = found.get(line.technician, 0) + line.listed
        return found


@dataclass(frozen=True)
class TopUp:
    """Value bought; `fault`: the refusal that it deserves anyway."""

    card: str
    paid: int
    bonus: int = 0
    offer: str = ""
    fault: str = ""


@dataclass
class Sold:
    """A line as it was sold, and what can still be given back."""

    kind: str
    net: int
    tax: int
    left: int


@dataclass
class Document:
    """A sale or a top-up. `tips` are (who, cents, tender); `tips_left`: cash tips left the drawer at once."""

    kind: str
    shift: str
    lines: dict[str, Sold]
    tenders: list[Taken]
    tips: list[tuple[str, int, int]]
    top_ups: tuple[TopUp, ...]
    listed: int = 0
    tips_left: int = 0
    voided: bool = False
    refunds: list[tuple[str, int, int, list[Back]]] = field(default_factory=list)
    """(shift, net, tax, ways) of each."""
    free_returned: set[str] = field(default_factory=set)

    def owed_tips(self) -> Counter[str]:
        """By person, what the shop owes of this document's tips."""
        owed: Counter[str] = Counter()
        for who, cents, place in self.tips:
            if not (self.tips_left and self.tenders[place].kind == CASH):
                owed[who] += cents
        return owed


@dataclass
class Shift:
    """An open or counted shift."""

    name: str
    day: str
    opening: int
    expected: int
    counted: int | None = None
    moved: Counter[str] = field(default_factory=Counter)
    paid_out: Counter[str] = field(default_factory=Counter)
    """Tips paid out in this shift, by person."""
    no_sales: int = 0


class World:
    """Everything that the till must agree with."""

    def __init__(self) -> None:
        self.cards: dict[str, Card] = {}
        self.tickets: dict[str, Ticket] = {}
        self.documents: dict[str, Document] = {}
        self.shift: Shift | None = None
        self.books: Counter[str] = Counter()
        self.receipts = 0
        self.zs = 0
        self.tips_owed: Counter[str] = Counter()
        self.rounding = "exact"
        self.tips_stay = False

    def trading(self) -> set[str]:
        """Why nothing can be sold now."""
        if self.shift is None:
            return {"ShiftNotOpen"}
        return {"ShiftAlreadyCounted"} if self.shift.counted is not None else set()

    def why_not_change(self, ticket: str) -> set[str]:
        """Why a ticket takes no change."""
        state = self.tickets[ticket].state
        return {"sold": {"TicketPaid"}, "open": set()}.get(state, {"TicketNotOpen"})

    def tips_of(self, ticket: str, tip: int) -> tuple[tuple[str, int], ...]:
        """A tip split by the list price that each technician served."""
        served = self.tickets[ticket].served()
        parts = split(tip, list(served.values())) if served else []
        return tuple((who, part) for who, part in zip(served, parts, strict=True) if part)

    def due(self, ticket: str, tips: Sequence[tuple[str, int]], top_ups: Sequence[TopUp]) -> int:
        """What a sale is to be paid with."""
        return self.tickets[ticket].priced.total + sum(t for _, t in tips) + sum(t.paid for t in top_ups)

    def pay(
        self, due: int, plan: Sequence[Pay], top_ups: Sequence[TopUp], ticket: str = ""
    ) -> tuple[list[Taken], set[str]]:
        """The tenders of a payment with what they take from cards, and why it may be refused."""
        taken, wrong = paying.settle(due, plan, self.rounding)
        wrong |= {one.fault for one in top_ups if one.fault}
        if any(self.cards[one.card].frozen for one in top_ups):
            wrong.add("CardIsFrozen")
        if sum(one.amount for one in taken if one.kind != STORED) < sum(one.paid for one in top_ups):
            wrong.add("ValueBuysValue")
        free = {name: card.free(ticket) for name, card in self.cards.items()}
        for top_up in top_ups:
            bonus, paid = free[top_up.card]
            free[top_up.card] = (bonus + top_up.bonus, paid + top_up.paid)
        for one in taken:
            if one.kind == STORED:
                wrong |= {"CardIsFrozen"} if self.cards[one.card].frozen else set()
                bonus, paid = free[one.card]
                one.bonus = min(one.amount, bonus)
                one.paid = one.amount - one.bonus
                wrong |= {"InsufficientValue"} if one.paid > paid else set()
                free[one.card] = (bonus - one.bonus, paid - one.paid)
        return taken, wrong

    def sell(
        self,
        name: str,
        ticket: str,
        taken: list[Taken],
        *,
        tips: Sequence[tuple[str, int]],
        top_ups: tuple[TopUp, ...],
    ) -> Document:
        """The ticket is paid."""
        assert self.shift is not None
        sold, priced = self.tickets[ticket], self.tickets[ticket].priced
        parts = zip(sold.lines, priced.nets, priced.taxes, strict=True)
        lines = {line.name: Sold(line.kind, net, tax, net + tax) for line, net, tax in parts}
        named = paying.keep(taken, tips, sum(one.paid for one in top_ups))
        document = Document("sale", self.shift.name, lines, taken, named, top_ups, priced.listed)
        if not self.tips_stay:
            document.tips_left = sum(cents for _, cents, place in named if taken[place].kind == CASH)
        sold.state = "sold"
        for card in self.cards.values():
            card.holds.pop(ticket, None)
        self.books["income"] -= priced.net
        self.books["tax"] -= priced.tax
        self._book(name, document)
        return document

    def top_up(self, name: str, taken: list[Taken], top_up: TopUp) -> None:
        """Value was bought alone."""
        assert self.shift is not None
        paying.keep(taken, (), top_up.paid)
        self._book(name, Document("top_up", self.shift.name, {}, taken, [], (top_up,)))

    def _book(self, name: str, document: Document) -> None:
        self.documents[name] = document
        self.receipts += 1
        self._move(document, 1)

    def _move(self, document: Document, sign: int) -> None:
        """Tenders, tips and top-ups of a document; `sign` -1 takes all of it back."""
        assert self.shift is not None
        for one in document.tenders:
            self._take(one, sign * one.amount, sign * one.taken, sign * one.bonus, sign * one.paid)
        for top_up in document.top_ups:
            card = self.cards[top_up.card]
            card.paid += sign * top_up.paid
            card.bonus += sign * top_up.bonus
            self.books["promotion"] += sign * top_up.bonus
        for who, cents in document.owed_tips().items():
            self.tips_owed[who] += sign * cents
        self.shift.expected -= sign * document.tips_left

    def _take(self, one: Taken, amount: int, coins: int, bonus: int, paid: int) -> None:
        """Signed: what a tender brings in, or gives back."""
        assert self.shift is not None
        match one.kind:
            case paying.CASH:
                self.shift.expected += coins
                self.books["rounding"] += amount - coins
            case paying.MACHINE:
                self.books["machine"] += amount
            case paying.ZELLE:
                self.books["zelle"] += amount
            case _:
                self.cards[one.card].bonus -= bonus
                self.cards[one.card].paid -= paid

    def why_not_refund(self, name: str, asked: Sequence[tuple[str, int | None]]) -> set[str]:
        """Why lines of a document are not given back."""
        document = self.documents[name]
        if document.voided or document.kind != "sale":
            return self.trading() | {"NotRefundable"}
        wrong = self.trading()
        for line, amount in asked:
            sold = document.lines[line]
            cost = sold.net + sold.tax
            if (cost and not sold.left) or (amount or 0) > sold.left or line in document.free_returned:
                wrong.add("AlreadyRefunded")
        return wrong

    def refund(self, name: str, asked: Sequence[tuple[str, int | None]]) -> list[Back]:
        """Lines are given back, each net and tax in proportion to all that was given back of it."""
        assert self.shift is not None
        document = self.documents[name]
        net = tax = 0
        for line, amount in asked:
            sold = document.lines[line]
            cents = sold.left if amount is None else amount
            cost = sold.net + sold.tax
            if not cost:
                document.free_returned.add(line)
                continue
            before = half_up(Fraction(sold.tax * (cost - sold.left), cost))
            sold.left -= cents
            part = half_up(Fraction(sold.tax * (cost - sold.left), cost)) - before
            tax += part
            net += cents - part
        ways = paying.give_back(net + tax, document.tenders, self.rounding)
        for way in ways:
            self._take(document.tenders[way.place], -way.amount, -way.coins, -way.bonus, -way.paid)
        paying.apply_back(ways, document.tenders)
        document.refunds.append((self.shift.name, net, tax, ways))
        self.books["income"] += net
        self.books["tax"] += tax
        self.receipts += 1
        return ways

    def why_not_void(self, name: str) -> set[str]:
        """Why a document is not undone as a whole."""
        document = self.documents[name]
        wrong = self.trading()
        if self.shift is None or document.shift != self.shift.name or document.voided or document.refunds:
            wrong.add("NotRefundable")
            return wrong
        for card, (bonus, paid) in self._undone(document).items():
            free_bonus, free_paid = self.cards[card].free()
            if free_bonus + bonus < 0 or free_paid + paid < 0:
                wrong.add("InsufficientValue")
        return wrong

    def _undone(self, document: Document) -> dict[str, tuple[int, int]]:
        changes: dict[str, tuple[int, int]] = {}
        moves = [(one.card, one.bonus, one.paid) for one in document.tenders if one.kind == STORED]
        moves += [(one.card, -one.bonus, -one.paid) for one in document.top_ups]
        for card, bonus, paid in moves:
            before = changes.get(card, (0, 0))
            changes[card] = (before[0] + bonus, before[1] + paid)
        return changes

    def void(self, name: str) -> None:
        """A document is undone, tips included."""
        document = self.documents[name]
        self._move(document, -1)
        self.books["income"] += sum(line.net for line in document.lines.values())
        self.books["tax"] += sum(line.tax for line in document.lines.values())
        for line in document.lines.values():
            line.left = 0
        document.voided = True
        self.receipts += 1

    def of_shift(self) -> Iterable[Document]:
        """The documents of the open shift that stand."""
        assert self.shift is not None
        name = self.shift.name
        return [one for one in self.documents.values() if one.shift == name and not one.voided]

    def machine(self) -> int:
        """What the card machine's batch of this shift must come to."""
        assert self.shift is not None
        came = sum(t.taken for one in self.of_shift() for t in one.tenders if t.kind == paying.MACHINE)
        for one in self.documents.values():
            for shift, _net, _tax, ways in one.refunds:
                if shift == self.shift.name:
                    came -= sum(w.coins for w in ways if one.tenders[w.place].kind == paying.MACHINE)
        return came

    def tips_due(self) -> dict[str, int]:
        """By person, what is still owed of this shift's tips."""
        assert self.shift is not None
        due: Counter[str] = Counter()
        for document in self.of_shift():
            due.update(document.owed_tips())
        due.subtract(self.shift.paid_out)
        return {who: cents for who, cents in sorted(due.items()) if cents}
