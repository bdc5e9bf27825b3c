"""What the top-up screen does of its own when it is tapped or scanned at: which card, and what is sold for it. No Qt, no rule here.

How it is paid is `counter/value_sale_desk.py`'s.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from typing_extensions import override

from salon_desk.services import cards, members, savings
from salon_desk.services.cards import CardView
from salon_desk.services.errors import CardIsFrozen
from salon_desk.services.till import Actor
from salon_desk.ui.counter.elsewhere import places_of
from salon_desk.ui.counter.value_sale_desk import ValueSaleDesk
from salon_desk.ui.screens.top_up import notices
from salon_desk.ui.screens.top_up.state import OwnedCard, ToppedUp, TopUpState


class TopUpPresenter(ValueSaleDesk[TopUpState]):
    """The screen's behaviour. UI thread only."""

    name = "top-up"
    state = TopUpState()

    def begin(self, card: str = "") -> None:
        """A card is to be topped up; without one the screen asks for it first."""
        self._start(TopUpState())
        if card:
            self._take(lambda: cards.by_id(self._till, card))

    @override
    def code_scanned(self, code: str) -> None:
        """A reader gave a code: that card is topped up."""
        if self.state.done is None and not self.state.paying:
            self._take(lambda: cards.by_code(self._till, code.strip()))

    @override
    def choose_member(self, member: str) -> None:
        """A member of the results: her first card that is not frozen."""

        def work() -> CardView | None:
            owned = members.page(self._till, member).figures.cards
            usable = [CardView(card, value) for card, value in owned if not card.frozen]
            frozen = [card for card, _value in owned if card.frozen]
            if not usable and frozen:
                raise CardIsFrozen(frozen[0].tail, frozen[0].frozen_reason)
            return usable[0] if usable else None

        def done(found: CardView | None) -> None:
            if found is None:
                notices.no_card(self._outlet)
            else:
                self._take(lambda: found)

        self._steps.add(lambda: work, done, self._outlet.refuse)

    @override
    def _sell(self, state: TopUpState, command: str, actor: Actor) -> ToppedUp:
        ask, language = state.ask, state.print_language
        assert ask is not None
        made = cards.top_up(self._till, command, actor, ask, tenders=state.planned, print_language=language)
        sold = made.top_up
        return ToppedUp(
            made.op_id,
            sold.receipt,
            sold.funding.paid,
            sold.tenders,
            sold.print_language,
            bonus=sold.funding.bonus,
            after=cards.by_id(self._till, ask.card),
        )

    def _take(self, find: Callable[[], CardView]) -> None:
        def work() -> OwnedCard:
            found = find()
            if found.card.frozen:
                raise CardIsFrozen(found.card.tail, found.card.frozen_reason)
            member = members.page(self._till, found.card.member).figures.member if found.card.member else None
            places = places_of(self._till, [(found.card, found.value)])
            return OwnedCard(found, member, places, savings.of_card(self._till, found.card.card))

        self._steps.add(lambda: work, self._taken, self._outlet.refuse)

    def _taken(self, card: OwnedCard) -> None:
        self._outlet.clear_notice()
        self._set(replace(self.state, card=card, query="", found=None))
