"""Acts done at the till and in the world alike, and the two compared after each.

An act is planned by chance, the world says which refusals fit, the real service is called: it must go through exactly when
none fits, and a refusal must leave the journal's head where it was. Tickets and cards here, money in `trader_money.py`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount, DiscountScope
from salon_desk.operations.description import FieldValue, ItemDescribed, OfferDescribed, StoreDescribed
from salon_desk.services import cards, members, recovery, tickets
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.services.till import Actor
from tests.integration.histories.compared import Journal, compare
from tests.integration.histories.prices import Line, Off
from tests.integration.histories.restarting import restart
from tests.integration.histories.world import Card, Ticket, World
from tests.integration.services.shop import CASHIER, MANAGER, open_shop

T = TypeVar("T")
ITEMS = {
    "gel": ("service", 4500),
    "pedicure": ("service", 3800),
    "six": ("service", 600),
    "cream": ("product", 1800),
    "sample": ("product", 0),
    "odd": ("product", 333),
}
PEOPLE = ("lily", "kim", "")
YEARS = (1970, 1999, 2026, 2035, 2100)
_SCOPES = {"": DiscountScope.ALL, "service": DiscountScope.SERVICES, "product": DiscountScope.PRODUCTS}


def usd(cents: int) -> Money:
    """Cents as Money."""
    return Money(cents, "USD")


class Trader:
    """A till and a world that are kept in step."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shop = open_shop(folder)
        self.world = World()
        self.journal = Journal()
        self.last_z = 0
        self.repeatable: deque[tuple[Callable[[], object], object]] = deque(maxlen=20)
        """Calls that moved money, with what they gave: they give the same for ever."""
        self.names = iter(range(1_000_000))
        more: dict[str, FieldValue] = {"bonus_expires_days": 90, "terms_en": "lapses after 90 days"}
        untold: dict[str, FieldValue] = {"pay_cents": 5000, "bonus_cents": 500, "bonus_expires_days": 9}
        gone: dict[str, FieldValue] = {"pay_cents": 5000, "bonus_cents": 500, "to_day": "2020-01-01"}
        things = [
            (OfferDescribed, "100", more),
            (OfferDescribed, "untold", untold),
            (OfferDescribed, "gone", gone),
        ]
        for item in ("sample", "odd"):
            kind, price = ITEMS[item]
            values: dict[str, FieldValue] = {"kind": kind, "price_cents": price, "tax_class": "goods"}
            things.append((ItemDescribed, item, values))  # type: ignore[arg-type]
        describe(self.shop.till, self.shop.command(), None, things)
        self.members = [self.shop.member]
        self.world.cards[self.shop.card] = Card()
        self.compare()

    def close(self) -> None:
        """Let go of the folder."""
        self.shop.till.store.close()

    def compare(self) -> None:
        """Hold the till against the world."""
        compare(self.shop.till, self.world, self.journal)

    def act(
        self, reasons: set[str], call: Callable[[], T], done: Callable[[T], None], *, repeat: bool = False
    ) -> bool:
        """Call the service; whether it went through. `repeat`: the same call again must give the same, now and later."""
        head, refused = self.shop.till.store.head, ""
        try:
            result = call()
        except DomainError as error:
            refused = type(error).__name__
        if refused:
            assert refused in reasons, f"{refused} where {reasons or 'no refusal'} fits"
            assert self.shop.till.store.head == head, refused
        else:
            assert not reasons, f"went through where {reasons} fits"
            done(result)
            if repeat:
                self.repeatable.append((call, result))
        self.compare()
        return not refused

    def again(self, chance: Random) -> None:
        """A command of before comes once more: the same answer, and nothing happens."""
        if self.repeatable:
            call, before = chance.choice(list(self.repeatable))
            head = self.shop.till.store.head
            result = call()
            assert getattr(result, "op_id", result) == getattr(before, "op_id", before)
            assert self.shop.till.store.head == head
            self.compare()

    def manager(self, chance: Random, reasons: set[str]) -> Actor:
        """The manager, or now and then a cashier who may not."""
        if chance.random() < 0.05:
            reasons.add("PermissionNeeded")
            return CASHIER
        return MANAGER

    def some_ticket(self, chance: Random, *, filled: bool = False) -> str:
        """Most likely an open ticket, now and then any; a new one where there is none. `filled`: one with lines."""
        found = [name for name, one in self.world.tickets.items() if one.state == "open"]
        if chance.random() < 0.06:
            found = list(self.world.tickets)
        elif filled and chance.random() < 0.95:
            found = [name for name in found if self.world.tickets[name].lines]
        if not found:
            self.open_ticket(chance)
            self.add_line(chance)
            return next(reversed(self.world.tickets))
        return chance.choice(found[-6:])

    def some_card(self, chance: Random) -> str:
        """One of the cards."""
        return chance.choice(list(self.world.cards))

    def restart(self, _chance: Random) -> None:
        """The till is closed and started again."""
        restart(self.shop, self.folder)
        recovery.start(self.shop.till)
        self.compare()

    def turn_clock(self, chance: Random) -> None:
        """The clock jumps, or an honest while passes."""
        clock = self.shop.clock
        if chance.random() < 0.5:
            year = chance.choice(YEARS)
            clock.instant = datetime(year, chance.randrange(1, 13), chance.randrange(1, 29), 15, tzinfo=UTC)
        else:
            clock.instant += timedelta(minutes=chance.randrange(1, 3000))
        self.compare()

    def change_settings(self, chance: Random) -> None:
        """Other rules for cash from now on."""
        rounding = chance.choice(("exact", "nearest_five", "customer_favour"))
        stay = chance.random() < 0.5
        values: dict[str, FieldValue] = {"cash_rounding": rounding, "cash_tips_stay": stay}
        describe(self.shop.till, self.shop.command(), None, [(StoreDescribed, "s1", values)])
        self.world.rounding, self.world.tips_stay = rounding, stay
        self.compare()

    def add_member(self, chance: Random) -> None:
        """Somebody new with a card, at most a few."""
        if len(self.members) >= 4:
            return
        new = NewMember(name="单", card_code=f"77{len(self.members)}0")
        figures = members.add(self.shop.till, self.shop.command(), CASHIER, new)
        self.members.append(figures.member.member_id)
        self.world.cards[figures.cards[0][0].card] = Card()
        self.compare()

    def freeze(self, chance: Random) -> None:
        """A card is frozen, or freed again."""
        name = self.some_card(chance)
        card, command, reasons = self.world.cards[name], self.shop.command(), set[str]()
        who = self.manager(chance, reasons)
        wanted = not card.frozen and chance.random() < 0.4
        call = cards.freeze if wanted else cards.unfreeze
        self.act(
            reasons,
            lambda: call(self.shop.till, command, who, name, reason="lost"),
            lambda _view: setattr(card, "frozen", wanted),
        )

    def open_ticket(self, chance: Random) -> None:
        """Somebody sits down."""
        member, command = chance.choice([*self.members, ""]), self.shop.command()
        self.act(
            set(),
            lambda: tickets.open_ticket(self.shop.till, command, CASHIER, member=member),
            lambda view: self.world.tickets.update({view.ticket.ticket_id: Ticket(member)}),
        )

    def add_line(self, chance: Random) -> None:
        """One more line, at times at a price of the manager's own."""
        name, item = self.some_ticket(chance), chance.choice((*ITEMS, "gel", "gel"))
        kind, price = ITEMS[item]
        technician = chance.choice(PEOPLE) if kind == "service" else ""
        quantity = chance.choice((1, 1, 1, 2, 3, 7))
        reasons, who, own = self.world.why_not_change(name), CASHIER, None
        if chance.random() < 0.2:
            who, own = self.manager(chance, reasons), usd(chance.choice((0, 1, 99, 12345)))
        if chance.random() < 0.03:
            technician = "nobody"
            reasons |= {"UnknownStaff"}
        asked = tickets.NewLine(item, technician, technician == "lily", quantity, own)
        command = self.shop.command()
        line = Line("", kind, price if own is None else own.cents, quantity, technician)

        def done(view: tickets.TicketView) -> None:
            line.name = view.ticket.lines[-1].line_id
            self.world.tickets[name].lines.append(line)

        self.act(reasons, lambda: tickets.add_line(self.shop.till, command, who, name, asked), done)

    def change_line(self, chance: Random) -> None:
        """Another quantity, another technician, another price, or none at all."""
        name = self.some_ticket(chance)
        ticket, till, command = self.world.tickets[name], self.shop.till, self.shop.command()
        if not ticket.lines:
            return
        line, reasons = chance.choice(ticket.lines), self.world.why_not_change(name)
        match chance.randrange(4):
            case 0:
                quantity = chance.choice((1, 2, 5, 0))
                reasons |= {"QuantityOutOfRange"} if not quantity else set()
                self.act(
                    reasons,
                    lambda: tickets.change_quantity(
                        till, command, CASHIER, name, line=line.name, quantity=quantity
                    ),
                    lambda _view: setattr(line, "quantity", quantity),
                )
            case 1:
                who = chance.choice(("lily", "kim"))
                self.act(
                    reasons,
                    lambda: tickets.assign(
                        till, command, CASHIER, name, line=line.name, technician=who, requested=False
                    ),
                    lambda _view: setattr(line, "technician", who),
                )
            case 2:
                price, who_may = chance.choice((0, 1, 4567, -1)), self.manager(chance, reasons)
                reasons |= {"NegativeAmount"} if price < 0 else set()
                self.act(
                    reasons,
                    lambda: tickets.set_price(till, command, who_may, name, line=line.name, price=usd(price)),
                    lambda _view: setattr(line, "unit", price),
                )
            case _:
                self.act(
                    reasons,
                    lambda: tickets.remove_line(till, command, CASHIER, name, line=line.name),
                    lambda _view: ticket.lines.remove(line),
                )

    def discount(self, chance: Random) -> None:
        """A discount by amount or percentage, of any scope and bearer, on the ticket or on a line; or one comes off."""
        name = self.some_ticket(chance)
        ticket, till, command = self.world.tickets[name], self.shop.till, self.shop.command()
        reasons = self.world.why_not_change(name)
        who = self.manager(chance, reasons)
        placed = [(one, ticket.off) for one in ticket.off]
        placed += [(one, line.off) for line in ticket.lines for one in line.off]
        if placed and chance.random() < 0.3:
            gone, where = chance.choice(placed)
            self.act(
                reasons if who is MANAGER else self.world.why_not_change(name),
                lambda: tickets.remove_discount(till, command, who, name, discount_id=gone.name),
                lambda _view: where.remove(gone),
            )
            return
        off = Off(f"off-{next(self.names)}", of=chance.choice(("", "service", "product")))
        if chance.random() < 0.5:
            off.cents = chance.choice((1, 500, 1000, 99_999))
        else:
            off.percent = chance.choice((1, 10, 33, 100))
        line = chance.choice(ticket.lines) if ticket.lines and chance.random() < 0.3 else None
        wanted = Discount(
            off.name,
            Names("Off"),
            chance.choice(list(Bearer)),
            usd(off.cents) if off.cents else None,
            str(off.percent) if off.percent else None,
            _SCOPES[off.of],
        )
        if line is None and chance.random() < 0.3:
            off = Off("birthday", 1000, of="service")
            if any(one.name == "birthday" for one in ticket.off):
                reasons.add("DuplicateId")
            call = lambda: tickets.discount(till, command, who, name, discount_id="birthday")  # noqa: E731
        else:
            at = line.name if line else ""
            call = lambda: tickets.custom_discount(till, command, who, name, wanted=wanted, line=at)  # noqa: E731
        where = line.off if line else ticket.off
        self.act(reasons, call, lambda _view: where.append(off))

    def set_aside(self, chance: Random) -> None:
        """A ticket is parked, taken up again, thrown away, or another member's."""
        till, command = self.shop.till, self.shop.command()
        if not self.world.tickets:
            return
        holding = [name for card in self.world.cards.values() for name in card.holds]
        name = chance.choice((holding if chance.random() < 0.5 else []) or list(self.world.tickets)[-12:])
        ticket, reasons = self.world.tickets[name], self.world.why_not_change(name)
        match chance.randrange(5):
            case 0 | 1:
                self.act(
                    reasons,
                    lambda: tickets.park(till, command, CASHIER, name),
                    lambda _v: self._off(name, "parked"),
                )
            case 2 | 3:
                back = {"sold": {"TicketPaid"}, "discarded": {"TicketNotParked"}}.get(ticket.state, set())
                self.act(
                    back,
                    lambda: tickets.resume(till, command, CASHIER, name),
                    lambda _v: setattr(ticket, "state", "open"),
                )
            case _:
                gone = {"sold": {"TicketPaid"}, "discarded": {"TicketNotOpen"}}.get(ticket.state, set())
                self.act(
                    gone,
                    lambda: tickets.discard(till, command, MANAGER, name, reason="left"),
                    lambda _none: self._off(name, "discarded"),
                )

    def _off(self, name: str, state: str) -> None:
        self.world.tickets[name].state = state
        for card in self.world.cards.values():
            card.holds.pop(name, None)

    def attach(self, chance: Random) -> None:
        """The ticket is somebody else's."""
        name, member, command = (
            self.some_ticket(chance),
            chance.choice([*self.members, ""]),
            self.shop.command(),
        )
        self.act(
            self.world.why_not_change(name),
            lambda: tickets.attach_member(self.shop.till, command, CASHIER, name, member=member),
            lambda _view: setattr(self.world.tickets[name], "member", member),
        )
