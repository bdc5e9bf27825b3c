"""The scripted trading day: a believable day of a salon through the same services, worker and print queue as the screen.

What guests do and how chance falls is in `day/`. A used folder goes on where it stopped; exactly so many sales are made;
the same seed on the same folder gives the same day, whatever the time and the printer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.bootstrap.day.baskets import Baskets
from salon_desk.bootstrap.day.closing import close_shift, open_shift
from salon_desk.bootstrap.day.counter import Counter
from salon_desk.bootstrap.day.guests import Guests
from salon_desk.bootstrap.day.happenings import Happenings
from salon_desk.bootstrap.day.papers import Papers, newest_paper, wait_for_papers
from salon_desk.bootstrap.day.payments import Payments
from salon_desk.bootstrap.day.tally import Tally
from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.errors import DomainError
from salon_desk.domain.ticket import TicketState
from salon_desk.operations.shift import ShiftClosed
from salon_desk.services import cards, checkout, demo_shop, tickets
from salon_desk.services.checkout import Sold
from salon_desk.services.demo_file import DemoShop
from salon_desk.services.tickets import TicketView
from salon_desk.storage.errors import CannotRecord, StoreStopped

CHAIRS = 4

Announce = Callable[[str, int], None]
"""Called after a sale's commit with its op id and its total in cents, on the caller's thread."""


@dataclass(frozen=True, slots=True)
class DaySummary:
    """What a run did. Counts and sums are of this run; `operations` and `head` are the whole journal's."""

    tally: Tally
    closed: ShiftClosed | None
    operations: int
    head: str
    papers: Papers
    problems: tuple[str, ...]


def fill_if_empty(running: RunningTill, shop: DemoShop) -> bool:
    """Load the demo shop into a folder without one, or finish a load that was cut off; whether it did.

    A till in a chain takes its shop from head office (`day/network.py`).
    """
    wanted = running.worker.run(lambda: demo_shop.is_wanted(running.till))
    if wanted:
        running.worker.run(lambda: demo_shop.load(running.till, shop))
    return wanted


def play(running: RunningTill, shop: DemoShop, *, sales: int, seed: int, announce: Announce) -> DaySummary:
    """Trade until exactly `sales` sales are made, close the shift, and wait for the papers.

    With 0 sales nothing is recorded but the demo shop into an empty folder. Called from a thread that is neither the
    worker's nor a port's. Raises what the services raise when nothing can be recorded any more.
    """
    fill_if_empty(running, shop)
    newest = newest_paper(running)
    tally, closed, problems = Tally(), None, list[str]()
    if sales:
        day = _Day(Counter(running, shop, seed), tally, problems, announce)
        closed = day.trade(sales)
    papers = wait_for_papers(running, newest)
    head = running.worker.run(lambda: running.till.store.head)
    return DaySummary(tally, closed, head.position, head.hash, papers, (*problems, *papers.problems))


def as_of_now(running: RunningTill, summary: DaySummary) -> DaySummary:
    """The summary with the journal as it stands now, after what others did came in."""
    head = running.worker.run(lambda: running.till.store.head)
    return replace(summary, operations=head.position, head=head.hash)


def open_next(running: RunningTill, shop: DemoShop, *, seed: int) -> None:
    """Open the shift if none is, and fill the chairs, so that there is something to look at."""
    _Day(Counter(running, shop, seed), Tally(), [], lambda _op_id, _cents: None).begin()


class _Day:
    """One day: chairs, guests in them, and what happens between."""

    def __init__(self, counter: Counter, tally: Tally, problems: list[str], announce: Announce) -> None:
        self._counter = counter
        self._tally = tally
        self._problems = problems
        self._announce = announce
        self._guests = Guests(counter)
        self._baskets = Baskets(counter)
        self._payments = Payments(counter)
        self._happenings = Happenings(counter, self._guests, self._payments, tally)
        self._chairs: list[tuple[str, str]] = []
        """Tickets of those who sit here, with their members' ids."""

    def trade(self, sales: int) -> ShiftClosed:
        """From the opening of the shift, or where the folder stands, to its Z."""
        open_shift(self._counter)
        self._take_up()
        while (left := sales - self._tally.sales) > 0:
            free = len(self._chairs) < min(CHAIRS, left)
            if free and (not self._chairs or self._counter.chance(60)):
                self._seat()
            else:
                self._finish(self._chairs.pop(0)[0])
                self._happenings.one()
        return close_shift(self._counter)

    def begin(self) -> None:
        """Only the beginning: a shift, and a guest in every chair."""
        open_shift(self._counter)
        self._take_up()
        while len(self._chairs) < CHAIRS:
            self._seat()

    def _take_up(self) -> None:
        """The tickets that an earlier run left in the chairs; what was held for a payment is free again."""
        for view in self._counter.ask(tickets.waiting):
            self._counter.act(cards.release, view.ticket.ticket_id)
            self._chairs.append((view.ticket.ticket_id, view.ticket.member or ""))

    def _seat(self) -> None:
        """Somebody comes in; whose ticket it is may be found out only later; some tickets are put aside."""
        counter = self._counter
        guest = self._guests.next({member for _ticket, member in self._chairs if member})
        late = counter.chance(25)
        opened = counter.act(tickets.open_ticket, member="" if late else guest.member_id)
        ticket = opened.ticket.ticket_id
        self._baskets.fill(ticket)
        if late and guest.member_id:
            counter.act(tickets.attach_member, ticket, member=guest.member_id)
        if counter.chance(20):
            counter.act(tickets.park, ticket)
        self._chairs.append((ticket, guest.member_id))

    def _finish(self, ticket: str) -> None:
        counter = self._counter
        view = counter.ask(tickets.view, ticket)
        if view.ticket.state is TicketState.PARKED:
            view = counter.act(tickets.resume, ticket)
        if not view.ticket.lines:
            view = self._baskets.add_something(ticket)
        if counter.chance(10):
            self._baskets.add_product(ticket)
            view = counter.ask(tickets.view, ticket)
        sold = self._pay(view)
        self._tally.sold(sold)
        self._announce(sold.op_id, sold.sale.total.cents)

    def _pay(self, view: TicketView) -> Sold:
        """Take the payment; when it is refused, by the card machine what always goes."""
        ticket = view.ticket.ticket_id
        try:
            return self._counter.act(checkout.complete, ticket, self._payments.plan(view))
        except (CannotRecord, StoreStopped):
            raise
        except DomainError as refusal:
            self._problems.append(str(refusal))
            return self._counter.act(checkout.complete, ticket, self._payments.plain(view))
