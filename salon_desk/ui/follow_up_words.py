"""Follow-up tasks in words: what to say to the member, what came of it; and what came of a campaign.

Why one is there is `trigger_words.py`'s. No Qt and no rule here. A task that a trigger made has no script of its own: whoever reads it reads one in the own language.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.campaign import Finding, Interval
from salon_desk.domain.follow_up import Result
from salon_desk.domain.message import Trigger
from salon_desk.i18n import N_, Catalogue
from salon_desk.storage.queries.follow_ups import FollowUp

_SCRIPT: Final = {
    Trigger.AFTER_SALE.value: N_("Ask {name} whether everything was right at the last visit."),
    Trigger.BALANCE_LOW.value: N_(
        "Tell {name} what is left on the card, and which top-up would come with a bonus."
    ),
    Trigger.BEFORE_APPOINTMENT.value: N_("Ask {name} whether the appointment suits as it is."),
    Trigger.LAPSING.value: N_("Tell {name} what lapses soon, and offer a time to use it."),
    Trigger.BIRTHDAY.value: N_("Wish {name} a happy birthday, and offer a time to come by."),
    Trigger.ABSENT.value: N_(
        "Ask how {name} is, and whether something was not right. Offer a time to come by."
    ),
    Trigger.LESS_OFTEN.value: N_("Ask {name} what would make it easier to come as often as before."),
    Trigger.SMALLER_TICKETS.value: N_("Ask {name} whether the services are still the right ones."),
    Trigger.CYCLE_DUE.value: N_("Offer {name} a time, for the usual visit is due."),
}
_RESULT: Final = {
    Result.NO_ANSWER: N_("Not reached"),
    Result.REACHED: N_("Reached"),
    Result.BOOKED: N_("Booked"),
    Result.CAME: N_("Was here already"),
    Result.NOT_WANTED: N_("Does not want to be asked"),
    Result.IMPOSSIBLE: N_("Cannot be done"),
}
_CAME_BACK: Final = {
    Finding.TOO_FEW: N_("Too few were held back, or written to, to say whether it worked."),
    Finding.BY_CHANCE: N_(
        "No more came back than chance could explain: between {low} and {high} of a hundred more."
    ),
    Finding.MORE: N_(
        "It worked: of a hundred members, between {low} and {high} came back who would not have come without it."
    ),
    Finding.FEWER: N_("Fewer came back than without it: between {low} and {high} of a hundred."),
}


def script_text(task: FollowUp, words: Catalogue) -> str:
    """What to say: what was written, else what fits the trigger; empty where neither says anything."""
    if task.script or task.why not in _SCRIPT:
        return task.script
    return words.text(_SCRIPT[task.why], name=task.member_name)


def result_text(result: Result, words: Catalogue) -> str:
    """What came of a task."""
    return words.text(_RESULT[result])


def came_back_text(found: Interval | None, words: Catalogue) -> str:
    """What may be said of the share that came back; of a hundred members, in whole ones."""
    if found is None:
        return words.text(_CAME_BACK[Finding.TOO_FEW])
    low, high = found.low, found.high
    if found.finding is Finding.FEWER:
        low, high = -high, -low
    return words.text(_CAME_BACK[found.finding], low=_of_a_hundred(low), high=_of_a_hundred(high))


def _of_a_hundred(ten_thousandths: int) -> str:
    """In whole ones, halves away from nought."""
    whole = (abs(ten_thousandths) + 50) // 100
    return str(whole if ten_thousandths >= 0 else -whole)
