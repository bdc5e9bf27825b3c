"""The places behind the reminders by name, each with a sentence of what is there.

Pure, no Qt.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from salon_desk.i18n import N_, Catalogue


@dataclass(frozen=True, slots=True)
class Place:
    """One button: the key of its screen, its name, what is there."""

    key: str
    name: str
    told: str


_PLACES: Final = (
    Place("follow_ups", N_("Tasks"), N_("Whom to call or speak to, and what came of it")),
    Place("segments", N_("Who to write to"), N_("Groups of members, and who is about to leave")),
    Place("campaigns", N_("Campaigns"), N_("One offer to a group, and who came back")),
    Place("sent", N_("What was sent"), N_("To whom, why, and what came of it")),
    Place(
        "triggers", N_("What is sent by itself"), N_("After a visit, when the balance is low, before a day")
    ),
    Place("templates", N_("Texts"), N_("What each message says, in each language")),
    Place("message_accounts", N_("Accounts for messages"), N_("By which SMS, e-mail and WeChat accounts")),
)


def places(there: Collection[str], words: Catalogue) -> tuple[Place, ...]:
    """Those that are there, in a language."""
    return tuple(
        Place(one.key, words.text(one.name), words.text(one.told)) for one in _PLACES if one.key in there
    )
