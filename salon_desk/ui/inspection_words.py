"""Why a card terminal must be looked at, or not be used any more, in words; for its screens and for the window's notice.

No Qt here. What is due is decided in `services/inspections.py`.
"""

from __future__ import annotations

from salon_desk.i18n import Catalogue
from salon_desk.services.inspections import Inspected


def inspection_warning(standing: Inspected, words: Catalogue) -> str:
    """The warning, empty where there is none."""
    if standing.is_suspect:
        return words.text(
            "Somebody may have been at this terminal. Take no cards on it and call its provider."
        )
    if standing.days is None:
        return words.text("Nobody has looked at this terminal yet. It takes a minute.")
    if standing.is_overdue:
        return words.plural(
            "The last look was {n} day ago. Look at its serial and its seal.",
            "The last look was {n} days ago. Look at its serial and its seal.",
            standing.days,
        )
    return ""
