"""Refusals of an import from the old system, in words.

What is wrong with a single row stands on the screen of the import. All of these leave the data as it was.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services import importing_errors as errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain

_FAULTS: Final = {
    "size": N_("The file is too large for a list of members. Export fewer columns, or in parts."),
    "encoding": N_("The text of this file cannot be read. Save it again as “CSV UTF-8” or as XLSX."),
    "csv": N_("This file is no table with columns. Save it again as “CSV UTF-8” or as XLSX."),
    "workbook": N_("This workbook is damaged or locked. Save it again as XLSX without a password."),
    "empty": N_("There is nothing in this file but headers. Choose the list with the members."),
    "rows": N_("There are more rows in this file than can be taken over at once. Export it in parts."),
    "missing": N_("There is no such file, or it cannot be opened. Choose another."),
    "kind": N_("This is a workbook of before 2007. Save it again as XLSX."),
}


def _unreadable(error: Any, words: Catalogue) -> str:
    return words.text(_FAULTS.get(error.fault, _FAULTS["csv"]))


SENTENCES: Final[Sentences] = {
    errors.FileUnreadable: _unreadable,
    errors.ColumnMissing: plain(
        N_("No column is chosen for the name of the member. Choose one, then look at the list again.")
    ),
    errors.TotalsDiffer: plain(
        N_(
            "The figures of the old system and those of the list are not the same. Correct what was typed, or say that they may "
            "differ. Nothing was taken over."
        )
    ),
    errors.NotSigned: plain(N_("The owner has not signed for this list yet. Nothing was taken over.")),
    errors.NameNotSigned: plain(
        N_("The name is not that of the person whose PIN this is. Type it as it stands in the list of staff.")
    ),
    errors.UnknownList: plain(N_("This till has taken over no such list. Nothing was changed.")),
}
