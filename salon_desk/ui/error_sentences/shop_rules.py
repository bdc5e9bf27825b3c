"""Refusals of the owner's rules of a shop, in words.

No rule lives here; what may be said is `services/shop_rules.py`'s.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.shop_rule_errors import LogoUnreadable, ShopRuleInvalid
from salon_desk.ui.error_sentences.sentence import Sentences

_FIELDS: Final = {
    "limit": N_("Type the amount above which a proof is asked, such as 50.00, or leave it empty."),
    "lent": N_("Type the most that is lent of a card, such as 100.00, or leave it empty."),
    "rate": N_("Points for each dollar are typed as a number such as 1 or 0.5, or left empty."),
    "convert_at": N_("Say at how many points they turn into it, as a whole number."),
    "bonus": N_("Say how much bonus the points turn into, such as 5.00."),
    "coupon": N_("This coupon is not given any more. Choose again what points turn into."),
    "offers": N_("Type how many offers a member gets in 30 days at most, such as 4."),
    "offers_a_day": N_("Type how many offers a member gets in 24 hours at most, such as 1."),
    "sms_price": N_("Say what one SMS costs, such as 0.0079."),
    "same": N_("Nothing differs from what stands now. Change something first."),
}


def _invalid(error: Any, words: Catalogue) -> str:
    return words.text(_FIELDS.get(error.field, N_("This rule says nothing clear. Look at it again.")))


def _unreadable(error: Any, words: Catalogue) -> str:
    return words.text("{name} is no picture that can be printed. Take a PNG or JPEG file.", name=error.name)


SENTENCES: Final[Sentences] = {ShopRuleInvalid: _invalid, LogoUnreadable: _unreadable}
