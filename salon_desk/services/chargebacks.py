"""A top-up whose payment the bank took back: its value is taken off the card as far as it is there, the rest is a loss or owed.

What to ask for first is `top_up_undo.wanted`. The one rule: it needs the right to undo the top-up, so that a top-up is charged back,
refunded or voided once, wherever that is tried.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain import ledger
from salon_desk.domain.access import Permission
from salon_desk.domain.card import card_assets
from salon_desk.domain.claim import Receivable
from salon_desk.domain.ledger import Posting
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.domain.tender import TenderKind
from salon_desk.domain.undo import TakenBack, take_back
from salon_desk.operations.card import CardFrozen, CardToppedUp
from salon_desk.operations.claim import TopUpChargedBack
from salon_desk.operations.operation import Operation
from salon_desk.operations.payment import TenderPart
from salon_desk.services import payment, postings, receivables, top_up_undo
from salon_desk.services.errors import NotRefundable
from salon_desk.services.refunds import require_reason
from salon_desk.services.till import Actor, Till
from salon_desk.services.top_up_undo import TopUp
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import cards, savings


@dataclass(frozen=True, slots=True)
class ChargedBack:
    """A chargeback that is durable."""

    op_id: str
    operation: TopUpChargedBack
    repeated: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What a manager chooses: whether the member owes what is gone or it is a loss, and whether the card is frozen."""

    owe: bool = False
    freeze: bool = True


@dataclass(frozen=True, slots=True)
class Dispute:
    """A chargeback reckoned through, nothing recorded: what the bank can take back, and what of it is still on the card here.

    `bonus`: what goes back besides, its share of the bonus that came with it and, where without this deposit the savings are below
    their target (`savings`), their whole bonus; `bonus_there`: what of that is still on the card here, the rest was given away.
    `kept`: savings whose bonus ought to go back and stays, because the right to take it back is out of reach.
    """

    amount: Money
    there: Money
    bonus: Money
    bonus_there: Money
    savings: Names | None = None
    kept: Names | None = None

    @property
    def gone(self) -> Money:
        """What is a loss, or owed by the member."""
        return self.amount - self.there


def preview(till: Till, document: str, number: int = 0) -> Dispute:
    """What a chargeback of a top-up comes to. Raises UnknownSale, RightElsewhere, NotRefundable (as for cash alone)."""
    with till.read() as transaction:
        top_up = top_up_undo.find(transaction, document, number)
        top_up_undo.require_right(till, transaction, top_up)
        currency = top_up.funding.paid.currency
        amount = Money(sum(cents for _account, cents in _disputed(top_up)), currency)
        reached = top_up_undo.in_reach(till, transaction, top_up)
        value = _value(till, transaction, reached, amount)
        assets = card_assets(top_up.funding.card, currency)
        return Dispute(
            amount,
            there=Money(value.taken.get(assets.paid, 0), currency),
            bonus=Money(_bonus(reached, amount), currency),
            bonus_there=Money(value.taken.get(assets.bonus, 0), currency),
            savings=_saved(transaction, reached),
            kept=None if reached.lost else _saved(transaction, top_up),
        )


def charge_back(
    till: Till,
    command_id: str,
    actor: Actor,
    document: str,
    *,
    reason: str,
    number: int = 0,
    choice: Choice | None = None,
) -> ChargedBack:
    """The bank took the payment of a top-up back: one durable `card.charged_back`, and the freeze if it is chosen.

    `number`: which of a sale's top-ups. Raises PermissionNeeded, ReasonMissing, UnknownSale, RightElsewhere, NotRefundable (also
    for what was paid in cash alone).
    """
    actor.require(Permission.CARD_REFUND)
    require_reason(reason, "charge back")
    chosen = choice or Choice()

    def decide(transaction: Transaction) -> list[Operation]:
        top_up = top_up_undo.find(transaction, document, number)
        top_up_undo.require_right(till, transaction, top_up)
        made: list[Operation] = [
            _charged_back(till, transaction, top_up, owe=chosen.owe, reason=reason.strip())
        ]
        if chosen.freeze:
            made.append(CardFrozen(card=top_up.funding.card, reason=reason.strip()))
        return made

    recorded = till.record(command_id, actor, decide)
    done = recorded.operations[0]
    assert isinstance(done, TopUpChargedBack)
    return ChargedBack(recorded.op_id, done, recorded.repeated)


