"""Triggers by name in a language, and what a person says who has a task because of one (回访).

What a message says is its template's (`services/message_templates.py`). A value, no Qt.
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
    BY_HAND: N_("Given by a manager"),
}
_SCRIPTS: Final[Mapping[str, str]] = {
    Trigger.AFTER_SALE: N_("Thank them for the visit, ask whether all was well, and offer the next time."),
    Trigger.BALANCE_LOW: N_(
        "Tell them what is left on the card and what fits it, and name the top-up offers."
    ),
    Trigger.BEFORE_APPOINTMENT: N_("Remind them of the appointment and ask whether the time still fits."),
    Trigger.LAPSING: N_("Tell them what lapses and when, and offer a time before that day."),
    Trigger.BIRTHDAY: N_("Wish them a happy birthday and name what the shop has for them."),
    Trigger.ABSENT: N_("Ask how they are and whether the last visit was good; offer a time this week."),
    Trigger.LESS_OFTEN: N_("Ask whether anything was not to their liking, and offer their usual technician."),
    Trigger.SMALLER_TICKETS: N_("Ask what they would like more of, and tell them what is new."),
    Trigger.CYCLE_DUE: N_("Offer a time with their usual technician in the next days."),
}


def trigger_name(why: str, words: Catalogue) -> str:
    """Why a message or a task is there, in a few words; what a newer program named is said as it is."""
    name = _NAMES.get(why)
    return words.text(name) if name else why


def script_of(why: str, words: Catalogue) -> str:
    """What whoever has the task says, unless the task says it itself."""
    script = _SCRIPTS.get(why)
    return words.text(script) if script else ""
