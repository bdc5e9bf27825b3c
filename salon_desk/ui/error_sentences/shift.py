"""Refusals about the shift and its drawer, in words.

No rule lives here; a sentence says which step comes first.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain import errors
from salon_desk.i18n import N_
from salon_desk.ui.error_sentences.sentence import Sentences, plain

SENTENCES: Final[Sentences] = {
    errors.ShiftNotOpen: plain(N_("No shift is open. Count the opening float and open the shift first.")),
    errors.ShiftAlreadyOpen: plain(N_("A shift is open already. Close it before opening another.")),
    errors.ShiftAlreadyClosed: plain(N_("This shift was closed; its Z report does not change any more.")),
    errors.ShiftAlreadyCounted: plain(
        N_("The drawer was counted for this shift already; the count is kept.")
    ),
    errors.ShiftNotCounted: plain(N_("Count the drawer before closing the shift.")),
}
