"""What stands in a text for a value, by name in a language: for the pills that put it in, and where a member has no such value.

What it stands for is `services/message_values.py`'s. Pure, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.domain.message_template import Placeholder
from salon_desk.i18n import N_, Catalogue

_NAMES: Final[Mapping[Placeholder, str]] = {
    Placeholder.NAME: N_("Member's name"),
    Placeholder.STORE: N_("Shop's name"),
    Placeholder.BALANCE: N_("Balance"),
    Placeholder.VISITS_LEFT: N_("Usual visits left"),
    Placeholder.SERVICE: N_("Fitting service"),
    Placeholder.COUPONS: N_("Coupons"),
    Placeholder.BONUS: N_("Bonus left"),
    Placeholder.LAPSES_ON: N_("Lapses on"),
    Placeholder.APPOINTMENT: N_("Time booked"),
    Placeholder.TECHNICIAN: N_("Technician"),
    Placeholder.AMOUNT: N_("Amount"),
    Placeholder.POINTS: N_("Points"),
    Placeholder.LAST_VISIT: N_("Last visit"),
    Placeholder.PHONE: N_("Shop's telephone"),
    Placeholder.ADDRESS: N_("Shop's address"),
    Placeholder.OFFER: N_("Campaign's offer"),
    Placeholder.STOP: N_("Way out"),
    Placeholder.CODE: N_("Code"),
}


def named(placeholder: str, words: Catalogue) -> str:
    """What it is called; a name that nobody knows as it is."""
    known = placeholder in set(Placeholder)
    return words.text(_NAMES[Placeholder(placeholder)]) if known else placeholder


def all_named(words: Catalogue) -> dict[str, str]:
    """Every one by its name in a text, in the order in which they are offered."""
    return {one.value: words.text(name) for one, name in _NAMES.items()}


def stand_ins(words: Catalogue) -> dict[str, str]:
    """What a trial shows where a member has no such value."""
    return {one: f"<{name}>" for one, name in all_named(words).items()}
