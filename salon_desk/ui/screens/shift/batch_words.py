"""The terminal's batch at the close of a shift, in words: what is asked, what both sides count, what may explain a difference.

No Qt here. Both figures are shown as they are.
"""

from __future__ import annotations

from salon_desk.i18n import Catalogue
from salon_desk.services.batches import Compared
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.screens.shift.state import CloseForm

_MOST_SUSPECTS = 3


def question(form: CloseForm, words: Catalogue) -> tuple[str, str]:
    """What is asked where the terminal can be asked itself."""
    asked = words.text("Close the batch on the terminal?")
    if form.saving:
        return asked, words.text("The terminal counts and closes. This may take a minute.")
    if form.terminal_failed:
        return asked, words.text(
            "The terminal did not close its batch. Try again, or type its total by hand."
        )
    return asked, words.text("It counts what it took, and that is compared with the till.")


def rows(compared: Compared, words: Catalogue) -> tuple[tuple[str, str, bool], ...]:
    """Both sides and their difference: names, amounts, and whether to look at it."""
    batch = compared.batch
    return (
        (words.text("Card terminal"), words.money(batch.sold - batch.returned), False),
        (words.text("Taken by this till on it"), words.money(batch.our_sold - batch.our_returned), False),
        (words.text("Difference"), words.money(batch.difference, signed=True), not batch.agrees),
    )


def suspects(compared: Compared, words: Catalogue) -> tuple[tuple[str, str, bool], ...]:
    """The charges that may explain a difference, each as a row to look at."""
    return tuple(
        (
            words.text("Perhaps this: card {tail}", tail=masked(one.last_four)),
            words.money(one.amount),
            True,
        )
        for one in compared.suspects[:_MOST_SUSPECTS]
    )
