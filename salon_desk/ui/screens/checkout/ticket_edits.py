"""What the sheets of a line, of discounts and of the member change on the ticket. No Qt and no rule here.

A price and a discount need a permission that a manager can lend for the one act.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.access import Permission
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services import tickets, visits, work_slips
from salon_desk.services.till import Actor
from salon_desk.services.visits import Fitting
from salon_desk.ui.screens.checkout import notices
from salon_desk.ui.screens.checkout.ticket_desk import TicketDesk


class TicketEdits:
    """Changes of the ticket on the right. UI thread only."""

    def __init__(self, desk: TicketDesk) -> None:
        self._desk, self._till = desk, desk.till

    def mark(self, line: str) -> None:
        """This line is the one that faces belong to; which series could pay it is looked up."""
        self._desk.set(line=line, fitting=())
        self._find(line)

    def use_visit(self, line: str, series: str) -> None:
        """Let a series pay a line, or not any more; what of it lies elsewhere is asked for when it is short here."""
        told = self._desk.state.line_of(line)
        if told is None:
            return
        if told.visit is not None and told.visit.series == series:
            self._desk.change(
                lambda command, who, ticket: visits.uncover(self._till, command, who, ticket, line=line)
            )
        else:
            self._want(series)
            self._desk.change(
                lambda command, who, ticket: visits.cover(
                    self._till, command, who, ticket, line=line, series_id=series
                )
            )
        self._find(line)

    def _find(self, line: str) -> None:
        def decide() -> Callable[[], tuple[Fitting, ...]] | None:
            current = self._desk.state.current
            told = self._desk.state.line_of(line)
            if current is None or told is None or not current.ticket.member:
                return None
            ticket = current.ticket.ticket_id
            return lambda: visits.fitting(self._till, ticket, line)

        self._desk.steps.add(decide, lambda found: self._desk.set(fitting=found), self._desk.outlet.refuse)

    def _want(self, series: str) -> None:
        fit = next((one for one in self._desk.state.fitting if one.view.series.series == series), None)
        if fit is not None and fit.here < fit.needed:
            self._desk.want_parts(visits.wanted(fit))

    def quantity(self, line: str, quantity: int) -> None:
        """Another quantity, at least one."""
        if quantity < 1:
            return
        self._desk.change(
            lambda command, who, ticket: tickets.change_quantity(
                self._till, command, who, ticket, line=line, quantity=quantity
            )
        )

    def assign(self, line: str, technician: str, *, requested: bool) -> None:
        """Give a line to somebody, requested or in turn; without a technician, to nobody."""
        self._desk.change(
            lambda command, who, ticket: tickets.assign(
                self._till, command, who, ticket, line=line, technician=technician, requested=requested
            )
        )

    def price(self, line: str, price: Money) -> None:
        """Another unit price."""

        def act(actor: Actor) -> None:
            self._desk.change(
                lambda command, who, ticket: tickets.set_price(
                    self._till, command, who, ticket, line=line, price=price
                ),
                actor=actor,
            )

        self._desk.approved(Permission.OPEN_PRICE, act)

    def remove(self, line: str) -> None:
        """Take a line off."""
        self._desk.change(
            lambda command, who, ticket: tickets.remove_line(self._till, command, who, ticket, line=line)
        )

    def discount(self, discount: Discount, line: str = "") -> None:
        """One of the shop's discounts, or a typed one, on the ticket or on one line."""

        def act(actor: Actor) -> None:
            self._desk.change(
                lambda command, who, ticket: tickets.custom_discount(
                    self._till, command, who, ticket, wanted=discount, line=line
                ),
                actor=actor,
            )

        self._desk.approved(Permission.DISCOUNT, act)

    def typed_discount(
        self, bearer: Bearer, *, amount: Money | None = None, percent: str | None = None, line: str = ""
    ) -> None:
        """A discount that the cashier typed."""
        wanted = Discount(self._desk.session.new_command(), typed_names(), bearer, amount, percent)
        self.discount(wanted, line)

    def remove_discount(self, discount: str) -> None:
        """Take a discount off again."""
        self._desk.change(
            lambda command, who, ticket: tickets.remove_discount(
                self._till, command, who, ticket, discount_id=discount
            )
        )

    def print_slip(self, language: str) -> None:
        """Print the work slips of the ticket, one for each technician."""
        current = self._desk.state.current
        if current is None or not current.ticket.lines:
            return
        actor, ticket = self._desk.session.actor, current.ticket.ticket_id
        self._desk.steps.add(
            lambda: lambda: work_slips.print_slips(self._till, actor, ticket, language),
            lambda _job: notices.slip_queued(self._desk.outlet),
            self._desk.failed,
        )

    def detach_member(self) -> None:
        """The ticket is a walk-in's again."""
        self._desk.change(
            lambda command, who, ticket: tickets.attach_member(self._till, command, who, ticket, member="")
        )


def typed_names() -> Names:
    """What a typed discount is called on the receipt, in every language."""
    by_language = {code: Catalogue.load(code).text("Discount") for code in LANGUAGES}
    return Names(by_language["en"], by_language["zh_CN"], by_language["zh_TW"])
