"""Triggers by name in a language.

What a message says is its template's (`services/message_templates.py`), what a task asks for `follow_up_words.py`'s. A value, no Qt.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from salon_desk.domain.follow_up import BY_HAND
from salon_desk.domain.message import Trigger
from salon_desk.i18n import N_, Catalogue

_NAMES: Final[Mapping[str, str]] = {
    Trigger.AFTER_SALE: N_("After a visit"),
    Trigger.BALANCE_LOW: N_("Balance is low"),
    Trigger.BEFORE_APPOINTMENT: N_("Before an appointment"),
    Trigger.LAPSING: N_("Bonus or coupon lapses soon"),
    Trigger.BIRTHDAY: N_("Birthday"),
    Trigger.ABSENT: N_("Not here for long"),
    Trigger.LESS_OFTEN: N_("Comes less often"),
    Trigger.SMALLER_TICKETS: N_("Spends less"),
    Trigger.CYCLE_DUE: N_("The usual visit is due"),
    Trigger.CAMPAIGN: N_("Campaign"),
    Trigger.CONFIRMATION: N_("Answer to what a member wrote"),
    Trigger.SPEND_CODE: N_("Code to pay with stored value"),
    BY_HAND: N_("Given by a manager"),
}


def trigger_name(why: str, words: Catalogue) -> str:
    """Why a message or a task is there, in a few words; what a newer program named is said as it is."""
    name = _NAMES.get(why)
    return words.text(name) if name else why
