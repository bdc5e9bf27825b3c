"""What the pay screen says and asks in words. No decision lives here.

A notice says what happened, what was kept and what to do; a question names its consequence.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.money import Money
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.view_values import Alert, Question


def no_card(outlet: Outlet, code: str) -> None:
    """A code that is no stored-value card was scanned while paying."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text("{code} is no stored-value card.", code=code),
        words.text("The payment is as it was. To add a product, go back to the ticket."),
    )


def value_came(outlet: Outlet, amount: Money, use: Callable[[], None]) -> None:
    """Value came from another store after another tender was planned: the plan stays until somebody says so."""
    words = outlet.catalogue
    outlet.notify(
        Alert.GOOD,
        words.text("{amount} more can be used here now.", amount=words.money(amount)),
        words.text("The plan is as it was. Use it only if the rest was not charged yet."),
        action=words.text("Use it"),
        on_action=use,
    )


def came_by_phone(outlet: Outlet, amount: Money) -> None:
    """Value came through a telephone."""
    words = outlet.catalogue
    outlet.notify(Alert.GOOD, words.text("{amount} came by phone.", amount=words.money(amount)))


def ask_charged(outlet: Outlet, confirmed: Callable[[], None]) -> None:
    """Asked before going back when the card machine may have been used."""
    words = outlet.catalogue
    question = Question(
        title=words.text("Was the card charged on the machine?"),
        consequence=words.text(
            "Going back undoes only what is planned here. If the machine took money, void it there first."
        ),
        confirm=words.text("Go back"),
        cancel=words.text("Stay here"),
    )
    outlet.ask(question, lambda yes: confirmed() if yes else None)
