"""Refusals about paying, tips and refunds, in words.

No rule lives here; what a sentence says of money is true.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain import errors
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import errors as service_errors
from salon_desk.ui.error_sentences.sentence import Sentences, dollars, plain


def _not_refundable(error: Any, words: Catalogue) -> str:
    match error.why:
        case "voided":
            return words.text(
                "{receipt} was voided already; nothing is left to give back.", receipt=error.receipt
            )
        case "refunded":
            return words.text(
                "{receipt} was refunded already; nothing is left to give back.", receipt=error.receipt
            )
        case "shift":
            return words.text(
                "{receipt} belongs to a shift that is closed: it cannot be voided. Refund it instead.",
                receipt=error.receipt,
            )
        case "pending":
            return words.text(
                "The card payment of {receipt} is not settled yet. Void it, or wait until it is.",
                receipt=error.receipt,
            )
        case "cash":
            return words.text(
                "{receipt} was paid in cash: no bank can take that back.", receipt=error.receipt
            )
        case _:
            return words.text("{receipt} is not a sale that can be given back.", receipt=error.receipt)


SENTENCES: Final[Sentences] = {
    errors.TenderShort: lambda e, w: w.text(
        "{planned} does not cover {due} yet. {missing} is still to be paid.",
        planned=dollars(e.planned, w),
        due=dollars(e.due, w),
        missing=dollars(e.due - e.planned, w),
    ),
    errors.TenderOver: lambda e, w: w.text(
        "{planned} is more than the {due} due, and only cash gives change. Please lower one tender.",
        planned=dollars(e.planned, w),
        due=dollars(e.due, w),
    ),
    errors.CashTenderTwice: plain(N_("Cash is there already. Change its amount instead of adding it again.")),
    errors.BadLastFour: plain(N_("Type exactly the last four digits that the card machine printed.")),
    errors.ReferenceMissing: plain(N_("This way of paying needs a reference. Type it first.")),
    errors.UnknownTender: plain(N_("This way of paying is not offered any more. Choose another.")),
    errors.CardMissing: plain(N_("Scan or choose the stored-value card first.")),
    errors.TipWithoutTechnician: lambda e, w: w.text(
        "Say who the tip of {amount} is for.", amount=dollars(e.amount, w)
    ),
    errors.TipsExceedTenders: lambda e, w: w.text(
        "Tips of {tips} are more than the {paid} that pays them. Please lower the tip.",
        tips=dollars(e.tips, w),
        paid=dollars(e.settled, w),
    ),
    errors.AlreadyRefunded: lambda e, w: w.text(
        "Of this line {left} is left to give back, not {asked}.",
        left=dollars(e.left, w),
        asked=dollars(e.asked, w),
    ),
    errors.RefundExceedsTenders: lambda e, w: w.text(
        "What was paid can give back {left} at most, not {asked}.",
        left=dollars(e.left, w),
        asked=dollars(e.asked, w),
    ),
    service_errors.NotRefundable: _not_refundable,
    service_errors.RightElsewhere: lambda e, w: w.text(
        "Receipt {receipt} was sold at another till, and what proves that it was not given back yet cannot be reached now. "
        "Nothing was given back; try again when the link is up.",
        receipt=e.receipt,
    ),
    service_errors.FundedRefundTooLarge: lambda e, w: w.text(
        "{asked} would be the shop's own money until the other till can be reached; at most {limit} may be. "
        "Nothing was given back.",
        asked=dollars(e.asked, w),
        limit=dollars(e.limit, w),
    ),
    service_errors.UnknownPayment: plain(
        N_("Nothing waits for this payment here: it was settled already, or at another till.")
    ),
    service_errors.UnknownSale: plain(N_("No receipt with this number here. Check the number.")),
    service_errors.ReasonMissing: plain(N_("A reason is needed. Choose or type one.")),
}