def _charged_back(
    till: Till, transaction: Transaction, top_up: TopUp, *, owe: bool, reason: str
) -> TopUpChargedBack:
    shop, currency = till.shop(transaction), top_up.funding.paid.currency
    top_up = top_up_undo.in_reach(till, transaction, top_up)
    accounts = _disputed(top_up)
    amount = Money(sum(cents for _account, cents in accounts), currency)
    value = _value(till, transaction, top_up, amount)
    assets = card_assets(top_up.funding.card, currency)
    gone = amount - Money(value.taken.get(assets.paid, 0), currency)
    owing, owed = receivables.booked(
        Receivable(top_up.funding.card, currency, shop.store), gone if owe else gone - gone
    )
    return TopUpChargedBack(
        card=top_up.funding.card,
        store=shop.store,
        sale=top_up.op_id,
        amount=amount,
        lost=gone - gone if owe else gone,
        owed=gone if owe else gone - gone,
        reason=reason,
        purse_changes=(
            *top_up_undo.taken_off(top_up, value),
            *owing,
            *top_up_undo.grant_back(till, transaction, top_up, value),
        ),
        postings=postings.balanced(
            [
                *top_up_undo.value_off(top_up, value),
                Posting(ledger.PROMOTIONS_BONUS, -Money(value.taken.get(assets.bonus, 0), currency)),
                *(owed or [Posting(ledger.CHARGEBACKS, gone)]),
                *(Posting(account, Money(-cents, currency)) for account, cents in accounts),
            ]
        ),
    )


def _disputed(top_up: TopUp) -> list[tuple[str, int]]:
    """(account, cents) of what a bank can take back of the payment. Raises NotRefundable for none."""
    document = top_up.document
    fundings = [document.funding] if isinstance(document, CardToppedUp) else list(document.fundings)
    shares = payment.for_top_ups([(one.kind, one.amount) for one in document.tenders], fundings)
    found, left = [], top_up.funding.paid.cents
    before = sum(
        one.paid.cents for one in fundings[: top_up.number]
    )  # what pays for the top-ups in front of it
    for tender, share in zip(document.tenders, shares, strict=True):
        skipped = min(share.cents, before)
        cents = min(share.cents - skipped, left)
        before, left = before - skipped, left - cents
        if cents and (account := _account(tender)):
            found.append((account, cents))
    if not found:
        raise NotRefundable(top_up.receipt, "cash")
    return found


def _account(tender: TenderPart) -> str:
    match tender.kind:
        case TenderKind.EXTERNAL_CARD:
            return ledger.CARD_CLEARING
        case TenderKind.WALLET:
            return ledger.wallet_account(tender.tender)
        case TenderKind.CUSTOM:
            return ledger.tender_account(tender.tender)
        case TenderKind.CASH | TenderKind.STORED_VALUE | TenderKind.GIFT_CARD | TenderKind.SERIES:
            return ""


def _value(till: Till, transaction: Transaction, top_up: TopUp, amount: Money) -> TakenBack:
    """What is taken off the card: as much paid value as was taken back, and the bonus that goes with it."""
    assets = card_assets(top_up.funding.card, amount.currency)
    bonus = _bonus(top_up, amount)
    holder = (till.store.node, till.store.epoch)
    here = {one: cards.units_here(transaction, one, *holder) for one in (assets.paid, assets.bonus)}
    return take_back({assets.bonus: bonus, assets.paid: amount.cents}, here)


def _bonus(top_up: TopUp, amount: Money) -> int:
    """The share of its own bonus, and all that its savings were granted where they fall below their target without it."""
    share = top_up.funding.bonus.cents * amount.cents // max(top_up.funding.paid.cents, 1)
    return share + (top_up.lost.bonus.cents if top_up.lost else 0)


def _saved(transaction: Transaction, top_up: TopUp) -> Names | None:
    """What the savings are called of which a grant is lost with this deposit."""
    one = savings.one(transaction, top_up.lost.savings) if top_up.lost else None
    return one.names if one else None
