"""What the screen that sells gift cards and series does of its own: whose it will be, its words, and what is sold. No Qt, no rule here.

How it is paid is `counter/value_sale_desk.py`'s.
"""

from __future__ import annotations

from dataclasses import replace

from typing_extensions import override

from salon_desk.domain.member import Member
from salon_desk.services import gifts, members, search, series_sales
from salon_desk.services.gifts import GiftAsk
from salon_desk.services.search import Found
from salon_desk.services.series_sales import Price, SeriesAsk
from salon_desk.services.till import Actor
from salon_desk.ui.counter.value_sale_desk import ValueSaleDesk
from salon_desk.ui.screens.sell.state import SellState, Sold, Ware


class SellPresenter(ValueSaleDesk[SellState]):
    """The screen's behaviour. UI thread only."""

    name = "sell"
    state = SellState()

    def begin(self, ware: Ware, member: str = "") -> None:
        """Something is to be sold; a series asks for its member first, unless one is given."""
        self._start(SellState(ware=ware))
        self._steps.add(lambda: lambda: self._offered(member), self._show_offered, self._outlet.refuse)

    @override
    def code_scanned(self, code: str) -> None:
        """A reader gave a code: that of the gift card which is sold, or of the member's own card."""
        if self.state.done is not None or self.state.paying:
            return
        if self.state.ware is Ware.GIFT:
            self._change(code=code.strip())
        else:
            self._steps.add(
                lambda: lambda: search.by_code(self._till, code.strip()),
                self._found_by_code,
                self._outlet.refuse,
            )

    @override
    def choose_member(self, member: str) -> None:
        """This one gets it."""
        people = [one.member for one in self.state.found or () if one.member is not None]
        self._for(next((one for one in people if one.member_id == member), None))

    def type_code(self, code: str) -> None:
        """The code of the gift card; empty to have one made."""
        if code.strip() != self.state.code:
            self._change(code=code.strip())

    def write(self, **words: str) -> None:
        """`recipient`, `sender` or `greeting` of a gift card."""
        self._set(replace(self.state, words=replace(self.state.words, **words)))

    @override
    def _sell(self, state: SellState, command: str, actor: Actor) -> Sold:
        language, tenders = state.print_language, state.planned
        if state.ware is Ware.GIFT:
            ask = GiftAsk(state.pay, state.code, state.words, seller=state.seller)
            made = gifts.sell(self._till, command, actor, ask, tenders=tenders, print_language=language)
            gift = made.gift
            return Sold(made.op_id, gift.receipt, gift.amount, gift.tenders, language, code=gift.code)
        member = state.member.member_id if state.member else ""
        wanted = SeriesAsk(state.choice, member, seller=state.seller)
        done = series_sales.sell(self._till, command, actor, wanted, tenders=tenders, print_language=language)
        visits = sum(one.units for one in done.sold.parts)
        document = done.sold
        return Sold(done.op_id, document.receipt, document.amount, document.tenders, language, visits=visits)

    def _offered(self, member: str) -> tuple[tuple[Price, ...], Member | None]:
        """On the database worker."""
        found = members.page(self._till, member).figures.member if member else None
        return series_sales.offers(self._till), found

    def _show_offered(self, offered: tuple[tuple[Price, ...], Member | None]) -> None:
        prices, member = offered
        self._set(replace(self.state, prices=prices, member=member or self.state.member))

    def _found_by_code(self, found: Found | None) -> None:
        if found is not None and found.member is not None:
            self._for(found.member)

    def _for(self, member: Member | None) -> None:
        self._set(replace(self.state, member=member, query="", found=None))
