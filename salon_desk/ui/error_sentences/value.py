"""Refusals about stored value, in words: cards, what is on them, top-ups.

No rule lives here; a sentence always says that nothing was taken.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain import errors
from salon_desk.domain.coupon import COUPON
from salon_desk.domain.points import POINTS
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import errors as service_errors
from salon_desk.services import overdraft_errors
from salon_desk.ui.error_sentences.sentence import Sentences, dollars, plain

_IN_CENTS = ("card", "gift")


def _insufficient(error: Any, words: Catalogue) -> str:
    if error.asset == "refund":
        return words.text("Only {left} of this sale is left to give back.", left=dollars(error.here, words))
    if error.asset.startswith(COUPON):
        return words.text(
            "The coupon was used meanwhile, or lies at another shop. Nothing was taken; open the ticket's offers again."
        )
    if error.asset.startswith(POINTS):
        return words.text(
            "{needed} points are needed, {here} are here. Nothing was taken; open the ticket's offers again.",
            needed=words.number(error.needed),
            here=words.number(error.here),
        )
    if not error.asset.startswith(_IN_CENTS):
        return words.text(
            "{needed} are needed, {here} are here. Nothing was taken.",
            needed=words.number(error.needed),
            here=words.number(error.here),
        )
    if error.elsewhere:
        return words.text(
            "{needed} is needed, {here} can be used here, {elsewhere} lies at another shop. Nothing was taken; "
            "top up, or pay the rest another way.",
            needed=dollars(error.needed, words),
            here=dollars(error.here, words),
            elsewhere=dollars(error.elsewhere, words),
        )
    return words.text(
        "{needed} is needed, {here} is on the card. Nothing was taken; top up, or pay the rest another way.",
        needed=dollars(error.needed, words),
        here=dollars(error.here, words),
    )


SENTENCES: Final[Sentences] = {
    errors.InsufficientValue: _insufficient,
    errors.OfferNotValid: plain(N_("This top-up offer is not sold today. Choose another.")),
    errors.BonusTermsMissing: plain(
        N_(
            "This offer has no printed terms for its bonus, so it cannot be sold. A manager adds them in Settings."
        )
    ),
    service_errors.UnknownCard: plain(
        N_("No card with this code. Check the card, or search for the member.")
    ),
    service_errors.CardIsFrozen: lambda e, w: w.text(
        "Card {tail} is frozen: {reason}. Its value is kept; a manager can unfreeze it.",
        tail=e.tail,
        reason=e.reason,
    ),
    overdraft_errors.OverdraftTooLarge: lambda e, w: w.text(
        "The shop's money may stand in for {most} of this card now, not for {wanted}. Nothing was taken; pay the rest "
        "another way.",
        most=dollars(e.most, w),
        wanted=dollars(e.wanted, w),
    ),
    service_errors.CardStillOwes: lambda e, w: w.text(
        "{owed} is owed on card {tail}, and its next owner would pay it. Nothing was changed; settle that first.",
        owed=dollars(e.owed, w),
        tail=e.tail,
    ),
    service_errors.CardCodeTaken: plain(N_("Another card has this code already. Take a fresh card.")),
    service_errors.CardReplaced: lambda e, w: w.text(
        "This card was replaced: its value is on the card ending in {tail}. Take this one in; nothing was changed.",
        tail=e.tail,
    ),
    service_errors.CardCodeShared: lambda e, w: (
        w.text(
            "Two gift cards carry this number. See under Cards which of them the guest has, and give the other another number."
        )
        if e.gifts
        else w.text("Two cards carry this number. Find the member by name.")
    ),
    service_errors.GiftVoided: lambda e, w: w.text(
        "The sale of the gift card ending in {tail} was voided: nothing is on it. Nothing was taken; ask for another payment.",
        tail=e.tail,
    ),
    service_errors.ValueBuysValue: plain(
        N_("Value that was paid for before buys no other value. Take cash or a card payment.")
    ),
    service_errors.SlipForAnother: plain(
        N_("This value was sent to another till. Nothing was recorded here, and it is not lost.")
    ),
    service_errors.SlipDamaged: plain(
        N_("What was sent cannot be read. Nothing was recorded; ask for the value again.")
    ),
    service_errors.UnknownOffer: plain(N_("This top-up offer is not there any more. Choose another.")),
}
