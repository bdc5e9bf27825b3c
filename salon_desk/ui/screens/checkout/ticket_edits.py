"""What the sheets of a line, of discounts and of the member change on the ticket. No Qt and no rule here.

A price and a discount need a permission that a manager can lend for the one act.
"""

from __future__ import annotations

from salon_desk.domain.access import Permission
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.ticket import Bearer, Discount
from salon_desk.i18n import LANGUAGES, Catalogue
from salon_desk.services import tickets
from salon_desk.services.till import Actor
from salon_desk.ui.screens.checkout.ticket_desk import TicketDesk


class TicketEdits:
    """Changes of the ticket on the right. UI thread only."""

    def __init__(self, desk: TicketDesk) -> None:
        self._desk, self._till = desk, desk.till

    def mark(self, line: str) -> None:
        """This line is the one that faces belong to."""
        self._desk.set(line=line)

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

    def detach_member(self) -> None:
        """The ticket is a walk-in's again."""
        self._desk.change(
            lambda command, who, ticket: tickets.attach_member(self._till, command, who, ticket, member="")
        )


def typed_names() -> Names:
    """What a typed discount is called on the receipt, in every language."""
    by_language = {code: Catalogue.load(code).text("Discount") for code in LANGUAGES}
    return Names(by_language["en"], by_language["zh_CN"], by_language["zh_TW"])
