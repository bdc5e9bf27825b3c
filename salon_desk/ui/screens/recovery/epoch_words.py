"""What the recovery screen says when the till's data was restored or copied: what it means for cards, and what to do.

No Qt here. The reasons are `operations.node.WhyAnew`; one that this program does not know is said like a restored backup.
"""

from __future__ import annotations

from salon_desk.i18n import Catalogue
from salon_desk.operations.node import WhyAnew
from salon_desk.services.recovery import Recovery


def title(recovery: Recovery, words: Catalogue) -> str:
    """The screen's title after a restore or a copy, empty after a mere crash."""
    if recovery.missing:
        return words.text("This till was restored from a backup")
    if recovery.anew == WhyAnew.FOLDER_COPIED:
        return words.text("This till's data is a copy")
    if recovery.anew:
        return words.text("This till was restored and begins anew")
    return words.text("This till was restored from a backup") if recovery.restored else ""


def fact(recovery: Recovery, words: Catalogue) -> tuple[str, str] | None:
    """What it means and what to do, None after a mere crash."""
    if recovery.missing:
        return (
            words.plural(
                "{n} of its own records is missing", "{n} of its own records are missing", recovery.missing
            ),
            words.text("They come from head office. Until they are here nothing can be recorded."),
        )
    if recovery.anew == WhyAnew.FOLDER_COPIED:
        return (
            words.text("The value of the cards stays with the original till"),
            words.text("Selling goes on. Card value comes from head office when a customer needs it."),
        )
    if recovery.anew:
        return (
            words.text("The card value that lay here is set aside"),
            words.text(
                "It cannot be known what was spent since the backup, so nothing of it is spent twice. Selling goes on. "
                "Tell the owner: head office shows what is set aside."
            ),
        )
    if recovery.restored:
        return (
            words.text("Everything that was confirmed is in the books again"),
            words.text(
                "What happened after the backup was written into the books just now. Nothing has to be taken again."
            ),
        )
    return None
