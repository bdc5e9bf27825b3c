"""What may happen in a step, and how often: customers, the line, whoever switches machines on; faults are in `steps_faults.py`.

Every step is drawn from the world's one source of chance and says in a few words what it did. A step that cannot be made now
does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from salon_desk.domain.clock import instant_text
from salon_desk.services import moves
from salon_desk.services.errors import SlipForAnother
from salon_desk.simulation.counter import card_known, member_of, usd
from salon_desk.simulation.faults import counter
from salon_desk.simulation.faults.till import SimulatedTill
from salon_desk.simulation.faults.truth import Violation
from salon_desk.simulation.faults.world import World
from salon_desk.storage import journal
from salon_desk.storage.errors import CannotRecord, FolderUnusable
from salon_desk.storage.journal import Command
from salon_desk.wire.messages import Part

Act = Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one world."""

    world: World

    def counter(self) -> list[tuple[str, float, Act]]:
        """At the tills: name, weight, what to do."""
        return [
            ("pay", 22, self.pay),
            ("top-up", 7, self.top_up),
            ("carry-over", 1, self.carry_over),
            ("hold", 3, self.hold),
            ("settle-hold", 3, self.settle_hold),
            ("void", 2, self.void),
            ("refund", 3, self.refund),
            ("visits", 3, self.visits),
            ("coupon", 1.5, self.coupon),
            ("points", 2, self.points),
            ("note", 2, self.note),
            ("book", 2, self.book),
            ("again", 3, self.again),
        ]

    def line(self) -> list[tuple[str, float, Act]]:
        """Between the machines."""
        return [
            ("push", 11, self.push),
            ("feed", 13, self.feed),
            ("want", 4, self.want),
            ("want-units", 1.5, self.want_units),
            ("air", 4, self.deliver),
            ("lost", 1, self.lose),
            ("slip", 1, self.slip),
            ("rearrange", 0.3, self.rearrange),
            ("time", 1, self.time),
        ]

    def care(self) -> list[tuple[str, float, Act]]:
        """What people and machines do about it."""
        return [
            ("start", 6, self.start),
            ("restart", 0.5, self.restart),
            ("rest", 1.5, self.rest),
            ("look-again", 0.5, self.look_again),
        ]

    def up(self) -> SimulatedTill | None:
        """A till that is up."""
        running = [one for one in self.world.tills if one.is_up]
        return self.world.chance.choice(running) if running else None

    def card(self) -> str:
        """A card, the first ones more often."""
        cards = self.world.shape.cards
        return cards[min(self.world.chance.randrange(len(cards)), self.world.chance.randrange(len(cards)))]

    def pay(self) -> str | None:
        """A ticket is paid with a card."""
        till, chance = self.up(), self.world.chance
        if till is None:
            return None
        card, cents = self.card(), chance.randint(1, 90) * 100
        overdraft = 5_000 if till.is_cut and chance.random() < 0.3 else 0
        return self.world.command(
            till, lambda name: counter.pay(till.running, name, card, cents=cents, overdraft_cents=overdraft)
        )

    def top_up(self) -> str | None:
        """Value is bought."""
        till = self.up()
        if till is None:
            return None
        card, cents = self.card(), self.world.chance.choice((1_000, 5_000, 10_000, 20_000))
        return self.world.command(till, lambda name: counter.top_up(till.running, name, card, cents))

    def carry_over(self) -> str | None:
        """Old value with a bonus, at a till or at head office."""
        till, chance, office = self.up(), self.world.chance, self.world.office
        made = counter.carried(self.card(), chance.choice((0, 3_000)), chance.randint(1, 20) * 100)
        if chance.random() < 0.3:
            if office.data is None or office.stopped:
                return None
            command = Command(self.world.ground.new_id(), "", "2026-03-02")
            office.do(lambda data: journal.record(data, command, lambda _tx: made))
            return "at head office"
        if till is None:
            return None
        return self.world.command(
            till,
            lambda name: [
                one.header.op_id for one in till.running.record(name, None, lambda _tx: made).envelopes
            ],
        )

    def hold(self) -> str | None:
        """A payment on a machine begins."""
        till = self.up()
        if till is None or len(till.tickets) > 3:
            return None
        card, cents, ticket = self.card(), self.world.chance.randint(1, 60) * 100, self.world.ground.new_id()
        till.tickets.append(ticket)
        return self.world.command(
            till, lambda name: counter.hold(till.running, name, card, cents=cents, ticket=ticket)
        )

    def settle_hold(self) -> str | None:
        """And ends, one way or the other."""
        till = self.up()
        if till is None or not till.tickets:
            return None
        ticket = till.tickets.pop(0)
        if self.world.chance.random() < 0.5:
            return self.world.command(till, lambda name: counter.release(till.running, name, ticket))
        card, cents = self.card(), self.world.chance.randint(1, 60) * 100
        return self.world.command(
            till, lambda name: counter.pay(till.running, name, card, cents=cents, ticket=ticket)
        )

    def void(self) -> str | None:
        """One of the last documents is undone."""
        till = self.up()
        if till is None or not till.sales:
            return None
        sale = self.world.chance.choice(till.sales)
        return self.world.command(till, lambda name: counter.void(till.running, name, sale))

    def refund(self) -> str | None:
        """A sale is given back, at this till or at another one."""
        till, chance = self.up(), self.world.chance
        if till is None:
            return None
        sales = chance.choice((till, till, chance.choice(self.world.tills))).sales
        if not sales:
            return None
        sale = chance.choice(sales)
        return self.world.command(till, lambda name: counter.refund(till.running, name, sale))

    def visits(self) -> str | None:
        """Visits of a series are sold or taken."""
        card = self.card()
        return self._units(card, f"series/{card}", (10,), (1, 1, 1, 2))

    def coupon(self) -> str | None:
        """A coupon is given out or taken."""
        coupons = [one for one in self.world.truth.out if one.startswith("coupon/")]
        chance, card = self.world.chance, self.card()
        if coupons and chance.random() < 0.5:
            return self._units(card, chance.choice(coupons), (), (1,))
        return self._units(card, f"coupon/{self.world.ground.new_id()}", (1,), ())

    def points(self) -> str | None:
        """Points are earned or spent."""
        card = self.card()
        return self._units(card, f"points/{member_of(card)}", (5, 20), (10, 30))

    def _units(self, card: str, asset: str, gives: tuple[int, ...], takes: tuple[int, ...]) -> str | None:
        till = self.up()
        if till is None:
            return None
        changes = [counter.issuing(asset, units) for units in gives]
        changes += [counter.redeeming(asset, units) for units in takes]
        change = self.world.chance.choice(changes)
        return self.world.command(till, lambda name: counter.with_units(till.running, name, card, change))

    def note(self) -> str | None:
        """A member's description is edited."""
        till = self.up()
        if till is None:
            return None
        card, text = self.card(), str(self.world.steps)
        return self.world.command(till, lambda name: counter.note(till.running, name, card, text))

    def book(self) -> str | None:
        """A member is expected somewhere in the next days, which draws value there; or one is not any more."""
        till, chance = self.up(), self.world.chance
        if till is None:
            return None
        card, store = self.card(), chance.choice(self.world.shape.tills)
        if chance.random() < 0.2 and self.world.bookings:
            booking = self.world.bookings.pop(chance.randrange(len(self.world.bookings)))
            return self.world.command(till, lambda name: counter.call_off(till.running, name, *booking))
        starts_at = instant_text(
            self.world.ground.time.now() + timedelta(hours=chance.choice((1, 5, 24, 96)))
        )
        return self.world.command(till, lambda name: self._booked(till, name, card, store, starts_at))

    def _booked(self, till: SimulatedTill, name: str, card: str, store: str, starts_at: str) -> list[str]:
        made = counter.book(till.running, name, card, store=store, starts_at=starts_at)
        self.world.bookings.append((card, name))
        return made

    def again(self) -> str | None:
        """A command that was not answered is given again, in the same epoch."""
        found = [
            one
            for one in self.world.attempts
            if one.till.till is not None and one.till.till.store.epoch == one.epoch
        ]
        return self.world.attempt(self.world.chance.choice(found)) if found else None

    def push(self) -> str | None:
        """The send thread."""
        till = self.up()
        if till is None:
            return None
        till.push(self.world.chance.choice((1, 1, 3)))
        return till.name

    def feed(self) -> str | None:
        """The feed thread."""
        till = self.up()
        if till is None:
            return None
        till.take_in()
        return till.name

    def want(self) -> str | None:
        """A card's value is fetched before it is paid with."""
        till = self.up()
        if till is None:
            return None
        known = card_known(till.running, self.card())
        parts = (
            moves.wanted(till.running, known, usd(self.world.chance.randint(1, 150) * 100)) if known else ()
        )
        if parts:
            till.want(list(parts))
        return f"{till.name} {len(parts)}"

    def want_units(self) -> str | None:
        """Units of any other asset are fetched."""
        till, chance = self.up(), self.world.chance
        assets = sorted(
            asset
            for asset, units in self.world.truth.out.items()
            if units > 0 and not asset.startswith(("card/", "overdraft/"))
        )
        if till is None or not assets:
            return None
        till.want([Part(chance.choice(assets), chance.choice((1, 5, 100, 5_000)))])
        return till.name

    def deliver(self) -> str | None:
        """Something old arrives."""
        air, chance = self.world.ground.network.air, self.world.chance
        if not air:
            return None
        number = chance.randrange(len(air))
        message = air[number] if chance.random() < 0.2 else air.pop(number)
        message()
        return f"{len(air)} left"

    def lose(self) -> str | None:
        """Something never arrives."""
        air = self.world.ground.network.air
        if air:
            air.pop(self.world.chance.randrange(len(air)))
        return None

    def slip(self) -> str | None:
        """A slip is shown to some till."""
        slips, till = self.world.ground.network.slips, self.up()
        if till is None or not slips:
            return None
        slip = self.world.chance.choice(slips[-20:])
        store = till.running.store
        try:
            return f"{till.name} {till.show(slip)}"
        except SlipForAnother:
            if (slip.to_node, slip.to_epoch) == (store.node, store.epoch):
                raise Violation("a slip was refused", slip.move) from None
            return "of another"

    def rearrange(self) -> str | None:
        """Head office looks where value lies."""
        if self.world.office.data is None or self.world.office.stopped:
            return None
        self.world.office.rearrange()
        return None

    def time(self) -> str | None:
        """Time passes."""
        self.world.ground.time.seconds += self.world.chance.choice((30, 90, 3_600, 86_400))
        return None

    def start(self) -> str | None:
        """Whatever is down is started."""
        office = self.world.office
        if office.stopped:
            office.stop()
        if office.data is None:
            office.start()
            return "office"
        for till in self.world.tills:
            if till.is_stopped:
                till.gone()
            if not till.is_up:
                self.begin(till)
                return f"{till.name} {till.node}"
        return None

    def begin(self, till: SimulatedTill) -> None:
        """A till is switched on; a disk that refuses is tried again later."""
        try:
            till.start()
        except (FolderUnusable, CannotRecord):
            till.drive.faults.clear()

    def restart(self) -> str | None:
        """A till is switched off and on."""
        till = self.up()
        if till is None:
            return None
        till.stop()
        self.begin(till)
        return till.name

    def rest(self) -> str | None:
        """Nobody waits for a till."""
        till = self.up()
        if till is not None:
            till.rest()
        return None

    def look_again(self) -> str | None:
        """A person has looked at what stopped."""
        till = self.up()
        if till is not None:
            till.look_again()
        return None
