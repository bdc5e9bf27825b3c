"""What the sheet of offers does: why each promotion applies is read, one is taken off or put on, points are redeemed.

No Qt, no word and no rule lives here. Every wish is a change of the ticket, and the reasons are read again behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from salon_desk.domain.promotion import Outcome, Verdict
from salon_desk.domain.ticket import TicketState, Wishes
from salon_desk.services import promotions, tickets
from salon_desk.services.promotions import Review
from salon_desk.services.tickets import TicketView
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.screens.checkout.ticket_desk import TicketDesk
from salon_desk.wire.messages import Part


class TicketOffers:
    """The promotions of the ticket on the right. UI thread only."""

    def __init__(self, desk: TicketDesk, line: ValueLine = NO_LINE) -> None:
        self._desk, self._till, self._line = desk, desk.till, line
        self._awaited: tuple[str, tuple[Part, ...]] = ("", ())
        line.listen(self._came)

    def fetch(self) -> None:
        """Ask for the member's coupons and points that lie at other stores; the ticket is weighed anew when some come."""

        def asked(parts: tuple[Part, ...]) -> None:
            self._awaited = (self._desk.state.ticket, parts)
            if parts:
                self._line.want_parts(parts)

        self._ask(asked)

    def read(self) -> None:
        """Read why each promotion applies or does not; what does not hold any more is chosen anew."""

        def decide() -> Callable[[], Review | None] | None:
            current = self._desk.state.current
            if current is None:
                return None
            ticket = current.ticket.ticket_id
            return lambda: tickets.review(self._till, ticket)

        self._desk.steps.add(decide, self._reviewed, self._desk.failed)

    def toggle(self, rule: str) -> None:
        """Take a promotion off that is on, or put one on that could be."""
        current, verdict = self._desk.state.current, self._verdict(rule)
        if current is None or verdict is None:
            return
        wishes = current.ticket.wishes
        if verdict.outcome is Outcome.APPLIED and verdict.rule.block:
            self._wish(replace(wishes, points=0))
        elif verdict.outcome is Outcome.APPLIED:
            self._wish(wishes.without(rule))
        elif verdict.may_be_chosen:
            self._wish(wishes.with_rule(rule))

    def redeem(self, points: int) -> None:
        """Redeem so many points, or with 0 none."""
        current = self._desk.state.current
        if current is not None:
            self._wish(replace(current.ticket.wishes, points=points))

    def _reviewed(self, review: Review | None) -> None:
        self._desk.set(review=review)
        current = self._desk.state.current
        if review is None or current is None or current.ticket.state is not TicketState.OPEN:
            return
        if review.choice.discounts != tuple(one for one in current.ticket.discounts if one.rule):
            self._wish(current.ticket.wishes)

    def _ask(self, answered: Callable[[tuple[Part, ...]], None]) -> None:
        """What of the member's coupons and points lies elsewhere now."""

        def decide() -> Callable[[], tuple[Part, ...]] | None:
            current = self._desk.state.current
            if current is None or current.ticket.member is None:
                return None
            member = current.ticket.member
            return lambda: promotions.elsewhere(self._till, member)

        self._desk.steps.add(decide, answered, self._desk.failed)

    def _came(self) -> None:
        """Value came to this till: if it is what this ticket waits for, its promotions are chosen anew."""
        ticket, awaited = self._awaited
        if not awaited or ticket != self._desk.state.ticket:
            return

        def looked(parts: tuple[Part, ...]) -> None:
            current = self._desk.state.current
            if parts != awaited and current is not None and current.ticket.state is TicketState.OPEN:
                self._awaited = (ticket, parts)
                self._wish(current.ticket.wishes)

        self._ask(looked)

    def _verdict(self, rule: str) -> Verdict | None:
        review = self._desk.state.review
        verdicts = review.choice.verdicts if review is not None else ()
        return next((one for one in verdicts if one.rule.rule_id == rule), None)

    def _wish(self, wishes: Wishes) -> None:
        self._desk.change(
            lambda command, who, ticket: tickets.wish(self._till, command, who, ticket, wishes=wishes),
            self._wished,
        )

    def _wished(self, view: TicketView) -> None:
        self._desk.changed(view)
        self.read()
