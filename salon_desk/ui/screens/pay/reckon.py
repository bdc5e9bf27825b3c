"""What a draft comes to: how much stored value takes part, what is left, and the plan that Complete would carry out.

Runs on the database worker and changes nothing; sums and refusals are `services/checkout.preview`'s. No Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from salon_desk.domain.money import Money, total
from salon_desk.domain.proof import Proof
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.domain.tip import suggested_tips
from salon_desk.services import cards, checkout, overdraft, proof, tickets
from salon_desk.services.checkout import PaymentPlan, Preview
from salon_desk.services.proof import NOTHING_SPENT, Spending
from salon_desk.services.tickets import TicketView
from salon_desk.services.till import Till
from salon_desk.storage.queries.cards import Card
from salon_desk.ui.counter.elsewhere import Place
from salon_desk.ui.screens.pay.draft import PERCENTS, PayDraft, TipChoice, TipDraft


@dataclass(frozen=True, slots=True)
class CardShare:
    """A stored-value card or gift card in the plan. `usable`: what it can pay here, what is held for this ticket included.

    `late`: the part of it that came after another tender was planned, and is not counted on. `places`: what lies at
    other stores. `lent`: what a manager lets it pay although it does not lie here; `given`: the part of it that is needed.
    """

    card: Card
    usable: Money
    balance: Money
    funded: Money
    taken: Money
    late: Money
    places: tuple[Place, ...] = ()
    lent: Money | None = None

    @property
    def kind(self) -> TenderKind:
        """The tender that it is."""
        return TenderKind.GIFT_CARD if self.card.is_gift else TenderKind.STORED_VALUE

    @property
    def given(self) -> Money:
        """What of `taken` is the shop's own money."""
        return max(self.taken - (self.usable - self.late + self.funded), self.taken * 0)

    @property
    def left_here(self) -> Money:
        """What it can still pay here afterwards."""
        return self.usable + self.funded + self.given - self.taken

    @property
    def left_whole(self) -> Money:
        """The whole balance afterwards."""
        return self.balance + self.funded - self.taken


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A draft reckoned through: `plan` is what Complete would carry out, `preview` what comes of it.

    `spending`: whose value it takes, `presented`: what the cards that were read prove of that.
    """

    view: TicketView
    preview: Preview
    plan: PaymentPlan
    shares: tuple[CardShare, ...]
    suggested: tuple[Money, ...]
    spending: Spending = NOTHING_SPENT
    presented: tuple[Proof, ...] = ()

    @property
    def short(self) -> Money:
        """What stored value does not cover of this sale, a top-up's own payment left aside."""
        currency = self.preview.due.currency
        wanted = self.preview.due - self.preview.by_series
        wanted = wanted - total((one.paid for one in self.preview.fundings), currency)
        return wanted - total((one.taken for one in self.shares), currency)


def reckon(till: Till, ticket: str, draft: PayDraft, held: Mapping[str, Money]) -> Reckoned:
    """Reckon a draft; `held` is what is set aside on cards for this very ticket.

    Raises what `checkout.preview` raises: TenderOver, TipWithoutTechnician, UnknownTicket, TicketPaid, ...
    """
    view = tickets.view(till, ticket)
    suggested = suggested_tips(view.priced.service_list, PERCENTS)
    bare = PaymentPlan(
        tip=_tip(draft.tip, view, suggested),
        tips=draft.tip.split,
        top_ups=(draft.top_up,) if draft.top_up else (),
        print_language=_print_language(till, view),
    )
    before = checkout.preview(till, ticket, bare)
    shares = _shares(till, before, draft, held)
    stored = tuple(PlannedTender(one.kind, one.taken, card_id=one.card.card) for one in shares if one.taken)
    currency = before.due.currency
    tenders = _that_pay(till, ticket, replace(bare, tenders=(*stored, *draft.planned(currency))))
    given = tuple((one.card.card, one.given) for one in shares if one.given)
    plan = replace(bare, tenders=tenders, overdrafts=given)
    after = checkout.preview(till, ticket, plan)
    spending = proof.spending(till, ((one.kind, one.card_id, one.amount) for one in after.settlement.tenders))
    presented = tuple(proof.present(till, card) for card in draft.read) if spending.holders else ()
    return Reckoned(view, after, plan, shares, suggested, spending, presented)


