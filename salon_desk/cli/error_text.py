"""A refusal as the one line that goes to stderr, in the language of the machine.

The sentences of the shop's refusals are the screen's own (`ui/error_text.py`, which knows no Qt); only those of the
command line stand here.
"""

from __future__ import annotations

from salon_desk.cli.errors import NoDisplay, NotInThisVersion, UsageRefused
from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue


def refusal_line(refusal: DomainError | UsageRefused, words: Catalogue) -> str:
    """What was refused and why, without a line break."""
    return " ".join(_sentence(refusal, words).split())


def _sentence(refusal: DomainError | UsageRefused, words: Catalogue) -> str:
    match refusal:
        case NotInThisVersion():
            return words.text("“{what}” is not in this version of Salon Desk.", what=refusal.what)
        case NoDisplay():
            return words.text("There is no display here. Start it where there is one, or add --demo.")
        case DomainError():
            from salon_desk.ui.error_text import error_text

            return error_text(refusal, words)
        case _:
            return words.text("This command is refused. Nothing was changed.")
