"""Refusals of the owner's savings plans, in words.

No rule lives here; what may be said is `services/savings_plans.py`'s. Why a card cannot join one stands in `owned.py`.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.savings_errors import SavingsPlanInvalid
from salon_desk.ui.error_sentences.sentence import Sentences

_FIELDS: Final = {
    "names": N_("The plan needs an English name."),
    "target": N_("Say how much is to be deposited, such as 1000.00."),
    "bonus": N_("Say which bonus comes at the target, such as 100.00, or choose a coupon."),
    "coupon": N_("This coupon is not given any more. Choose another, or none."),
    "dates": N_("The first day comes before the last day."),
}


def _invalid(error: Any, words: Catalogue) -> str:
    return words.text(_FIELDS.get(error.field, N_("This plan says nothing clear. Look at it again.")))


SENTENCES: Final[Sentences] = {SavingsPlanInvalid: _invalid}