def _print_language(till: Till, view: TicketView) -> str:
    """The guest's language for the receipt, else the shop's; without one no paper is printed."""
    if view.member is not None and view.member.member.language:
        return view.member.member.language
    with till.read() as transaction:
        return till.shop(transaction).receipt_language


def _that_pay(till: Till, ticket: str, plan: PaymentPlan) -> tuple[PlannedTender, ...]:
    """The tenders for which something is left; the others would only ask for digits in vain."""
    paying = {
        (one.kind, one.tender_id, one.card_id, one.charge)
        for one in checkout.preview(till, ticket, plan).settlement.tenders
    }
    return tuple(one for one in plan.tenders if (one.kind, one.tender_id, one.card_id, one.charge) in paying)


def _tip(draft: TipDraft, view: TicketView, suggested: tuple[Money, ...]) -> Money:
    currency = view.priced.total.currency
    match draft.choice:
        case TipChoice.NONE:
            return Money.zero(currency)
        case TipChoice.CUSTOM:
            return draft.typed.money(currency)
        case _:
            return suggested[PERCENTS.index(draft.choice.value)]


def _shares(till: Till, before: Preview, draft: PayDraft, held: Mapping[str, Money]) -> tuple[CardShare, ...]:
    """Each card pays what it can of what nothing typed pays already; value never buys value."""
    currency = before.due.currency
    fixed = total(
        (
            one.amount
            for one in draft.planned(currency)
            if one.amount is not None and one.kind is not TenderKind.CASH
        ),
        currency,
    )
    zero = Money.zero(currency)
    left = before.due - before.by_series - total((one.paid for one in before.fundings), currency) - fixed
    shares: list[CardShare] = []
    for share in _cards(till, before, draft, held):
        said = draft.said(share.card.card)
        most = (
            zero
            if share.card.frozen or said.off
            else share.usable - share.late + share.funded + (share.lent or zero)
        )
        wanted = max(min(most, left), zero)
        if not said.amount.empty and not said.off:
            wanted = min(wanted, said.amount.money(currency))
        left = left - wanted
        shares.append(replace(share, taken=wanted))
    return tuple(shares)


def _cards(till: Till, before: Preview, draft: PayDraft, held: Mapping[str, Money]) -> tuple[CardShare, ...]:
    currency = before.due.currency
    zero = Money.zero(currency)
    known = {one.card.card: (one.card, one.value, one.funded) for one in before.cards}
    for scanned in draft.cards:
        if scanned not in known:
            found = cards.by_id(till, scanned)
            known[scanned] = (found.card, found.value, zero)
    counted = dict(draft.counted_on) if draft.tenders.drafts else {}
    lent, shares = dict(draft.overdrafts), []
    # a gift card was laid on the counter to be used: it pays before what the member has
    for card, value, funded in sorted(known.values(), key=lambda one: not one[0].is_gift):
        if card.currency != currency:
            continue
        usable = value.usable + held.get(card.card, zero)
        late = max(usable - counted.get(card.card, usable), zero)
        places = cards.elsewhere(till, card) if value.elsewhere else ()
        shares.append(
            CardShare(card, usable, value.balance, funded, zero, late, places, _lent(till, card, lent))
        )
    return tuple(shares)


def _lent(till: Till, card: Card, lent: Mapping[str, Money]) -> Money | None:
    """What of an approved override is still within its bounds: value that came meanwhile pays first."""
    approved = lent.get(card.card)
    return overdraft.allowance(till, card, approved).now if approved else None
