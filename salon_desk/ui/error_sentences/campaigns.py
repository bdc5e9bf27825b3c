"""Refusals of campaigns and of follow-up tasks, in words.

No rule lives here; what may be said is `domain/campaign.py`'s and `domain/follow_up.py`'s.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.domain.campaign_errors import (
    AudienceEmpty,
    CampaignInvalid,
    FollowUpClosed,
    FollowUpInvalid,
    UnknownCampaign,
    UnknownFollowUp,
)
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.error_sentences.sentence import Sentences

_CAMPAIGN: Final = {
    "name": N_("The campaign needs a name."),
    "template": N_("Choose what the members are to be sent."),
    "purpose": N_("This text is about what was bought. Choose one that may be sent to advertise."),
    "store": N_("Choose the shop that the message speaks for."),
    "held_back_percent": N_("Hold back between 0 and 50 percent of the members."),
    "due_at": N_("The last moment to send comes after the first."),
}
_TASK: Final = {
    "member": N_("Choose whom the task is about."),
    "assignee": N_("Choose somebody who works here."),
    "due_on": N_("Choose a day within the next two years."),
    "next_on": N_("The next date comes after today."),
}


def _campaign(error: Any, words: Catalogue) -> str:
    return words.text(_CAMPAIGN.get(error.field, N_("This campaign says nothing clear. Look at it again.")))


def _task(error: Any, words: Catalogue) -> str:
    return words.text(_TASK.get(error.field, N_("This task says nothing clear. Look at it again.")))


SENTENCES: Final[Sentences] = {
    CampaignInvalid: _campaign,
    AudienceEmpty: lambda _error, words: words.text("Nobody belongs to this audience. Nothing was sent."),
    UnknownCampaign: lambda _error, words: words.text(
        "This campaign is not known here. Nothing was changed."
    ),
    FollowUpInvalid: _task,
    UnknownFollowUp: lambda _error, words: words.text("This task is not known here. Nothing was changed."),
    FollowUpClosed: lambda _error, words: words.text("This task is done already. Make a new one."),
}
