"""What checkout says and asks in words: unknown codes, payment cards, allergies, a missing shift, discarding.

No decision lives here. A notice says what happened, what was kept and what to do; a question names its consequence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from salon_desk.domain.catalog import Item
from salon_desk.domain.names import Names
from salon_desk.services.tickets import TicketView
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.view_values import Alert, Question

_LIST = ", "


def unknown_code(outlet: Outlet, code: str) -> None:
    """A code that nobody has."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text("No card and no product has the code {code}.", code=code),
        words.text("The ticket is as it was. Scan again, or search by name or phone."),
    )


def frozen_card(outlet: Outlet, tail: str, reason: str) -> None:
    """A member came with a card that pays nothing now."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text("Card {tail} is frozen: {reason}.", tail=tail, reason=reason),
        words.text("It pays nothing until a manager unfreezes it; its value is kept."),
    )


def slip_queued(outlet: Outlet) -> None:
    """The work slip waits for the printer, or is being printed."""
    outlet.notify(Alert.INFORMATION, outlet.catalogue.text("The work slip is printed."))


def no_shift(outlet: Outlet, on_open_shift: Callable[[], None]) -> None:
    """Nothing can be taken before a shift is open."""
    words = outlet.catalogue
    outlet.notify(
        Alert.WAITING,
        words.text("No shift is open, so no payment can be taken yet."),
        words.text("The ticket is kept. Count the opening float first."),
        action=words.text("Open the shift"),
        on_action=on_open_shift,
    )


def allergy_on_ticket(outlet: Outlet, found: Sequence[Names]) -> None:
    """The member who was just named is allergic to something that stands on the ticket."""
    words = outlet.catalogue
    named = _LIST.join(names.in_language(words.language) for names in found)
    outlet.notify(
        Alert.TROUBLE,
        words.text("This member has an allergy. Please check: {items}", items=named),
        words.text("The lines are kept. Take them off, or ask the guest."),
    )


def ask_allergy(outlet: Outlet, item: Item, allergies: Sequence[str], confirmed: Callable[[], None]) -> None:
    """An item that may conflict is asked about before it is added."""
    words = outlet.catalogue
    question = Question(
        title=words.text("Allergy: {allergy}", allergy=_LIST.join(allergies)),
        consequence=words.text(
            "{item} may contain it. Ask the guest; it is added only if you say so.",
            item=item.names.in_language(words.language),
        ),
        confirm=words.text("Add anyway"),
        cancel=words.text("Do not add"),
    )
    outlet.ask(question, lambda yes: confirmed() if yes else None)


def ask_discard(outlet: Outlet, view: TicketView, confirmed: Callable[[], None]) -> None:
    """Asked before a ticket with lines is thrown away."""
    words = outlet.catalogue
    question = Question(
        title=words.text("Discard this ticket?"),
        consequence=words.plural(
            "{n} line for {amount} is thrown away. Nothing was paid.",
            "{n} lines for {amount} are thrown away. Nothing was paid.",
            len(view.ticket.lines),
            amount=words.money(view.priced.total),
        ),
        confirm=words.text("Discard"),
        cancel=words.text("Keep it"),
    )
    outlet.ask(question, lambda yes: confirmed() if yes else None)
