"""Refusals about reports and the days they are asked for, in words.

No rule lives here; nothing is recorded by a report, so a sentence only says what to ask for instead.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services import report_errors as errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain


def _missing(error: Any, words: Catalogue) -> str:
    if error.report == "z" and error.asked:
        return words.text("There is no Z report number {number} on this till.", number=error.asked)
    if error.report == "z":
        return words.text("There is no Z report yet. It is made when a shift is closed.")
    return words.text("Nothing was recorded on {day}, so there is no report.", day=error.asked)


SENTENCES: Final[Sentences] = {
    errors.ReportMissing: _missing,
    errors.BadDay: lambda e, w: w.text(
        "'{typed}' is not a day. Type it as year, month and day, such as 2026-11-22.", typed=e.typed
    ),
    errors.DaysReversed: lambda e, w: w.text(
        "{first} lies after {last}. Please choose the days the other way round.", first=e.first, last=e.last
    ),
    errors.ReportNotYet: plain(N_("This report comes with a later version.")),
}
