"""Refusals about promotions, coupons and points, in words.

No rule lives here; why a promotion did not apply is no refusal (`ui/counter/promotion_words.py`).
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain.promotion import PromotionInvalid
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import coupon_errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain

_FIELDS: Final = {
    "names": N_("The rule needs an English name."),
    "amount": N_("Say either an amount off or a percentage up to 100 %, not both."),
    "most": N_("Say how often it counts on one ticket: 1 to 100 times."),
    "points": N_("Points buy an amount off; a coupon is not needed besides."),
    "weekdays": N_("Choose the weekdays again."),
    "month_days": N_("Days of the month go from 1 to 31."),
    "dates": N_("The dates are typed as 2026-11-30, the first before the last."),
    "gives": N_(
        "A coupon that gives itself is for one person, and needs its days: a member day its weekdays or days of the month, a holiday its first and last day."
    ),
    "quorum": N_("A group needs a coupon, and at least two people."),
}


def _invalid(error: Any, words: Catalogue) -> str:
    return words.text(_FIELDS.get(error.field, N_("This rule says nothing clear. Look at it again.")))


SENTENCES: Final[Sentences] = {
    PromotionInvalid: _invalid,
    coupon_errors.UnknownPromotion: plain(
        N_("This promotion is not there any more, or it gives no coupons. Nothing was recorded.")
    ),
    coupon_errors.CouponTermsMissing: plain(
        N_(
            "This coupon lapses and has no printed terms, so it cannot be given. A manager adds them in Settings."
        )
    ),
    coupon_errors.UnknownCoupon: plain(N_("No coupon with this number. Look for the member.")),
    coupon_errors.CouponGone: plain(
        N_("This coupon was used meanwhile, or lies at another shop. Nothing was changed.")
    ),
    coupon_errors.PointsOutOfRange: lambda e, w: w.text(
        "Points are given in whole numbers from 1 to {limit}.", limit=w.number(e.limit)
    ),
}
