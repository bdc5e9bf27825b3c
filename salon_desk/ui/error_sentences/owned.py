"""Refusals about gift cards, series and paying out, in words.

No rule lives here; a sentence says what was kept and what to do.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain import errors
from salon_desk.i18n import N_
from salon_desk.services import payout_errors, savings_errors, series_errors
from salon_desk.ui.error_sentences.sentence import Sentences, dollars, plain

SENTENCES: Final[Sentences] = {
    errors.VisitIsWhole: plain(
        N_("A visit of a series is given back whole. Give back all of this line, or none of it.")
    ),
    errors.SeriesOfferInvalid: plain(N_("This series is not sold today. Choose another.")),
    series_errors.UnknownSeries: plain(N_("This series is not known here. Search for the member.")),
    series_errors.UnknownSeriesOffer: plain(N_("This series is not sold any more. Choose another.")),
    series_errors.SeriesIsFrozen: lambda e, w: w.text(
        "The series is frozen: {reason}. Its visits are kept; a manager can unfreeze it.", reason=e.reason
    ),
    series_errors.SeriesOfAnother: plain(
        N_("This series belongs to somebody else. Its owner can allow this guest to use it.")
    ),
    series_errors.VisitDoesNotFit: plain(N_("The series is not for this service. Nothing was taken.")),
    series_errors.VisitsMissing: lambda e, w: (
        w.text(
            "{needed} are needed, {here} are here, {elsewhere} at another shop. Nothing was taken; they are asked for.",
            needed=w.number(e.needed),
            here=w.number(e.here),
            elsewhere=w.number(e.elsewhere),
        )
        if e.elsewhere
        else w.text(
            "{needed} are needed, {here} are left. Nothing was taken; take the payment another way.",
            needed=w.number(e.needed),
            here=w.number(e.here),
        )
    ),
    savings_errors.UnknownSavingsPlan: plain(
        N_("This savings plan is not offered any more. Choose another.")
    ),
    savings_errors.AlreadySaving: plain(
        N_("The card saves towards a plan already. It can join another once that is reached.")
    ),
    payout_errors.NothingToPayOut: lambda e, w: (
        w.text(
            "Nothing that was paid for is left here; {elsewhere} lies at another shop and stays.",
            elsewhere=dollars(e.elsewhere, w),
        )
        if e.elsewhere
        else w.text("Nothing that was paid for is left. Nothing was paid out.")
    ),
    payout_errors.CashOutNotDue: lambda e, w: w.text(
        "The law here does not ask to pay out {balance} in cash. Nothing was paid out; a manager can refund the card.",
        balance=dollars(e.balance, w),
    ),
    payout_errors.NothingLapsed: lambda e, w: w.text(
        "Nothing of card {tail} has lapsed here. Nothing was changed.", tail=e.tail
    ),
    payout_errors.PayoutNotThisWay: plain(
        N_("It cannot be paid out this way. Choose cash, or how it was paid.")
    ),
}
