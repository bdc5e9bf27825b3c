"""Fetching value by a telephone while a payment is planned: what may be fetched, the link, the code that comes back. No Qt.

What came is received in the background; the figures follow as after any value that comes (`presenter`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money, total
from salon_desk.services.bridge_errors import PhoneCodeOther
from salon_desk.ui.counter.outlet import Outlet
from salon_desk.ui.phone_bridge import Came, Need, PhoneBridge, PhoneLink
from salon_desk.ui.screens.pay import notices
from salon_desk.ui.screens.pay.state import Fetch, PayState
from salon_desk.wire.bridge import is_answer


class Fetching(Protocol):
    """Where it shows, and where value that came is looked for."""

    state: PayState

    def show_fetch(self, fetch: Fetch | None) -> None:
        """Show how it stands; None for not at all."""
        ...


def fetchable(state: PayState) -> tuple[Need, ...]:
    """The cards that could pay more with what lies elsewhere, each with how much more."""
    reckoned, draft = state.reckoned, state.draft
    if reckoned is None or draft.top_up is not None or state.sold is not None:
        return ()
    left, needs = reckoned.short, []
    for share in reckoned.shares:
        elsewhere = share.balance - share.usable
        if share.places and not share.card.frozen and not draft.said(share.card.card).off:
            more = min(left, elsewhere)
            if more.cents > 0:
                needs.append((share.card.card, more))
                left = left - more
    return tuple(needs)


class PhoneFetch:
    """The taps and scans of it. UI thread only."""

    def __init__(
        self, bridge: PhoneBridge, payment: Fetching, outlet: Outlet, came: Callable[[], None]
    ) -> None:
        self._bridge, self._payment, self._outlet, self._came = bridge, payment, outlet, came

    @property
    def offered(self) -> bool:
        """Whether a telephone could help at all."""
        return self._bridge.offered()

    def start(self) -> None:
        """Make a link and show it."""
        needs = fetchable(self._payment.state)
        if needs:
            self._payment.show_fetch(Fetch())
            ticket = self._payment.state.ticket
            self._bridge.ask(needs, lambda answer: self._made(ticket, answer))

    def stop(self) -> None:
        """Not by telephone after all; a code that is scanned later is received all the same."""
        if self._payment.state.fetch is not None:
            self._payment.show_fetch(None)

    def take(self, code: str) -> bool:
        """Take a scan if it is meant for this: the code itself, or anything else while it is waited for."""
        if is_answer(code):
            self._bridge.read(code, self._read)
            return True
        if self._payment.state.fetch is None:
            return False
        self._problem(PhoneCodeOther())
        return True

    def _made(self, ticket: str, answer: PhoneLink | DomainError) -> None:
        state = self._payment.state
        if state.fetch is None or state.ticket != ticket:
            return
        if isinstance(answer, PhoneLink):
            self._payment.show_fetch(Fetch(answer))
        else:
            self.stop()
            self._outlet.refuse(answer)

    def _read(self, answer: Came | DomainError) -> None:
        if isinstance(answer, DomainError):
            self._problem(answer)
            return
        self.stop()
        for amount in answer:
            notices.came_by_phone(self._outlet, amount)
        self._came()

    def _problem(self, error: DomainError) -> None:
        fetch = self._payment.state.fetch
        if fetch is None:
            self._outlet.refuse(error)
        else:
            self._payment.show_fetch(Fetch(fetch.link, error))


def in_all(needs: tuple[Need, ...]) -> Money | None:
    """What could come for these needs; None for nothing."""
    amounts = [amount for _card, amount in needs]
    return total(amounts, amounts[0].currency) if amounts else None
